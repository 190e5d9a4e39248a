import type { Terminal } from '../io/terminal.js';
import type { Column } from './columns.js';
import { fieldsInCase, inCase, type NameCase } from './name-case.js';
import { plainErrors } from './plain-errors.js';

/** How results are printed. */
export type Format = 'table' | 'json' | 'csv';

/** The formats, for the option. */
export const FORMATS = ['table', 'json', 'csv'] as const;

/** In which form results are printed. */
export interface Form {
  readonly format: Format;
  /** Of the names of fields, in JSON and CSV; default as they are. */
  readonly nameCase: NameCase | undefined;
}

/** Prints rows in the wanted format. JSON shows the objects themselves, or what `json` makes of them. */
export async function printRows<T>(
  terminal: Terminal,
  { format, nameCase }: Form,
  columns: readonly Column<T>[],
  rows: readonly T[],
  json: (row: T) => unknown = (row) => row,
): Promise<void> {
  if (format === 'json') {
    printJson(terminal, rows.map(json), nameCase);
  } else if (format === 'csv') {
    const { csvText } = await import('./csv.js');
    const named = columns.map((column) => ({ ...column, name: inCase(column.name, nameCase) }));
    terminal.out(csvText(named, rows));
  } else {
    const { tableText } = await import('./table.js');
    terminal.out(tableText(columns, rows));
  }
}

/** Prints one JSON document. */
export function printJson(terminal: Terminal, value: unknown, nameCase?: NameCase): void {
  terminal.out(`${JSON.stringify(fieldsInCase(value, nameCase), plainErrors, 2)}\n`);
}
