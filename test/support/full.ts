const { SDC_TEST_FULL: wanted } = process.env;

/**
 * Whether large tables, properties and the packed package are tested whole, as `npm run test:full` does; `npm test` takes a
 * spread of their rows, a part of the runs, and sources or bundles.
 */
export const isFull = wanted === '1' || wanted === 'rest';

/** Whether only the files are run that test more than with `npm test`; for CI, which has run that before. */
export const isRest = wanted === 'rest';

/**
 * All rows when everything is tested, otherwise so few, the same in each run, that each value of each column is met all the
 * same: of a table of subjects and faults about a diagonal.
 */
export function cover<Row>(rows: readonly Row[], ...columns: readonly ((row: Row) => string)[]): readonly Row[] {
  if (isFull) return rows;
  const met = new Map<string, number>();
  const values = rows.map((row) => columns.map((column, at) => `${at} ${column(row)}`));
  const chosen = new Set<number>();
  for (;;) {
    let best: { row: number; news: number; known: number } | undefined;
    for (const [row, own] of values.entries()) {
      const news = own.filter((value) => !met.has(value)).length;
      if (news === 0 || news < (best?.news ?? 0)) continue;
      // Of those that are equally new the one whose other values were met least, so that no subject bears it all.
      const known = own.reduce((sum, value) => sum + (met.get(value) ?? 0), 0);
      if (best === undefined || news > best.news || known < best.known) best = { row, news, known };
    }
    if (best === undefined) return rows.filter((_, at) => chosen.has(at));
    chosen.add(best.row);
    for (const value of values[best.row] ?? []) met.set(value, (met.get(value) ?? 0) + 1);
  }
}

/** How many examples a property is tried with: all of them when everything is tested, otherwise a tenth, but five at least. */
export const runs = (all: number): number => (isFull ? all : Math.min(all, Math.max(5, Math.ceil(all / 10))));
