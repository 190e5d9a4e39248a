import { isDate } from '../../core/util/realms.js';
import type { DateLike } from '../../types.js';
import { endsLeapSecond, MICROSECONDS_PER_SECOND, offsetAtTai } from './leap-seconds.js';
import { zoneMinutes } from '../../core/util/dates.js';

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/iu;
/** JSOC's own form: `2014.11.30_00:00:00_TAI`; JSOC also prints `_UTC` and shorter times. */
const JSOC = /^(\d{4})\.(\d{2})\.(\d{2})(?:_(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(?:_?(TAI|UTC|UT|Z))?$/iu;

/**
 * Reads a time of the HMI service exactly.
 *
 * Takes ISO 8601 with 0 to 9 fraction digits (`2015-12-11T18:22:08.799999Z`; a text without zone is UTC) and JSOC's form
 * (`2015.12.11_23:36:00_TAI`, which is converted from TAI). A digit beyond the sixth is rounded.
 * Blanks around it do not count, since services print some.
 *
 * @param text - The time.
 * @returns microseconds since 1970-01-01T00:00:00 UTC, or `undefined` when it is not a time.
 */
export function parseMicroseconds(text: string): number | undefined {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed);
  if (iso !== null) {
    const offset = zoneMinutes(iso[8] ?? 'Z');
    const clock = clockOf(iso);
    return offset === undefined ? undefined : withZone(clock, offset);
  }
  const jsoc = JSOC.exec(trimmed);
  if (jsoc === null) return undefined;
  const clock = clockOf(jsoc);
  if (clock === undefined) return undefined;
  if (jsoc[8]?.toUpperCase() !== 'TAI') return withZone(clock, 0);
  return clock.leap ? undefined : clock.micros - offsetAtTai(clock.micros) * MICROSECONDS_PER_SECOND;
}

/**
 * A moment in microseconds since 1970 UTC: from a `Date`, a text that {@link parseMicroseconds} reads, with
 * nothing around it, or such a number.
 *
 * @param when - The moment.
 * @param label - What it is, for the message.
 * @throws `TypeError` when it is not a valid moment.
 */
export function toMicroseconds(when: DateLike | number, label = 'hmi time'): number {
  const value = microsecondsOrNothing(when);
  if (value === undefined || !Number.isSafeInteger(value)) {
    throw new TypeError(
      `${label} is not a valid date: ${typeof when === 'string' ? JSON.stringify(when) : String(when)}; use a Date, ISO 8601 such as 2015-12-11T18:22:08.799999Z or 2015.12.11_23:36:00_TAI`,
    );
  }
  return value;
}

/**
 * Prints a time as the service does: 6 fraction digits, or none on a whole second, and `Z`.
 *
 * @param when - The moment; a number is microseconds since 1970 UTC.
 * @param digits - Fraction digits (0 to 6) to print always; further ones are cut off. Default: 0 or 6, as Python's `isoformat`.
 *
 * @example
 * ```ts
 * import { formatDateObs, parseDateObs } from '@lab/sdc/hmi';
 *
 * formatDateObs(parseDateObs('2015-12-11T18:22:08.799999Z')); // '2015-12-11T18:22:08.799999Z'
 * ```
 */
export function formatDateObs(when: DateLike | number, digits?: number): string {
  const micros = toMicroseconds(when);
  const fraction = modulo(micros, MICROSECONDS_PER_SECOND);
  const seconds = new Date((micros - fraction) / 1000).toISOString().slice(0, -5);
  const count = digits ?? (fraction === 0 ? 0 : 6);
  return `${seconds}${fractionText(fraction, count)}Z`;
}

/**
 * Reads a `date_obs` exactly, in microseconds since 1970 UTC.
 *
 * @param text - As printed by the service, of any generation; also JSOC's own form.
 * @throws `TypeError` when it is not a time.
 */
export function parseDateObs(text: string): number {
  return toMicroseconds(text, 'hmi date_obs');
}

/** The last millisecond that begins at or before a time in microseconds. */
export function dateOfMicroseconds(micros: number): Date {
  return new Date(Math.floor(micros / 1000));
}

/** A dot and so many digits of microseconds, cut off; nothing for no digits. */
export function fractionText(fraction: number, digits: number): string {
  return digits === 0 ? '' : `.${String(fraction).padStart(6, '0').slice(0, digits)}`;
}

/** The remainder that is never negative. */
export function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

interface Clock {
  readonly micros: number;
  /** Read as second 60: the count is that of the following midnight. */
  readonly leap: boolean;
}

function clockOf(match: RegExpExecArray): Clock | undefined {
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = ''] = match;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(ms);
  const isDay = date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
  if (!isDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const micros = Math.round(Number(fraction.padEnd(9, '0')) / 1000);
  return { micros: ms * 1000 + seconds * MICROSECONDS_PER_SECOND + micros, leap: second === '60' };
}

/** A second 60 is accepted where UTC really had one. */
function withZone(clock: Clock | undefined, offsetMinutes: number): number | undefined {
  if (clock === undefined) return undefined;
  const micros = clock.micros - offsetMinutes * 60 * MICROSECONDS_PER_SECOND;
  if (!clock.leap) return micros;
  return endsLeapSecond(micros - modulo(micros, MICROSECONDS_PER_SECOND)) ? micros : undefined;
}

function microsecondsOrNothing(when: unknown): number | undefined {
  if (isDate(when)) return when.getTime() * 1000;
  if (typeof when === 'number') return when;
  return typeof when === 'string' && when === when.trim() ? parseMicroseconds(when) : undefined;
}
