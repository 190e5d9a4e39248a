import { NUMERIC, swapBytes } from '../array/data-types.js';
import type { CdfVariable } from './variable-records.js';

/** The pad value of a variable as the file would store it: its own, or that of its type. */
export function padOf({ pad, type, itemBytes }: CdfVariable, bigEndian: boolean): Uint8Array {
  if (pad !== undefined) return pad;
  const { make, word } = NUMERIC[type.stored];
  const bytes = new Uint8Array(itemBytes);
  const numbers = make(bytes.buffer, 0, itemBytes / word);
  if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) numbers.fill(BigInt(type.pad));
  else numbers.fill(Number(type.pad));
  if (bigEndian) swapBytes(bytes, word);
  return bytes;
}

/** Fills bytes with copies of these. */
export function fillWith(target: Uint8Array, pattern: Uint8Array): void {
  target.set(pattern.subarray(0, target.byteLength));
  for (let filled = pattern.byteLength; filled < target.byteLength; filled *= 2)
    target.copyWithin(filled, 0, Math.min(filled, target.byteLength - filled));
}
