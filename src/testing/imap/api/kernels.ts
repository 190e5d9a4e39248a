import type { IndexedFile } from '../archive/archive.js';
import { MISSION, clockText, type Coverage } from '../archive/coverage.js';
import { commaStamp } from '../names/days.js';
import type { SpiceName } from '../names/types.js';

/** A kernel with its row. */
export interface Kernel {
  readonly file: SpiceName;
  readonly coverage: Coverage;
  readonly ingested: number;
}

const TABLE_TYPES = ['spin', 'repoint', 'thruster'];

/** The rows of the kernel table; spin, repoint and thruster files have tables of their own. */
export function kernels(rows: readonly IndexedFile[]): Kernel[] {
  return rows.flatMap(({ file, coverage, ingested }) =>
    file.family !== 'spice' || TABLE_TYPES.includes(file.type)
      ? []
      : [{ file, coverage: coverage ?? MISSION, ingested }],
  );
}

/** The version as the table has it: a number, or `null`. */
function versionOf({ file }: Kernel): number | null {
  return file.version === null || file.version === '' ? null : Number(file.version);
}

/** Only the highest version of each root; kernels without a version drop out. */
export function newestOfRoots(all: readonly Kernel[]): Kernel[] {
  const best = new Map<string, number>();
  for (const kernel of all) {
    const version = versionOf(kernel);
    if (version !== null) best.set(kernel.file.root, Math.max(best.get(kernel.file.root) ?? -1, version));
  }
  return all.filter((kernel) => versionOf(kernel) !== null && versionOf(kernel) === best.get(kernel.file.root));
}

/** A kernel as `/spice-query` shows it (section 4.3). */
export function kernelRecord(kernel: Kernel): Record<string, unknown> {
  const { file, coverage, ingested } = kernel;
  const { begin, end, beginEt, endEt } = coverage;
  return {
    file_name: `${file.directory}/${file.name}`,
    file_root: file.root,
    kernel_type: file.type,
    version: versionOf(kernel),
    min_date_j2000: beginEt,
    max_date_j2000: endEt,
    file_intervals_j2000: [[beginEt, endEt]],
    min_date_datetime: commaStamp(begin),
    max_date_datetime: commaStamp(end),
    file_intervals_datetime: [[pythonIso(begin), pythonIso(end)]],
    min_date_sclk: clockText(begin),
    max_date_sclk: clockText(end),
    file_intervals_sclk: [[clockText(begin), clockText(end)]],
    sclk_kernel: 'imap_sclk_0032.tsc',
    lsk_kernel: 'naif0012.tls',
    ingestion_date: commaStamp(ingested),
    timestamp: ingested / 1000,
  };
}

/** `2025-04-28T00:00:00.000000+00:00`. */
function pythonIso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}000+00:00`;
}
