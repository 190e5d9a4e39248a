import { parseMicroseconds } from '../times/microseconds.js';
import { centiseconds, toTRecIndex } from '../times/slots.js';
import type { HmiRecord } from '../types.js';

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
