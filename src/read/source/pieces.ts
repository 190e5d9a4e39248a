import { PAGE_BYTES, WINDOW_BYTES } from './limits.js';
import type { ByteSource } from './byte-source.js';

/** Some bytes of a file. */
export interface Piece {
  readonly offset: number;
  readonly bytes: number;
}

/** Reads of pieces that are far from each other at most; else pieces that are a page from each other are read at once too. */
const MOST_READS = 4096;

/**
 * Reads pieces that lie anywhere in a file, those that lie close to each other at once, and hands out each with its place in the
 * list, in the order of the file. Its bytes are shared with other pieces, and stay only until the next.
 *
 * No more than twice the bytes of the pieces is read, apart from gaps of a page where there are thousands of them.
 */
export async function readPieces(
  source: ByteSource,
  pieces: readonly Piece[],
  use: (bytes: Uint8Array<ArrayBuffer>, index: number) => void,
): Promise<void> {
  const order = [...pieces.entries()].filter(([, { bytes }]) => bytes > 0).sort(([, a], [, b]) => a.offset - b.offset);
  const few = groupsOf(order, 0);
  for (const { start, end, members } of few.length > MOST_READS ? groupsOf(order, PAGE_BYTES) : few) {
    const window = await source.read(start, end - start);
    for (const [index, { offset, bytes }] of members)
      use(window.subarray(offset - start, offset - start + bytes), index);
  }
}

interface Group {
  readonly start: number;
  readonly end: number;
  readonly members: readonly (readonly [index: number, piece: Piece])[];
}

/** Pieces that are read at once: the gaps between them are no larger than all that is wanted, or each than so many bytes. */
function groupsOf(order: readonly (readonly [index: number, piece: Piece])[], nearBytes: number): Group[] {
  const groups: Group[] = [];
  for (let from = 0; from < order.length;) {
    const start = order[from]?.[1].offset ?? 0;
    let [end, wanted, to] = [start, 0, from];
    for (; to < order.length; to += 1) {
      const { offset = 0, bytes = 0 } = order[to]?.[1] ?? {};
      const next = Math.max(end, offset + bytes);
      const isClose = next - start <= 2 * (wanted + bytes) || offset - end <= nearBytes;
      if (to > from && (!isClose || next - start > WINDOW_BYTES)) break;
      [end, wanted] = [next, wanted + bytes];
    }
    groups.push({ start, end, members: order.slice(from, to) });
    from = to;
  }
  return groups;
}
