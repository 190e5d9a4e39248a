import { poll } from '../../core/polling/poll.js';
import { JobNotFound, ProcessingFailed } from '../../errors.js';
import type { ScopsOperation } from '../context.js';
import { requireProcessingId } from '../names/ids.js';
import { CONFIRM_MS } from '../status/settled-status.js';
import { describe, hasChanged, hasEnded } from '../status/summary.js';
import { StatusTracker } from '../status/tracker.js';
import type { ScopsStatus, ScopsWaitOptions } from '../types.js';
import { getStatus } from '../status/fetch.js';

const STALL_MS = 30 * 60_000;

/** Watches an order until all its products have ended. */
export function watch(
  op: ScopsOperation,
  processingId: string,
  options: ScopsWaitOptions,
): AsyncGenerator<ScopsStatus, void, undefined> {
  requireProcessingId(op.arguments, processingId, op.context.project);
  const stallMs = op.arguments.number(options.stallMs ?? STALL_MS, 'stallMs', { min: 1 });
  const tracker = new StatusTracker(stallMs);
  const init = op.init();
  const pauseMs = Math.min(options.pollIntervalMs ?? CONFIRM_MS, CONFIRM_MS);
  let unknown: JobNotFound | undefined;
  return poll<ScopsStatus>({
    init,
    log: op.log,
    read: async (signal) => {
      try {
        return tracker.follow(await getStatus(op.with({ signal }), processingId, pauseMs));
      } catch (error) {
        if (!(error instanceof JobNotFound)) throw error;
        unknown = error;
        return undefined;
      }
    },
    isFinal: hasEnded,
    changed: hasChanged,
    describe,
    absent: () => unknown ?? new JobNotFound(`SCOPS knows no job ${processingId}`, { ...init, jobId: processingId }),
    options,
    defaults: { appearMs: 0 },
  });
}

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
  if (last === undefined)
    throw new JobNotFound(`nothing was seen of ${processingId}`, { ...init, jobId: processingId });
  if (last.state === 'complete' || (last.state === 'partial' && options.allowPartial === true)) return last;
  const failed = last.products
    .filter((product) => product.failed)
    .map(({ name, stageText }) => `${name} (${stageText})`);
  const rest = last.state === 'partial' ? '; the others are complete and can be downloaded' : '';
  throw new ProcessingFailed<ScopsStatus>(
    `processing failed for ${failed.join(', ')}${rest}; SCOPS sends no mail about it, write to the operators`,
    { ...init, state: last },
  );
}
