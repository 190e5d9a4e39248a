import { writeAtomic } from '../../core/files/write-atomic.js';
import { readNamedFile } from '../command/read-file.js';
import { UsageError } from '../command/usage-error.js';
import { csvText, delimiterOf, hasSeparatorLine, parseCsv } from '../output/csv.js';

/** One line of a list of measurements, as `upload` writes it and `download` reads it. Other columns are kept. */
export type ListRow = Readonly<Record<string, string>>;

const ID = 'id';
const DONE = 'Products_Downloaded';

/** A list of measurements, with all that is kept when it is written again. */
export interface MeasurementList {
  readonly rows: readonly ListRow[];
  /** What stands between its cells. */
  readonly delimiter: string;
  /** Whether its first line names the delimiter (`sep=;`). */
  readonly separatorLine: boolean;
  /** The column of the ids as the list spells it, such as `ID`. */
  readonly idColumn: string;
  /** Likewise the column that says whether the products are there. */
  readonly doneColumn: string;
}

/** The line of an uploaded file. */
export function listRow(file: string, id: string): ListRow {
  return { Filename: file, [ID]: id, [DONE]: 'False' };
}

/** A list of uploaded files. */
export function newList(rows: readonly ListRow[]): MeasurementList {
  return { rows, delimiter: ',', separatorLine: false, idColumn: ID, doneColumn: DONE };
}

/** The measurements of a list whose products are not there yet. */
export function pendingIds({ rows, idColumn, doneColumn }: MeasurementList): string[] {
  return rows.filter((row) => !/^(?:true|yes|1)$/iu.test(row[doneColumn] ?? '')).map((row) => row[idColumn] ?? '');
}

/** The list with the lines of one measurement marked. */
export function markDownloaded(list: MeasurementList, id: string): MeasurementList {
  const { idColumn, doneColumn } = list;
  return { ...list, rows: list.rows.map((row) => (row[idColumn] === id ? { ...row, [doneColumn]: 'True' } : row)) };
}

/** Reads a list: a CSV file with a column `id`, such as those of `upload` and `search`, or a spreadsheet's with `;`. */
export async function readList(path: string): Promise<MeasurementList> {
  const text = await readNamedFile(path, 'the list');
  const rows = parseCsv(text);
  const idColumn = columnOf(rows, ID);
  if (rows.some((row) => (row[idColumn] ?? '') === ''))
    throw new UsageError(`${path} needs a column "id" with an id in every line`);
  return {
    rows,
    delimiter: delimiterOf(text),
    separatorLine: hasSeparatorLine(text),
    idColumn,
    doneColumn: columnOf(rows, DONE),
  };
}

/** Writes a list all at once. */
export async function writeList(path: string, list: MeasurementList): Promise<void> {
  const { rows, delimiter, separatorLine, doneColumn } = list;
  const names = new Set([...rows.flatMap((row) => Object.keys(row)), doneColumn]);
  const columns = [...names].map((name) => ({
    name,
    value: (row: ListRow) => row[name] ?? (name === doneColumn ? 'False' : ''),
  }));
  const first = separatorLine ? `sep=${delimiter}\n` : '';
  await writeAtomic(path, `${first}${csvText(columns, rows, delimiter)}`);
}

/** How the rows spell a column: as it is, or else in other letters of the same word. */
function columnOf(rows: readonly ListRow[], name: string): string {
  if (rows.some((row) => Object.hasOwn(row, name))) return name;
  const lower = name.toLowerCase();
  return rows.flatMap((row) => Object.keys(row)).find((one) => one.toLowerCase() === lower) ?? name;
}
