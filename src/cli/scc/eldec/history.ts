import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { exists } from '../../../core/files/stat-file.js';
import { writeAtomic } from '../../../core/files/write-atomic.js';
import { safeFileName } from '../../../core/transfer/file/file-name.js';
import { readNamedFile } from '../../command/read-file.js';
import { csvText, parseCsv } from '../../output/csv.js';
import type { Earlier } from './check.js';
import type { Calibration } from './eldec.js';

/** One good calibration, as the file of a location keeps it. */
export interface HistoryRow extends Earlier {
  readonly start: string;
  readonly error: number;
}

const COLUMNS = [
  { name: 'measurement_id', value: ({ measurementId }: HistoryRow) => measurementId },
  { name: 'start', value: ({ start }: HistoryRow) => start },
  { name: 'value', value: ({ value }: HistoryRow) => value },
  { name: 'error', value: ({ error }: HistoryRow) => error },
];

/** Where the good calibrations of a location and wavelength are kept. */
export function historyPath(location: string, wavelengthNm: number): string {
  const name = safeFileName(`${location}_${wavelengthNm}nm.csv`, 'calibrations.csv');
  return join(envPaths('sdc', { suffix: '' }).data, 'eldec', name);
}

/** The good calibrations so far. */
export async function readHistory(path: string): Promise<HistoryRow[]> {
  if (!(await exists(path))) return [];
  return parseCsv(await readNamedFile(path, 'the history')).map((row) => ({
    measurementId: row.measurement_id ?? '',
    start: row.start ?? '',
    value: Number(row.value),
    error: Number(row.error),
  }));
}

/** Adds good calibrations; those of the same measurements are replaced. */
export async function addToHistory(
  path: string,
  rows: readonly HistoryRow[],
  good: readonly Calibration[],
): Promise<void> {
  const others = rows.filter((row) => good.every(({ measurementId }) => row.measurementId !== measurementId));
  const added = good.map(({ start, ...one }) => ({ ...one, start: start.toISOString() }));
  const all = [...others, ...added];
  await mkdir(dirname(path), { recursive: true });
  await writeAtomic(path, csvText(COLUMNS, all));
}
