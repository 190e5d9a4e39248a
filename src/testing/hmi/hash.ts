/** 32-bit FNV-1a of a text: the seed of everything that looks random here but must be the same in every run. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Spreads a number over 32 bits. */
export function mix(value: number): number {
  let x = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The items in an order that depends on their keys alone: arbitrary, and the same in every run. */
export function shuffled<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, rank: mix(hashText(key(item))) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
