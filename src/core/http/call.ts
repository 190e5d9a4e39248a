import type { Readable } from 'node:stream';
import type { SdcError, SdcErrorInit } from '../../errors.js';
import type { Delivery } from '../operation/delivery.js';
import type { RetryBudget } from '../retry/repeat.js';

/** Name and value pairs in the order in which they are sent. */
export type Pairs = Iterable<readonly [string, string]>;

/** A body of known length that is streamed, never held in memory; opened again for each attempt. */
export interface UploadBody {
  readonly contentType?: string;
  /** Exact length in bytes. */
  readonly bytes: number;
  open(): Readable | AsyncIterable<Uint8Array>;
}

/** What a call sends. */
export type CallBody =
  | { readonly form: Pairs }
  | { readonly json: unknown }
  | { readonly text: string; readonly type?: string }
  | UploadBody;

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

/**
 * Decides where a redirect may lead: gives the address to go to, or the reason why not, in words that follow the address that
 * redirects (`redirects to …`). Core checks neither scheme nor host of what a policy allows; other origins get no credentials.
 */
export type RedirectPolicy = (from: URL, location: string) => URL | string;

/** One call, as data. */
export interface Call {
  /** The public call it belongs to, such as `imap.query`. */
  readonly operation: string;
  /** Default GET. */
  readonly method?: Method;
  /** Relative to the base URL, or absolute. */
  readonly url: string | URL;
  readonly query?: Pairs | Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: CallBody;
  /** Whether the call may be repeated; default: GET and HEAD that change nothing. */
  readonly safeToRetry?: boolean;
  /** For a call that changes something at the centre: where it is recorded whether it may have been taken. */
  readonly delivery?: Delivery | undefined;
  /** Further attempts; default: the client's. */
  readonly retries?: number | undefined;
  /** Further attempts that several requests share, such as those for one file; counts down. */
  readonly budget?: RetryBudget;
  /** Default `follow`: at most 5, other origins get no credentials. With a policy only where it says so. */
  readonly redirect?: 'follow' | 'manual' | RedirectPolicy;
  /** Send no credentials at all. */
  readonly anonymous?: boolean;
  /** Statuses that are answers, neither retried nor mapped to errors; default 2xx (and 3xx with `redirect: 'manual'`). */
  readonly accept?: (status: number) => boolean;
  /** A more precise error for a status that is not accepted; `undefined`: the default mapping. */
  readonly mapError?: (failed: FailedAnswer) => SdcError | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly idleTimeoutMs?: number | undefined;
  /** The signal ends with the client already, as that of a transfer does: no other link is needed. */
  readonly linked?: boolean;
  /** For the call that ends a session: allowed after the client's end, and not aborted by it. */
  readonly afterEnd?: boolean;
  /** A transfer: goes through `node:http(s)`, or the injected fetch as it is. */
  readonly bulk?: boolean;
}

/** What is read of the headers of an answer. */
export type AnswerHeaders = Pick<Headers, 'get' | 'has' | 'getSetCookie'>;

/** What the head of an answer says. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** Where the answer came from, after redirects; may hold secrets, never to be shown. */
  readonly url: string;
  readonly redirected: boolean;
  readonly contentType?: string;
  /** Only the end of its connection ends the body, whether all of it came or not (RFC 9112 section 6.3). */
  readonly untilClose?: boolean;
}

/** An answer whose body is still to be read. Read it or {@link Answer.discard} it. */
export interface Answer extends AnswerHead {
  /** The decoded body, at most 64 MiB. */
  text(): Promise<string>;
  /** The decoded body as a Node stream; the reader minds its silence. */
  stream(): Readable;
  discard(): Promise<void>;
}

/** An answer without success, ready to be reported as an error. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** Redacted. */
  readonly url: string;
  /** At most 64 KiB, redacted. */
  readonly text: string;
  /** To be spread into an error. */
  readonly init: SdcErrorInit & { readonly status: number; readonly url: string };
}
