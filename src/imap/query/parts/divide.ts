import { isSdcError, type SdcError } from '../../../errors.js';
import { halve, type Axis, type QueryPairs } from './axis.js';
import { narrowed, type LargeQuery } from './large-query.js';
import { isTooLarge } from './too-large.js';

/** What becomes of a part that was refused and cannot be divided further: nothing is left to ask, or an error. */
export type AtEnd = (pairs: QueryPairs, error: SdcError) => Error | undefined;

/** In the first way that comes to an end: rows that overlap may be too many at any point of an axis, and few on another. */
export async function dividedInSomeWay<T>(query: LargeQuery<T>, error: SdcError): Promise<(readonly T[])[]> {
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
export async function divided<T>(
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
