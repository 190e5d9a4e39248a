import type { NumericArray } from '../../array/data-types.js';
import { stridesOf, type Selection } from '../../array/selection.js';
import type { Tiling } from './tiling.js';

/** What a part takes of a tile along one axis. */
interface Run {
  /** The tile along this axis, and how long it is. */
  readonly tile: number;
  readonly length: number;
  /** The first element in the tile, the first in the part, and how many. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** From one element in the tile to the next. */
  readonly stride: number;
}

/** A tile that a part needs something of. */
export interface TilePart {
  /** From 0 on, in the order of the table. */
  readonly tile: number;
  /** Its pixels, all of them. */
  readonly count: number;
  readonly runs: readonly Run[];
}

/** The tiles that a part overlaps. */
export function tilesOf({ shape, tileShape, grid }: Tiling, { start, count, stride }: Selection): TilePart[] {
  let parts: TilePart[] = [{ tile: 0, count: 1, runs: [] }];
  for (const [axis, length] of shape.entries()) {
    const size = tileShape[axis] ?? 1;
    const runs = runsAlong(length, size, start[axis] ?? 0, count[axis] ?? 0, stride[axis] ?? 1);
    parts = parts.flatMap((part) =>
      runs.map((run) => ({
        tile: part.tile * (grid[axis] ?? 1) + run.tile,
        count: part.count * run.length,
        runs: [...part.runs, run],
      })),
    );
  }
  return parts;
}

function runsAlong(length: number, size: number, start: number, count: number, stride: number): Run[] {
  const runs: Run[] = [];
  for (let to = 0; to < count;) {
    const at = start + to * stride;
    const tile = Math.floor(at / size);
    const end = Math.min(length, (tile + 1) * size);
    const many = Math.min(count - to, Math.ceil((end - at) / stride));
    runs.push({ tile, length: end - tile * size, from: at - tile * size, to, count: many, stride });
    to += many;
  }
  return runs;
}

/** Copies what a part takes of a tile to its place in the part: words of up to 4 bytes, in which no bit of a NaN is lost. */
export function copyPart(
  pixels: NumericArray,
  { runs }: TilePart,
  result: NumericArray,
  shape: readonly number[],
): void {
  const [ofTile, ofResult] = [stridesOf(runs.map(({ length }) => length)), stridesOf(shape)];
  const [source, target] = [wordsOf(pixels), wordsOf(result)];
  const words = source.length / Math.max(1, pixels.length);
  const copyRow = (from: number, to: number, { count, stride }: Run): void => {
    if (stride === 1) {
      target.set(source.subarray(from * words, (from + count) * words), to * words);
      return;
    }
    for (let word = 0; word < words; word += 1) {
      let [read, write] = [from * words + word, to * words + word];
      for (let index = 0; index < count; index += 1, read += stride * words, write += words)
        target[write] = source[read] ?? 0;
    }
  };
  const copy = (axis: number, from: number, to: number): void => {
    const run = runs[axis];
    if (run === undefined) return;
    const [inTile, inResult] = [ofTile[axis] ?? 1, ofResult[axis] ?? 1];
    const [read, write] = [from + run.from * inTile, to + run.to * inResult];
    if (axis === runs.length - 1) copyRow(read, write, run);
    else
      for (let index = 0; index < run.count; index += 1)
        copy(axis + 1, read + index * run.stride * inTile, write + index * inResult);
  };
  copy(0, 0, 0);
}

function wordsOf({
  buffer,
  byteOffset,
  byteLength,
  BYTES_PER_ELEMENT: bytes,
}: NumericArray): Uint8Array | Uint16Array | Uint32Array {
  if (bytes === 1) return new Uint8Array(buffer, byteOffset, byteLength);
  return bytes === 2
    ? new Uint16Array(buffer, byteOffset, byteLength / 2)
    : new Uint32Array(buffer, byteOffset, byteLength / 4);
}
