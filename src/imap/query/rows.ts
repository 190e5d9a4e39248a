import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import type { ImapTable } from '../constants.js';
import { parseDay } from '../names/days.js';
import { Version } from '../names/version.js';
import type { ImapFile } from '../types.js';
import { parseTimestamp } from './ingestion.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Row = Readonly<Record<string, unknown>>;

/**
 * Decodes an answer of `/query`, rows of 2026 and of 2024 alike: paths and dates strictly, the rest tolerantly.
 * By hand, since a schema on each of 15 000 rows would cost more than the request.
 *
 * @throws {@link UnexpectedResponse} that names the JSON path of the misfit.
 */
export function decodeRows(answer: unknown, table: ImapTable, init: SdcErrorInit): ImapFile[] {
  return rowsOf(answer, init).map((row, index) => decodeRow(row, index, table, init));
}

/** The rows of an answer: a JSON array of objects. */
export function rowsOf(answer: unknown, init: SdcErrorInit): readonly Row[] {
  if (!Array.isArray(answer)) throw misfit('$', 'an array of files', answer, init);
  const list: readonly unknown[] = answer;
  if (list.every(isRow)) return list;
  const wrong = list.findIndex((row) => !isRow(row));
  throw misfit(`$[${wrong}]`, 'an object', list[wrong], init);
}

function decodeRow(row: Row, index: number, table: ImapTable, init: SdcErrorInit): ImapFile {
  const filePath = text(row, 'file_path', index, init);
  const version = versionOf(row, index, init);
  const file: Mutable<ImapFile> = {
    filePath,
    table,
    instrument: text(row, 'instrument', index, init),
    descriptor: text(row, 'descriptor', index, init),
    startDate: day(row, 'start_date', index, init),
    version: version.text,
    extension: typeof row.extension === 'string' ? row.extension : filePath.slice(filePath.lastIndexOf('.') + 1),
    minorVersion: version.minor,
    raw: row,
  };
  if (version.major !== undefined) file.majorVersion = version.major;
  if (typeof row.data_level === 'string') file.dataLevel = row.data_level;
  if (row.end_date !== undefined && row.end_date !== null) file.endDate = day(row, 'end_date', index, init);
  if (typeof row.repointing === 'number') file.repointing = row.repointing;
  if (typeof row.cr === 'number') file.cr = row.cr;
  if (typeof row.crid === 'string') file.crid = row.crid;
  if (typeof row.released === 'boolean') file.released = row.released;
  const ingested = timestamp(row, 'ingestion_date', `$[${index}]`, init);
  if (ingested !== undefined) file.ingestionDate = ingested;
  return file;
}

interface RowVersion {
  readonly text: string;
  readonly major: number | undefined;
  readonly minor: number;
}

/** The numbers where there are some, without making an object a row; the old generation has the text alone. */
function versionOf(row: Row, index: number, init: SdcErrorInit): RowVersion {
  const { major_version: major, minor_version: minor, version } = row;
  if (typeof minor === 'number') {
    const number = typeof major === 'number' ? major : undefined;
    if (!isWithin(minor, number === undefined ? 999 : 9999) || !isWithin(number ?? 0, 999)) {
      throw misfit(`$[${index}].minor_version`, 'a version within its range', minor, init);
    }
    const text = typeof version === 'string' && version !== '' ? version : new Version(number, minor).toString();
    return { text, major: number, minor };
  }
  const parsed = typeof version === 'string' ? Version.tryParse(version) : undefined;
  if (parsed === undefined) throw misfit(`$[${index}].version`, 'a version such as v001.0002', version, init);
  return { text: parsed.toString(), major: parsed.major, minor: parsed.minor };
}

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}

function text(row: Row, key: string, index: number, init: SdcErrorInit): string {
  const value = row[key];
  if (typeof value !== 'string' || value === '') throw misfit(`$[${index}].${key}`, 'a text', value, init);
  return value;
}

function day(row: Row, key: string, index: number, init: SdcErrorInit): string {
  const value = row[key];
  if (typeof value === 'string' && parseDay(value) !== undefined) return value;
  throw misfit(`$[${index}].${key}`, 'a day such as 20260131', value, init);
}

/** A timestamp of a row; `undefined` when it is absent or null. */
export function timestamp(row: Row, key: string, path: string, init: SdcErrorInit): Date | undefined {
  const value = row[key];
  if (value === undefined || value === null) return undefined;
  const ms = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (ms === undefined) throw misfit(`${path}.${key}`, 'a timestamp such as 20260131 12:30:00', value, init);
  return new Date(ms);
}

/** Whether a value is an object with keys. */
export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The error for a part of an answer that has another shape than known. */
export function misfit(path: string, expected: string, value: unknown, init: SdcErrorInit): UnexpectedResponse {
  const shown = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
  return new UnexpectedResponse(
    `the answer has another shape than known: ${path} should be ${expected}, got ${shown}; this package may need an update`,
    init,
  );
}
