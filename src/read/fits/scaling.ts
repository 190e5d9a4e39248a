import type { NumericArray, NumericType } from '../array/data-types.js';
import { unpacked } from '../array/decode.js';
import type { Attribute } from '../types.js';
import type { Header } from './header.js';

/** What stored numbers mean: `stored * scale + zero`, apart from those that stand for a missing one. */
export interface Scaling {
  readonly scale: number;
  readonly zero: number;
  /** Only of integers. */
  readonly blank?: number | bigint | undefined;
}

/** The scaling that these cards tell. */
export function scalingOf(header: Header, scale: string, zero: string, blank: string): Scaling {
  return {
    scale: header.number(scale) ?? 1,
    zero: header.number(zero) ?? 0,
    blank: integerIn(header.attributes[blank]),
  };
}

const integerIn = (value: Attribute | undefined): number | bigint | undefined =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value)) ? value : undefined;

/** The zero points by which integers are stored that have no type of their own in FITS: signed bytes, and unsigned ones. */
const SHIFTED: Readonly<Partial<Record<NumericType, number>>> = {
  uint8: -128,
  int16: 2 ** 15,
  int32: 2 ** 31,
  int64: 2 ** 63,
};

/**
 * Stored numbers as what they mean.
 *
 * Unsigned integers (and signed bytes) get their own type, and integers of 64 bits stay exact; only where a missing one is among
 * them they become doubles, as all other scaled numbers do. The stored numbers may be changed in place.
 */
export function physical(stored: NumericArray, dtype: NumericType, { scale, zero, blank }: Scaling): NumericArray {
  if (dtype.startsWith('complex')) return scaledPairs(stored, scale, zero);
  const fills = blank === undefined || dtype.startsWith('float') ? [] : [blank];
  const isShifted = scale === 1 && SHIFTED[dtype] === zero;
  const isWide = stored instanceof BigInt64Array && scale === 1 && zero === 0;
  if ((isShifted || isWide) && !fills.some((value) => holds(stored, value)))
    return isShifted ? shifted(stored) : stored;
  if (!isWide) return unpacked(stored, { scale, offset: zero, fills });
  const missing = BigInt(blank ?? 0);
  return Float64Array.from(stored, (value) => (value === missing ? Number.NaN : Number(value)));
}

function holds(stored: NumericArray, value: number | bigint): boolean {
  return stored instanceof BigInt64Array || stored instanceof BigUint64Array
    ? stored.includes(BigInt(value))
    : stored.includes(Number(value));
}

/** The same bytes with their highest bit turned, as the other type. */
function shifted(stored: NumericArray): NumericArray {
  const { buffer, byteOffset, length } = stored;
  if (stored instanceof Uint8Array) {
    for (let index = 0; index < length; index += 1) stored[index] = (stored[index] ?? 0) ^ 0x80;
    return new Int8Array(buffer, byteOffset, length);
  }
  if (stored instanceof Int16Array) {
    for (let index = 0; index < length; index += 1) stored[index] = (stored[index] ?? 0) ^ 0x8000;
    return new Uint16Array(buffer, byteOffset, length);
  }
  if (stored instanceof Int32Array) {
    for (let index = 0; index < length; index += 1) stored[index] = (stored[index] ?? 0) ^ 0x80000000;
    return new Uint32Array(buffer, byteOffset, length);
  }
  const words = new Uint32Array(buffer, byteOffset, 2 * length);
  for (let high = 1; high < words.length; high += 2) words[high] = (words[high] ?? 0) ^ 0x80000000;
  return new BigUint64Array(buffer, byteOffset, length);
}

/** Complex numbers: the zero point is a real number. */
function scaledPairs(stored: NumericArray, scale: number, zero: number): NumericArray {
  if ((scale === 1 && zero === 0) || stored instanceof BigInt64Array || stored instanceof BigUint64Array) return stored;
  const result = new Float64Array(stored);
  for (let index = 0; index < result.length; index += 1)
    result[index] = (result[index] ?? 0) * scale + (index % 2 === 0 ? zero : 0);
  return result;
}
