import type { SpiceName } from '../names/types.js';

const DAY = 86_400_000;
const J2000 = Date.UTC(2000, 0, 1, 12);
const SCLK_EPOCH = Date.UTC(2010, 0, 1);
/** TAI - UTC since 2010: the moment of each step and the seconds after it. */
const STEPS: readonly (readonly [number, number])[] = [
  [Date.UTC(2017, 0, 1), 37],
  [Date.UTC(2015, 6, 1), 36],
  [Date.UTC(2012, 6, 1), 35],
];
const TICKS = 50_000;

function leapSeconds(ms: number): number {
  return STEPS.find(([from]) => ms >= from)?.[1] ?? 34;
}

/** TDB seconds past J2000 of a moment, without the periodic term (below 2 ms). */
export function ephemerisSeconds(ms: number): number {
  return (ms - J2000) / 1000 + leapSeconds(ms) + 32.184;
}

/** The moment of TDB seconds past J2000. */
export function momentOfEphemeris(seconds: number): number {
  const guess = J2000 + (seconds - 32.184) * 1000;
  return guess - leapSeconds(guess - 37_000) * 1000;
}

/** Seconds of the spacecraft clock: since 2010, leap seconds counted. */
export function clockSeconds(ms: number): number {
  return (ms - SCLK_EPOCH) / 1000 + leapSeconds(ms) - 34;
}

/** Text form of the spacecraft clock, `1/0512204570:32482`. */
export function clockText(ms: number): string {
  const seconds = clockSeconds(ms);
  const whole = Math.floor(seconds);
  const ticks = Math.floor((seconds - whole) * TICKS);
  return `1/${String(whole).padStart(10, '0')}:${String(ticks).padStart(5, '0')}`;
}

/** When a kernel speaks of, in three time scales. */
export interface Coverage {
  readonly begin: number;
  readonly end: number;
  readonly beginEt: number;
  readonly endEt: number;
}

/** The bounds of the mission, which kernels without own coverage carry. */
export const MISSION: Coverage = {
  begin: SCLK_EPOCH,
  end: Date.UTC(2145, 0, 1),
  beginEt: 315576066.1839245,
  endEt: 4575787269.183866,
};

/** Coverage between two moments. */
export function coverageBetween(begin: number, end: number): Coverage {
  return { begin, end, beginEt: ephemerisSeconds(begin), endEt: ephemerisSeconds(end) };
}

/** Coverage as the name tells it: to the end of its last day, or the mission's bounds. */
export function coverageOf(file: SpiceName): Coverage {
  if (file.start === null && file.end === null) return MISSION;
  return coverageBetween(file.start ?? MISSION.begin, file.end === null ? MISSION.end : file.end + DAY);
}
