import { NUMERIC, type NumericArray, type NumericType } from '../array/data-types.js';
import { unpacked } from '../array/decode.js';
import type { Attribute } from '../types.js';
import { DEFAULT_FILLS } from './fills.js';
import { isSince, timeUnitOf, type TimeUnit } from './time-units.js';
import { timesOf } from './times.js';

export type Attributes = Readonly<Record<string, Attribute>>;

/**
 * How the attributes of a variable say that its numbers are to be understood (CF conventions and NUG): `_Unsigned`, `scale_factor` and
 * `add_offset`, `_FillValue` and `missing_value`, and units of time.
 *
 * @param warn - Takes what cannot be understood, so that its numbers stay as they are.
 */
export function decoderOf(
  dtype: NumericType,
  attributes: Attributes,
  warn: (text: string) => void,
): (stored: NumericArray) => NumericArray {
  const type = signOf(dtype, attributes._Unsigned);
  const scale = numberOf(attributes.scale_factor);
  const offset = numberOf(attributes.add_offset);
  const isScaled = (scale ?? 1) !== 1 || (offset ?? 0) !== 0;
  const time = timeOf(attributes, warn);
  const masksDefault = dtype.startsWith('float') || ((isScaled || time !== undefined) && NUMERIC[dtype].bytes > 1);
  const fills = fillsOf(dtype, attributes, masksDefault).flatMap((fill) => asStored(type, dtype, fill));
  return (stored) => {
    const { buffer, byteOffset, length } = stored;
    const isOther = type !== dtype && buffer instanceof ArrayBuffer;
    const values = isOther ? NUMERIC[type].make(buffer, byteOffset, length) : stored;
    if (time === undefined) return unpacked(values, { scale, offset, fills });
    return isScaled ? timesOf(unpacked(values, { scale, offset, fills }), time) : timesOf(values, time, fills);
  };
}

/** The stored value that stands for a missing one, where an attribute names it. */
export function fillOf({ _FillValue, missing_value }: Attributes): number | bigint | string | undefined {
  return [_FillValue, missing_value].map(single).find((value) => value !== undefined);
}

const isList = (value: Attribute): value is readonly Attribute[] => Array.isArray(value);

function listOf(value: Attribute | undefined): readonly Attribute[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function single(value: Attribute | undefined): number | bigint | string | undefined {
  const [first] = listOf(value);
  return typeof first === 'number' || typeof first === 'bigint' || typeof first === 'string' ? first : undefined;
}

function numberOf(value: Attribute | undefined): number | undefined {
  const number = single(value);
  return typeof number === 'number' || typeof number === 'bigint' ? Number(number) : undefined;
}

/** Formats without unsigned integers mark them so, and the other way round (NUG, `_Unsigned`). */
function signOf(dtype: NumericType, mark: Attribute | undefined): NumericType {
  const isUnsigned = typeof mark === 'string' ? mark.toLowerCase() : undefined;
  const pairs = [
    ['int8', 'uint8'],
    ['int16', 'uint16'],
    ['int32', 'uint32'],
    ['int64', 'uint64'],
  ] as const;
  for (const [signed, unsigned] of pairs) {
    if (isUnsigned === 'true' && dtype === signed) return unsigned;
    if (isUnsigned === 'false' && dtype === unsigned) return signed;
  }
  return dtype;
}

/** Values that stand for missing ones, as the file writes them. */
function fillsOf(
  dtype: NumericType,
  { _FillValue, missing_value }: Attributes,
  masksDefault: boolean,
): (number | bigint)[] {
  const named = [_FillValue, missing_value].flatMap(listOf);
  const fills = named.filter((value) => typeof value === 'number' || typeof value === 'bigint');
  const usual = DEFAULT_FILLS[dtype];
  return masksDefault && _FillValue === undefined && usual !== undefined ? [...fills, usual] : fills;
}

/** A fill value as the type that is compared holds it; none where it cannot be among the stored values. */
function asStored(type: NumericType, dtype: NumericType, fill: number | bigint): (number | bigint)[] {
  // It may be written with more digits than floats of 4 bytes have.
  if (type === 'float32') return [Math.fround(Number(fill))];
  if (type === 'float64') return [Number(fill)];
  if (typeof fill === 'number' && !Number.isInteger(fill)) return [];
  const bits = NUMERIC[type].bytes * 8;
  const exact = BigInt(fill);
  const [signed, unsigned] = [BigInt.asIntN(bits, exact), BigInt.asUintN(bits, exact)];
  const stored = type.startsWith('u') ? unsigned : signed;
  const isHeld = exact === stored || (type !== dtype && (exact === signed || exact === unsigned));
  if (!isHeld) return [];
  return [bits === 64 ? stored : Number(stored)];
}

/** Whether these numbers are times that are understood. */
export const countsTime = (attributes: Attributes): boolean => timeOf(attributes, () => undefined) !== undefined;

function timeOf({ units, calendar }: Attributes, warn: (text: string) => void): TimeUnit | undefined {
  if (typeof units !== 'string' || !isSince(units)) return undefined;
  const found = timeUnitOf(units, typeof calendar === 'string' ? calendar : undefined);
  if (typeof found !== 'string') return found;
  warn(`${found} is not understood, so its times stay numbers`);
  return undefined;
}
