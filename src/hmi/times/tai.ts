import type { DateLike } from '../../types.js';
import { MICROSECONDS_PER_SECOND, offsetAtTai, offsetAtUtc } from './leap-seconds.js';
import { fractionText, modulo, toMicroseconds } from './microseconds.js';

/**
 * How many seconds TAI is ahead of UTC: 36 from 2015-07-01, 37 since 2017-01-01.
 *
 * The leap seconds are those of IERS Bulletin C up to 2026; none is announced beyond.
 *
 * @param when - The moment, in UTC; a number is microseconds since 1970 UTC.
 * @throws `RangeError` before 1972, when the two did not differ by whole seconds.
 */
export function taiMinusUtc(when: DateLike | number): number {
  return offsetAtUtc(toMicroseconds(when));
}

/**
 * From UTC to TAI.
 *
 * @param when - The moment, in UTC; a number is microseconds since 1970 UTC.
 * @returns what a TAI clock reads, in microseconds since 1970-01-01 00:00:00 of that clock.
 * @throws `RangeError` before 1972.
 */
export function utcToTai(when: DateLike | number): number {
  const utc = toMicroseconds(when);
  return utc + offsetAtUtc(utc) * MICROSECONDS_PER_SECOND;
}

/**
 * From TAI to UTC.
 *
 * @param tai - What a TAI clock reads, in microseconds since 1970-01-01 00:00:00 of that clock.
 * @returns microseconds since 1970 UTC. An inserted second (`:60`) reads as the first second of the next day, as in POSIX time.
 * @throws `RangeError` before 1972.
 */
export function taiToUtc(tai: number): number {
  const micros = toMicroseconds(tai, 'hmi TAI time');
  return micros - offsetAtTai(micros) * MICROSECONDS_PER_SECOND;
}

/**
 * Reads a `T_REC` or `T_OBS` as JSOC writes it: `2014.11.30_00:00:00_TAI`. The TAI clock is converted to UTC,
 * which drms does not do. ISO 8601 is read as UTC.
 *
 * @param text - The time; without `_TAI` it is UTC.
 * @returns microseconds since 1970 UTC.
 * @throws `TypeError` when it is not a time.
 */
export function parseTRec(text: string): number {
  return toMicroseconds(text, 'hmi T_REC');
}

/**
 * Prints a moment as JSOC writes `T_REC`: `2014.11.30_00:00:00_TAI`.
 *
 * @param when - The moment, in UTC; a number is microseconds since 1970 UTC.
 * @param digits - Fraction digits, 0 to 6; further ones are cut off. Default 0.
 */
export function formatTRec(when: DateLike | number, digits = 0): string {
  const tai = utcToTai(when);
  const fraction = modulo(tai, MICROSECONDS_PER_SECOND);
  const [date = '', time = ''] = new Date((tai - fraction) / 1000).toISOString().slice(0, -5).split('T');
  return `${date.replaceAll('-', '.')}_${time}${fractionText(fraction, digits)}_TAI`;
}

/** Length of a slot of the 720 s series, in seconds. */
export const SLOT_SECONDS = 720;
/** `T_REC` of slot 0: 1993-01-01 00:00:00 TAI (`TRECEPOC` in the files' headers). */
const EPOCH_TAI = Date.UTC(1993, 0, 1) * 1000;
const SLOT = SLOT_SECONDS * MICROSECONDS_PER_SECOND;
/** Half of the 0.01 s to which printed times are worth anything. */
const NOISE = 5_000;

/**
 * The moment (`T_REC`) of a slot of the 720 s series, in UTC; always a whole second.
 *
 * @param index - The `t_rec_index`.
 * @throws `RangeError` when the index is not a whole number.
 *
 * @example
 * ```ts
 * import { tRecIndexToDate } from '@lab/sdc/hmi';
 *
 * tRecIndexToDate(1005598).toISOString(); // '2015-12-11T23:35:24.000Z', which is 23:36:00 TAI
 * ```
 */
export function tRecIndexToDate(index: number): Date {
  if (!Number.isSafeInteger(index)) throw new RangeError(`hmi t_rec_index must be a whole number, got ${index}`);
  return new Date(taiToUtc(EPOCH_TAI + index * SLOT) / 1000);
}

/**
 * The `t_rec_index` of the slot (720 s) nearest to a moment. An observation time lies about 75 s before the `T_REC` of
 * its slot, so it finds its own slot too.
 *
 * @param when - The moment, in UTC; a number is microseconds since 1970 UTC.
 */
export function toTRecIndex(when: DateLike | number): number {
  return Math.round((utcToTai(when) - EPOCH_TAI) / SLOT);
}

/**
 * Whether two printed observation times mean the same: the service prints one slot as `.799999Z` or as `.800000Z`.
 *
 * @param a - One time; a number is microseconds since 1970 UTC.
 * @param b - The other.
 */
export function sameDateObs(a: DateLike | number, b: DateLike | number): boolean {
  return Math.abs(toMicroseconds(a) - toMicroseconds(b)) < NOISE;
}

/** A time in units of 0.01 s, rounded: the same number for all notations of one observation time. */
export function centiseconds(micros: number): number {
  return Math.round(micros / (2 * NOISE));
}
