const SECOND = 1_000;
const MINUTE = 60_000;
/** The scheduler begins on the minute, and is done with few orders within these seconds. */
const EARLY_MS = 10_000;

/** A range of the server's wall clock. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The seconds at which processing may have begun, likeliest first: the first seconds of each minute, then the others
 * (protocol notes 8.3). Before the first full minute nothing begins unless the scheduler was late, so that comes last.
 */
export function candidateSeconds({ fromMs, toMs }: TimeRange): number[] {
  const first = Math.floor(fromMs / SECOND) * SECOND;
  const minute = Math.ceil(first / MINUTE) * MINUTE;
  const all: number[] = [];
  for (let at = first; at <= toMs; at += SECOND) all.push(at);
  const early = all.filter((at) => at >= minute && at % MINUTE <= EARLY_MS);
  const others = all.filter((at) => at >= minute && at % MINUTE > EARLY_MS);
  return [...early, ...others, ...all.filter((at) => at < minute)];
}
