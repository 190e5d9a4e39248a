/**
 * Times of HMI in whole microseconds since 1970 UTC: slot numbers, `DATE-OBS` and the texts that the service prints.
 * Numbers of this size are exact (2^53 µs reach the year 2255), which a JavaScript `Date` is not.
 */

const SLOT_MS = 720_000;
const TAI_1993_MS = Date.UTC(1993, 0, 1);

/** UTC moments from which TAI - UTC has the given number of seconds, newest first (IERS Bulletin C). */
const LEAP_SECONDS: readonly (readonly [sinceMs: number, seconds: number])[] = [
  [Date.UTC(2017, 0, 1), 37],
  [Date.UTC(2015, 6, 1), 36],
  [Date.UTC(2012, 6, 1), 35],
  [Date.UTC(2009, 0, 1), 34],
  [Date.UTC(2006, 0, 1), 33],
  [Date.UTC(1999, 0, 1), 32],
  [Date.UTC(1997, 6, 1), 31],
  [Date.UTC(1996, 0, 1), 30],
  [Date.UTC(1994, 6, 1), 29],
  [Date.UTC(1993, 6, 1), 28],
];

/** T_REC of a slot, as milliseconds of the TAI calendar: 1993-01-01 plus 720 s each. */
export function slotTaiMs(index: number): number {
  return TAI_1993_MS + index * SLOT_MS;
}

/** `DATE-OBS` of a slot in microseconds UTC: 75.2 s before T_REC, 75.6 s in near-real-time series. */
export function dateObsMicros(index: number, nearRealTime: boolean): number {
  const tai = slotTaiMs(index);
  const found = LEAP_SECONDS.find(([since, seconds]) => tai >= since + seconds * 1000);
  const utcMs = tai - (found?.[1] ?? 27) * 1000;
  return utcMs * 1000 - (nearRealTime ? 75_600_000 : 75_200_000);
}

/** The first slot whose `DATE-OBS` is at or after a moment (microseconds UTC). */
export function firstSlotFrom(micros: number, nearRealTime: boolean): number {
  let index = Math.floor((micros / 1000 - TAI_1993_MS) / SLOT_MS) - 1;
  while (dateObsMicros(index, nearRealTime) < micros) index += 1;
  return index;
}

/** Prints as Python's `isoformat()` plus `Z`: six fraction digits, or none for a whole second. */
export function printMicros(micros: number): string {
  const fraction = ((micros % 1_000_000) + 1_000_000) % 1_000_000;
  const seconds = new Date((micros - fraction) / 1000).toISOString().slice(0, 19);
  return fraction === 0 ? `${seconds}Z` : `${seconds}.${String(fraction).padStart(6, '0')}Z`;
}

/** `YYYYMMDDHHMMSS`, truncated to whole seconds, as file names carry it. */
export function fileStamp(micros: number): string {
  return new Date(Math.floor(micros / 1_000_000) * 1000).toISOString().slice(0, 19).replace(/\D/g, '');
}

/** JSOC's own form of a slot time: `2015.12.11_23:36:00_TAI`. */
export function jsocTime(index: number): string {
  const text = new Date(slotTaiMs(index)).toISOString();
  return `${text.slice(0, 10).replaceAll('-', '.')}_${text.slice(11, 19)}_TAI`;
}

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:\d{2})?$/i;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;

/** Whether a text is an RFC 3339 date-time, zone included: what a strict `format: date-time` asks for. */
export function isStrictDateTime(text: string): boolean {
  return RFC_3339.test(text) && readMicros(text) !== undefined;
}

/** Reads a date or date-time in microseconds UTC (no zone is UTC); `undefined` when it is none. */
export function readMicros(text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    match;
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const ms = Date.parse(wall);
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== wall) return undefined;
  const offset = zone.length === 1 ? 0 : Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  const minutes = zone.startsWith('-') ? -offset : offset;
  return (ms - minutes * 60_000) * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}
