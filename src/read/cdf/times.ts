import { DAY_NS, utcOf } from './leap-seconds.js';

/** Milliseconds and seconds from the beginning of the year 0 to 1970. */
export const [EPOCH_1970, EPOCH16_1970] = [62_167_219_200_000, 62_167_219_200];
/** TT2000 that stands for a missing time, and for one that was never written. */
export const [TT2000_FILL, TT2000_PAD] = [-(2n ** 63n), -(2n ** 63n) + 1n];

const PICO_PER_SECOND = 1_000_000_000_000n;
const SECONDS_PER_DAY = 86_400n;

/**
 * The UTC of a TT2000 as text, with nine digits of the second; a leap second is `:60`. `undefined` for what is no time: the fill
 * value -2^63 and the pad value -2^63 + 1.
 *
 * @param tt2000 - Nanoseconds since 2000-01-01T12:00:00 TT, leap seconds counted, as CDF stores them.
 * @example
 * ```ts
 * import { tt2000ToIso } from '@lab/sdc/read';
 *
 * console.log(tt2000ToIso(536_500_868_184_000_000n)); // 2016-12-31T23:59:60.000000000Z
 * ```
 */
export function tt2000ToIso(tt2000: bigint): string | undefined {
  if (tt2000 === TT2000_FILL || tt2000 === TT2000_PAD) return undefined;
  const { day, nanoseconds } = utcOf(tt2000);
  const isLeap = nanoseconds >= DAY_NS;
  const shown = isLeap ? DAY_NS - 1_000_000_000n : nanoseconds;
  const seconds = shown / 1_000_000_000n;
  const second = isLeap ? 60n : seconds % 60n;
  const fraction = nanoseconds % 1_000_000_000n;
  return textOf(BigInt(day), seconds, second, fraction.toString().padStart(9, '0'));
}

/**
 * An EPOCH as text, with twelve digits of the second, cut where the number is finer. `undefined` for what is no time of the years 0
 * to 9999: fill values among them.
 *
 * @param epoch - Milliseconds since the beginning of the year 0, as CDF stores them.
 */
export function epochToIso(epoch: number): string | undefined {
  if (!isTime(epoch / 1000)) return undefined;
  const whole = Math.floor(epoch);
  // Exact: a multiple of a power of two.
  const fraction = (BigInt((epoch - whole) * 2 ** 105) * 1_000_000_000n) >> 105n;
  return picosecondsToIso(BigInt(whole) * 1_000_000_000n + fraction);
}

/**
 * An EPOCH16 as text, with twelve digits of the second. `undefined` for what is no time of the years 0 to 9999.
 *
 * @param seconds - Seconds since the beginning of the year 0.
 * @param picoseconds - Picoseconds since that second.
 */
export function epoch16ToIso(seconds: number, picoseconds: number): string | undefined {
  if (!isTime(seconds) || !isTime(picoseconds / 1e12)) return undefined;
  const whole = Math.floor(seconds);
  const rest = Math.floor((seconds - whole) * 1e12 + picoseconds);
  return picosecondsToIso(BigInt(whole) * PICO_PER_SECOND + BigInt(rest));
}

/** Before the year 10000. */
const isTime = (seconds: number): boolean => seconds >= 0 && seconds < 315_569_520_000;

function picosecondsToIso(picoseconds: bigint): string | undefined {
  const total = picoseconds / PICO_PER_SECOND - BigInt(EPOCH16_1970);
  const seconds = ((total % SECONDS_PER_DAY) + SECONDS_PER_DAY) % SECONDS_PER_DAY;
  const fraction = (picoseconds % PICO_PER_SECOND).toString().padStart(12, '0');
  return textOf((total - seconds) / SECONDS_PER_DAY, seconds, seconds % 60n, fraction);
}

function textOf(day: bigint, seconds: bigint, second: bigint, fraction: string): string {
  const [date] = new Date(Number(day) * 86_400_000).toISOString().split('T');
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, second].map((part) => part.toString().padStart(2, '0'));
  return `${date ?? ''}T${clock.join(':')}.${fraction}Z`;
}
