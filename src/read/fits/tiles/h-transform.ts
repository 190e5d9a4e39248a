import { smoothed } from './h-smooth.js';

/**
 * Undoes an H-transform in place: sums and differences of 2x2 pixels, level by level up to the whole image.
 *
 * `change`: by how much smoothing may change a coefficient; 0 for none.
 */
export function inverseTransform(values: Float64Array, rows: number, columns: number, change: number): void {
  const levels = 32 - Math.clz32(Math.max(rows, columns) - 1);
  if (levels === 0) return;
  const spare = new Float64Array(Math.max(rows, columns));
  values[0] = rounded(values[0] ?? 0, 2 ** (levels + 1));
  for (let level = levels - 1; level >= 0; level -= 1) {
    const [height, width] = [Math.ceil(rows / 2 ** level), Math.ceil(columns / 2 ** level)];
    for (let row = 0; row < height; row += 1) interleave(values, row * columns, 1, width, spare);
    for (let column = 0; column < width; column += 1) interleave(values, column, columns, height, spare);
    if (change > 0) smoothed(values, height, width, columns, change);
    for (let row = 0; row < height - 1; row += 2) expandRow(values, row * columns, width, columns, level);
    if (height % 2 === 1) expandLast(values, (height - 1) * columns, width, level);
  }
}

/** To a multiple of an even unit, halves away from zero. */
const rounded = (value: number, unit: number): number =>
  Math.floor((value + (value >= 0 ? unit / 2 : unit / 2 - 1)) / unit) * unit;

const isOdd = (value: number): boolean => value - 2 * Math.floor(value / 2) === 1;

/** The first half of a line goes to its even places, the second half to its odd ones. */
function interleave(values: Float64Array, at: number, step: number, length: number, spare: Float64Array): void {
  const half = (length + 1) >> 1;
  for (let index = half, from = at + half * step; index < length; index += 1, from += step)
    spare[index - half] = values[from] ?? 0;
  for (let index = half - 1; index > 0; index -= 1) values[at + 2 * index * step] = values[at + index * step] ?? 0;
  for (let index = 0, to = at + step; index < length - half; index += 1, to += 2 * step) values[to] = spare[index] ?? 0;
}

/** Sum, two differences and their difference become 2x2 values, along two rows. */
function expandRow(values: Float64Array, start: number, width: number, rowLength: number, level: number): void {
  const [unit, double] = [2 ** level, 2 ** (level + 1)];
  const divisor = level === 0 ? 4 : 2;
  for (let above = start, end = start + width; above < end; above += 2) {
    const below = above + rowLength;
    const sum = values[above] ?? 0;
    let x = rounded(values[below] ?? 0, double);
    if (above + 1 === end) {
      const carry = isOdd(x / double) ? double : 0;
      const middle = sum >= 0 ? sum - carry : sum + carry;
      values[below] = Math.floor((middle + x) / divisor);
      values[above] = Math.floor((middle - x) / divisor);
      continue;
    }
    const both = level === 0 ? (values[below + 1] ?? 0) : rounded(values[below + 1] ?? 0, unit);
    let y = rounded(values[above + 1] ?? 0, double);
    const low = isOdd(both / unit) ? unit : 0;
    x += x >= 0 ? -low : low;
    y += y >= 0 ? -low : low;
    const parity = Math.floor(both / double) + Math.floor(x / double) + Math.floor(y / double);
    const high = isOdd(parity) ? double : 0;
    const middle = sum >= 0 ? sum + low - high : sum + (low === 0 ? high : low - high);
    values[below + 1] = Math.floor((middle + x + y + both) / divisor);
    values[below] = Math.floor((middle + x - y - both) / divisor);
    values[above + 1] = Math.floor((middle - x + y - both) / divisor);
    values[above] = Math.floor((middle - x - y + both) / divisor);
  }
}

/** The last row where their number is odd: there is no row below it. */
function expandLast(values: Float64Array, start: number, width: number, level: number): void {
  const double = 2 ** (level + 1);
  const divisor = level === 0 ? 4 : 2;
  for (let at = start, end = start + width; at < end; at += 2) {
    const sum = values[at] ?? 0;
    if (at + 1 === end) {
      values[at] = Math.floor(sum / divisor);
      continue;
    }
    const y = rounded(values[at + 1] ?? 0, double);
    const carry = isOdd(y / double) ? double : 0;
    const middle = sum >= 0 ? sum - carry : sum + carry;
    values[at + 1] = Math.floor((middle + y) / divisor);
    values[at] = Math.floor((middle - y) / divisor);
  }
}
