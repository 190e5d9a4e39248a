import type { TableRow } from './tables.js';

/** A major and, in the full form, what `version=` says. */
export interface VersionWish {
  readonly major: number | undefined;
  readonly minor: number;
}

/** Reads `version=` as loosely as the server: `v001.0002`, `V1`, `001.1`; `undefined` when it cannot. */
export function readVersion(text: string): VersionWish | undefined {
  const match = /^[vV]?(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, first = '', second] = match;
  return second === undefined
    ? { major: undefined, minor: Number(first) }
    : { major: Number(first), minor: Number(second) };
}

/** Which versions of a series stay (section 3.5). */
export type RankingMode = 'all' | 'newest' | 'latest-major';

/** Reduces science rows; rows of equal rank all stay, `cr` is no part of the series. */
export function rank(rows: readonly TableRow[], mode: RankingMode): TableRow[] {
  if (mode === 'all') return [...rows];
  const best = new Map<string, number>();
  for (const row of rows) {
    const series = seriesOf(row);
    best.set(series, Math.max(best.get(series) ?? -1, rankOf(row, mode)));
  }
  return rows.filter((row) => rankOf(row, mode) === best.get(seriesOf(row)));
}

function seriesOf({ cells }: TableRow): string {
  const { instrument, data_level, descriptor, start_date, repointing } = cells;
  return JSON.stringify([instrument, data_level, descriptor, start_date, repointing]);
}

function rankOf({ cells }: TableRow, mode: RankingMode): number {
  const major = Number(cells.major_version);
  return mode === 'newest' ? major * 10_000 + Number(cells.minor_version) : major;
}
