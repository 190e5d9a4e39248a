import { toDate } from '../../core/util/dates.js';
import type { DateLike } from '../../types.js';

const DAY = /^[0-9]{8}$/;

/** Midnight (UTC) of a calendar day in milliseconds, or `undefined` where there is no such day; years 1 to 9999. */
export function dayMs(year: number, month: number, day: number): number | undefined {
  if (year < 1 || year > 9999) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? date.getTime() : undefined;
}

/** Midnight (UTC) of `YYYYMMDD` in milliseconds; `undefined` when it is something else. */
export function parseDay(text: string): number | undefined {
  if (!DAY.test(text)) return undefined;
  return dayMs(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8)));
}

/** The day of a moment as `YYYYMMDD`. */
export function formatDay(ms: number): string {
  const date = new Date(ms);
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  return `${year}${String(date.getUTCMonth() + 1).padStart(2, '0')}${String(date.getUTCDate()).padStart(2, '0')}`;
}

/** Midnight (UTC) of day `dayOfYear` of a year; `undefined` where the year has no such day, unless it may roll over. */
export function parseDayOfYear(year: number, dayOfYear: number, rollOver: boolean): number | undefined {
  const first = dayMs(year, 1, 1);
  if (first === undefined || dayOfYear < 1 || dayOfYear > 366) return undefined;
  const ms = first + (dayOfYear - 1) * DAY_MS;
  return rollOver || new Date(ms).getUTCFullYear() === year ? ms : undefined;
}

/** The year and day of year of a moment as `YYYY_DDD`. */
export function formatDayOfYear(ms: number): string {
  const year = new Date(ms).getUTCFullYear();
  const first = dayMs(year, 1, 1) ?? 0;
  const day = Math.floor((ms - first) / DAY_MS) + 1;
  return `${String(year).padStart(4, '0')}_${String(day).padStart(3, '0')}`;
}

/**
 * The day (UTC) of a `Date`, `YYYYMMDD` or ISO 8601 text, as `YYYYMMDD`.
 *
 * @param label - What the value is, for the message: `imap.query: startDate`.
 * @throws `TypeError` when it is no day of the calendar.
 */
export function toDay(value: DateLike, label: string): string {
  if (typeof value === 'string' && parseDay(value) !== undefined) return value;
  try {
    return formatDay(toDate(value, label).getTime());
  } catch {
    throw new TypeError(`${label} is not a valid date; use format YYYYMMDD, ISO 8601 or a Date, got ${show(value)}`);
  }
}

/** A moment given as a `Date`, `YYYYMMDD` or ISO 8601 text, in milliseconds. */
export function toMoment(value: DateLike, label: string): number {
  const day = typeof value === 'string' ? parseDay(value) : undefined;
  return day ?? toDate(value, label).getTime();
}

/** One day in milliseconds. */
export const DAY_MS = 86_400_000;

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value);
}
