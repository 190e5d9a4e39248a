/** Shorter names than this are not looked for within others. */
const MIN_PART = 3;

/**
 * The known name that a misspelt one is nearest to: the same but for case, underscores and hyphens, else by the number
 * of letters that differ, else one that holds it (`timeout` for `timeoutMs`). `undefined` when none is near.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = plain(name);
  const ranked = Array.from(known, (one) => ({ one, rank: rank(wanted, plain(one)) }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((a, b) => a.rank - b.rank);
  return ranked[0]?.one;
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_-]/gu, '')
    .slice(0, 60);
}

function rank(wanted: string, known: string): number {
  if (wanted === known) return 0;
  const edits = editDistance(wanted, known);
  // A third of the letters, but never all of a short name.
  if (edits <= Math.max(1, Math.floor(Math.max(wanted.length, known.length) / 3))) return edits;
  const [short, long] = wanted.length < known.length ? [wanted, known] : [known, wanted];
  return short.length >= MIN_PART && long.includes(short) ? 100 + long.length - short.length : Infinity;
}

/** Letters inserted, left out, changed, or two neighbours swapped. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_one, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          changed,
          swapped && row > 1 && column > 1 ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
