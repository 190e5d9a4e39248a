import { isSdcError, type SdcError, PageNotAccessible, TimeoutError } from '../../../errors.js';
import { emptiest, spanWords, type Axis, type QueryPairs } from './axis.js';
import type { RowOrder } from './join.js';
import { messageOf, restated } from '../../errors.js';

/** A query that may be more than the server can answer at once. */
export interface LargeQuery<T> {
  readonly pairs: QueryPairs;
  /**
   * The ways in which it may be divided without losing a row; along the axes of one, the first that can be halved is taken. The next
   * way is tried where a part of the one before cannot be divided further.
   */
  readonly ways: readonly (readonly Axis[])[];
  /** One request; `safeToRetry` whether it may be repeated by itself. */
  readonly ask: (pairs: QueryPairs, safeToRetry: boolean) => Promise<readonly T[]>;
  readonly keyOf: (row: T) => string;
  /** The orders in which the server may give its rows, the likeliest first. */
  readonly orders: readonly RowOrder<T>[];
  /** What a user can add to ask for less. */
  readonly advice: string;
  readonly undated?: Undated<T> | undefined;
}

/**
 * Finds, along another axis, the rows that none of the parts holds, since the column of `of` may be empty: asked for only
 * where the query itself does not bound it.
 */
export interface Undated<T> {
  readonly of: Axis;
  readonly axis: Axis;
  /** The position of a row on `axis`. */
  readonly valueOf: (row: T) => number | undefined;
  /** Which rows these are, in words. */
  readonly missing: string;
  /** What a user can add to ask for rows with a value of `of` alone. */
  readonly advice: string;
}

/** Whether the server answers the same question about a span that holds next to nothing; if not, it is down. */
export async function isAnswering<T>({ ask, pairs }: LargeQuery<T>, axis: Axis): Promise<boolean> {
  try {
    await ask(emptiest(pairs, axis), false);
    return true;
  } catch (error) {
    if (isSdcError(error) && error.code !== 'closed') return false;
    throw error;
  }
}

/** The error for a part that cannot be divided further. */
export function narrowed<T>({ ways, advice }: LargeQuery<T>, pairs: QueryPairs, error: SdcError): Error {
  const spans = [...new Set(ways.flat())].map((axis) => spanWords(pairs, axis)).filter((words) => words !== undefined);
  return narrowIt(error, spans.length === 0 ? 'this query' : `for ${spans.join(', ingested ')}`, advice);
}

/** Statuses of a server that could not put a large answer together (6 MB, about 30 s). */
const STATUSES = new Set([413, 500, 502, 503, 504]);

/** Whether a failed query may have asked for too much at once. */
export function isTooLarge(error: unknown): error is SdcError {
  if (!isSdcError(error) || error.code === 'rate-limited') return false;
  return error.code === 'timeout' || isCutOff(error) || (error.status !== undefined && STATUSES.has(error.status));
}

/** Whether the failure says by itself that the server is there and the answer was too long. */
export function isSurelyTooLarge(error: SdcError): boolean {
  return error.status === 413 || isCutOff(error);
}

/** A body that ends early, or a list whose end is missing. */
function isCutOff(error: SdcError): boolean {
  if (error.code === 'transfer') return true;
  return error.code === 'unexpected-response' && error.status === 200 && (error.bodyExcerpt ?? '').startsWith('[');
}

/** The error for a query that cannot be divided further; `span` says for what, in words. */
export function narrowIt(error: SdcError, span: string, advice: string): SdcError {
  const { status, url, bodyExcerpt } = error;
  const answer =
    status === undefined ? 'no answer in time' : `${status}: ${messageOf(bodyExcerpt ?? '').slice(0, 100)}`;
  const words = `the Science Data Center could not answer ${span} (${answer}), which cannot be divided further. It may be more than the server can send in one answer: narrow the query with ${advice}, or try again later`;
  if (status === undefined || url === undefined)
    return new TimeoutError(words, { ...restated(error), status: undefined });
  return new PageNotAccessible(words, { ...restated(error), status, url });
}
