import { isSdcError } from '../../errors.js';
import { DATA_LEVELS, INSTRUMENTS } from '../constants.js';
import { DAY_MS, formatDay, parseDay } from '../names/days.js';
import type { CheckedQuery } from './check.js';

/** Statuses of a server that could not put a large answer together (6 MB, about 30 s). */
const STATUSES = new Set([413, 500, 502, 503, 504]);

/** Whether a failed query may have asked for too much at once. */
export function isTooLarge(error: unknown): boolean {
  if (!isSdcError(error) || error.code === 'rate-limited') return false;
  return error.code === 'timeout' || (error.status !== undefined && STATUSES.has(error.status));
}

/**
 * Smaller queries that together ask the same: by instrument, else by level, else by halves of the span of start dates.
 * No series of versions is torn apart, so that ranking stays right. Empty where the query cannot be divided.
 */
export function partsOf(query: CheckedQuery): CheckedQuery[] {
  const value = (name: string): string | undefined => query.pairs.find(([own]) => own === name)?.[1];
  if (value('file_path') !== undefined) return [];
  if (value('instrument') === undefined) return INSTRUMENTS.map((one) => withPair(query, 'instrument', one));
  if (query.table !== 'ancillary' && value('data_level') === undefined) {
    return DATA_LEVELS.map((one) => withPair(query, 'data_level', one));
  }
  const start = parseDay(value('start_date') ?? '');
  const end = parseDay(value('end_date') ?? '');
  if (start === undefined || end === undefined || start === end) return [];
  const middle = start + Math.floor((end - start) / DAY_MS / 2) * DAY_MS;
  return [withPair(query, 'end_date', formatDay(middle)), withPair(query, 'start_date', formatDay(middle + DAY_MS))];
}

function withPair(query: CheckedQuery, name: string, value: string): CheckedQuery {
  const known = query.pairs.some(([own]) => own === name);
  const pairs = known
    ? query.pairs.map((pair) => (pair[0] === name ? ([name, value] as const) : pair))
    : [[name, value] as const, ...query.pairs];
  return { ...query, pairs };
}
