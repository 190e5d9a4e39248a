import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NO_TIME, unixOfEpoch, unixOfEpoch16, unixOfTt2000 } from '../../../../src/read/cdf/decode-times.js';
import { unixOf } from '../../../../src/read/cdf/leap-seconds.js';
import { epoch16ToIso, epochToIso, tt2000ToIso } from '../../../../src/read/cdf/times.js';
import { runs } from '../../../support/full.js';

/** TT2000 of the second after a leap second, and TAI - UTC from then on. */
const LEAPS = [
  ['1972-07-01', 11],
  ['1973-01-01', 12],
  ['1974-01-01', 13],
  ['1975-01-01', 14],
  ['1976-01-01', 15],
  ['1977-01-01', 16],
  ['1978-01-01', 17],
  ['1979-01-01', 18],
  ['1980-01-01', 19],
  ['1981-07-01', 20],
  ['1982-07-01', 21],
  ['1983-07-01', 22],
  ['1985-07-01', 23],
  ['1988-01-01', 24],
  ['1990-01-01', 25],
  ['1991-01-01', 26],
  ['1992-07-01', 27],
  ['1993-07-01', 28],
  ['1994-07-01', 29],
  ['1996-01-01', 30],
  ['1997-07-01', 31],
  ['1999-01-01', 32],
  ['2006-01-01', 33],
  ['2009-01-01', 34],
  ['2012-07-01', 35],
  ['2015-07-01', 36],
  ['2017-01-01', 37],
] as const;

const SECOND = 1_000_000_000n;
const J2000 = BigInt(Date.UTC(2000, 0, 1, 12)) * 1_000_000n;
const tt2000 = (unix: bigint, taiMinusUtc: number): bigint =>
  unix - J2000 + 32_184_000_000n + BigInt(taiMinusUtc) * SECOND;

it.each(LEAPS)('the second before %s is a leap second', (date, taiMinusUtc) => {
  const unix = BigInt(Date.parse(date)) * 1_000_000n;
  const after = tt2000(unix, taiMinusUtc);
  const eve = new Date(Date.parse(date) - 1).toISOString().slice(0, 10);
  expect(tt2000ToIso(after)).toBe(`${date}T00:00:00.000000000Z`);
  expect(tt2000ToIso(after - 1n)).toBe(`${eve}T23:59:60.999999999Z`);
  expect(tt2000ToIso(after - SECOND)).toBe(`${eve}T23:59:60.000000000Z`);
  expect(tt2000ToIso(after - SECOND - 1n)).toBe(`${eve}T23:59:59.999999999Z`);
  const around = [after - SECOND - 1n, after - SECOND, after - 1n, after];
  expect([...unixOfTt2000(BigInt64Array.from(around), [])]).toEqual([unix - 1n, unix - SECOND, unix - 1n, unix]);
});

it('fast and exact ways agree at any time', () => {
  const edges = LEAPS.map(([date, seconds]) => tt2000(BigInt(Date.parse(date)) * 1_000_000n, seconds));
  const near = fc
    .tuple(fc.constantFrom(...edges), fc.bigInt(-2n * SECOND, 2n * SECOND))
    .map(([edge, off]) => edge + off);
  const any = fc.bigInt(-(2n ** 63n) + 2n, 2n ** 63n - 1n - 10n ** 18n);
  fc.assert(
    fc.property(fc.array(fc.oneof(near, any), { maxLength: 20 }), (times) => {
      const found = unixOfTt2000(BigInt64Array.from(times), []);
      expect([...found]).toEqual(
        times.map((time) => (BigInt.asIntN(64, unixOf(time)) === unixOf(time) ? unixOf(time) : NO_TIME)),
      );
    }),
    { numRuns: runs(2000) },
  );
});

it('what is no time stays none: fill, pad, given ones, and what 64 bits cannot hold', () => {
  const stored = BigInt64Array.of(-(2n ** 63n), -(2n ** 63n) + 1n, 7n, 2n ** 63n - 1n, 0n);
  expect([...unixOfTt2000(stored, [7n])].slice(0, 4)).toEqual([NO_TIME, NO_TIME, NO_TIME, NO_TIME]);
  expect(tt2000ToIso(-(2n ** 63n))).toBeUndefined();
  expect(tt2000ToIso(-(2n ** 63n) + 1n)).toBeUndefined();
  expect(unixOfEpoch(Float64Array.of(-1e31, 0, Number.NaN, Infinity, -Infinity, 1), [1])).toEqual(
    new BigInt64Array(6).fill(NO_TIME),
  );
  expect(unixOfEpoch16(Float64Array.of(-1e31, -1e31, 0, 0, Number.NaN, 0, 5, 0), [5])).toEqual(
    new BigInt64Array(4).fill(NO_TIME),
  );
  const [epoch, pair] = [
    Float64Array.of(62_167_219_200_000, 62_167_219_200_001),
    Float64Array.of(62_167_219_200, 0, 62_167_219_201, 0),
  ];
  expect(unixOfEpoch(epoch, [62_167_219_200_000])).toEqual(BigInt64Array.of(NO_TIME, 1_000_000n));
  expect(unixOfEpoch16(pair, [62_167_219_200])).toEqual(BigInt64Array.of(NO_TIME, SECOND));
  for (const value of [-1e31, Number.NaN, Infinity, 1e20, -1]) {
    expect(epochToIso(value)).toBeUndefined();
    expect(epoch16ToIso(value, 0)).toBeUndefined();
  }
  for (const value of [-1e31, Number.NaN, Infinity]) expect(epoch16ToIso(0, value)).toBeUndefined();
});

it('EPOCH and EPOCH16 are rounded to nanoseconds, before 1970 too', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }), fc.nat(63), (milliseconds, part) => {
      const epoch = 62_167_219_200_000 + milliseconds + part / 64;
      const exact = BigInt(milliseconds) * 1_000_000n + BigInt(Math.round((part / 64) * 1e6));
      expect(unixOfEpoch(Float64Array.of(epoch), [])[0]).toBe(exact);
    }),
    { numRuns: runs(2000) },
  );
  fc.assert(
    fc.property(
      fc.integer({ min: -9_000_000_000, max: 9_000_000_000 }),
      fc.integer({ min: 0, max: 999_999_999_999 }),
      (seconds, pico) => {
        const found = unixOfEpoch16(Float64Array.of(62_167_219_200 + seconds, pico), []);
        expect(found[0]).toBe(BigInt(seconds) * SECOND + BigInt(Math.round(pico / 1000)));
      },
    ),
    { numRuns: runs(2000) },
  );
});

it('texts of EPOCH are cut, not rounded, and exact to twelve digits', () => {
  expect(epochToIso(0)).toBe('0000-01-01T00:00:00.000000000000Z');
  expect(epochToIso(62_167_219_200_000 - 1 / 128)).toBe('1969-12-31T23:59:59.999992187500Z');
  expect(epochToIso(1e-9)).toBe('0000-01-01T00:00:00.000000000001Z');
  expect(epoch16ToIso(63_366_364_800, 999_999_999_999)).toBe('2008-01-01T00:00:00.999999999999Z');
});
