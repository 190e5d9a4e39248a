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
  const ranked = rows.map((row) => ({ row, series: seriesOf(row), rank: rankOf(row, mode) }));
  for (const { series, rank: own } of ranked) best.set(series, Math.max(best.get(series) ?? -1, own));
  return ranked.filter(({ series, rank: own }) => own === best.get(series)).map(({ row }) => row);
}

function seriesOf({ cells }: TableRow): string {
  const { instrument, data_level, descriptor, start_date, repointing } = cells;
  // No part of a name holds an underscore.
  return `${String(instrument)}_${String(data_level)}_${String(descriptor)}_${String(start_date)}_${String(repointing)}`;
}

function rankOf({ cells }: TableRow, mode: RankingMode): number {
  const major = Number(cells.major_version);
  return mode === 'newest' ? major * 10_000 + Number(cells.minor_version) : major;
}
