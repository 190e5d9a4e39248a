import { type ResponseHead, type ResponseHeaders, isFramed, parseContentRange } from '../../http/response.js';

/** What an answer is, seen from the part that is there already. */
export type Verdict =
  /** The body is the whole file. */
  | { readonly kind: 'whole'; readonly totalBytes?: number | undefined }
  /** The body goes on where the part ends; `endBytes` is where this body ends. */
  | { readonly kind: 'rest'; readonly endBytes: number; readonly totalBytes: number }
  /** The part is the whole file already. */
  | { readonly kind: 'complete'; readonly totalBytes: number }
  /** The part is of no use: ask again, for the whole. */
  | { readonly kind: 'restart'; readonly why: string }
  /** The answer makes no sense. */
  | { readonly kind: 'invalid'; readonly why: string };

/** What was asked for, and what is known of the part. */
export interface Asked {
  /** The first byte that was asked for; 0 when the whole was. */
  readonly fromBytes: number;
  readonly validator?: string | undefined;
  readonly totalBytes?: number | undefined;
}

/** The head of an answer, as far as ranges go. */
export interface RangeHead {
  readonly status: number;
  readonly headers: ResponseHeaders;
}

/** The length of the body; `undefined` where it is missing or is that of the encoded body. */
export function bodyBytes(headers: ResponseHeaders): number | undefined {
  const text = headers.get('content-length')?.trim() ?? '';
  if (isEncoded(headers) || !/^\d+$/u.test(text)) return undefined;
  const bytes = Number(text);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Whether the body is compressed on the way, so that lengths and ranges count other bytes than ours. */
export function isEncoded(headers: ResponseHeaders): boolean {
  const coding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  return coding !== '' && coding !== 'identity';
}

/**
 * What an answer itself proves of the end of its body. `length`: all of it came, by the length that it was announced with or by
 * its chunks; `none`: the end of the connection ended it, in order or not; `some`: neither is known, or only that its encoded
 * form came whole.
 */
export function endProof({
  untilClose,
  headers,
}: Pick<ResponseHead, 'untilClose' | 'headers'>): 'length' | 'some' | 'none' {
  if (isFramed(headers)) return isEncoded(headers) ? 'some' : 'length';
  return untilClose === true || headers.get('connection')?.trim().toLowerCase() === 'close' ? 'none' : 'some';
}

/** A date counts as strong when the answer is at least this much younger (RFC 9110 section 8.8.2.2 asks for a second). */
const STRONG_AFTER_MS = 60_000;

/**
 * What proves that two answers are of the same bytes: a strong entity tag, or a date of change that is old enough
 * (RFC 9110 section 13.1.5); `undefined` where there is no such proof, so that a part must not be continued.
 */
export function strongValidator(headers: ResponseHeaders): string | undefined {
  if (isEncoded(headers)) return undefined;
  const tag = headers.get('etag')?.trim();
  if (tag !== undefined && tag !== '') return /^"[\x21\x23-\x7e\x80-\xff]*"$/u.test(tag) ? tag : undefined;
  const modified = headers.get('last-modified')?.trim() ?? '';
  const changedMs = Date.parse(modified);
  const answeredMs = Date.parse(headers.get('date') ?? '');
  return answeredMs - changedMs >= STRONG_AFTER_MS ? modified : undefined;
}

/** The headers that ask for the rest of a file, if it is still the same. */
export function rangeHeaders(asked: Asked): Record<string, string> {
  if (asked.fromBytes === 0 || asked.validator === undefined) return {};
  return { range: `bytes=${asked.fromBytes}-`, 'if-range': asked.validator };
}

export function judgeRange(asked: Asked, head: RangeHead): Verdict {
  const { status, headers } = head;
  if (status === 416) return judgeUnsatisfied(asked, headers);
  if (status === 206) return judgePartial(asked, headers);
  const totalBytes = bodyBytes(headers);
  return { kind: 'whole', totalBytes };
}

function judgePartial(asked: Asked, headers: ResponseHeaders): Verdict {
  const wrong = (why: string): Verdict => ({ kind: asked.fromBytes > 0 ? 'restart' : 'invalid', why });
  const range = rangeIn(headers, asked.fromBytes);
  if ('why' in range) return wrong(range.why);
  const { end, totalBytes } = range;
  if (asked.fromBytes === 0) {
    if (totalBytes !== end + 1) return wrong('a partial answer where the whole file was requested');
    return { kind: 'whole', totalBytes };
  }
  // Without the very validator that was asked for, nothing says that these bytes are of the same file.
  if (asked.validator === undefined || validatorIn(headers, asked.validator) !== asked.validator)
    return wrong('a partial answer without the expected validator: the file may have changed');
  // Without the length of the whole it is unknown whether this is all of the rest.
  const whole = totalBytes ?? asked.totalBytes;
  if (whole === undefined) return wrong('a partial answer that does not give the length of the file');
  if (whole !== (asked.totalBytes ?? whole) || end >= whole) return wrong('a file whose size has changed');
  return { kind: 'rest', endBytes: end + 1, totalBytes: whole };
}

interface Range {
  /** The last byte. */
  readonly end: number;
  readonly totalBytes: number | undefined;
}

/** Which bytes a partial answer brings, or why it cannot be used. */
function rangeIn(headers: ResponseHeaders, from: number): Range | { readonly why: string } {
  const { start, end, totalBytes } = parseContentRange(headers.get('content-range')) ?? {};
  if (start === undefined || end === undefined) return { why: 'a partial answer without a readable Content-Range' };
  if (start !== from) return { why: `a partial answer from byte ${start} instead of ${from}` };
  if (isEncoded(headers)) return { why: 'a partial answer that is compressed' };
  const length = bodyBytes(headers);
  if (length !== undefined && length !== end - start + 1)
    return { why: 'a partial answer whose length contradicts its range' };
  return { end, totalBytes };
}

/** A piece that was asked for, and what is known of the file. */
export interface AskedPiece {
  readonly from: number;
  /** The byte after the last one. */
  readonly to: number;
  readonly validator?: string | undefined;
  readonly totalBytes?: number | undefined;
}

/** What an answer to the request for a piece is. */
export type PieceVerdict =
  | { readonly kind: 'piece'; readonly endBytes: number; readonly totalBytes: number; readonly validator: string }
  /** The body is the whole file. */
  | { readonly kind: 'whole' }
  /** Pieces cannot be fetched side by side from this storage, or not of this file any more. */
  | { readonly kind: 'other'; readonly why: string };

/** The headers that ask for a piece, if the file is still the same. */
export function pieceHeaders({ from, to, validator }: AskedPiece): Record<string, string> {
  return { range: `bytes=${from}-${to - 1}`, ...(validator !== undefined && { 'if-range': validator }) };
}

export function judgePiece(asked: AskedPiece, head: RangeHead): PieceVerdict {
  const { status, headers } = head;
  const other = (why: string): PieceVerdict => ({ kind: 'other', why });
  if (judgeRange({ fromBytes: 0 }, head).kind === 'whole') return { kind: 'whole' };
  if (status !== 206) return other(`an answer with status ${status} to the request for a range`);
  const range = rangeIn(headers, asked.from);
  if ('why' in range) return other(range.why);
  const { end, totalBytes = asked.totalBytes } = range;
  if (end >= asked.to) return other('a partial answer with more than was requested');
  if (totalBytes === undefined) return other('a partial answer that does not give the length of the file');
  if (end >= totalBytes || totalBytes !== (asked.totalBytes ?? totalBytes))
    return other('a file whose size has changed');
  const validator = asked.validator === undefined ? strongValidator(headers) : validatorIn(headers, asked.validator);
  if (validator === undefined || validator !== (asked.validator ?? validator))
    return other('ranges that may belong to different files');
  return { kind: 'piece', endBytes: end + 1, totalBytes, validator };
}

/** What the answer says of the kind that was asked for, an entity tag or a date. */
function validatorIn(headers: ResponseHeaders, asked: string): string | undefined {
  return headers.get(asked.startsWith('"') ? 'etag' : 'last-modified')?.trim();
}

function judgeUnsatisfied(asked: Asked, headers: ResponseHeaders): Verdict {
  if (asked.fromBytes === 0) return { kind: 'invalid', why: 'a refusal of a range although none was requested' };
  const totalBytes = parseContentRange(headers.get('content-range'))?.totalBytes;
  const tag = headers.get('etag')?.trim();
  const known = asked.totalBytes ?? totalBytes;
  if (totalBytes === asked.fromBytes && totalBytes === known && tag !== undefined && tag === asked.validator)
    return { kind: 'complete', totalBytes };
  return { kind: 'restart', why: 'a refusal that says the part is longer than the file' };
}
