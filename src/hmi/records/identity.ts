import { parseMicroseconds } from '../times/microseconds.js';
import { centiseconds, toTRecIndex } from '../times/tai.js';
import type { HmiRecord, HmiFile } from '../types.js';
import type { Arguments } from '../../core/operation/arguments.js';

/**
 * What makes a record the same record: series and record number, or the link in generation 1.
 * Never the time: several HARPs share a slot, and one time is printed in two ways.
 */
export function recordKey(record: HmiRecord): string {
  if (record.recnum !== undefined) return `${record.series} ${record.recnum}`;
  return record.files[0]?.url ?? `${record.series} ${timeOf(record)} ${record.harpnum ?? ''}`;
}

/** Observation time of a record in units of 0.01 s, the precision in which printed times can be compared. */
export function timeOf(record: HmiRecord): number {
  return centiseconds(parseMicroseconds(record.dateObsText) ?? record.dateObs.getTime() * 1000);
}

/** Slot of a record; generation 1 does not name it, so it is found from the time. */
export function slotOf(record: HmiRecord): number {
  return record.tRecIndex ?? toTRecIndex(parseMicroseconds(record.dateObsText) ?? record.dateObs);
}

/** Sorts by time, then HARP, then record number; leaves the given array alone. */
export function inTimeOrder(records: Iterable<HmiRecord>): HmiRecord[] {
  return Array.from(records, (record) => ({ record, time: timeOf(record) }))
    .sort((a, b) => a.time - b.time || byNumbers(a.record, b.record))
    .map(({ record }) => record);
}

function byNumbers(a: HmiRecord, b: HmiRecord): number {
  return (a.harpnum ?? 0) - (b.harpnum ?? 0) || (a.recnum ?? 0) - (b.recnum ?? 0);
}

/** One file; `record` is a getter of the class, so that printing a record as JSON does not run in circles. */
class RecordFile implements HmiFile {
  readonly url: string;
  declare readonly segment?: string;
  readonly #record: HmiRecord;

  constructor(url: string, segment: string | undefined, record: HmiRecord) {
    this.url = url;
    if (segment !== undefined) this.segment = segment;
    this.#record = record;
  }

  get record(): HmiRecord {
    return this.#record;
  }
}

/** The same record with the files that are kept. */
export function withFiles(record: HmiRecord, keep: (file: HmiFile) => boolean): HmiRecord {
  const files: HmiFile[] = [];
  const copy: HmiRecord = { ...record, files };
  for (const file of record.files) if (keep(file)) files.push(new RecordFile(file.url, file.segment, copy));
  return copy;
}

/** A file of a record that is named, not listed. */
export function fileOf(record: HmiRecord, url: string, segment: string | undefined): HmiFile {
  return new RecordFile(url, segment, record);
}

/**
 * A series name, such as `hmi.sharp_720s` or `720`; open, and never rewritten.
 *
 * @throws `TypeError` when it could not be one part of a path.
 */
export function requireSeries(args: Arguments, value: string): string {
  const series = args.text(value, 'series');
  if (/[/\\?#%\s]/u.test(series) || /^\.+$/u.test(series))
    throw args.invalid('series must be the name of a series such as hmi.sharp_720s');
  return series;
}
