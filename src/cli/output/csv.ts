import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { exactText, type Column } from './columns.js';

/** Rows as CSV: a header, every cell quoted, lines ending in LF (RFC 4180 otherwise). */
export function csvText<T>(columns: readonly Column<T>[], rows: Iterable<T>): string {
  const records = Array.from(rows, (row) => columns.map(({ value }) => exactText(value(row))));
  return stringify([columns.map(({ name }) => name), ...records], { quoted: true, quoted_empty: true });
}

/** Reads CSV with a header into one object a line. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: unknown = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  if (!Array.isArray(rows)) return [];
  return rows.map((row: unknown) =>
    typeof row === 'object' && row !== null
      ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]))
      : {},
  );
}
