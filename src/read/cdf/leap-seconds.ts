import { LAST_LEAP_SECOND, TAI_STEPS } from '../../core/util/dates.js';

/** The day on which the table of leap seconds last grew, as CDF writes it. */
export const LEAP_TABLE_DATE = Number(LAST_LEAP_SECOND.replaceAll('-', ''));

export const DAY_NS = 86_400_000_000_000n;
const SECOND_NS = 1_000_000_000n;
/** TT - TAI. */
const TT_NS = 32_184_000_000n;
/** Days from 1970-01-01 to 2000-01-01, at whose noon TT2000 begins, and to the day 0 of the modified Julian date. */
const [DAY_2000, DAY_MJD] = [10_957, -40_587];

const DAY_MS = 86_400_000;

const day = (year: number, month: number): number => Date.UTC(year, month - 1) / DAY_MS;

/** TAI - UTC while UTC drifted: from this day on `seconds + (MJD - from) * rate`, taken at noon of each day. */
const DRIFTS = [
  { since: day(1960, 1), seconds: 1.417818, from: 37_300, rate: 0.001296 },
  { since: day(1961, 1), seconds: 1.422818, from: 37_300, rate: 0.001296 },
  { since: day(1961, 8), seconds: 1.372818, from: 37_300, rate: 0.001296 },
  { since: day(1962, 1), seconds: 1.845858, from: 37_665, rate: 0.0011232 },
  { since: day(1963, 11), seconds: 1.945858, from: 37_665, rate: 0.0011232 },
  { since: day(1964, 1), seconds: 3.24013, from: 38_761, rate: 0.001296 },
  { since: day(1964, 4), seconds: 3.34013, from: 38_761, rate: 0.001296 },
  { since: day(1964, 9), seconds: 3.44013, from: 38_761, rate: 0.001296 },
  { since: day(1965, 1), seconds: 3.54013, from: 38_761, rate: 0.001296 },
  { since: day(1965, 3), seconds: 3.64013, from: 38_761, rate: 0.001296 },
  { since: day(1965, 7), seconds: 3.74013, from: 38_761, rate: 0.001296 },
  { since: day(1965, 9), seconds: 3.84013, from: 38_761, rate: 0.001296 },
  { since: day(1966, 1), seconds: 4.31317, from: 39_126, rate: 0.002592 },
  { since: day(1968, 2), seconds: 4.21317, from: 39_126, rate: 0.002592 },
].reverse();

/** Since 1972, by days. */
const STEPS = TAI_STEPS.map(({ utcMs, seconds }) => ({ since: utcMs / DAY_MS, seconds }));

/** TAI - UTC on a day (counted from 1970-01-01), in nanoseconds. Before 1960 it is 0, as CDF has it. */
function taiMinusUtc(date: number): bigint {
  const step = STEPS.find(({ since }) => date >= since);
  if (step !== undefined) return BigInt(step.seconds) * SECOND_NS;
  const drift = DRIFTS.find(({ since }) => date >= since);
  if (drift === undefined) return 0n;
  // In double precision and cut, as those who write CDF compute it: whole seconds come back as whole seconds.
  return BigInt(Math.trunc((drift.seconds + (date - DAY_MJD + 0.5 - drift.from) * drift.rate) * 1e9));
}

/** The TT2000 of the beginning of a day (counted from 1970-01-01). */
const startOf = (date: number): bigint => BigInt(date - DAY_2000) * DAY_NS - DAY_NS / 2n + TT_NS + taiMinusUtc(date);

/** A time in UTC: the day counted from 1970-01-01, and nanoseconds since its beginning. A leap second goes past the end of its day. */
export interface UtcTime {
  readonly day: number;
  readonly nanoseconds: bigint;
}

/** UTC of nanoseconds of TT2000. */
export function utcOf(tt2000: bigint): UtcTime {
  const sinceNoon = tt2000 - TT_NS + DAY_NS / 2n;
  let date = Number((sinceNoon - (((sinceNoon % DAY_NS) + DAY_NS) % DAY_NS)) / DAY_NS) + DAY_2000;
  // TAI - UTC has less than a day: it is this day or the one before.
  if (startOf(date) > tt2000) date -= 1;
  return { day: date, nanoseconds: tt2000 - startOf(date) };
}

/** Since 1972: from `from` (TT2000) on, `shift` added to TT2000 makes nanoseconds since 1970; a leap second repeats the one before. */
export const ERAS: readonly { readonly from: bigint; readonly shift: bigint }[] = STEPS.map(({ since, seconds }) => ({
  from: startOf(since) - (seconds === 10 ? 0n : SECOND_NS),
  shift: BigInt(DAY_2000) * DAY_NS + DAY_NS / 2n - TT_NS - BigInt(seconds) * SECOND_NS,
}));

/** Nanoseconds since 1970 as computers count them: a leap second repeats the one before. */
export function unixOf(tt2000: bigint): bigint {
  const { day: date, nanoseconds } = utcOf(tt2000);
  const repeated = nanoseconds >= DAY_NS ? nanoseconds - SECOND_NS : nanoseconds;
  return BigInt(date) * DAY_NS + repeated;
}
