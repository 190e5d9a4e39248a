import { poll } from '../../core/polling/poll.js';
import { JobNotFound } from '../../errors.js';
import type { ScopsOperation } from '../context.js';
import { requireProcessingId } from '../names/ids.js';
import { SECOND_LOOK_MS } from '../status/settled.js';
import { describe, hasChanged, hasEnded } from '../status/summary.js';
import { StatusTracker } from '../status/tracker.js';
import type { ScopsStatus, ScopsWaitOptions } from '../types.js';
import { getStatus } from './get-status.js';

/** Watches an order until all its products have ended. */
export function watch(
  op: ScopsOperation,
  processingId: string,
  options: ScopsWaitOptions,
): AsyncGenerator<ScopsStatus, void, undefined> {
  requireProcessingId(op.arguments, processingId, op.context.project);
  const tracker = new StatusTracker(options.stallMs);
  const init = op.init();
  const pauseMs = Math.min(options.pollIntervalMs ?? SECOND_LOOK_MS, SECOND_LOOK_MS);
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
