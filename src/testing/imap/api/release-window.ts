import type { Archive, IndexedFile } from '../archive/archive.js';
import { baseName } from '../names/classify.js';
import type { AncillaryName, ScienceName } from '../names/types.js';

/** What one release takes in. */
export interface ReleaseWindow {
  readonly instrument: string;
  /** `YYYYMMDD`, both inclusive. */
  readonly start: string;
  readonly end: string;
  readonly number: string;
  /** Names that are left out. */
  readonly excluded: readonly string[];
}

/** Marks the newest version of each science series in the window, and the ancillary files that are valid in it. */
export function markNewest(archive: Archive, window: ReleaseWindow): { science: number; ancillary: number } {
  const { instrument } = window;
  const excluded = new Set(window.excluded.map(baseName));
  const rows = archive.rows().filter(({ file }) => !excluded.has(file.name));
  const newest = new Map<string, [row: IndexedFile, file: ScienceName]>();
  const ancillary: [row: IndexedFile, file: AncillaryName][] = [];
  for (const row of rows) {
    const { file } = row;
    if (file.family === 'science' && file.instrument === instrument && inside(file.start, window)) {
      const series = [file.level, file.descriptor, file.start, file.repointing].join('_');
      const best = newest.get(series);
      if (best === undefined || versionRank(file) > versionRank(best[1])) newest.set(series, [row, file]);
    } else if (file.family === 'ancillary' && file.instrument === instrument) ancillary.push([row, file]);
  }
  const valid = ancillary.filter(([, file]) => overlaps(file, ancillary, window));
  const marked = [...newest.values(), ...valid];
  for (const [row] of marked) row.released = true;
  return { science: newest.size, ancillary: valid.length };
}

function versionRank({ major, minor }: ScienceName): number {
  return (major ?? 0) * 10_000 + minor;
}

function inside(day: string, { start, end }: ReleaseWindow): boolean {
  return day >= start && day <= end;
}

/** An open-ended file lasts until the next start date of the same descriptor. */
function overlaps(
  file: AncillaryName,
  all: readonly [IndexedFile, AncillaryName][],
  { start, end }: ReleaseWindow,
): boolean {
  const later = all
    .map(([, other]) => other)
    .filter(({ descriptor, start: day }) => descriptor === file.descriptor && day > file.start)
    .map((other) => other.start)
    .sort()[0];
  const lastsTo = file.end ?? later;
  return file.start <= end && (lastsTo === undefined || (file.end === null ? lastsTo > start : lastsTo >= start));
}
