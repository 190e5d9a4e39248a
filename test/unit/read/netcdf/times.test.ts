import { expect, it } from 'vitest';
import { decoderOf } from '../../../../src/read/netcdf/decoder.js';
import { timeUnitOf } from '../../../../src/read/netcdf/time-units.js';
import { NO_TIME, timesOf } from '../../../../src/read/netcdf/times.js';

const ns = (iso: string): bigint => BigInt(Date.parse(iso)) * 1_000_000n;

it.each([
  ['seconds since 1970-01-01', '1970-01-01T00:00:00Z', 1_000_000_000n],
  ['Days since 2000-1-2', '2000-01-02T00:00:00Z', 86_400_000_000_000n],
  ['hours since 2018-10-17 21:00:00', '2018-10-17T21:00:00Z', 3_600_000_000_000n],
  ['msec since 2018-10-17T21:00:00.25Z', '2018-10-17T21:00:00.250Z', 1_000_000n],
  ['min since 2018-10-17 21:00 +01:30', '2018-10-17T19:30:00Z', 60_000_000_000n],
  ['µs since 2018-10-17 21:00:00 UTC', '2018-10-17T21:00:00Z', 1000n],
  ['ns since 2018-10-17 21:00:00 -6:00', '2018-10-18T03:00:00Z', 1n],
])('%s', (units, iso, unit) => {
  expect(timeUnitOf(units)).toEqual({ unit, epoch: ns(iso) });
});

it('the standard calendar is Julian before 1582-10-15', () => {
  expect(timeUnitOf('days since 1582-10-15')).toEqual(timeUnitOf('days since 1582-10-15', 'proleptic_gregorian'));
  expect(timeUnitOf('days since 1582-10-04')).toMatchObject({ epoch: ns('1582-10-14T00:00:00Z') });
  expect(timeUnitOf('days since 0001-01-01', 'gregorian')).toMatchObject({ epoch: ns('0000-12-30T00:00:00Z') });
  expect(timeUnitOf('days since 0001-01-01', 'proleptic_gregorian')).toMatchObject({
    epoch: ns('0001-01-01T00:00:00Z'),
  });
  expect(timeUnitOf('days since 1582-10-10')).toBe('the date "1582-10-10"');
});

it('what is not understood is said, and left as numbers', () => {
  const warnings: string[] = [];
  const decode = decoderOf('int32', { units: 'days since 2000-01-01', calendar: 'noleap' }, (text) =>
    warnings.push(text),
  );
  expect(decode(Int32Array.of(1))).toEqual(Int32Array.of(1));
  expect(warnings).toEqual(['the calendar "noleap" is not understood, so its times stay numbers']);
  expect(timeUnitOf('months since 2000-01-01')).toBe('the unit of time "months"');
  expect(timeUnitOf('days since 2001-02-29')).toBe('the date "2001-02-29"');
});

it('times are exact to the nanosecond; missing and unrepresentable ones are no time', () => {
  const unit = { unit: 1_000_000_000n, epoch: 5n };
  expect([...timesOf(Float64Array.of(1.5, -0.25, Number.NaN, 1e300, Infinity, 1e11), unit)]).toEqual([
    1_500_000_005n,
    -249_999_995n,
    ...[NO_TIME, NO_TIME, NO_TIME, NO_TIME],
  ]);
  expect([...timesOf(BigInt64Array.of(2n ** 33n, 7n), unit, [7n])]).toEqual([2n ** 33n * 1_000_000_000n + 5n, NO_TIME]);
  const decode = decoderOf('int32', { units: 'seconds since 1970-01-01' }, () => undefined);
  expect([...(decode(Int32Array.of(-2147483647, 1)) as unknown as BigInt64Array)]).toEqual([NO_TIME, 1_000_000_000n]);
});

it('numbers without a fill value: floats and scaled ones are masked by the usual one, bytes never', () => {
  const decode = (dtype: 'int8' | 'int16' | 'float32', attributes: object) =>
    decoderOf(dtype, { ...attributes }, () => undefined);
  expect(decode('int16', {})(Int16Array.of(-32767))).toEqual(Int16Array.of(-32767));
  expect(decode('int16', { scale_factor: 2 })(Int16Array.of(-32767, 1))).toEqual(Float64Array.of(Number.NaN, 2));
  expect(decode('int8', { scale_factor: 2 })(Int8Array.of(-127))).toEqual(Float64Array.of(-254));
  expect(decode('float32', {})(Float32Array.of(9.969209968386869e36, 1))).toEqual(Float32Array.of(Number.NaN, 1));
  expect(decode('int8', { _Unsigned: 'true', _FillValue: -1 })(Int8Array.of(-1, -2))).toEqual(
    Float64Array.of(Number.NaN, 254),
  );
  expect(decode('int16', { missing_value: [1, 2] })(Int16Array.of(1, 2, 3))).toEqual(
    Float64Array.of(Number.NaN, Number.NaN, 3),
  );
});
