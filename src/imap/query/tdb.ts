import { TAI_STEPS } from '../../core/util/dates.js';

const J2000_MS = Date.UTC(2000, 0, 1, 12);
const TT_MINUS_TAI = 32.184;

/**
 * A UTC moment as TDB seconds past J2000 (ephemeris time), as the kernels' coverage is stated; with the periodic term of
 * the leapseconds kernel, right to about 30 microseconds.
 */
export function tdbSeconds(utcMs: number): number {
  const ahead = TAI_STEPS.find((step) => step.utcMs <= utcMs)?.seconds ?? 10;
  const tt = (utcMs - J2000_MS) / 1000 + ahead + TT_MINUS_TAI;
  const anomaly = 6.239996 + 1.99096871e-7 * tt;
  return tt + 1.657e-3 * Math.sin(anomaly + 1.671e-2 * Math.sin(anomaly));
}
