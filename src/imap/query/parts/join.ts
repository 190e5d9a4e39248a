/** Tells which of two rows comes first. */
export type RowOrder<T> = (a: T, b: T) => number;

/** Made at first use: the first one takes as long as half of the room to load. */
const american = collator({});
const withoutMarks = collator({ ignorePunctuation: true });

function collator(options: Intl.CollatorOptions): () => Intl.Collator {
  let made: Intl.Collator | undefined;
  return () => (made ??= new Intl.Collator('en-US', options));
}

/** The orders in which a database may put texts: by code, or by the rules of a language. */
export function textOrders<T>(of: (row: T) => string): readonly [RowOrder<T>, ...RowOrder<T>[]] {
  const byCode: RowOrder<T> = (a, b) => compare(of(a), of(b));
  return [
    byCode,
    (a, b) => american().compare(of(a), of(b)) || byCode(a, b),
    (a, b) => withoutMarks().compare(of(a), of(b)) || byCode(a, b),
  ];
}

/** By a number, rows without one first. */
export function numberOrders<T>(of: (row: T) => number | undefined): readonly RowOrder<T>[] {
  const rising: RowOrder<T> = (a, b) => (of(a) ?? -Infinity) - (of(b) ?? -Infinity) || 0;
  return [rising, (a, b) => rising(b, a)];
}

/** By the first order, and by the second where that sees no difference. */
export function thenBy<T>(first: readonly RowOrder<T>[], second: RowOrder<T>): readonly RowOrder<T>[] {
  return first.map((order) => (a, b) => order(a, b) || second(a, b));
}

/**
 * The rows of all parts, each once, in the order that the server gives: the first of the known orders that every part
 * keeps. Where there is none the parts follow one another.
 */
export function joinParts<T>(
  parts: readonly (readonly T[])[],
  keyOf: (row: T) => string,
  orders: readonly RowOrder<T>[],
): T[] {
  const rows = new Map<string, T>();
  for (const row of parts.flat()) if (!rows.has(keyOf(row))) rows.set(keyOf(row), row);
  const joined = [...rows.values()];
  const order = orders.find((one) => parts.every((part) => isSorted(part, one)));
  return order === undefined ? joined : joined.sort(order);
}

function isSorted<T>(rows: readonly T[], order: RowOrder<T>): boolean {
  return rows.every((row, at) => {
    const before = rows[at - 1];
    return before === undefined || order(before, row) <= 0;
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
