import type { DateLike } from '../../types.js';

const ISO =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Reads a moment.
 *
 * @param value - A `Date`, or a text in ISO 8601 (basic or extended); a text without zone is UTC.
 * @param label - What the value is, for the message: `imap.query: startDate`.
 * @throws `TypeError` when it is no valid date.
 */
export function toDate(value: DateLike, label: string): Date {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new TypeError(`${label} is an invalid Date`);
    return new Date(value.getTime());
  }
  const date = typeof value === 'string' ? parseIso(value.trim()) : undefined;
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
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), ms);
  const date = new Date(utc);
  const sameDay =
    date.getUTCFullYear() === Number(year) &&
    date.getUTCMonth() + 1 === Number(month) &&
    date.getUTCDate() === Number(day);
  const sameTime =
    date.getUTCHours() === Number(hour) &&
    date.getUTCMinutes() === Number(minute) &&
    date.getUTCSeconds() === Number(second);
  const offset = zoneMinutes(zone);
  if (!sameDay || !sameTime || offset === undefined) return undefined;
  return new Date(utc - offset * 60_000);
}

function zoneMinutes(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 18 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
