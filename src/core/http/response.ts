import type { Readable } from 'node:stream';
import type { SdcErrorInit } from '../../errors.js';

/** What is read of the headers of an answer. */
export type ResponseHeaders = Pick<Headers, 'get' | 'has' | 'getSetCookie'>;

/** What the head of an answer says. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Where the answer came from, after redirects; may hold secrets, never to be shown. */
  readonly url: string;
  readonly redirected: boolean;
  readonly contentType?: string;
  /** Only the end of its connection ends the body, whether all of it came or not (RFC 9112 section 6.3). */
  readonly untilClose?: boolean;
}

/** An answer whose body is still to be read. Read it or {@link HttpResponse.discard} it. */
export interface HttpResponse extends ResponseHead {
  /** The decoded body, at most 64 MiB. */
  text(): Promise<string>;
  /** The decoded body as a Node stream; the reader minds its silence. */
  stream(): Readable;
  discard(): Promise<void>;
}

/** An answer without success, ready to be reported as an error. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Redacted. */
  readonly url: string;
  /** At most 64 KiB, redacted. */
  readonly text: string;
  /** To be spread into an error. */
  readonly init: SdcErrorInit & { readonly status: number; readonly url: string };
}

/** Whether the headers of an answer say where its body ends: by a length, or by chunks of which one is the last. */
export function isFramed(headers: Pick<ResponseHeaders, 'get'>): boolean {
  if (/(?:^|,)\s*chunked\s*$/iu.test(headers.get('transfer-encoding') ?? '')) return true;
  return /^\d+$/u.test(headers.get('content-length')?.trim() ?? '');
}
