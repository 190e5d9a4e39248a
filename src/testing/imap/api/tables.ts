import type { Archive } from '../archive/archive.js';
import {
  ANCILLARY_COLUMNS,
  QUICKLOOK_COLUMNS,
  SCIENCE_COLUMNS,
  SPICE_COLUMNS,
  ancillaryRecord,
  scienceRecord,
  type Cell,
  type Columns,
} from './columns.js';

export type TableName = 'science' | 'quicklook' | 'ancillary' | 'spice';

/** A row with what filters need besides its cells. */
export interface TableRow {
  readonly cells: Readonly<Record<string, Cell>>;
  /** `YYYYMMDD`; `undefined` for kernels. */
  readonly start: string | undefined;
  readonly ingested: number;
  readonly released: boolean;
}

/** A table of the database as the query handler sees it. */
export interface Table {
  readonly columns: Columns;
  /** Further names that are no columns. */
  readonly filters: readonly string[];
  rows(archive: Archive): TableRow[];
}

const DATES = ['end_date', 'ingestion_start_date', 'ingestion_end_date'];

export const QUERY_TABLES: Readonly<Record<TableName, Table>> = {
  science: { columns: SCIENCE_COLUMNS, filters: [...DATES, 'version', 'latest'], rows: scienceRows('science') },
  quicklook: { columns: QUICKLOOK_COLUMNS, filters: DATES, rows: scienceRows('quicklook') },
  ancillary: { columns: ANCILLARY_COLUMNS, filters: DATES, rows: ancillaryRows },
  spice: { columns: SPICE_COLUMNS, filters: ['start_date', ...DATES], rows: spiceRows },
};

function scienceRows(family: 'science' | 'quicklook') {
  return (archive: Archive): TableRow[] =>
    archive.rows().flatMap((row) => {
      const { file, ingested, released } = row;
      if (file.family !== family) return [];
      return [{ cells: scienceRecord(row, file), start: file.start, ingested, released }];
    });
}

function ancillaryRows(archive: Archive): TableRow[] {
  return archive.rows().flatMap((row) => {
    const { file, ingested, released } = row;
    if (file.family !== 'ancillary' && file.family !== 'release') return [];
    return [{ cells: ancillaryRecord(row, file), start: file.start, ingested, released }];
  });
}

function spiceRows(archive: Archive): TableRow[] {
  return archive.rows().flatMap(({ file, ingested, released }) => {
    if (file.family !== 'spice') return [];
    const cells = {
      file_path: file.key,
      file_name: file.name,
      file_root: file.root,
      kernel_type: file.type,
      version: file.version,
    };
    return [{ cells, start: undefined, ingested, released }];
  });
}
