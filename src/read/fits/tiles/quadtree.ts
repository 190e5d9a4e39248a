import type { BitReader } from './bits.js';

/** A part of the coefficients that is coded on its own. */
export interface Quadrant {
  /** Its first element. */
  readonly at: number;
  readonly rows: number;
  readonly columns: number;
  /** How many bits the largest value has. */
  readonly planes: number;
}

/** Puts the absolute values of a quadrant into `values`, whose rows are so long; `false` where the code is damaged. */
export function decodeQuadrant(bits: BitReader, values: Float64Array, rowLength: number, quadrant: Quadrant): boolean {
  const { rows, columns, planes } = quadrant;
  const levels = 32 - Math.clz32(Math.max(rows, columns, 1) - 1);
  const half = ((rows + 1) >> 1) * ((columns + 1) >> 1);
  let [codes, spare] = [new Uint8Array(half), new Uint8Array(half)];
  for (let plane = planes - 1; plane >= 0; plane -= 1) {
    const kind = bits.read(4);
    if (bits.isOver() || (kind !== 0 && kind !== 15)) return false;
    if (kind === 0) for (let index = 0; index < half; index += 1) codes[index] = bits.read(4);
    else {
      codes[0] = huffman(bits);
      for (let level = 1; level < levels; level += 1) {
        const size = 2 ** (levels - level);
        expand(bits, codes, spare, Math.ceil(rows / size), Math.ceil(columns / size));
        [codes, spare] = [spare, codes];
      }
    }
    insert(codes, values, rowLength, quadrant, 2 ** plane);
  }
  return true;
}

/** Each set bit of the codes becomes a code of its own, the last one first. */
function expand(bits: BitReader, codes: Uint8Array, expanded: Uint8Array, rows: number, columns: number): void {
  const width = (columns + 1) >> 1;
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1) {
      const code = codes[(row >> 1) * width + (column >> 1)] ?? 0;
      const isSet = (code >> (3 - 2 * (row & 1) - (column & 1))) & 1;
      expanded[row * columns + column] = isSet === 0 ? 0 : huffman(bits);
    }
}

/** Each code stands for a bit of 2x2 values: 8 the first, 4 the one beside it, 2 and 1 those of the next row. */
function insert(codes: Uint8Array, values: Float64Array, rowLength: number, quadrant: Quadrant, weight: number): void {
  const { at, rows, columns } = quadrant;
  const width = (columns + 1) >> 1;
  for (let row = 0; row < rows; row += 1) {
    const [start, high] = [at + row * rowLength, 3 - 2 * (row & 1)];
    for (let column = 0, from = (row >> 1) * width; column < columns; column += 2, from += 1) {
      const code = codes[from] ?? 0;
      if (code === 0) continue;
      const place = start + column;
      if (((code >> high) & 1) !== 0) values[place] = (values[place] ?? 0) + weight;
      if (((code >> (high - 1)) & 1) !== 0 && column + 1 < columns)
        values[place + 1] = (values[place + 1] ?? 0) + weight;
    }
  }
}

const THREE_BITS = [1, 2, 4, 8];
const FOUR_BITS = [3, 5, 10, 12, 15];
const FIVE_BITS = [6, 7, 9, 11, 13];

/** A code of four bits, the frequent ones in three bits, the rare ones in six. */
function huffman(bits: BitReader): number {
  const three = bits.read(3);
  if (three < 4) return THREE_BITS[three] ?? 0;
  const four = (three << 1) | bits.read(1);
  if (four < 13) return FOUR_BITS[four - 8] ?? 0;
  const five = (four << 1) | bits.read(1);
  if (five < 31) return FIVE_BITS[five - 26] ?? 0;
  return bits.read(1) === 0 ? 0 : 14;
}
