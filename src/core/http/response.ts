import type { Readable } from 'node:stream';
import type { SdcErrorInit } from '../../errors.js';

export type ResponseHeaders = Pick<Headers, 'get' | 'has' | 'getSetCookie'>;

export interface ResponseHead {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Where the answer came from, after redirects; may hold secrets, never to be shown. */
  readonly url: string;
  readonly redirected: boolean;
  readonly contentType?: string | undefined;
  /** Only the end of its connection ends the body, whether all of it came or not (RFC 9112 section 6.3). */
  readonly untilClose?: boolean | undefined;
}

/** An answer whose body is still to be read. Read it or {@link HttpResponse.discard} it. */
export interface HttpResponse extends ResponseHead {
  /** The decoded body, at most 64 MiB. */
  text(): Promise<string>;
  /** The decoded body as a Node stream; the reader watches for inactivity. */
  stream(): Readable;
  discard(): Promise<void>;
}

/** An answer without success, ready to be reported as an error. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Redacted. */
  readonly url: string;
  /** The proxy that may have answered in place of the centre, in words that follow the address. */
  readonly via?: string;
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

/** A `Content-Range` header; `*` leaves its part out (RFC 9110 section 14.4). */
export interface ContentRange {
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly totalBytes?: number | undefined;
}

/** Reads a `Content-Range` header; `undefined` when it is invalid. */
export function parseContentRange(header: string | null): ContentRange | undefined {
  const match = /^\s*bytes\s+(?:(\d+)-(\d+)|\*)\/(?:(\d+)|\*)\s*$/iu.exec(header ?? '');
  if (match === null) return undefined;
  const numbers = match.slice(1).map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  if (numbers.some((number) => number !== undefined && !Number.isSafeInteger(number))) return undefined;
  const [start, end, totalBytes] = numbers;
  if (start === undefined || end === undefined) return totalBytes === undefined ? undefined : { totalBytes };
  if (end < start || (totalBytes !== undefined && end >= totalBytes)) return undefined;
  return { start, end, totalBytes };
}
