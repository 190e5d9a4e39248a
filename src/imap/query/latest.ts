import type { ImapFile } from '../types.js';

/**
 * The newest file of each series, in the order in which the series first appear. A series is what differs in version
 * alone: equal instrument, level, descriptor, start, end, repointing, Carrington rotation and extension.
 */
export function latestOnly(files: readonly ImapFile[]): ImapFile[] {
  const newest = new Map<string, ImapFile>();
  for (const file of files) {
    const series = seriesOf(file);
    const known = newest.get(series);
    if (known === undefined || compareVersions(known, file) < 0) {
      newest.set(series, file);
    }
  }
  return [...newest.values()];
}

/** No major version sorts before any. */
function compareVersions(a: ImapFile, b: ImapFile): number {
  return (a.majorVersion ?? -1) - (b.majorVersion ?? -1) || (a.minorVersion ?? -1) - (b.minorVersion ?? -1);
}

function seriesOf(file: ImapFile): string {
  const { table, instrument, dataLevel, descriptor, startDate, endDate, repointing, cr, extension } = file;
  const level = dataLevel ?? '';
  return [table, instrument, level, descriptor, startDate, endDate ?? '', repointing ?? '', cr ?? '', extension].join(
    '_',
  );
}

interface Versioned {
  readonly version?: string | number;
  readonly startDate?: Date;
  readonly minDate?: Date;
  readonly endDate?: Date;
  readonly maxDate?: Date;
}

/**
 * The highest version of each span of time, in order of first appearance. The server's own `latest=true` answers 500 on
 * these tables.
 */
export function newestOfSpan<F extends Versioned>(files: readonly F[]): F[] {
  const newest = new Map<string, F>();
  for (const file of files) {
    const start = (file.startDate ?? file.minDate)?.getTime() ?? '';
    const span = `${start}_${(file.endDate ?? file.maxDate)?.getTime() ?? ''}`;
    const known = newest.get(span);
    if (known === undefined || Number(known.version ?? -1) < Number(file.version ?? -1)) newest.set(span, file);
  }
  return [...newest.values()];
}
