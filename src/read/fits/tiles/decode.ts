import { numbersIn, NUMERIC, type NumericArray, type NumericType } from '../../array/data-types.js';
import type { DataError } from '../../data-error.js';
import { LETTERS } from '../table/form.js';
import { dequantise } from './dither.js';
import { gunzipped, unshuffled } from './gzip.js';
import { hcompressDecoded } from './hcompress.js';
import { plioDecoded } from './plio.js';
import { isRice, riceDecoded } from './rice.js';
import type { TileRow } from './rows.js';
import type { Tiling } from './tiling.js';

/** Integers by their bytes. */
const INTEGERS: Readonly<Record<number, NumericType>> = { 1: 'uint8', 2: 'int16', 4: 'int32', 8: 'int64' };

/** An array of so many numbers, all 0. */
export const zeros = (dtype: NumericType, count: number): NumericArray =>
  NUMERIC[dtype].make(new ArrayBuffer(count * NUMERIC[dtype].bytes), 0, count);

/** The pixels of a tile, in the type of the image. */
export function tilePixels(tiling: Tiling, row: TileRow, bytes: Uint8Array<ArrayBuffer>, count: number): NumericArray {
  const { dtype, method, columns } = tiling;
  const isFloat = dtype.startsWith('float');
  const damaged = (): DataError => damage(tiling, row);
  if (row.place !== 'COMPRESSED_DATA') {
    const letter = columns.get(row.place)?.form.letter ?? '';
    const type = row.place === 'UNCOMPRESSED_DATA' ? LETTERS[letter]?.dtype : undefined;
    const plain = row.place === 'UNCOMPRESSED_DATA' ? bytes.slice() : gunzipped(bytes, 8 * count);
    return converted(numbersOf(plain, count, type ?? (isFloat ? dtype : undefined)) ?? fail(damaged), dtype);
  }
  if (!isFloat || row.scale === undefined) {
    if (isFloat && !['GZIP_1', 'GZIP_2', 'NOCOMPRESS'].includes(method))
      throw tiling.hdu.header.wrong(`floats without ZSCALE cannot be compressed by ${method}`);
    return converted(decoded(tiling, bytes, count, isFloat ? dtype : undefined) ?? fail(damaged), dtype);
  }
  const integers = converted(decoded(tiling, bytes, count, undefined) ?? fail(damaged), 'int32');
  if (!(integers instanceof Int32Array)) return fail(damaged);
  const { scale, zero = 0, blank, tile } = row;
  const values = dtype === 'float32' ? new Float32Array(count) : new Float64Array(count);
  return dequantise(integers, values, { ...tiling.dither, scale, zero, blank, tile });
}

function damage({ hdu, method }: Tiling, { tile, bytes, offset }: TileRow): DataError {
  const what = `tile ${tile + 1} of ${hdu.name} (${bytes} bytes at byte ${offset}) does not decode with ${method} to that many pixels`;
  return hdu.header.wrong(what);
}

function fail(error: () => DataError): never {
  throw error();
}

/** What a tile holds by the method of the image; `undefined` where it is damaged. */
function decoded(
  { hdu, method, parameters, dtype }: Tiling,
  bytes: Uint8Array<ArrayBuffer>,
  count: number,
  type: NumericType | undefined,
): NumericArray | undefined {
  switch (method) {
    case 'RICE_1':
    case 'RICE_ONE': {
      const [blockSize, pixelBytes] = [parameters.get('BLOCKSIZE') ?? 32, parameters.get('BYTEPIX') ?? 4];
      if (!isRice(pixelBytes)) throw hdu.header.wrong(`RICE_1 with BYTEPIX ${pixelBytes} is not read`);
      if (!Number.isInteger(blockSize) || blockSize < 1) throw hdu.header.wrong(`BLOCKSIZE is ${blockSize}`);
      return riceDecoded(bytes, count, blockSize, pixelBytes);
    }
    case 'GZIP_1':
      return numbersOf(gunzipped(bytes, 8 * count), count, type);
    case 'GZIP_2': {
      const content = gunzipped(bytes, 8 * count);
      return (
        content && numbersOf(unshuffled(content, Math.max(1, Math.floor(content.byteLength / count))), count, type)
      );
    }
    case 'NOCOMPRESS':
      return numbersOf(bytes.slice(), count, type);
    case 'PLIO_1': {
      const words = numbersIn(bytes.slice(), 'int16', true);
      return words instanceof Int16Array ? plioDecoded(words, count) : undefined;
    }
    case 'HCOMPRESS_1':
      return hcompressDecoded(bytes, count, (parameters.get('SMOOTH') ?? 0) !== 0);
    default:
      throw hdu.header.wrong(
        `the compression ${JSON.stringify(method)} (ZCMPTYPE) is not read; ${dtype} pixels stay packed`,
      );
  }
}

/** Numbers as they are, of a type or of integers as wide as there are bytes for each. */
function numbersOf(
  bytes: Uint8Array<ArrayBuffer> | undefined,
  count: number,
  type: NumericType | undefined,
): NumericArray | undefined {
  const known = type ?? INTEGERS[(bytes?.byteLength ?? 0) / count];
  if (bytes === undefined || known === undefined || bytes.byteLength !== count * NUMERIC[known].bytes) return undefined;
  return numbersIn(bytes, known, true);
}

/** The same numbers in another type; integers wrap. */
function converted(values: NumericArray, dtype: NumericType): NumericArray {
  const result = zeros(dtype, 0);
  if (values.constructor === result.constructor) return values;
  if (result instanceof BigInt64Array) return BigInt64Array.from(numbersOnly(values), BigInt);
  const target = zeros(dtype, values.length);
  if (!(target instanceof BigUint64Array) && !(target instanceof BigInt64Array)) target.set(numbersOnly(values));
  return target;
}

const numbersOnly = (values: NumericArray): ArrayLike<number> & Iterable<number> =>
  values instanceof BigInt64Array || values instanceof BigUint64Array ? Float64Array.from(values, Number) : values;
