import { Redactor } from '../../../core/redact/redactor.js';
import { safeLogger } from '../../../core/log/logger.js';
import { poll } from '../../../core/polling/poll.js';
import { JobNotFound } from '../../../errors.js';
import { describe, hasChanged, hasEnded } from '../../status/summary.js';
import { StatusTracker } from '../../status/tracker.js';
import type { ScopsStatus } from '../../types.js';
import type { WorkspaceCall } from '../call.js';
import type { WorkspaceWaitOptions } from '../types.js';

/** Watches the files of an order until all its products have ended. */
export function watch(
  { args }: WorkspaceCall,
  read: (signal: AbortSignal) => Promise<ScopsStatus>,
  options: WorkspaceWaitOptions,
): AsyncGenerator<ScopsStatus, void, undefined> {
  const tracker = new StatusTracker(options.stallMs);
  const init = args.init;
  return poll<ScopsStatus>({
    init,
    log: safeLogger(undefined, new Redactor()),
    read: async (signal) => tracker.follow(await read(signal)),
    isFinal: hasEnded,
    changed: hasChanged,
    describe,
    absent: () => new JobNotFound('the processing folder does not exist', { ...init, jobId: '' }),
    options,
  });
}
