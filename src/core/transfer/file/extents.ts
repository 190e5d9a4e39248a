/** Bytes of a file: those from `from` on, up to the one before `to`. */
export type Extent = readonly [from: number, to: number];

/** Extents in order, none of which touch. */
export type Extents = readonly Extent[];

/** The same bytes and those of another extent. */
export function joined(extents: Extents, [from, to]: Extent): Extents {
  if (to <= from) return extents;
  const before = extents.filter(([, end]) => end < from);
  const after = extents.filter(([start]) => start > to);
  const touching = extents.slice(before.length, extents.length - after.length);
  const start = Math.min(from, touching.at(0)?.[0] ?? from);
  const end = Math.max(to, touching.at(-1)?.[1] ?? to);
  return [...before, [start, end], ...after];
}

/** Those of the bytes that are in the beginning of a file. */
export function clipped(extents: Extents, bytes: number): Extents {
  return extents.flatMap(([from, to]): Extent[] => (from < bytes ? [[from, Math.min(to, bytes)]] : []));
}

/** How many bytes the beginning of the file has that is there without a gap. */
export function beginningOf(extents: Extents): number {
  const [first] = extents;
  return first?.[0] === 0 ? first[1] : 0;
}

/** How many bytes are there. */
export function bytesIn(extents: Extents): number {
  return extents.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** What is there of a file of this length, but for its last byte where it is whole. */
export function withoutLast(extents: Extents, totalBytes: number | undefined): Extents {
  if (totalBytes === undefined) return extents;
  const within = clipped(extents, totalBytes);
  return bytesIn(within) < totalBytes ? within : clipped(within, totalBytes - 1);
}

/** What is not there of a file of this length. */
export function gapsIn(extents: Extents, totalBytes: number): Extents {
  const gaps: Extent[] = [];
  let at = 0;
  for (const [from, to] of clipped(extents, totalBytes)) {
    if (from > at) gaps.push([at, from]);
    at = to;
  }
  if (at < totalBytes) gaps.push([at, totalBytes]);
  return gaps;
}

/** Reads extents that were kept as JSON; `undefined` for anything else. */
export function parseExtents(value: unknown): Extents | undefined {
  if (!Array.isArray(value)) return undefined;
  const extents: Extent[] = [];
  let least = 0;
  const all: readonly unknown[] = value;
  for (const one of all) {
    if (!Array.isArray(one) || one.length !== 2) return undefined;
    const pair: readonly unknown[] = one;
    const [from, to] = pair;
    if (!isCount(from) || !isCount(to) || from < least || to <= from) return undefined;
    extents.push([from, to]);
    least = to + 1;
  }
  return extents;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
