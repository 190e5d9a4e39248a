import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDateObs, parseDateObs } from '../../../src/hmi/times/microseconds.js';
import {
  sameDateObs,
  toTRecIndex,
  tRecIndexToDate,
  formatTRec,
  parseTRec,
  taiMinusUtc,
  taiToUtc,
  utcToTai,
} from '../../../src/hmi/times/tai.js';

const iso = (micros: number): string => formatDateObs(micros);

describe('checklist 11: observation times', () => {
  it.each([
    ['2015-12-11T18:22:08.799999Z', 1_449_858_128_799_999],
    ['2015-12-11T23:34:08.800000Z', 1_449_876_848_800_000],
    ['2016-05-26T15:39:51Z', 1_464_277_191_000_000],
    ['2016-05-26T15:39:51', 1_464_277_191_000_000],
    ['2016-05-26 15:39:51.5', 1_464_277_191_500_000],
    ['2016-05-26T17:39:51+02:00', 1_464_277_191_000_000],
    ['2016-05-26T10:09:51-0530', 1_464_277_191_000_000],
    ['2016-05-26', 1_464_220_800_000_000],
    ['2016-05-26T15:39Z', 1_464_277_140_000_000],
    ['2016-05-26T15:39:51.1234564Z', 1_464_277_191_123_456],
    ['2016-05-26T15:39:51.123456789Z', 1_464_277_191_123_457],
  ])('pitfall 20: %s is read to the microsecond', (text, micros) => {
    expect(parseDateObs(text)).toBe(micros);
  });

  it.each([
    '',
    ' 2015-12-11',
    '2015-12-11T18:22:08.799999Z ',
    '2015.12.11_23:36:00_TAI\n',
    'yesterday',
    '2015-02-30',
    '2015-13-01',
    '2015-12-11T24:00:00Z',
    '2015-12-11T12:60Z',
    '20151211',
    '2015-12-11T18:22:08.Z',
    '2015-12-11T18:22:08+99:00',
    '2015.02.30_00:00:00_TAI',
  ])('%j is no time', (text) => {
    expect(() => parseDateObs(text)).toThrow(TypeError);
  });

  it('prints 6 fraction digits or none, as the service does', () => {
    expect(iso(parseDateObs('2015-12-11T18:22:08.799999Z'))).toBe('2015-12-11T18:22:08.799999Z');
    expect(iso(parseDateObs('2016-01-19T01:10:08.400000Z'))).toBe('2016-01-19T01:10:08.400000Z');
    expect(iso(parseDateObs('2016-05-26T15:39:51Z'))).toBe('2016-05-26T15:39:51Z');
    expect(formatDateObs('2015-12-11T18:22:08.799999Z', 2)).toBe('2015-12-11T18:22:08.79Z');
    expect(formatDateObs(new Date(Date.UTC(1969, 11, 31, 23, 59, 59, 500)), 6)).toBe('1969-12-31T23:59:59.500000Z');
  });

  it('prints what it read, for every microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000_000, max: 4_000_000_000_000_000 }), (micros) => {
        expect(parseDateObs(formatDateObs(micros))).toBe(micros);
        expect(parseDateObs(formatDateObs(micros, 6))).toBe(micros);
      }),
    );
  });

  it('pitfall 19: .799999Z and .800000Z are the same observation, a hundredth of a second apart is not', () => {
    expect(sameDateObs('2015-12-11T23:34:08.799999Z', '2015-12-11T23:34:08.800000Z')).toBe(true);
    expect(sameDateObs('2015-12-11T23:34:07.999999Z', '2015-12-11T23:34:08Z')).toBe(true);
    expect(sameDateObs('2015-12-11T23:34:08.79Z', '2015-12-11T23:34:08.80Z')).toBe(false);
    expect(sameDateObs('2015-12-11T23:34:08.8Z', '2015-12-11T23:46:08.8Z')).toBe(false);
  });
});

