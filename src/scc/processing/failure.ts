import { ProcessingFailed } from '../../errors.js';
import { SCC_MODULES } from '../centre.js';
import type { SccOperation } from '../context.js';
import type { Measurement, SccModule } from '../types.js';
import { exitWords } from './state.js';

/** The error for processing that ended badly, or never began. */
export function processingFailed(op: SccOperation, measurement: Measurement): ProcessingFailed<Measurement> {
  const { id, products } = measurement;
  const failed = failedModules(measurement).map((module) => `${module}${exitWords(products[module])}`);
  const words =
    failed.length === 0
      ? `nothing of ${id} was started; perhaps an ancillary file is missing, or the measurement is delayed`
      : `${id} ended with errors: ${failed.join('; ')}`;
  return new ProcessingFailed(words, { ...op.init(), state: measurement });
}

/** The modules that ended badly, in the order of the chain. */
export function failedModules({ products }: Measurement): SccModule[] {
  return SCC_MODULES.filter((module) => products[module].status === 'error');
}
