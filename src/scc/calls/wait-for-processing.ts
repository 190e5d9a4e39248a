import type { WaitOptions } from '../../types.js';
import type { SccOperation } from '../context.js';
import { measurementNotFound } from '../errors.js';
import { failedModules, processingFailed, hasStarted } from '../processing/state.js';
import type { Measurement } from '../types.js';
import { watchProcessing } from './watch-processing.js';

export async function waitForProcessing(
  op: SccOperation,
  id: string,
  options: WaitOptions<Measurement>,
): Promise<Measurement> {
  let last: Measurement | undefined;
  for await (const measurement of watchProcessing(op, id, options)) last = measurement;
  if (last === undefined) throw measurementNotFound(op, id);
  if (failedModules(last).length > 0 || !hasStarted(last)) throw processingFailed(op, last);
  return last;
}
