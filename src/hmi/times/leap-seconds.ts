import { TAI_STEPS } from '../../core/util/dates.js';

/** One microsecond is the unit of all arithmetic here; microseconds since 1970 stay below 2^53 until the year 2255. */
export const MICROSECONDS_PER_SECOND = 1_000_000;

/** When TAI gets ahead by how many seconds; `utc` in microseconds. */
const STEPS = TAI_STEPS.map(({ utcMs, seconds }) => ({ utc: utcMs * 1000, seconds }));

const BEFORE = 'TAI and UTC differ by whole seconds only since 1972-01-01; earlier times cannot be converted';

/** Seconds that TAI is ahead at a moment of UTC, in microseconds since 1970. */
export function offsetAtUtc(utc: number): number {
  const step = STEPS.find((one) => one.utc <= utc);
  if (step === undefined) throw new RangeError(BEFORE);
  return step.seconds;
}

/**
 * Seconds that TAI is ahead at a moment of TAI, in microseconds since 1970-01-01 00:00:00 TAI.
 *
 * During an inserted second the old offset holds: 23:59:60.5 reads 00:00:00.5 of the next day, as in POSIX time,
 * which has no separate number for it.
 */
export function offsetAtTai(tai: number): number {
  const step = STEPS.find((one) => one.utc + one.seconds * MICROSECONDS_PER_SECOND <= tai);
  if (step === undefined) throw new RangeError(BEFORE);
  return step.seconds;
}

/** Whether a leap second was inserted right before this moment of UTC (microseconds since 1970). */
export function endsLeapSecond(utc: number): boolean {
  return STEPS.some((one) => one.utc === utc && one.seconds > 10);
}
