import type { NumericArray } from '../array/data-types.js';
import { unpacked } from '../array/decode.js';
import { unixOfEpoch, unixOfEpoch16, unixOfTt2000 } from './decode-times.js';
import type { Storage } from './stored-values.js';

/** Stored numbers as what they mean: fill values `NaN`, times nanoseconds since 1970. */
export function decodedNumbers(
  { variable }: Storage,
  stored: NumericArray,
  fill: number | bigint | string | undefined,
): NumericArray {
  const { type } = variable;
  const fills = fill === undefined || typeof fill === 'string' ? [] : [fill];
  if (type.kind === 'number') return unpacked(stored, { fills: fills.map((value) => asStored(value, stored)) });
  // A pad value of the file's own may have been written as well: it stays a time, as it stays a number elsewhere.
  if (stored instanceof BigInt64Array) return unixOfTt2000(stored, fills.flatMap(asBigInt));
  if (!(stored instanceof Float64Array)) return stored;
  return type.kind === 'epoch' ? unixOfEpoch(stored, fills.map(Number)) : unixOfEpoch16(stored, fills.map(Number));
}

/** A fill value may have another type than the values: in a variable of floats it is rounded as they are. */
const asStored = (fill: number | bigint, stored: NumericArray): number | bigint =>
  stored instanceof Float32Array ? Math.fround(Number(fill)) : fill;

const asBigInt = (value: number | bigint): bigint[] => {
  if (typeof value === 'bigint') return [value];
  return Number.isInteger(value) ? [BigInt(value)] : [];
};
