import { productEntry, SCC_MODULES, SCC_PRODUCTS } from '../centre.js';
import { DOCUMENTATION } from '../routes.js';
import type { Measurement, ModuleState, SccModule, SccProduct } from '../types.js';
import { ProcessingFailed } from '../../errors.js';
import type { Operation } from '../../core/operation/operation.js';

/**
 * Whether the processing of a measurement has begun: the chain is at work on it, or a module of it has ended, well or badly.
 *
 * A module that the SCC does not report, or reports by an unknown number, is not a sign of a start; neither are the
 * upload itself, the queue, and the delay of an upload.
 *
 * @param measurement - As a call of {@link SCC} gave it.
 */
export function hasStarted(measurement: Measurement): boolean {
  return isRunning(measurement) || SCC_MODULES.some((module) => hasModuleEnded(measurement, module));
}

/**
 * Whether the processing of a measurement has begun and is over, as far as the SCC tells: nothing of it runs, and it is not
 * queued and does not wait for its time. Right after a rerun the SCC shows the end of the run before;
 * {@link SCC.waitForProcessing} knows of the reruns of its client.
 *
 * @param measurement - As a call of {@link SCC} gave it.
 */
export function hasEnded(measurement: Measurement): boolean {
  return hasStarted(measurement) && !isActive(measurement);
}

/** Whether the chain works on a measurement, or will by itself. */
export function isActive(measurement: Measurement): boolean {
  return isRunning(measurement) || isPending(measurement);
}

/** Whether a measurement is queued, waits for its time, or is still being stored. */
export function isPending({ isQueued, isDelayed, products }: Measurement): boolean {
  return isQueued === true || isDelayed === true || products.upload.status === 'running';
}

/** Whether a module of the chain has ended, well or badly. */
export function hasModuleEnded({ products }: Measurement, module: SccModule): boolean {
  return module !== 'upload' && ['ok', 'error'].includes(products[module].status);
}

function isRunning({ isProcessing, products }: Measurement): boolean {
  return isProcessing || SCC_MODULES.some((module) => module !== 'upload' && products[module].status === 'running');
}

/** Whether two states of a measurement are the same in all that its processing changes. */
export function isSameState(before: Measurement, after: Measurement): boolean {
  const [first, second] = [before, after].map(({ products, isProcessing, isQueued, isDelayed }) =>
    JSON.stringify([products, isProcessing, isQueued, isDelayed]),
  );
  return first === second;
}

/**
 * The exit code of a module in words: those of the SCC where it sends any, else the number with the place where it is explained.
 * The codes of ELPP and ELDA are listed in the SCC's documentation only.
 *
 * @param state - Of a module of {@link Measurement.products}.
 * @returns The words in parentheses, after a blank; empty where there is neither a code nor a message.
 */
export function exitWords({ exitCode, message }: ModuleState): string {
  if (exitCode === undefined) return message === undefined ? '' : ` (${message})`;
  return ` (exit code ${exitCode}, ${message ?? `explained at ${DOCUMENTATION}`})`;
}

/**
 * The products that a measurement has finished, as {@link SCC.downloadProducts} takes them by default; the raw file is the
 * user's own and not among them.
 *
 * @param measurement - As a call of {@link SCC} gave it.
 */
export function finishedProducts(measurement: Measurement): SccProduct[] {
  return SCC_PRODUCTS.filter(
    (product) =>
      product !== 'raw' && productEntry(product).gates.some((module) => measurement.products[module].status === 'ok'),
  );
}

/** The error for processing that ended badly, or never began. */
export function processingFailed(op: Operation, measurement: Measurement): ProcessingFailed<Measurement> {
  const { id, products } = measurement;
  const failed = failedModules(measurement).map((module) => `${module}${exitWords(products[module])}`);
  const words =
    failed.length === 0
      ? `no module of ${id} was started; perhaps an ancillary file is missing, or the measurement is delayed`
      : `${id} ended with errors: ${failed.join('; ')}`;
  return new ProcessingFailed(words, { ...op.init(), state: measurement });
}

/** The modules that ended badly, in the order of the chain. */
export function failedModules({ products }: Measurement): SccModule[] {
  return SCC_MODULES.filter((module) => products[module].status === 'error');
}
