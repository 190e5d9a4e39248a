import { bitReader } from './bits.js';
import { decodeQuadrant } from './quadtree.js';
import { inverseTransform } from './h-transform.js';

const HEADER_BYTES = 25;
/** Coefficients with more bits would not be exact in a double, and no image of 32 bits has them. */
const MOST_PLANES = 52;

/**
 * Decodes HCOMPRESS_1: an H-transform whose coefficients are quadtrees of bits, a plane at a time.
 *
 * Coefficients are doubles, in which their integers are exact. `undefined`: the bytes are no such image, or not of so many pixels.
 */
export function hcompressDecoded(
  bytes: Uint8Array,
  count: number,
  smooth: boolean,
): Int32Array<ArrayBuffer> | undefined {
  if (bytes.byteLength < HEADER_BYTES || bytes[0] !== 0xdd || bytes[1] !== 0x99) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [rows, columns, scale, sum] = [
    view.getInt32(2),
    view.getInt32(6),
    view.getInt32(10),
    Number(view.getBigInt64(14)),
  ];
  const planes = [...bytes.subarray(22, HEADER_BYTES)];
  if (rows < 1 || columns < 1 || rows * columns !== count || Math.max(...planes) > MOST_PLANES) return undefined;
  const values = new Float64Array(count);
  const bits = bitReader(bytes, HEADER_BYTES);
  const [upper, left] = [(rows + 1) >> 1, (columns + 1) >> 1];
  const [first = 0, second = 0, third = 0] = planes;
  const quadrants = [
    { at: 0, rows: upper, columns: left, planes: first },
    { at: left, rows: upper, columns: columns - left, planes: second },
    { at: columns * upper, rows: rows - upper, columns: left, planes: second },
    { at: columns * upper + left, rows: rows - upper, columns: columns - left, planes: third },
  ];
  for (const quadrant of quadrants) if (!decodeQuadrant(bits, values, columns, quadrant)) return undefined;
  if (bits.read(4) !== 0) return undefined;
  bits.align();
  for (let index = 0; index < count; index += 1) {
    const value = values[index] ?? 0;
    if (value !== 0 && bits.read(1) !== 0) values[index] = -value;
  }
  if (bits.isOver()) return undefined;
  values[0] = sum;
  if (scale > 1) for (let index = 0; index < count; index += 1) values[index] = (values[index] ?? 0) * scale;
  inverseTransform(values, rows, columns, smooth ? scale >> 1 : 0);
  return Int32Array.from(values);
}
