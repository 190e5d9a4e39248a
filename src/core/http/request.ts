import type { Readable } from 'node:stream';
import type { SdcError } from '../../errors.js';
import type { Delivery } from '../operation/delivery.js';
import type { RetryBudget } from '../retry/repeat.js';
import type { ErrorResponse } from './response.js';

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
export type RequestBody =
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
export interface HttpRequest {
  /** The public call it belongs to, such as `imap.query`. */
  readonly operation: string;
  /** Default GET. */
  readonly method?: Method;
  /** Relative to the base URL, or absolute. */
  readonly url: string | URL;
  readonly query?: Pairs | Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
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
  readonly mapError?: (failed: ErrorResponse) => SdcError | undefined;
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

/** A body as a handler takes it, with the headers that belong to it. */
export interface EncodedBody {
  readonly body: string | UploadBody;
  readonly headers: Record<string, string>;
}

/** Encodes what a call sends. */
export function encodeBody(body: RequestBody): EncodedBody {
  if ('form' in body)
    return { body: formText(body.form), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  if ('json' in body) return { body: JSON.stringify(body.json), headers: { 'content-type': 'application/json' } };
  if ('text' in body) return { body: body.text, headers: { 'content-type': body.type ?? 'text/plain;charset=UTF-8' } };
  const type: Record<string, string> = body.contentType === undefined ? {} : { 'content-type': body.contentType };
  return { body, headers: { ...type, 'content-length': String(body.bytes) } };
}

function formText(pairs: Pairs): string {
  return new URLSearchParams([...pairs].map(([name, value]): [string, string] => [name, value])).toString();
}

/**
 * The address of a call, below the base URL unless it is absolute; without user info, which no request may carry.
 *
 * @throws TypeError when it is no address.
 */
export function addressOf(call: Pick<HttpRequest, 'operation' | 'url' | 'query'>, baseUrl: URL): URL {
  // The platform's own error would carry the text, and with it whatever secret it holds.
  if (!URL.canParse(String(call.url), baseUrl.href))
    throw new TypeError(`${call.operation}: url is not a valid address`);
  const url = new URL(call.url, baseUrl);
  url.username = '';
  url.password = '';
  if (call.query === undefined) return url;
  for (const [name, value] of pairsOf(call.query)) url.searchParams.append(name, value);
  return url;
}

function pairsOf(query: NonNullable<HttpRequest['query']>): Pairs {
  if (Symbol.iterator in query) return query;
  return Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
}
