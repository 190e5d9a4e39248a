import { sizeOf, type Selection } from '../array/selection.js';

/** Bytes of the values of one tile, where a chunk is not larger. */
const TILE_BYTES = 8 * 1024 * 1024;

/** Part of a selection that is read at once: in the file, and where it lies in the result. */
export interface Tile extends Selection {
  readonly to: readonly number[];
}

/**
 * Divides a selection along the borders of the chunks, so that each chunk is decompressed once, into parts of a few MB.
 *
 * @param chunks - The shape of a chunk; all ones where the data is not chunked.
 */
export function* tilesOf(
  { start, count, stride }: Selection,
  chunks: readonly number[],
  itemBytes: number,
): Generator<Tile> {
  if (sizeOf(count) === 0) return;
  // From the last axis on, as many chunks together as a tile may have.
  const spans = chunks.map((length) => Math.max(1, length));
  const most = (axis: number): number =>
    Math.min(count[axis] ?? 1, Math.ceil((spans[axis] ?? 1) / (stride[axis] ?? 1)));
  let bytes = count.reduce((product, _, axis) => product * most(axis), itemBytes);
  for (let axis = spans.length - 1; axis >= 0; axis -= 1) {
    const one = spans[axis] ?? 1;
    const needed = Math.ceil(((count[axis] ?? 1) * (stride[axis] ?? 1)) / one) + 1;
    const times = Math.max(1, Math.min(needed, Math.floor(TILE_BYTES / bytes)));
    const before = most(axis);
    spans[axis] = one * times;
    bytes = (bytes / before) * most(axis);
  }
  const parts = spans.map((span, axis) => partsOf(span, start[axis] ?? 0, count[axis] ?? 1, stride[axis] ?? 1));
  const at = parts.map(() => 0);
  for (;;) {
    const chosen = at.map((index, axis) => parts[axis]?.[index] ?? { start: 0, count: 1, to: 0 });
    yield {
      start: chosen.map((part) => part.start),
      count: chosen.map((part) => part.count),
      stride,
      to: chosen.map((part) => part.to),
    };
    let axis = at.length - 1;
    while (axis >= 0 && (at[axis] ?? 0) + 1 >= (parts[axis]?.length ?? 0)) {
      at[axis] = 0;
      axis -= 1;
    }
    if (axis < 0) return;
    at[axis] = (at[axis] ?? 0) + 1;
  }
}

interface Part {
  readonly start: number;
  readonly count: number;
  readonly to: number;
}

/** The selected indexes of one axis by the spans in which they lie. */
function partsOf(span: number, start: number, count: number, stride: number): Part[] {
  const parts: Part[] = [];
  for (let to = 0; to < count;) {
    const first = start + to * stride;
    const end = (Math.floor(first / span) + 1) * span;
    const many = Math.min(count - to, Math.ceil((end - first) / stride));
    parts.push({ start: first, count: many, to });
    to += many;
  }
  return parts;
}
