import { poll } from '../../core/polling/poll.js';
import { JobNotFound } from '../../errors.js';
import type { ScopsOperation } from '../context.js';
import { requireProcessingId } from '../names/ids.js';
import { SECOND_CHECK_MS, StatusTracker } from '../status/tracker.js';
import { describe, hasChanged, hasEnded } from '../status/summary.js';
import type { ScopsStatus, ScopsWaitOptions } from '../types.js';
import { getStatus } from './get-status.js';

export function watch(
  op: ScopsOperation,
  processingId: string,
  options: ScopsWaitOptions,
): AsyncGenerator<ScopsStatus, void, undefined> {
  requireProcessingId(op.arguments, processingId, op.context.project);
  const tracker = new StatusTracker(options.stallMs);
  const init = op.init();
  const pauseMs = Math.min(options.pollIntervalMs ?? SECOND_CHECK_MS, SECOND_CHECK_MS);
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
    absent: () => unknown ?? new JobNotFound(`SCOPS has no job ${processingId}`, { ...init, jobId: processingId }),
    options,
    defaults: { appearMs: 0 },
  });
}
