/** What a cell may hold; `undefined` is shown as an empty cell. */
export type Cell = string | number | boolean | Date | undefined;

/** One column: header and value in one place, so that they cannot drift apart. */
export interface Column<T> {
  /** Name in CSV. */
  readonly name: string;
  /** Header of tables; default: the name. */
  readonly title?: string;
  readonly value: (row: T) => Cell;
}

/** The text of a cell in CSV: full precision, UTC in ISO 8601. */
export function exactText(cell: Cell): string {
  if (cell === undefined) return '';
  return cell instanceof Date ? cell.toISOString() : String(cell);
}

/** The text of a cell in a table: dates to the minute, yes and no. */
export function readableText(cell: Cell): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 16).replace('T', ' ');
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return cell === undefined ? '' : String(cell);
}
