/** Units of time of a fixed length, in nanoseconds, by their names and symbols in UDUNITS. */
const NANOSECONDS = new Map<string, bigint>(
  (
    [
      ['d day days', 86_400_000_000_000n],
      ['h hr hrs hour hours', 3_600_000_000_000n],
      ['min mins minute minutes', 60_000_000_000n],
      ['s sec secs second seconds', 1_000_000_000n],
      ['ms msec msecs millisec millisecs millisecond milliseconds', 1_000_000n],
      ['us µs μs usec usecs microsec microsecs microsecond microseconds', 1000n],
      ['ns nsec nsecs nanosec nanosecs nanosecond nanoseconds', 1n],
    ] as const
  ).flatMap(([names, length]) => names.split(' ').map((name): [string, bigint] => [name, length])),
);

/** Counting of time: `count * unit + epoch`, in nanoseconds since 1970-01-01 UTC. */
export interface TimeUnit {
  readonly unit: bigint;
  readonly epoch: bigint;
}

const SINCE = /^\s*(\S+)\s+since\s+(.*?)\s*$/iu;
const DATE = /^([+-]?\d{1,6})-(\d{1,2})(?:-(\d{1,2}))?/u;
const CLOCK = /^(?:T|\s+)(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2})(?:\.(\d*))?)?/iu;
const ZONE = /^\s*(?:Z|UTC|GMT|([+-])(\d{1,2}):?(\d{2})?)?$/iu;

/** Calendars whose dates are those of the civil calendar; all but the last are Julian before 1582-10-15. */
const CALENDARS = new Set(['standard', 'gregorian', 'proleptic_gregorian']);

/** Whether this is a unit of the kind `seconds since …`. */
export const isSince = (units: string): boolean => SINCE.test(units);

/** What a unit such as `hours since 2018-10-17 21:00:00` counts; a text that says what is unknown about it. */
export function timeUnitOf(units: string, calendar = 'standard'): TimeUnit | string {
  const [, word = '', since = ''] = SINCE.exec(units) ?? [];
  const unit = NANOSECONDS.get(word.toLowerCase());
  const name = calendar.toLowerCase();
  if (unit === undefined) return `the unit of time ${JSON.stringify(word)}`;
  if (!CALENDARS.has(name)) return `the calendar ${JSON.stringify(calendar)}`;
  const epoch = instantOf(since, name === 'proleptic_gregorian');
  return epoch === undefined ? `the date ${JSON.stringify(since)}` : { unit, epoch };
}

function instantOf(text: string, isProleptic: boolean): bigint | undefined {
  const date = DATE.exec(text);
  if (date === null) return undefined;
  const afterDate = text.slice(date[0].length);
  const clock = CLOCK.exec(afterDate);
  const zone = ZONE.exec(afterDate.slice(clock?.[0].length ?? 0));
  if (zone === null) return undefined;
  const days = dayOf(Number(date[1]), Number(date[2]), Number(date[3] ?? 1), isProleptic);
  const [hour, minute, second] = [1, 2, 3].map((part) => Number(clock?.[part] ?? 0));
  if (days === undefined || (hour ?? 0) > 24 || (minute ?? 0) > 59 || (second ?? 0) > 59) return undefined;
  const east = (zone[1] === '-' ? -1 : 1) * (Number(zone[2] ?? 0) * 60 + Number(zone[3] ?? 0));
  const seconds = (days * 24 + (hour ?? 0)) * 3600 + ((minute ?? 0) - east) * 60 + (second ?? 0);
  const fraction = (clock?.[4] ?? '').slice(0, 9).padEnd(9, '0');
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction);
}

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Days from 1970-01-01 to a date; `undefined` where the calendar has no such date. */
function dayOf(year: number, month: number, day: number, isProleptic: boolean): number | undefined {
  const order = (year * 100 + month) * 100 + day;
  const isJulian = !isProleptic && order < 15821015;
  if (isJulian && order > 15821004) return undefined;
  const isLeap = year % 4 === 0 && (isJulian || year % 100 !== 0 || year % 400 === 0);
  const length = (MONTHS[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
  if (day < 1 || day > length) return undefined;
  // Years that begin in March have their leap day at the end.
  const from = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(from / 4) + (isJulian ? -2 : Math.floor(from / 400) - Math.floor(from / 100));
  return from * 365 + leapDays + dayOfYear - 719468;
}
