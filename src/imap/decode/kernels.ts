import { defined } from '../../core/util/defined.js';
import type { ImapOperation } from '../context.js';
import { SPICE_FOLDER } from '../routes.js';
import type { SpiceFile, TableFile } from '../types.js';
import { numberOf, OddRow, readRows, requiredText, shape, textOf, timestamp } from './rows.js';

/** Kernel rows, and rows of the tables, which have other keys. */
export function decodeKernels(op: ImapOperation, answer: unknown, type: string): SpiceFile[] {
  return readRows(op, answer, (reader) => {
    const { row, path } = reader;
    const named = row.file_name ?? row.file_path;
    if (typeof named !== 'string' || named === '') throw new OddRow(shape(`${path}.file_name`, 'a string', named));
    const fileName = named.startsWith(SPICE_FOLDER) ? named.slice(SPICE_FOLDER.length) : named;
    const minDate = timestamp(reader, row.min_date_datetime === undefined ? 'start_date' : 'min_date_datetime');
    const maxDate = timestamp(reader, row.max_date_datetime === undefined ? 'end_date' : 'max_date_datetime');
    const ingestionDate = timestamp(reader, 'ingestion_date');
    const version = numberOf(row.version);
    const [minJ2000, maxJ2000] = [secondsOf(row.min_date_j2000), secondsOf(row.max_date_j2000)];
    const intervals = intervalsOf(row.file_intervals_j2000);
    return defined({
      fileName,
      name: fileName.slice(fileName.lastIndexOf('/') + 1),
      filePath: `${SPICE_FOLDER}${fileName}`,
      kernelType: textOf(row.kernel_type) ?? type,
      fileRoot: textOf(row.file_root),
      version,
      minDate,
      maxDate,
      minDateJ2000: minJ2000,
      maxDateJ2000: maxJ2000,
      intervalsJ2000: intervals,
      minDateSclk: textOf(row.min_date_sclk),
      maxDateSclk: textOf(row.max_date_sclk),
      sclkKernel: textOf(row.sclk_kernel),
      lskKernel: textOf(row.lsk_kernel),
      ingestionDate,
      raw: row,
    });
  });
}

function secondsOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function intervalsOf(value: unknown): [number, number][] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((span: unknown): [number, number][] => {
    if (!Array.isArray(span)) return [];
    const bounds: unknown[] = span;
    const [from, to] = bounds;
    return typeof from === 'number' && typeof to === 'number' ? [[from, to]] : [];
  });
}

/** Rows of the tables of spins, repointings and small forces. */
export function decodeTables(op: ImapOperation, answer: unknown): TableFile[] {
  return readRows(op, answer, (reader) => {
    const { row, path } = reader;
    const { version } = row;
    if (typeof version !== 'string' && typeof version !== 'number')
      throw new OddRow(shape(`${path}.version`, 'a string', version));
    const startDate = timestamp(reader, 'start_date');
    const endDate = timestamp(reader, 'end_date');
    const ingestionDate = timestamp(reader, 'ingestion_date');
    return defined({
      filePath: requiredText(reader, 'file_path'),
      version: String(version),
      startDate,
      endDate,
      ingestionDate,
      raw: row,
    });
  });
}
