import type { ImapOperation } from '../context.js';
import { SPICE_FOLDER } from '../routes.js';
import type { SpiceFile } from '../types.js';
import { numberOf, OddRow, readRows, shape, timestamp } from './rows.js';

/** Kernel rows, and rows of the tables, which have other keys. */
export function decodeKernels(op: ImapOperation, answer: unknown, type: string): SpiceFile[] {
  return readRows(op, answer, (reader) => {
    const { row, path } = reader;
    const named = row.file_name ?? row.file_path;
    if (typeof named !== 'string' || named === '') throw new OddRow(shape(`${path}.file_name`, 'a text', named));
    const fileName = named.startsWith(SPICE_FOLDER) ? named.slice(SPICE_FOLDER.length) : named;
    const minDate = timestamp(reader, row.min_date_datetime === undefined ? 'start_date' : 'min_date_datetime');
    const maxDate = timestamp(reader, row.max_date_datetime === undefined ? 'end_date' : 'max_date_datetime');
    const ingestionDate = timestamp(reader, 'ingestion_date');
    const version = numberOf(row.version);
    const [minJ2000, maxJ2000] = [secondsOf(row.min_date_j2000), secondsOf(row.max_date_j2000)];
    const intervals = intervalsOf(row.file_intervals_j2000);
    return {
      fileName,
      name: fileName.slice(fileName.lastIndexOf('/') + 1),
      filePath: `${SPICE_FOLDER}${fileName}`,
      kernelType: typeof row.kernel_type === 'string' ? row.kernel_type : type,
      ...(typeof row.file_root === 'string' && { fileRoot: row.file_root }),
      ...(version !== undefined && { version }),
      ...(minDate && { minDate }),
      ...(maxDate && { maxDate }),
      ...(minJ2000 !== undefined && { minDateJ2000: minJ2000 }),
      ...(maxJ2000 !== undefined && { maxDateJ2000: maxJ2000 }),
      ...(intervals && { intervalsJ2000: intervals }),
      ...(typeof row.min_date_sclk === 'string' && { minDateSclk: row.min_date_sclk }),
      ...(typeof row.max_date_sclk === 'string' && { maxDateSclk: row.max_date_sclk }),
      ...(typeof row.sclk_kernel === 'string' && { sclkKernel: row.sclk_kernel }),
      ...(typeof row.lsk_kernel === 'string' && { lskKernel: row.lsk_kernel }),
      ...(ingestionDate && { ingestionDate }),
      raw: row,
    };
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
