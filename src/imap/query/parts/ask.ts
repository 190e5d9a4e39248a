import type { ImapOperation } from '../../context.js';
import { halve, holds, isBounded, spanWords, type QueryPairs, type Axis } from './axis.js';
import { joinParts } from './join.js';
import {
  isAnswering,
  narrowed,
  type LargeQuery,
  type Undated,
  isSurelyTooLarge,
  isTooLarge,
  narrowIt,
} from './large-query.js';
import { isSdcError, type SdcError } from '../../../errors.js';

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
    op.warn('the server could not answer the whole query; asking in parts');
    const parts = await dividedInSomeWay(query, error);
    return joinParts([...parts, ...(await undatedParts(op, query, parts))], query.keyOf, query.orders);
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
    op.warn(`${undated.missing}, if there are any, could not be searched for: ${why}`);
  };
  const explained = explanation(query, undated, dated);
  const atEnd: AtEnd = (part, error) => {
    const span = spanWords(part, undated.axis) ?? 'this query';
    if (!explained(part)) return narrowIt(error, `for ${undated.missing}, ingested ${span}`, undated.advice);
    warn(`more of the others were ingested ${span} than the server sends in one answer`);
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

/** What becomes of a part that was refused and cannot be divided further: nothing is left to ask, or an error. */
export type AtEnd = (pairs: QueryPairs, error: SdcError) => Error | undefined;

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

/** The parts into which a query is halved, again and again, until each is answered. */
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
