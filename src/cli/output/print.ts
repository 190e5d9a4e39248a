import type { Terminal } from '../io/terminal.js';
import type { Column } from './columns.js';

/** How results are printed. */
export type Format = 'table' | 'json' | 'csv';

/** The formats, for the option. */
export const FORMATS = ['table', 'json', 'csv'] as const;

/** Prints rows in the wanted format. JSON shows the objects themselves, or what `json` makes of them. */
export async function printRows<T>(
  terminal: Terminal,
  format: Format,
  columns: readonly Column<T>[],
  rows: readonly T[],
  json: (row: T) => unknown = (row) => row,
): Promise<void> {
  if (format === 'json') {
    printJson(terminal, rows.map(json));
  } else if (format === 'csv') {
    const { csvText } = await import('./csv.js');
    terminal.out(csvText(columns, rows));
  } else {
    const { tableText } = await import('./table.js');
    terminal.out(tableText(columns, rows));
  }
}

/** Prints one JSON document. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(`${JSON.stringify(value, plainErrors, 2)}\n`);
}

/** Errors that know no `toJSON` would print as `{}`. */
export function plainErrors(_name: string, value: unknown): unknown {
  return value instanceof Error && !('toJSON' in value) ? { name: value.name, message: value.message } : value;
}
