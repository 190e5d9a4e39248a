import type { NumericArray } from './data-types.js';

/** How stored numbers become what they mean. */
export interface Packing {
  readonly scale?: number | undefined;
  readonly offset?: number | undefined;
  /** Stored values that stand for a missing one. */
  readonly fills?: readonly (number | bigint)[] | undefined;
}

/**
 * Stored numbers as what they mean: `stored * scale + offset` in double precision, and fill values as `NaN`.
 *
 * Floats without a scale keep their type. Integers of 64 bits without a scale stay `bigint`, in which there is no `NaN`: their fill
 * values stay too.
 */
export function unpacked(stored: NumericArray, { scale = 1, offset = 0, fills = [] }: Packing): NumericArray {
  const isScaled = scale !== 1 || offset !== 0;
  if (stored instanceof BigInt64Array || stored instanceof BigUint64Array)
    return isScaled ? wide(stored, scale, offset, fills) : stored;
  const missing = [...new Set(fills.map(Number))].filter((value) => !Number.isNaN(value));
  if (!isScaled && missing.length === 0) return stored;
  if (!isScaled && stored instanceof Float32Array) return masked(stored, missing);
  const values = stored instanceof Float64Array ? stored : new Float64Array(stored);
  if (!isScaled) return masked(values, missing);
  const [fill, ...more] = missing;
  if (more.length > 0) return scaled(masked(values, missing), scale, offset);
  return fill === undefined ? scaled(values, scale, offset) : scaledExcept(values, scale, offset, fill);
}

function scaled(values: Float64Array, scale: number, offset: number): Float64Array {
  for (let index = 0; index < values.length; index += 1) values[index] = (values[index] ?? 0) * scale + offset;
  return values;
}

function scaledExcept(values: Float64Array, scale: number, offset: number, fill: number): Float64Array {
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    values[index] = value === fill ? Number.NaN : value * scale + offset;
  }
  return values;
}

/** Writes nothing else: not the zeros, whose sign a sum would lose. */
function masked<T extends Float32Array | Float64Array>(values: T, fills: readonly number[]): T {
  for (const fill of fills)
    for (let index = 0; index < values.length; index += 1) if (values[index] === fill) values[index] = Number.NaN;
  return values;
}

/** Fill values are compared before anything is rounded to a double. */
function wide(
  stored: BigInt64Array | BigUint64Array,
  scale: number,
  offset: number,
  fills: readonly (number | bigint)[],
): Float64Array {
  const missing = new Set(fills.flatMap((value) => (typeof value === 'bigint' ? value : exact(value))));
  const result = new Float64Array(stored.length);
  for (let index = 0; index < stored.length; index += 1) {
    const value = stored[index] ?? 0n;
    result[index] = missing.has(value) ? Number.NaN : Number(value) * scale + offset;
  }
  return result;
}

const exact = (value: number): bigint[] => (Number.isInteger(value) ? [BigInt(value)] : []);
