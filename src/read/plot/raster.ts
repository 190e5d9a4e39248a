import { blocksOf } from './blocks.js';
import type { Cells } from './cells.js';
import type { Source } from './source.js';

/** An image in the pixels that it is drawn with; row 0 is at the top. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** `NaN` where there is no value. */
  readonly values: Float64Array;
}

/** How a part becomes a raster. */
export interface RasterParts {
  readonly source: Source;
  readonly horizontal: number;
  readonly vertical: number;
  readonly across: Cells;
  /** Counted from the bottom, unless `isTopDown`. */
  readonly upward: Cells;
  readonly isTopDown: boolean;
  readonly width: number;
  readonly height: number;
  readonly signal: AbortSignal | undefined;
}

/** Each pixel has the mean of the values that lie on it. */
export async function rasterOf(parts: RasterParts): Promise<Raster> {
  const { source, horizontal, vertical, width, height, signal } = parts;
  const [sums, counts] = [new Float64Array(width * height), new Uint32Array(width * height)];
  const slow = Math.min(horizontal, vertical);
  const fast = source.shape[Math.max(horizontal, vertical)] ?? 1;
  const add = adder(parts, sums, counts);
  for await (const { first, length, values } of blocksOf(source, slow, signal))
    for (let row = 0; row < length; row += 1)
      for (let column = 0; column < fast; column += 1) {
        const value = values[row * fast + column] ?? Number.NaN;
        if (!Number.isFinite(value)) continue;
        if (slow === vertical) add(column, first + row, value);
        else add(first + row, column, value);
      }
  for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) / (counts[at] ?? 0);
  return { width, height, values: sums };
}

type Add = (x: number, y: number, value: number) => void;

function adder(
  { across, upward, isTopDown, width, height }: RasterParts,
  sums: Float64Array,
  counts: Uint32Array,
): Add {
  return (x, y, value) => {
    for (let up = upward.from[y] ?? 0; up < (upward.to[y] ?? 0); up += 1) {
      const row = (isTopDown ? up : height - 1 - up) * width;
      for (let at = row + (across.from[x] ?? 0); at < row + (across.to[x] ?? 0); at += 1) {
        sums[at] = (sums[at] ?? 0) + value;
        counts[at] = (counts[at] ?? 0) + 1;
      }
    }
  };
}
