import type { SccOperation } from '../context.js';
import { measurementNotFound } from '../errors.js';
import type { Measurement } from '../types.js';
import { findMeasurement } from './find-measurement.js';

export async function getMeasurement(op: SccOperation, id: string): Promise<Measurement> {
  const found = await findMeasurement(op, id);
  if (found === undefined) throw measurementNotFound(op, id);
  return found;
}
