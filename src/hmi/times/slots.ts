import type { DateLike } from '../../types.js';
import { MICROSECONDS_PER_SECOND } from './leap-seconds.js';
import { toMicroseconds } from './microseconds.js';
import { taiToUtc, utcToTai } from './tai.js';

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

/** A time in units of 0.01 s, rounded: the same number for all spellings of one observation time. */
export function centiseconds(micros: number): number {
  return Math.round(micros / (2 * NOISE));
}
