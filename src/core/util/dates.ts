import type { DateLike } from '../../types.js';
import { isDate } from './realms.js';

/** One day in milliseconds. */
export const DAY_MS = 86_400_000;

const ISO =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Reads a moment.
 *
 * @param value - A `Date`, or a text in ISO 8601 (basic or extended); a text without zone is UTC. Blanks or a line end around it are
 * not part of the form.
 * @param label - What the value is, for the message: `imap.query: startDate`.
 * @throws `TypeError` when it is not a valid date.
 */
export function toDate(value: DateLike, label: string): Date {
  if (isDate(value)) {
    if (Number.isNaN(value.getTime())) throw new TypeError(`${label} is an invalid Date`);
    return new Date(value.getTime());
  }
  const date = typeof value === 'string' ? parseIso(value) : undefined;
  if (date === undefined) {
    throw new TypeError(
      `${label} is not a valid date: ${JSON.stringify(value)}; use a Date or ISO 8601 such as 2021-06-01 or 2021-06-01T09:30:00Z`,
    );
  }
  return date;
}

/** Reads ISO 8601, UTC where no zone is given; `undefined` when it is something else or no day of the calendar. */
export function parseIso(text: string): Date | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const hour = Number(match[4] ?? 0);
  const minute = Number(match[5] ?? 0);
  const second = Number(match[6] ?? 0);
  const fraction = match[7];
  const zone = match[8];
  const ms = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offset = zone === undefined ? 0 : zoneMinutes(zone);
  // The years before 100 mean others to Date.UTC.
  if (offset === undefined || year < 100 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  // A day that its month has not would be one of the next.
  if (new Date(utc).getUTCDate() !== day) return undefined;
  return new Date(utc - offset * 60_000);
}

/** Minutes by which a zone of ISO 8601 is ahead of UTC; `undefined`: there is no such zone. */
export function zoneMinutes(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 18 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
/** From a moment of UTC on, by how many seconds TAI is ahead of it. */
export interface TaiStep {
  /** Milliseconds since 1970. */
  readonly utcMs: number;
  readonly seconds: number;
}

/** The day on which {@link TAI_STEPS} last grew. */
export const LAST_LEAP_SECOND = '2017-01-01';

const FIRST_SECONDS = 10;

/** All steps since 1972, the newest first, from IERS Bulletin C; complete up to 2026. */
export const TAI_STEPS: readonly TaiStep[] = [
  '1972-01-01',
  ...['1972-07-01', '1973-01-01', '1974-01-01', '1975-01-01', '1976-01-01', '1977-01-01', '1978-01-01'],
  ...['1979-01-01', '1980-01-01', '1981-07-01', '1982-07-01', '1983-07-01', '1985-07-01', '1988-01-01'],
  ...['1990-01-01', '1991-01-01', '1992-07-01', '1993-07-01', '1994-07-01', '1996-01-01', '1997-07-01'],
  ...['1999-01-01', '2006-01-01', '2009-01-01', '2012-07-01', '2015-07-01', LAST_LEAP_SECOND],
]
  .map((day, index) => ({ utcMs: Date.parse(day), seconds: FIRST_SECONDS + index }))
  .reverse();
