import { writeAtomic } from '../../core/files/write-atomic.js';
import { readNamedFile } from '../command/read-file.js';
import { UsageError } from '../command/usage-error.js';
import { csvText, delimiterOf, parseCsv } from '../output/csv.js';

/** One line of a list of measurements, as `upload` writes it and `download` reads it. Other columns are kept. */
export type ListRow = Readonly<Record<string, string>>;

const DONE = 'Products_Downloaded';

/** The line of an uploaded file. */
export function listRow(file: string, id: string): ListRow {
  return { Filename: file, id, [DONE]: 'False' };
}

/** Whether the products of a line are there already. */
export function isDownloaded(row: ListRow): boolean {
  return /^(?:true|yes|1)$/iu.test(row[DONE] ?? '');
}

/** The list with the lines of one measurement marked. */
export function markDownloaded(rows: readonly ListRow[], id: string): ListRow[] {
  return rows.map((row) => (row.id === id ? { ...row, [DONE]: 'True' } : row));
}

/** A list of measurements as it was read. */
export interface MeasurementList {
  readonly rows: readonly ListRow[];
  /** What stands between its cells; kept when it is written. */
  readonly delimiter: string;
}

/** Reads a list: a CSV file with a column `id`, such as those of `upload` and `search`, or a spreadsheet's with `;`. */
export async function readList(path: string): Promise<MeasurementList> {
  const text = await readNamedFile(path, 'the list');
  const rows = parseCsv(text);
  if (rows.every(({ id = '' }) => id !== '')) return { rows, delimiter: delimiterOf(text) };
  throw new UsageError(`${path} needs a column "id" with an id in every line`);
}

/** Writes a list all at once. */
export async function writeList(path: string, rows: readonly ListRow[], delimiter = ','): Promise<void> {
  const names = new Set([...rows.flatMap((row) => Object.keys(row)), DONE]);
  const columns = [...names].map((name) => ({
    name,
    value: (row: ListRow) => row[name] ?? (name === DONE ? 'False' : ''),
  }));
  await writeAtomic(path, csvText(columns, rows, delimiter));
}
