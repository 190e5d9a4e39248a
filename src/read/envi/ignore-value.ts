import type { NumericType } from '../array/data-types.js';
import { numberOf } from './attributes.js';
import type { HeaderFields } from './parse-header.js';

/** The field `data ignore value`. */
export interface IgnoreValue {
  readonly value: number | bigint;
  /** The stored values that it stands for: none where the type does not hold it, as -9999 in unsigned integers. */
  readonly matches: readonly (number | bigint)[];
}

const INTEGERS: Partial<Record<NumericType, readonly [least: number, most: number]>> = {
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
};

/** The value that marks missing numbers, as numbers of this type; complex numbers have none. */
export function ignoreValueOf(fields: HeaderFields, dtype: NumericType): IgnoreValue | undefined {
  const text = fields.get('data ignore value');
  if (typeof text !== 'string' || text === '') return undefined;
  if (dtype === 'int64' || dtype === 'uint64') {
    const value = /^[+-]?\d+(?:\.0*)?$/u.test(text) ? BigInt(text.replace(/^\+|\..*$/gu, '')) : numberOf(text);
    return value === undefined ? undefined : { value, matches: typeof value === 'bigint' ? [value] : [] };
  }
  const value = numberOf(text) ?? Number(text);
  if (Number.isNaN(value) && !/^[+-]?nan$/iu.test(text)) return undefined;
  if (dtype === 'float64') return { value, matches: [value] };
  // A header has fewer digits than a float of 32 bits, or more.
  if (dtype === 'float32') return { value, matches: [Math.fround(value)] };
  const [least, most] = INTEGERS[dtype] ?? [Infinity, -Infinity];
  return { value, matches: Number.isInteger(value) && value >= least && value <= most ? [value] : [] };
}
