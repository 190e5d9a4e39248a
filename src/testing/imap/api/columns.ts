import { parseIso } from '../../../core/util/dates.js';
import type { IndexedFile } from '../archive/archive.js';
import { EXTENSIONS, isAmong, type ArchiveWords } from '../names/constants.js';
import { compactStamp } from '../names/days.js';
import type { AncillaryName, ScienceName } from '../names/types.js';

export type Cell = string | number | boolean | null;

/** Reads a filter value as the database does; `undefined` is a value that it refuses, which crashes the handler. */
type ReadCell = (text: string, words: ArchiveWords) => Cell | undefined;

/** The columns that filters may name, by table (section 3.4). */
export type Columns = Readonly<Record<string, ReadCell>>;

const text: ReadCell = (value) => value;
const integer: ReadCell = (value) => (/^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : undefined);
const flag: ReadCell = (value) => ({ true: true, false: false })[value.toLowerCase()];
const stamp: ReadCell = (value) => {
  const moment = parseIso(value.trim());
  return moment === undefined ? undefined : compactStamp(moment.getTime());
};
const oneOf =
  (words: readonly string[]): ReadCell =>
  (value) =>
    isAmong(words, value) ? value : undefined;

const instrument: ReadCell = (value, { instruments }) => (isAmong(instruments, value) ? value : undefined);
const level: ReadCell = (value, { levels }) => (isAmong(levels, value) ? value : undefined);

const family = (extensions: readonly string[]): Columns => ({
  file_path: text,
  instrument,
  data_level: level,
  descriptor: text,
  start_date: text,
  repointing: integer,
  major_version: integer,
  minor_version: integer,
  extension: oneOf(extensions),
  ingestion_date: stamp,
  cr: integer,
  crid: text,
  released: flag,
});

export const SCIENCE_COLUMNS = family(EXTENSIONS.science);
export const QUICKLOOK_COLUMNS = family(EXTENSIONS.quicklook);

export const ANCILLARY_COLUMNS: Columns = {
  file_path: text,
  instrument,
  descriptor: text,
  start_date: text,
  end_date: text,
  version: text,
  extension: oneOf([...EXTENSIONS.ancillary, ...EXTENSIONS.release]),
  ingestion_date: stamp,
  released: flag,
};

export const SPICE_COLUMNS: Columns = Object.fromEntries(
  [
    'file_path',
    'file_name',
    'ingestion_date',
    'file_root',
    'kernel_type',
    'min_date_j2000',
    'max_date_j2000',
    'file_intervals_j2000',
    'min_date_datetime',
    'max_date_datetime',
    'file_intervals_datetime',
    'min_date_sclk',
    'max_date_sclk',
    'file_intervals_sclk',
    'sclk_kernel',
    'lsk_kernel',
    'version',
    'released',
  ].map((name) => [name, text]),
);

/** A row of the science or quicklook table as the answer shows it (section 3.7). */
export function scienceRecord(row: IndexedFile, file: ScienceName): Record<string, Cell> {
  const major = file.major ?? 0;
  return {
    file_path: file.key,
    instrument: file.instrument,
    data_level: file.level,
    descriptor: file.descriptor,
    start_date: file.start,
    repointing: file.repointing,
    major_version: major,
    minor_version: file.minor,
    version: `v${String(major).padStart(3, '0')}.${String(file.minor).padStart(4, '0')}`,
    extension: file.extension,
    ingestion_date: compactStamp(row.ingested),
    cr: file.cr,
    crid: row.crid,
    released: row.released,
  };
}

/** A row of the ancillary table, which holds release manifests too. */
export function ancillaryRecord(row: IndexedFile, file: AncillaryName): Record<string, Cell> {
  return {
    file_path: file.key,
    instrument: file.instrument,
    descriptor: file.descriptor,
    start_date: file.start,
    end_date: file.end,
    version: file.version,
    extension: file.extension,
    ingestion_date: compactStamp(row.ingested),
    released: row.released,
  };
}
