import { dayMs } from '../names/days.js';

/** Days (UTC) from which on TAI is one more second ahead, after the 10 seconds of 1972 (IERS Bulletin C). */
const LEAPS = [
  [1972, 7],
  [1973, 1],
  [1974, 1],
  [1975, 1],
  [1976, 1],
  [1977, 1],
  [1978, 1],
  [1979, 1],
  [1980, 1],
  [1981, 7],
  [1982, 7],
  [1983, 7],
  [1985, 7],
  [1988, 1],
  [1990, 1],
  [1991, 1],
  [1992, 7],
  [1993, 7],
  [1994, 7],
  [1996, 1],
  [1997, 7],
  [1999, 1],
  [2006, 1],
  [2009, 1],
  [2012, 7],
  [2015, 7],
  [2017, 1],
] as const;
const J2000_MS = Date.UTC(2000, 0, 1, 12);
const TT_MINUS_TAI = 32.184;

/**
 * A UTC moment as TDB seconds past J2000 (ephemeris time), as the kernels' coverage is stated; with the periodic term of
 * the leapseconds kernel, right to about 30 microseconds.
 */
export function tdbSeconds(utcMs: number): number {
  const leaps = LEAPS.filter(([year, month]) => utcMs >= (dayMs(year, month, 1) ?? Infinity)).length;
  const tt = (utcMs - J2000_MS) / 1000 + 10 + leaps + TT_MINUS_TAI;
  const anomaly = 6.239996 + 1.99096871e-7 * tt;
  return tt + 1.657e-3 * Math.sin(anomaly + 1.671e-2 * Math.sin(anomaly));
}
