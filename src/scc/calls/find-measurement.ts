import type { SccOperation } from '../context.js';
import { findChanged } from '../measurements/find-changed.js';
import type { Measurement } from '../types.js';

/** One measurement, or `undefined`. */
export async function findMeasurement(op: SccOperation, id: string): Promise<Measurement | undefined> {
  return (await findChanged(op, id))?.measurement;
}
