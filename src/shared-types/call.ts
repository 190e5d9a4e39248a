/** A point in time: a `Date`, or a string in ISO 8601 or the centre's own format. A string without a time zone is UTC. */
export type DateLike = Date | string;

/** The last parameter of every call that does I/O. */
export interface CallOptions {
  /** Aborts the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Longest wait for the headers of one attempt, in milliseconds; default: the client's. */
  readonly timeoutMs?: number;
  /** Longest pause while a body is read, in milliseconds; default: the client's. */
  readonly idleTimeoutMs?: number;
  /** Number of retries for each request that is safe to repeat; default: the client's. */
  readonly retries?: number;
}
