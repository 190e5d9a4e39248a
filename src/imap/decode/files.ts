import type { SdcErrorInit } from '../../errors.js';
import type { ImapTable } from '../centre.js';
import type { ImapOperation } from '../context.js';
import { parseDay } from '../names/days.js';
import { Version } from '../names/version.js';
import type { ImapFile } from '../types.js';
import { OddRow, readRows, requiredText, shape, timestamp, type RowReader } from './rows.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Decodes an answer of `/query`, rows of 2026 and of 2024 alike: paths, start days and versions strictly, the rest tolerantly.
 * By hand, since a schema on each of 15 000 rows would cost more than the request.
 *
 * @param init - What an error about the whole answer starts from.
 * @throws `UnexpectedResponse` for an answer that is not a list; a row that cannot be read is left out with a warning.
 */
export function decodeFiles(op: ImapOperation, answer: unknown, table: ImapTable, init: SdcErrorInit): ImapFile[] {
  return readRows(op, answer, (reader) => decodeRow(reader, table), init);
}

function decodeRow(reader: RowReader, table: ImapTable): ImapFile {
  const { row } = reader;
  const filePath = requiredText(reader, 'file_path');
  const version = versionOf(reader);
  const file: Mutable<ImapFile> = {
    filePath,
    table,
    instrument: requiredText(reader, 'instrument'),
    descriptor: requiredText(reader, 'descriptor'),
    startDate: startDay(reader, filePath),
    version: version.text,
    extension: typeof row.extension === 'string' ? row.extension : filePath.slice(filePath.lastIndexOf('.') + 1),
    minorVersion: version.minor,
    raw: row,
  };
  if (version.major !== undefined) file.majorVersion = version.major;
  if (typeof row.data_level === 'string') file.dataLevel = row.data_level;
  const endDate = endDay(reader);
  if (endDate !== undefined) file.endDate = endDate;
  if (isNumber(row.repointing)) file.repointing = row.repointing;
  if (isNumber(row.cr)) file.cr = row.cr;
  if (typeof row.crid === 'string') file.crid = row.crid;
  if (typeof row.released === 'boolean') file.released = row.released;
  const ingested = timestamp(reader, 'ingestion_date');
  if (ingested !== undefined) file.ingestionDate = ingested;
  return file;
}

interface RowVersion {
  readonly text: string;
  readonly major: number | undefined;
  readonly minor: number;
}

/** The numbers where there are some, without making an object for each row; the old generation has the text alone. */
function versionOf({ row, path }: RowReader): RowVersion {
  const { major_version: major, minor_version: minor, version } = row;
  if (typeof minor === 'number') {
    const number = typeof major === 'number' ? major : undefined;
    if (!isWithin(minor, number === undefined ? 999 : 9999) || !isWithin(number ?? 0, 999)) {
      throw new OddRow(shape(`${path}.minor_version`, 'a version within its range', minor));
    }
    const text = typeof version === 'string' && version !== '' ? version : new Version(number, minor).toString();
    return { text, major: number, minor };
  }
  const parsed = typeof version === 'string' ? Version.tryParse(version) : undefined;
  if (parsed === undefined) throw new OddRow(shape(`${path}.version`, 'a version such as v001.0002', version));
  return { text: parsed.toString(), major: parsed.major, minor: parsed.minor };
}

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The start day; a row without a usable one is not lost where the file's name has the day. */
function startDay({ row, path, note }: RowReader, filePath: string): string {
  const value = row.start_date;
  if (typeof value === 'string' && parseDay(value) !== undefined) return value;
  const named = /_([0-9]{8})[_-]/u.exec(filePath.slice(filePath.lastIndexOf('/') + 1))?.[1];
  if (named === undefined || parseDay(named) === undefined) {
    throw new OddRow(shape(`${path}.start_date`, DAY, value));
  }
  note('start_date', DAY);
  return named;
}

function endDay({ row, note }: RowReader): string | undefined {
  const value = row.end_date;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && parseDay(value) !== undefined) return value;
  note('end_date', DAY);
  return undefined;
}

const DAY = 'a day such as 20260131';
