/** The 14 digits of a name as a moment; in UTC, whatever the clock that wrote them. */
export function stampToMs(stamp: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/u.exec(stamp) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** The other way round: `YYYYmmddHHMMSS`. */
export function msToStamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace(/\D/gu, '');
}

/** How far the wall clock of a zone is ahead of UTC at a moment, in milliseconds. */
export function zoneOffsetMs(at: Date, timeZone: string): number {
  const style = { timeZone, hourCycle: 'h23', dateStyle: 'short', timeStyle: 'medium' } as const;
  const parts = new Intl.DateTimeFormat('en-GB', style).formatToParts(at);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  );
  return wall - Math.floor(at.getTime() / 1000) * 1000;
}

/** The zones to try for a server whose zone is not known: the service ran in England. */
export function zonesToTry(serverTimeZone: string | undefined): readonly string[] {
  return serverTimeZone === undefined ? ['UTC', 'Europe/London'] : [serverTimeZone];
}

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
