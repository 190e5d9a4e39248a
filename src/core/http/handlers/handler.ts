import type { Readable } from 'node:stream';
import { isError } from '../../util/realms.js';
import type { Method, UploadBody } from '../request.js';
import type { ResponseHeaders } from '../response.js';

/** One request as a handler sends it: redirects are never followed down here. */
export interface HandlerRequest {
  readonly method: Method;
  readonly headers: Record<string, string>;
  readonly body?: string | UploadBody | undefined;
  readonly signal: AbortSignal;
  readonly redirect: 'manual';
  /** Called as an upload body is sent, and with `true` when all of it has been written. */
  readonly onSending?: ((done: boolean) => void) | undefined;
  /**
   * Called when the request is handed to a connected and secured socket (`sure`), or to something that does not show when it
   * does so. Until then nothing of it has been sent.
   */
  readonly onHandedOver?: (sure: boolean) => void;
  /** Not repeated after a failure, so never on a kept connection either, which may be closing already. */
  readonly once?: boolean | undefined;
}

/** The answer of a handler; shaped like that of fetch, so that the cookie jar can be wrapped around any handler. */
export interface HandlerResponse {
  readonly status: number;
  readonly url: string;
  readonly headers: ResponseHeaders;
  readonly body: ReadableStream<Uint8Array> | Readable | null;
  /** Only the end of its connection ends the body; set where the handler knows. */
  readonly untilClose?: boolean | undefined;
}

/** The body of a request could not be read, or has another length than declared. */
export class BodyFailure extends Error {}

/** What the progress listener of an upload threw; passed on as it is. */
export class ListenerFailure extends Error {
  constructor(readonly thrown: unknown) {
    super('a listener of the upload threw');
  }
}

/** The proxy that an address is reached through; `undefined`: none. */
export type ProxyFor = (url: URL) => URL | undefined;

/** A proxy answered in place of the centre, and refuses to go on. */
export class ProxyRefused extends Error {
  constructor(
    readonly status: number,
    text: string | undefined,
  ) {
    super([status, text].join(' ').trim());
  }
}

/** The answer came, but in a form that cannot be read. */
export class UnreadableAnswer extends Error {}

/** What a source of bytes threw, as an error that differs from those of the connection. */
export function bodyFailure(cause: unknown): Error {
  return new BodyFailure(cause instanceof Error ? cause.message : 'the source of the body failed', { cause });
}

/** The failure of a request's body within the failure of a request, if that was it. */
export function bodyFailureIn(error: unknown): BodyFailure | undefined {
  let at = error;
  for (let depth = 0; depth < 5 && isError(at); depth += 1) {
    if (at instanceof BodyFailure) return at;
    at = at.cause;
  }
  return undefined;
}

/** Sends one request. There are two: `fetch` for small calls, `node:http(s)` for transfers. */
export type HttpHandler = (url: string, request?: HandlerRequest) => Promise<HandlerResponse>;

/** The handler for transfers: `node:http(s)`, which neither holds an upload in memory nor costs what web streams cost. */
export interface NodeHandler {
  readonly send: HttpHandler;
  /** Loads it in advance, during the first request of any kind. */
  load(): void;
  /** Ends idle and busy connections. */
  close(): void;
}

/** A chunk of an upload body. */
export function toBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError('an upload body must consist of bytes');
}
