import type { Arguments } from '../../core/operation/arguments.js';
import type { DateLike } from '../../types.js';
import { DAY_MS, formatDay, parseDay, toDay, toEndMoment, toMoment } from '../names/days.js';
import { tdbSeconds } from './tdb.js';

/** Checks shared by the smaller queries; all throw `TypeError` or `RangeError` before any request. */

/** The span of ingestion days as the SPICE and table routes take it, and the check that makes the last day a whole one. */
export function ingestionSpan(
  args: Arguments,
  query: { readonly ingestionStartDate?: DateLike; readonly ingestionEndDate?: DateLike },
): { readonly pairs: [string, string][]; readonly includes: (ingested: Date | undefined) => boolean } {
  const { ingestionStartDate, ingestionEndDate } = query;
  const start =
    ingestionStartDate === undefined ? undefined : toDay(ingestionStartDate, args.label('ingestionStartDate'));
  const end = ingestionEndDate === undefined ? undefined : toDay(ingestionEndDate, args.label('ingestionEndDate'));
  if (start !== undefined && end !== undefined && start > end) {
    throw args.outOfRange('ingestionStartDate is after ingestionEndDate');
  }
  const pairs: [string, string][] = [];
  if (start !== undefined) pairs.push(['start_ingest_date', start]);
  if (end === undefined) return { pairs, includes: () => true };
  // These routes read a day as its midnight, so the next day is sent, and what was ingested at that midnight is left out.
  const next = (parseDay(end) ?? 0) + DAY_MS;
  pairs.push(...midnightPairs('end_ingest_date', next));
  return { pairs, includes: (ingested) => ingested === undefined || ingested.getTime() < next };
}

/** A parameter that is a midnight; none after the last day of the calendar, which is the same as no end. */
export function midnightPairs(name: string, midnight: number): [string, string][] {
  const day = formatDay(midnight);
  return parseDay(day) === undefined ? [] : [[name, day]];
}

export function requireGiven(args: Arguments, query: object, names: readonly string[], message: string): void {
  if (names.some((name) => (Reflect.get(query, name) ?? undefined) === undefined)) throw args.invalid(message);
}

/** A span of coverage as the SPICE routes take it. */
export interface CoverageSpan {
  /** In TDB seconds past J2000: whole ones, since older servers read nothing else, and outward, so that nothing is lost. */
  readonly pairs: [string, string][];
  /** The last moment (UTC, milliseconds) that counts; `undefined`: no end. */
  readonly endMs: number | undefined;
}

/**
 * The coverage that a query asks for; an end that is a day alone is that whole day.
 *
 * @throws `TypeError` for a value that is not a date, `RangeError` for a start after its end.
 */
export function coverageSpan(
  args: Arguments,
  { startTime, endTime }: { readonly startTime?: DateLike; readonly endTime?: DateLike },
): CoverageSpan {
  checkSpan(args, startTime, endTime, 'startTime endTime');
  const pairs: [string, string][] = [];
  if (startTime !== undefined) {
    pairs.push(['start_time', String(Math.floor(tdbSeconds(toMoment(startTime, args.label('startTime')))))]);
  }
  if (endTime === undefined) return { pairs, endMs: undefined };
  const endMs = toEndMoment(endTime, args.label('endTime'));
  pairs.push(['end_time', String(Math.ceil(tdbSeconds(endMs)))]);
  return { pairs, endMs };
}

export function checkSpan(
  args: Arguments,
  start: DateLike | undefined,
  end: DateLike | undefined,
  names: string,
): void {
  const [first = '', last = ''] = names.split(' ');
  const startMs = start === undefined ? undefined : toMoment(start, args.label(first));
  const endMs = end === undefined ? undefined : toEndMoment(end, args.label(last));
  if (startMs === undefined || endMs === undefined || startMs <= endMs) return;
  throw args.outOfRange(`${first} is after ${last}`);
}
