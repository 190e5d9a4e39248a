import type { NumericArray } from '../array/data-types.js';
import type { TimeUnit } from './time-units.js';

/** Stands for no time: a missing value, or one that 64 bits of nanoseconds cannot hold. */
export const NO_TIME = -(2n ** 63n);

/** Far outside of what 64 bits of nanoseconds can hold, from any epoch. */
const BEYOND = 1e26;

/**
 * Counts of a unit of time as nanoseconds since 1970-01-01 UTC; NaN and fill values as {@link NO_TIME}.
 *
 * Integers are exact. Of a floating-point count the decimal digits are kept that it can tell apart: 1593554400 s in double precision
 * are known to 238 ns, so they are rounded to microseconds, as netCDF4-python does.
 */
export function timesOf(
  counts: NumericArray,
  { unit, epoch }: TimeUnit,
  fills: readonly (number | bigint)[] = [],
): BigInt64Array {
  const times = new BigInt64Array(counts.length);
  const missing = new Set(fills.map(Number));
  const length = Number(unit);
  const precision = counts instanceof Float32Array ? 2 ** -23 : Number.EPSILON;
  for (let index = 0; index < counts.length; index += 1) {
    const count = counts[index] ?? 0;
    let time = NO_TIME;
    if (typeof count === 'bigint') {
      if (!fills.includes(count)) time = count * unit + epoch;
    } else if (!missing.has(count) && Math.abs(count) * length < BEYOND) {
      const whole = Math.trunc(count);
      time = BigInt(whole) * unit + epoch;
      if (whole !== count) {
        const step = Math.max(1, 10 ** Math.ceil(Math.log10(Math.abs(count) * precision * length)));
        time += BigInt(Math.round(((count - whole) * length) / step) * step);
      }
    }
    times[index] = BigInt.asIntN(64, time) === time ? time : NO_TIME;
  }
  return times;
}
