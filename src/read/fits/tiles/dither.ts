const COUNT = 10_000;

let numbers: Float32Array | undefined;

/** The random numbers of the FITS standard, which every reader and writer makes in the same way. */
function randomNumbers(): Float32Array {
  if (numbers !== undefined) return numbers;
  const made = new Float32Array(COUNT);
  for (let index = 0, seed = 1; index < COUNT; index += 1) {
    seed = (16807 * seed) % 2147483647;
    made[index] = seed / 2147483647;
  }
  numbers = made;
  return made;
}

/** How integers stand for the floats of a tile. */
export interface Quantisation {
  readonly scale: number;
  readonly zero: number;
  /** The integer that stands for `NaN`. */
  readonly blank?: number | undefined;
  /** The subtractive dithering method: 0 none; with 2 one integer stands for 0 exactly. */
  readonly method: 0 | 1 | 2;
  /** ZDITHER0, and the number of the tile from 0 on: where the random numbers begin. */
  readonly seed: number;
  readonly tile: number;
}

const EXACT_ZERO = -2147483646;

/** The floats that the integers of a tile stand for, put into `values`. */
export function dequantise<T extends Float32Array | Float64Array>(
  stored: Int32Array,
  values: T,
  { scale, zero, blank, method, seed, tile }: Quantisation,
): T {
  if (method === 0) {
    for (let index = 0; index < stored.length; index += 1) values[index] = (stored[index] ?? 0) * scale + zero;
  } else {
    const random = randomNumbers();
    let start = (((tile + seed - 1) % COUNT) + COUNT) % COUNT;
    let next = Math.floor(500 * (random[start] ?? 0));
    for (let index = 0; index < stored.length; index += 1) {
      values[index] = ((stored[index] ?? 0) - (random[next] ?? 0) + 0.5) * scale + zero;
      next += 1;
      if (next < COUNT) continue;
      start = (start + 1) % COUNT;
      next = Math.floor(500 * (random[start] ?? 0));
    }
  }
  if (method === 2) replace(stored, values, EXACT_ZERO, 0);
  if (blank !== undefined) replace(stored, values, blank, Number.NaN);
  return values;
}

function replace(stored: Int32Array, values: Float32Array | Float64Array, what: number, value: number): void {
  for (let at = stored.indexOf(what); at >= 0; at = stored.indexOf(what, at + 1)) values[at] = value;
}