describe('checklist 11: TAI', () => {
  it('pitfall 21: is 36 s ahead of UTC until 2016 and 37 s from 2017-01-01', () => {
    expect(taiMinusUtc('2010-05-01')).toBe(34);
    expect(taiMinusUtc('2012-06-30T23:59:59.999999Z')).toBe(34);
    expect(taiMinusUtc('2012-07-01')).toBe(35);
    expect(taiMinusUtc('2016-12-31T23:59:59Z')).toBe(36);
    expect(taiMinusUtc('2017-01-01')).toBe(37);
    expect(taiMinusUtc('2026-01-01')).toBe(37);
    expect(() => taiMinusUtc('1971-12-31')).toThrow(RangeError);
    expect(() => taiToUtc(0)).toThrow(RangeError);
  });

  it('pitfall 21: a T_REC text is converted, not only stripped of its _TAI', () => {
    expect(iso(parseTRec('2015.12.11_23:36:00_TAI'))).toBe('2015-12-11T23:35:24Z');
    expect(iso(parseTRec('2017.01.01_00:00:37_TAI'))).toBe('2017-01-01T00:00:00Z');
    expect(iso(parseTRec('2015.12.11_23:36:00_UTC'))).toBe('2015-12-11T23:36:00Z');
    expect(iso(parseTRec('2015.12.11_23:36:00.25_TAI'))).toBe('2015-12-11T23:35:24.250000Z');
    expect(formatTRec('2015-12-11T23:35:24Z')).toBe('2015.12.11_23:36:00_TAI');
    expect(formatTRec('2015-12-11T23:35:24.25Z', 2)).toBe('2015.12.11_23:36:00.25_TAI');
  });

  it('reads second 60 where UTC had one, and nowhere else', () => {
    expect(parseDateObs('2016-12-31T23:59:60Z')).toBe(parseDateObs('2017-01-01T00:00:00Z'));
    expect(parseDateObs('2016-12-31T23:59:60.5Z')).toBe(parseDateObs('2017-01-01T00:00:00.5Z'));
    expect(() => parseDateObs('2015-12-31T23:59:60Z')).toThrow(TypeError);
    expect(() => parseTRec('2016.12.31_23:59:60_TAI')).toThrow(TypeError);
  });

  it('counts on during the leap second', () => {
    const before = utcToTai('2016-12-31T23:59:59Z');
    expect(utcToTai('2017-01-01T00:00:00Z') - before).toBe(2_000_000);
    expect(iso(taiToUtc(before + 1_500_000))).toBe('2017-01-01T00:00:00.500000Z');
    expect(iso(taiToUtc(before + 2_000_000))).toBe('2017-01-01T00:00:00Z');
  });

  it('comes back to the same UTC, for every moment since 1972', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1972, 0, 1) * 1000, max: Date.UTC(2060, 0, 1) * 1000 }), (utc) => {
        expect(taiToUtc(utcToTai(utc))).toBe(utc);
      }),
    );
  });
});

describe('checklist 11: slots', () => {
  it.each([
    [1_005_598, '2015.12.11_23:36:00_TAI', '2015-12-11T23:35:24.000Z'],
    [1_010_166, '2016.01.19_01:12:00_TAI', '2016-01-19T01:11:24.000Z'],
    [0, '1993.01.01_00:00:00_TAI', '1992-12-31T23:59:33.000Z'],
  ])('slot %i is %s, which is %s', (index, tai, utc) => {
    expect(tRecIndexToDate(index).toISOString()).toBe(utc);
    expect(formatTRec(tRecIndexToDate(index))).toBe(tai);
    expect(toTRecIndex(tRecIndexToDate(index))).toBe(index);
    expect(toTRecIndex(tai)).toBe(index);
  });

  it.each([
    ['2015-12-11T23:34:08.799999Z', 1_005_598],
    ['2015-12-11T23:34:08.800000Z', 1_005_598],
    ['2016-01-19T01:10:08.400000Z', 1_010_166],
    ['2015-12-11T18:22:08.799999Z', 1_005_572],
    ['2015-12-11T18:34:08.799999Z', 1_005_573],
  ])('an observation at %s belongs to slot %i', (text, index) => {
    expect(toTRecIndex(text)).toBe(index);
  });

  it('every slot of two leap seconds is found again', () => {
    for (const index of [1_001_800, 1_014_337]) {
      for (let at = index - 400; at < index + 400; at += 1) expect(toTRecIndex(tRecIndexToDate(at))).toBe(at);
    }
    expect(() => tRecIndexToDate(1.5)).toThrow(RangeError);
  });
});
