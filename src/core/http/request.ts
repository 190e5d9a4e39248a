import type { Readable } from 'node:stream';
import type { SdcError } from '../../errors.js';
import type { Delivery } from '../operation/delivery.js';
import type { NamedCall } from '../operation/named-call.js';
import type { RetryBudget } from '../retry/repeat.js';
import type { ErrorResponse } from './response.js';

/** Name and value pairs in the order in which they are sent. */
export type Pairs = Iterable<readonly [string, string]>;

/** A body of known length that is streamed, never held in memory; opened again for each attempt. */
export interface UploadBody {
  readonly contentType?: string | undefined;
  /** Exact length in bytes. */
  readonly bytes: number;
  open(): Readable | AsyncIterable<Uint8Array>;
}

export type RequestBody =
  | { readonly form: Pairs }
  | { readonly json: unknown }
  | { readonly text: string; readonly type?: string }
  | UploadBody;

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

/** A redirect that is followed with headers of its own, and with the data that was sent, whatever host it leads to. */
export interface RedirectTarget {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** The address to go to, the reason why not, or nothing where the redirect itself is the answer. */
export type RedirectStep = URL | RedirectTarget | string | undefined;

/**
 * Decides where a redirect may lead. A reason why not is in words that follow the address that redirects (`redirects to …`). Core checks
 * neither scheme nor host of what a policy allows; other origins get no credentials.
 */
export type RedirectPolicy = (from: URL, location: string) => RedirectStep | Promise<RedirectStep>;

export interface HttpRequest {
  /** The call that it belongs to. */
  readonly op: NamedCall;
  /** Default GET. */
  readonly method?: Method | undefined;
  /** Relative to the base URL, or absolute. */
  readonly url: string | URL;
  readonly query?: Pairs | Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: RequestBody | undefined;
  /** Whether the call may be repeated; default: GET and HEAD that change nothing. */
  readonly safeToRetry?: boolean | undefined;
  /** For a call that changes something at the centre: where it is recorded whether it may have been taken. */
  readonly delivery?: Delivery | undefined;
  /** Further attempts; default: the client's. */
  readonly retries?: number | undefined;
  /** Further attempts that several requests share, such as those for one file; counts down. */
  readonly budget?: RetryBudget | undefined;
  /** Default `follow`: at most 5, other origins get no credentials. With a policy only where it says so. */
  readonly redirect?: 'follow' | 'manual' | RedirectPolicy | undefined;
  readonly anonymous?: boolean | undefined;
  /** Statuses that are answers, neither retried nor mapped to errors; default 2xx (and 3xx with `redirect: 'manual'`). */
  readonly accept?: ((status: number) => boolean) | undefined;
  /** A more precise error for a status that is not accepted; `undefined`: the default mapping. */
  readonly mapError?: (failed: ErrorResponse) => SdcError | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly idleTimeoutMs?: number | undefined;
  /** The signal ends with the client already, as that of a transfer does: no other link is needed. */
  readonly linked?: boolean | undefined;
  /** Takes no place among the requests of the client: another one that holds a place waits for it. */
  readonly uncounted?: boolean | undefined;
  /** For the call that ends a session: allowed after the client's end, and not aborted by it. */
  readonly afterEnd?: boolean | undefined;
  /** A transfer: goes through `node:http(s)`, or the injected fetch as it is. */
  readonly bulk?: boolean | undefined;
}

export interface EncodedBody {
  readonly body: string | UploadBody;
  readonly headers: Record<string, string>;
}

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
 * The address of a call, below the base URL unless it is absolute; without user info, which no request may contain.
 *
 * @throws TypeError when it is not an address.
 */
export function addressOf(call: Pick<HttpRequest, 'op' | 'url' | 'query'>, baseUrl: URL): URL {
  let url: URL;
  try {
    url = new URL(call.url, baseUrl);
  } catch {
    // The platform's own error would contain the text, and any secret in it.
    throw new TypeError(`${call.op.name}: url is not a valid address`);
  }
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
