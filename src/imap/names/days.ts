import { DAY_MS, toDate } from '../../core/util/dates.js';
import type { DateLike } from '../../types.js';

export { DAY_MS };

/** A number of exactly `count` ASCII digits, else NaN. By hand: a large answer has three of them per row. */
function digitsAt(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Midnight (UTC) of a calendar day in milliseconds, or `undefined` where there is no such day; years 1 to 9999. */
export function dayMs(year: number, month: number, day: number): number | undefined {
  if (!(year >= 1 && year <= 9999 && day >= 1)) return undefined;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  if (day > days) return undefined;
  // Date.UTC takes years below 100 for those of the 20th century; 400 years are 146 097 days.
  return Date.UTC(year + 400, month - 1, day) - 146_097 * DAY_MS;
}

/** Midnight (UTC) of `YYYYMMDD` in milliseconds; `undefined` when it is something else. */
export function parseDay(text: string): number | undefined {
  if (text.length !== 8) return undefined;
  return dayMs(digitsAt(text, 0, 4), digitsAt(text, 4, 2), digitsAt(text, 6, 2));
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
 * @throws `TypeError` when it is not a day of the calendar.
 */
export function toDay(value: DateLike, label: string): string {
  if (typeof value === 'string' && parseDay(value) !== undefined) return value;
  try {
    return formatDay(toMoment(value, label));
  } catch {
    throw new TypeError(`${label} is not a valid date; use format YYYYMMDD, ISO 8601 or a Date, got ${show(value)}`);
  }
}

/**
 * A moment given as a `Date`, `YYYYMMDD` or ISO 8601 text, in milliseconds.
 *
 * @throws `TypeError` when it is none, blanks and line ends around it included.
 */
export function toMoment(value: DateLike, label: string): number {
  const day = typeof value === 'string' ? parseDay(value) : undefined;
  if (day !== undefined) return day;
  return toDate(value, label).getTime();
}

/** The last moment of a span: a text that is a day alone stands for the whole day, to its last millisecond. */
export function toEndMoment(value: DateLike, label: string): number {
  const isDay = typeof value === 'string' && /^[0-9]{4}-?[0-9]{2}-?[0-9]{2}$/u.test(value);
  return toMoment(value, label) + (isDay ? DAY_MS - 1 : 0);
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value);
}

/**
 * Reads the server's three forms of a UTC timestamp: `YYYYMMDD HH:MM:SS`, `YYYY-MM-DD HH:MM:SS` and
 * `YYYY-MM-DD, HH:MM:SS`; also ISO 8601 with `T`, fraction and `Z` or `+00:00`. By hand: a regular expression per row costs as much
 * as all other checks of a large answer.
 *
 * @returns Milliseconds, or `undefined` when it is something else.
 */
export function parseTimestamp(text: string): number | undefined {
  const dashed = text.charCodeAt(4) === DASH;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, dashed ? 5 : 4, 2);
  const day = digitsAt(text, dashed ? 8 : 6, 2);
  if (dashed && text.charCodeAt(7) !== DASH) return undefined;
  const midnight = dayMs(year, month, day);
  if (midnight === undefined) return undefined;
  let at = dashed ? 10 : 8;
  if (text.charCodeAt(at) === COMMA) at += 1;
  const separator = text.charCodeAt(at);
  if (separator !== SPACE && separator !== LETTER_T) return text.length === at ? midnight : undefined;
  at += 1;
  const hour = digitsAt(text, at, 2);
  const minute = digitsAt(text, at + 3, 2);
  const second = digitsAt(text, at + 6, 2);
  const colons = text.charCodeAt(at + 2) === COLON && text.charCodeAt(at + 5) === COLON;
  if (!colons || !(hour < 24) || !(minute < 60) || !(second < 60)) return undefined;
  const ms = midnight + ((hour * 60 + minute) * 60 + second) * 1000;
  at += 8;
  return text.length === at ? ms : withFraction(text.slice(at), ms);
}

function withFraction(rest: string, ms: number): number | undefined {
  const match = /^(?:\.([0-9]{1,9}))?(?:Z|\+00:?00)?$/u.exec(rest);
  return match === null ? undefined : ms + Number((match[1] ?? '0').padEnd(3, '0').slice(0, 3));
}

const DASH = 45;
const COMMA = 44;
const SPACE = 32;
const COLON = 58;
const LETTER_T = 84;
