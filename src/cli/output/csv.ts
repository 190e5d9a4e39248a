import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { exactText, type Column } from './columns.js';

/** Rows as CSV: a header, every cell quoted, lines ending in LF (RFC 4180 otherwise). */
export function csvText<T>(columns: readonly Column<T>[], rows: Iterable<T>, delimiter = ','): string {
  const records = Array.from(rows, (row) => columns.map(({ value }) => exactText(value(row))));
  return stringify([columns.map(({ name }) => name), ...records], { delimiter, quoted: true, quoted_empty: true });
}

/** A first line that names the delimiter, as Excel reads and writes it. */
const SEPARATOR_LINE = /^\u{FEFF}?"?sep=([,;\t])"?[,;\t]*(?:\r\n?|\n)/iu;

/** Whether a text begins with a line `sep=` that names the delimiter. */
export function hasSeparatorLine(text: string): boolean {
  return SEPARATOR_LINE.test(text);
}

/** What stands between the cells: `,`, or `;` and tabs as spreadsheets of many countries write them. */
export function delimiterOf(text: string): string {
  const named = SEPARATOR_LINE.exec(text)?.[1];
  if (named !== undefined) return named;
  const header = /^[^\r\n]*/u.exec(text)?.[0].replace(/"[^"]*"/gu, '') ?? '';
  return [',', ';', '\t'].find((one) => header.includes(one)) ?? ',';
}

/**
 * Reads CSV with a header into one object a line: with any of the usual delimiters, a line `sep=` that names it, a byte order
 * mark, blank lines, and lines that are shorter or longer than the header.
 */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: unknown = parse(text.replace(SEPARATOR_LINE, ''), {
    columns: true,
    bom: true,
    delimiter: delimiterOf(text),
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    relax_column_count: true,
    trim: true,
  });
  if (!Array.isArray(rows)) return [];
  return rows.map((row: unknown) =>
    typeof row === 'object' && row !== null
      ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]))
      : {},
  );
}
