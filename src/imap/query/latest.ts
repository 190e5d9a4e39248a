import type { ImapFile } from '../types.js';

/**
 * The newest file of each series, in the order in which the series first appear. A series is what differs in version
 * alone: equal instrument, level, descriptor, start, end, repointing, Carrington rotation and extension.
 */
export function latestOnly(files: readonly ImapFile[]): ImapFile[] {
  return newest(files, seriesOf, compareVersions);
}

/** No major version sorts before any. */
function compareVersions(a: ImapFile, b: ImapFile): number {
  return (a.majorVersion ?? -1) - (b.majorVersion ?? -1) || (a.minorVersion ?? -1) - (b.minorVersion ?? -1);
}

function seriesOf(file: ImapFile): string {
  const { table, instrument, dataLevel, descriptor, startDate, endDate, repointing, cr, extension } = file;
  // what is absent is an empty part
  return [table, instrument, dataLevel, descriptor, startDate, endDate, repointing, cr, extension].join('_');
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
  return newest(files, spanOf, (a, b) => Number(a.version ?? -1) - Number(b.version ?? -1));
}

function spanOf({ startDate, minDate, endDate, maxDate }: Versioned): string {
  return `${(startDate ?? minDate)?.getTime() ?? ''}_${(endDate ?? maxDate)?.getTime() ?? ''}`;
}

/** The last of each group, in the order in which the groups first appear; of equals the first. */
function newest<F>(files: readonly F[], groupOf: (file: F) => string, compare: (a: F, b: F) => number): F[] {
  const found = new Map<string, F>();
  for (const file of files) {
    const group = groupOf(file);
    const known = found.get(group);
    if (known === undefined || compare(known, file) < 0) found.set(group, file);
  }
  return [...found.values()];
}
