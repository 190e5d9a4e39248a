import { DAY_MS, formatDay } from '../names/days.js';

/** A span of spacecraft time that becomes one file. Bounds are texts in the service's own form. */
export interface PacketWindow {
  /** `YYYYMMDD`. */
  readonly day: string;
  /** Number of the pointing, `repoint_id` of the repoint table; absent for a file by day. */
  readonly repointing?: number;
  /** Inclusive, UTC with six digits of fraction. */
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
}

/** A window, and what is known of its packets beforehand. */
export interface WantedWindow {
  readonly window: PacketWindow;
  /** Application ids of which it holds at least one packet, where that is known. */
  readonly seen: ReadonlySet<number>;
}

/** A moment as the packet service takes it: UTC without zone, six digits of fraction. */
export function serviceTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}000`;
}

/** The window of a day, with the instrument's buffer on both sides. */
export function dayWindow(midnight: number, buffer: number): PacketWindow {
  return {
    day: formatDay(midnight),
    from: serviceTime(midnight - buffer),
    to: serviceTime(midnight + DAY_MS + buffer),
  };
}

/** Every day (midnight, UTC) from the one of the start to the one of the end, both included. */
export function daysBetween(start: number, end: number): number[] {
  const first = Math.floor(start / DAY_MS);
  const count = Math.max(0, Math.floor(end / DAY_MS) - first + 1);
  return Array.from({ length: count }, (_unused, at) => (first + at) * DAY_MS);
}

/** One pointing of the spacecraft: from the end of its manoeuvre to the end of the next. */
export interface Pointing {
  readonly repointing: number;
  /** In milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly window: PacketWindow;
}

/**
 * The pointings of a repoint table (CSV): row i lasts from its own `repoint_end_utc` to that of row i + 1. Rows without
 * an end, and the last one, make none.
 *
 * @throws `TypeError` when a column is missing or a cell cannot be read.
 */
export function pointingsOf(csv: string, label: string): Pointing[] {
  const lines = csv.split(/\r?\n/u).filter((line) => line.trim() !== '');
  const header = (lines[0] ?? '').split(',').map((cell) => cell.trim());
  const endAt = header.indexOf('repoint_end_utc');
  const idAt = header.indexOf('repoint_id');
  if (endAt < 0 || idAt < 0) throw new TypeError(`${label}: the columns repoint_end_utc and repoint_id are missing`);
  const rows = lines.slice(1).map((line, index) => {
    const cells = line.split(',').map((cell) => cell.trim());
    return { end: endOf(cells[endAt] ?? '', `${label}, line ${index + 2}`), id: Number(cells[idAt]), line: index + 2 };
  });
  return rows.flatMap((row, index) => {
    const next = rows[index + 1];
    if (row.end === undefined || next?.end === undefined) return [];
    if (!Number.isInteger(row.id) || row.id < 0 || row.id > 99_999) {
      throw new TypeError(`${label}, line ${row.line}: repoint_id must be a whole number`);
    }
    const window = { day: formatDay(row.end.ms), repointing: row.id, from: row.end.text, to: next.end.text };
    return [{ repointing: row.id, start: row.end.ms, end: next.end.ms, window }];
  });
}

interface Moment {
  readonly ms: number;
  readonly text: string;
}

function endOf(cell: string, label: string): Moment | undefined {
  if (cell.toLowerCase() === 'nan' || cell === '') return undefined;
  const match = /^([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?$/u.exec(cell);
  const [, day = '', time = '', fraction = ''] = match ?? [];
  const seconds = match === null ? Number.NaN : Date.parse(`${day}T${time}Z`);
  if (Number.isNaN(seconds)) throw new TypeError(`${label}: cannot read repoint_end_utc ${JSON.stringify(cell)}`);
  const micros = fraction.padEnd(6, '0').slice(0, 6);
  return { ms: seconds + Number(micros) / 1000, text: `${day}T${time}.${micros}` };
}
