import { expect, it } from 'vitest';
import { unpacked } from '../../../src/read/array/decode.js';

it('scale and offset in double precision, fill values compared with what is stored', () => {
  expect(unpacked(Int16Array.of(0, -99, 7), { scale: 0.1, offset: 5, fills: [-99] })).toEqual(
    Float64Array.of(5, Number.NaN, 7 * 0.1 + 5),
  );
  expect(unpacked(Uint8Array.of(1, 2, 3, 4), { scale: 2, fills: [2, 4] })).toEqual(
    Float64Array.of(2, Number.NaN, 6, Number.NaN),
  );
  expect(unpacked(Int32Array.of(1, 2), { fills: [2] })).toEqual(Float64Array.of(1, Number.NaN));
  expect(unpacked(Float64Array.of(1, 2, Number.NaN), { scale: 3, fills: [2, Number.NaN] })).toEqual(
    Float64Array.of(3, Number.NaN, Number.NaN),
  );
});

it('floats keep their type where nothing is scaled, and their bits', () => {
  const stored = Float32Array.of(-0, 1, Number.POSITIVE_INFINITY);
  expect(unpacked(stored, { scale: 1, offset: 0 })).toBe(stored);
  expect(unpacked(Float32Array.of(1, -999), { fills: [-999] })).toEqual(Float32Array.of(1, Number.NaN));
});

it('64-bit integers stay exact unless they are scaled, and their fill values are compared exactly', () => {
  const stored = BigInt64Array.of(9007199254740993n, 9007199254740992n);
  expect(unpacked(stored, { fills: [9007199254740993n] })).toBe(stored);
  expect(unpacked(stored, { scale: 0.5, fills: [9007199254740993n] })).toEqual(
    Float64Array.of(Number.NaN, 4503599627370496),
  );
  expect(unpacked(BigUint64Array.of(3n, 4n), { offset: 1, fills: [4] })).toEqual(Float64Array.of(4, Number.NaN));
});

it('keeps the sign of zeros beside fill values', () => {
  expect(unpacked(new Float64Array([-0, 0, 9]), { fills: [9] })).toEqual(new Float64Array([-0, 0, Number.NaN]));
});
