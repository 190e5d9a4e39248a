import { Arguments } from '../../core/operation/arguments.js';
import { poll } from '../../core/polling/poll.js';
import { JobNotFound, ProcessingFailed } from '../../errors.js';
import type { ScopsContext } from '../context.js';
import { requireProcessingId } from '../ids.js';
import { CONFIRM_MS } from '../status/confirmed.js';
import { describe, hasChanged, hasEnded } from '../status/summary.js';
import { StatusTracker } from '../status/tracker.js';
import type { ScopsStatus, ScopsWaitOptions } from '../types.js';
import { fetchStatus } from './status.js';

const STALL_MS = 30 * 60_000;

/** Watches an order until all its products have ended. */
export function watchOrder(
  context: ScopsContext,
  processingId: string,
  operation: string,
  options: ScopsWaitOptions,
): AsyncGenerator<ScopsStatus, void, undefined> {
  requireProcessingId(new Arguments(operation), processingId, context.project);
  const stallMs = new Arguments(operation).number(options.stallMs ?? STALL_MS, 'stallMs', { min: 1 });
  const tracker = new StatusTracker(stallMs);
  const init = context.transport.init({ operation });
  const pauseMs = Math.min(options.pollIntervalMs ?? CONFIRM_MS, CONFIRM_MS);
  let unknown: JobNotFound | undefined;
  return poll<ScopsStatus>({
    init,
    log: context.transport.log,
    read: async (signal) => {
      try {
        return tracker.follow(await fetchStatus(context, processingId, operation, { ...options, signal }, pauseMs));
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
export async function waitForOrder(
  context: ScopsContext,
  processingId: string,
  operation: string,
  options: ScopsWaitOptions,
): Promise<ScopsStatus> {
  let last: ScopsStatus | undefined;
  for await (const status of watchOrder(context, processingId, operation, options)) last = status;
  const init = context.transport.init({ operation });
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
