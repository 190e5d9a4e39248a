import type { Readable } from 'node:stream';
import type { Method, UploadBody } from './call.js';

/** One request on the wire: redirects are never followed down here. */
export interface WireRequest {
  readonly method: Method;
  readonly headers: Record<string, string>;
  readonly body?: string | UploadBody;
  readonly signal: AbortSignal;
  readonly redirect: 'manual';
  /** Called as an upload body moves, and with `true` when all of it was handed over. */
  readonly onSending?: (done: boolean) => void;
}

/** The answer of a wire; fetch-shaped, so that the cookie jar can be wrapped around any wire. */
export interface WireAnswer {
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | Readable | null;
}

/** Sends one request. There are two: `fetch` for small calls, `node:http(s)` for transfers. */
export type Wire = (url: string, request?: WireRequest) => Promise<WireAnswer>;
