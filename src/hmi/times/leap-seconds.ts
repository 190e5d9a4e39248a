/** One microsecond is the unit of all arithmetic here; microseconds since 1970 stay below 2^53 until the year 2255. */
export const MICROSECONDS_PER_SECOND = 1_000_000;

/** First day (UTC) on which the number of seconds holds, from IERS Bulletin C; complete up to 2026. */
const TAI_MINUS_UTC: readonly (readonly [year: number, month: number, seconds: number])[] = [
  [1972, 1, 10],
  [1972, 7, 11],
  [1973, 1, 12],
  [1974, 1, 13],
  [1975, 1, 14],
  [1976, 1, 15],
  [1977, 1, 16],
  [1978, 1, 17],
  [1979, 1, 18],
  [1980, 1, 19],
  [1981, 7, 20],
  [1982, 7, 21],
  [1983, 7, 22],
  [1985, 7, 23],
  [1988, 1, 24],
  [1990, 1, 25],
  [1991, 1, 26],
  [1992, 7, 27],
  [1993, 7, 28],
  [1994, 7, 29],
  [1996, 1, 30],
  [1997, 7, 31],
  [1999, 1, 32],
  [2006, 1, 33],
  [2009, 1, 34],
  [2012, 7, 35],
  [2015, 7, 36],
  [2017, 1, 37],
];

interface Step {
  /** Microseconds of UTC at which the step takes effect. */
  readonly utc: number;
  readonly seconds: number;
}

const STEPS: readonly Step[] = TAI_MINUS_UTC.map(([year, month, seconds]) => ({
  utc: Date.UTC(year, month - 1, 1) * 1000,
  seconds,
})).reverse();

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
 * which has no number of its own for it.
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
