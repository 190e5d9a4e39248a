import type { DataType, TypedArray } from '../types.js';

/** Types whose elements are numbers of a fixed width. */
export type NumericType = Exclude<DataType, 'text' | 'record' | 'list'>;

/** An array over the bytes of numbers. */
export type NumericArray = TypedArray | BigInt64Array | BigUint64Array;

type Make = (buffer: ArrayBuffer, offset: number, length: number) => NumericArray;

interface Kind {
  /** Bytes of an element; a complex one is two numbers. */
  readonly bytes: number;
  /** Bytes of each of its numbers: what the byte order is about. */
  readonly word: number;
  readonly make: Make;
}

const kind = (bytes: number, make: Make, word = bytes): Kind => ({ bytes, word, make });

export const NUMERIC: Readonly<Record<NumericType, Kind>> = {
  int8: kind(1, (...range) => new Int8Array(...range)),
  uint8: kind(1, (...range) => new Uint8Array(...range)),
  int16: kind(2, (...range) => new Int16Array(...range)),
  uint16: kind(2, (...range) => new Uint16Array(...range)),
  int32: kind(4, (...range) => new Int32Array(...range)),
  uint32: kind(4, (...range) => new Uint32Array(...range)),
  int64: kind(8, (...range) => new BigInt64Array(...range)),
  uint64: kind(8, (...range) => new BigUint64Array(...range)),
  float32: kind(4, (...range) => new Float32Array(...range)),
  float64: kind(8, (...range) => new Float64Array(...range)),
  complex64: kind(8, (...range) => new Float32Array(...range), 4),
  complex128: kind(16, (...range) => new Float64Array(...range), 8),
};

/** The numbers in these bytes. The bytes are reordered in place where they are big-endian, and copied where they are not aligned. */
export function numbersIn(bytes: Uint8Array<ArrayBuffer>, dtype: NumericType, bigEndian: boolean): NumericArray {
  const { word, make } = NUMERIC[dtype];
  const aligned = bytes.byteOffset % word === 0 ? bytes : new Uint8Array(bytes);
  if (bigEndian) swapBytes(aligned, word);
  return make(aligned.buffer, aligned.byteOffset, Math.floor(aligned.byteLength / word));
}

/** Reverses the bytes of each word in place. */
export function swapBytes(bytes: Uint8Array, word: number): void {
  const whole = bytes.byteLength - (bytes.byteLength % word);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, whole);
  if (word === 2) buffer.swap16();
  else if (word === 4) buffer.swap32();
  else if (word === 8) buffer.swap64();
}
