import type { CallOptions } from './call.js';

/** How to wait for processing. */
export interface WaitOptions<S = unknown> extends CallOptions {
  /** Pause between two status checks, in milliseconds; default 10 000. */
  readonly pollIntervalMs?: number;
  /** Longest total wait, in milliseconds; default 2 hours. */
  readonly deadlineMs?: number;
  /** How long the job may take to appear or to start, in milliseconds. */
  readonly appearMs?: number;
  /** Called at each change of state. */
  readonly onState?: (state: S) => void;
}
