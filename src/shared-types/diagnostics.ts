import type { Centre } from '../errors.js';

/** Published for each public call; the same object from its start to its end. */
export interface CallMessage {
  /** The public call, such as `imap.query`. */
  readonly operation: string;
  /** The centre of the call. */
  readonly centre: Centre;
  /** The error that it failed with; set before `error` is published. */
  error?: unknown;
}

/** Published for each attempt of a request, with redirects followed; the log has the same fields, without `publicCall` and `error`. */
export interface RequestMessage {
  /** The public call that it was sent for, or a login that the call needed. */
  readonly operation: string;
  /** The centre of the call. */
  readonly centre: Centre;
  /** Method of the last request: the one that was answered, or failed. */
  readonly method: string;
  /** Its address, secrets removed. */
  readonly url: string;
  /** Left out where there was no answer. */
  readonly status?: number;
  /** From the beginning of the attempt to the head of the answer, in milliseconds. */
  readonly ms: number;
  /** From 1. */
  readonly attempt: number;
  /** The server's own id of the request, if it gives one. */
  readonly requestId?: string;
  /** The call that it is part of: the object that `@lab/sdc:operation` publishes. */
  readonly publicCall: CallMessage;
  /** Why the attempt failed. */
  readonly error?: unknown;
}
