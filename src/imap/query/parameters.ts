import type { DateLike } from '../../types.js';
import { DAY_MS, formatDay, parseDay, toDay, toMoment } from '../names/days.js';
import { tdbSeconds } from './tdb.js';

/** Checks shared by the smaller queries; all throw `TypeError` or `RangeError` before any request. */

/** Refuses anything but an object whose keys are known. */
export function checkKeys(query: unknown, known: readonly string[], operation: string): void {
  if (typeof query !== 'object' || query === null) throw new TypeError(`${operation}: the query must be an object`);
  for (const name of Object.keys(query)) {
    if (known.includes(name)) continue;
    const camel = name.replace(/_([a-z])/gu, (_match, letter: string) => letter.toUpperCase());
    const advice = known.includes(camel) ? `did you mean ${camel}?` : `use ${known.join(', ')}`;
    throw new TypeError(`${operation}: unknown parameter ${JSON.stringify(name)}; ${advice}`);
  }
}

/** The span of ingestion days as the SPICE and table routes take it, and the check that makes the last day a whole one. */
export function ingestionSpan(
  query: { readonly ingestionStartDate?: DateLike; readonly ingestionEndDate?: DateLike },
  operation: string,
): { readonly pairs: [string, string][]; readonly includes: (ingested: Date | undefined) => boolean } {
  const { ingestionStartDate, ingestionEndDate } = query;
  const start =
    ingestionStartDate === undefined ? undefined : toDay(ingestionStartDate, `${operation}: ingestionStartDate`);
  const end = ingestionEndDate === undefined ? undefined : toDay(ingestionEndDate, `${operation}: ingestionEndDate`);
  if (start !== undefined && end !== undefined && start > end) {
    throw new RangeError(`${operation}: ingestionStartDate is after ingestionEndDate`);
  }
  const pairs: [string, string][] = [];
  if (start !== undefined) pairs.push(['start_ingest_date', start]);
  if (end === undefined) return { pairs, includes: () => true };
  // These routes read a day as its midnight, so the next day is sent, and what was ingested at that midnight is left out.
  const next = (parseDay(end) ?? 0) + DAY_MS;
  pairs.push(['end_ingest_date', formatDay(next)]);
  return { pairs, includes: (ingested) => ingested === undefined || ingested.getTime() < next };
}

/** Refuses a query without something that it must have. */
export function requireGiven(query: object, names: readonly string[], message: string): void {
  if (names.some((name) => (Reflect.get(query, name) ?? undefined) === undefined)) throw new TypeError(message);
}

/** A moment in TDB seconds past J2000, as text. */
export function ephemerisTime(value: DateLike, label: string): string {
  return tdbSeconds(toMoment(value, label)).toFixed(6);
}

/** Refuses a start after its end. */
export function checkSpan(
  start: DateLike | undefined,
  end: DateLike | undefined,
  names: string,
  operation: string,
): void {
  if (start === undefined || end === undefined) return;
  const [first = '', last = ''] = names.split(' ');
  if (toMoment(start, `${operation}: ${first}`) > toMoment(end, `${operation}: ${last}`)) {
    throw new RangeError(`${operation}: ${first} is after ${last}`);
  }
}
