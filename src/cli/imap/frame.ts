import type { ImapFile, SpiceFile } from '../../imap/index.js';
import type { Cell, Column } from '../output/columns.js';

type Row = ImapFile | SpiceFile;
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A field as the server spells it. */
function raw(...names: readonly string[]): (row: Row) => Cell {
  return ({ raw: fields }) => {
    const value = names.map((name) => fields[name]).find((one) => one !== undefined && one !== null);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
  };
}

const column = (name: string, title: string, value = raw(name)): Column<Row> => ({ name, title, value });
const fileName = column('file_name', 'Filename', (row) => ('name' in row ? row.fileName : baseName(row.filePath)));
const version = column('version', 'Version', ({ version: text }) => text);
/** Tables write the digits of the name, kernels a number. */
const kernelVersion = column('version', 'Version', raw('version'));
/** Rows of the tables do not name their kind; it is what was asked for. */
const kernelType = column('kernel_type', 'Kernel Type', (row) => ('kernelType' in row ? row.kernelType : undefined));

/** The columns of the Python tool for the table at hand; CR and repointing only where a row has one. */
export function queryColumns(table: string, rows: readonly Row[]): Column<Row>[] {
  const some = (name: string): boolean => rows.some(({ raw: fields }) => (fields[name] ?? null) !== null);
  if (table === 'spice') {
    return [
      kernelType,
      column('min_date', 'Min Date', raw('min_date_datetime', 'start_date')),
      column('max_date', 'Max Date', raw('max_date_datetime', 'end_date')),
      column('ingestion_date', 'Ingestion Date'),
      kernelVersion,
      fileName,
    ];
  }
  if (table === 'ancillary') {
    return [
      column('instrument', 'Instrument'),
      column('descriptor', 'Descriptor'),
      column('start_date', 'Start Date'),
      column('end_date', 'End Date'),
      column('ingestion_date', 'Ingestion Date'),
      version,
      fileName,
    ];
  }
  return [
    column('instrument', 'Instrument'),
    column('data_level', 'Data Level'),
    column('descriptor', 'Descriptor'),
    column('start_date', 'Start Date'),
    column('ingestion_date', 'Ingestion Date'),
    version,
    ...(some('cr') ? [column('cr', 'CR')] : []),
    ...(some('repointing') ? [column('repointing', 'Repointing')] : []),
    fileName,
  ];
}

/** The framed table of the Python tool, with `None` where there is nothing; widths follow the cells. */
export function frame<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const cells = [
    columns.map(({ name, title = name }) => title),
    ...rows.map((row) => columns.map(({ value }) => String(value(row) ?? 'None'))),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  const rule = `|${'-'.repeat(widths.reduce((sum, width) => sum + width, 3 * columns.length - 1))}|`;
  const [head = '', ...body] = cells.map(
    (line) => `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`,
  );
  return [rule, head, rule, ...body, rule].join('\n');
}
