import { isSdcError, type SdcError } from '../../errors.js';
import type { ImapOperation } from '../context.js';
import { emptiest, halve, holds, isBounded, spanWords, type Axis, type QueryPairs } from './axis.js';
import { joinParts, type RowOrder } from './order.js';
import { isSurelyTooLarge, isTooLarge, narrowIt } from './too-large.js';

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
  readonly undated?: Undated<T>;
}

/**
 * Finds, along another axis, the rows that none of the parts holds, since the column of `of` may be empty: asked for only
 * where the query itself does not bound it.
 */
interface Undated<T> {
  readonly of: Axis;
  readonly axis: Axis;
  /** Where a row lies on `axis`. */
  readonly valueOf: (row: T) => number | undefined;
  /** Which rows these are, in words. */
  readonly missing: string;
  /** What a user can add to ask for rows with a value of `of` alone. */
  readonly advice: string;
}

/** What becomes of a part that was refused and cannot be divided further: nothing is left to ask, or an error. */
type AtEnd = (pairs: QueryPairs, error: SdcError) => Error | undefined;

/**
 * Asks for a query at once or, where the server cannot answer that, in parts that together are the whole: spans along an axis, halved
 * until each is answered, the outermost without bounds. The answers are joined without doubles, in the server's order.
 *
 * @throws the first error when the server does not answer an empty query either; an error that says how to narrow the query when
 * a part that cannot be divided further is refused. Never fewer rows.
 */
export async function askInParts<T>(op: ImapOperation, query: LargeQuery<T>): Promise<readonly T[]> {
  try {
    return await query.ask(query.pairs, true);
  } catch (error) {
    const axes = query.ways.flat();
    const axis = axes.find((one) => halve(query.pairs, one) !== undefined);
    if (!isTooLarge(error) || axes.length === 0) throw error;
    if (axis === undefined) throw narrowed(query, query.pairs, error);
    if (!isSurelyTooLarge(error) && !(await isAnswering(query, axis))) throw error;
    op.warn('the server could not answer at once; asking in parts');
    const parts = await dividedInSomeWay(query, error);
    return joinParts([...parts, ...(await undatedParts(op, query, parts))], query.keyOf, query.orders);
  }
}

/** Whether the server answers the same question about a span that holds next to nothing; if not, it is down. */
async function isAnswering<T>({ ask, pairs }: LargeQuery<T>, axis: Axis): Promise<boolean> {
  try {
    await ask(emptiest(pairs, axis), false);
    return true;
  } catch (error) {
    if (isSdcError(error) && error.code !== 'closed') return false;
    throw error;
  }
}

/** In the first way that comes to an end: rows that overlap may be too many at any point of an axis, and few on another. */
async function dividedInSomeWay<T>(query: LargeQuery<T>, error: SdcError): Promise<(readonly T[])[]> {
  let reason = error;
  for (const axes of query.ways) {
    try {
      return await divided(query, query.pairs, error, axes);
    } catch (failure) {
      if (!isSdcError(failure) || !isTooLarge(failure.cause)) throw failure;
      reason = failure;
    }
  }
  throw reason;
}

async function divided<T>(
  query: LargeQuery<T>,
  pairs: QueryPairs,
  error: SdcError | undefined,
  axes: readonly Axis[],
  atEnd: AtEnd = (part, refusal) => narrowed(query, part, refusal),
): Promise<(readonly T[])[]> {
  const halves = axes.map((axis) => halve(pairs, axis)).find((found) => found !== undefined);
  if (halves === undefined) {
    const failure = error && atEnd(pairs, error);
    if (failure === undefined) return [];
    throw failure;
  }
  const parts: (readonly T[])[] = [];
  for (const half of halves) parts.push(...(await onePart(query, half, axes, atEnd)));
  return parts;
}

/** A part that can be divided is not repeated when it was too much; any other failure is. */
async function onePart<T>(
  query: LargeQuery<T>,
  pairs: QueryPairs,
  axes: readonly Axis[],
  atEnd?: AtEnd,
): Promise<(readonly T[])[]> {
  const isDivisible = axes.some((axis) => halve(pairs, axis) !== undefined);
  try {
    return [await query.ask(pairs, !isDivisible)];
  } catch (error) {
    if (isTooLarge(error)) return divided(query, pairs, error, axes, atEnd);
    if (!isDivisible || !isSdcError(error) || !error.retryable) throw error;
  }
  try {
    return [await query.ask(pairs, true)];
  } catch (error) {
    if (isTooLarge(error)) return divided(query, pairs, error, axes, atEnd);
    throw error;
  }
}

/**
 * The parts along another axis, which hold the rows that have no value on the first.
 *
 * @param dated - The parts along the first.
 */
async function undatedParts<T>(
  op: ImapOperation,
  query: LargeQuery<T>,
  dated: readonly (readonly T[])[],
): Promise<(readonly T[])[]> {
  const { undated, pairs } = query;
  if (undated === undefined || isBounded(pairs, undated.of)) return [];
  const warn = (why: string): void => {
    op.warn(`${undated.missing}, should there be any, could not be looked for: ${why}`);
  };
  const explained = explanation(query, undated, dated);
  const atEnd: AtEnd = (part, error) => {
    const span = spanWords(part, undated.axis) ?? 'this query';
    if (!explained(part)) return narrowIt(error, `for ${undated.missing}, ingested ${span}`, undated.advice);
    warn(`more of the others were ingested ${span} than the server sends at once`);
    return undefined;
  };
  try {
    return await divided(query, pairs, undefined, [undated.axis], atEnd);
  } catch (error) {
    // An older server, which knows no days of ingestion, cannot send such rows either; one that is down is another matter.
    if (!isSdcError(error) || (await isAnswering(query, undated.axis))) throw error;
    if (!(await isAnswering(query, undated.of))) throw error;
    warn(error.message);
    return [];
  }
}

/** Tells whether the rows that are known already are reason enough for the refusal of a part: more than any answer held. */
function explanation<T>(
  { keyOf }: LargeQuery<T>,
  { axis, valueOf }: Undated<T>,
  dated: readonly (readonly T[])[],
): (part: QueryPairs) => boolean {
  const most = Math.max(...dated.map((rows) => rows.length));
  const rows = [...new Map(dated.flat().map((row) => [keyOf(row), row])).values()];
  return (part) => rows.filter((row) => holds(part, axis, valueOf(row))).length > most;
}

function narrowed<T>({ ways, advice }: LargeQuery<T>, pairs: QueryPairs, error: Parameters<typeof narrowIt>[0]): Error {
  const spans = [...new Set(ways.flat())].map((axis) => spanWords(pairs, axis)).filter((words) => words !== undefined);
  return narrowIt(error, spans.length === 0 ? 'this query' : `for ${spans.join(', ingested ')}`, advice);
}
