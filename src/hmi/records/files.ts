import type { HmiFile, HmiRecord } from '../types.js';

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
