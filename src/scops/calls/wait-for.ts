import { JobNotFound, ProcessingFailed } from '../../errors.js';
import type { ScopsOperation } from '../context.js';
import type { ScopsStatus, ScopsWaitOptions } from '../types.js';
import { watch } from './watch.js';

/**
 * Waits for the end of an order.
 *
 * @throws {@link ProcessingFailed} when products failed.
 */
export async function waitFor(
  op: ScopsOperation,
  processingId: string,
  options: ScopsWaitOptions,
): Promise<ScopsStatus> {
  let last: ScopsStatus | undefined;
  for await (const status of watch(op, processingId, options)) last = status;
  const init = op.init();
  if (last === undefined) throw new JobNotFound(`${processingId} was never seen`, { ...init, jobId: processingId });
  if (last.state === 'complete' || (last.state === 'partial' && options.allowPartial === true)) return last;
  const failed = last.products
    .filter((product) => product.failed)
    .map(({ name, stageText }) => `${name} (${stageText})`);
  const rest = last.state === 'partial' ? '; the others are complete and can be downloaded' : '';
  throw new ProcessingFailed<ScopsStatus>(
    `the processing of ${processingId} failed for ${failed.join(', ')}${rest}; SCOPS sends no mail about this, so write to the operators`,
    { ...init, state: last },
  );
}
