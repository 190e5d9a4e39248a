import { describe, expect, it } from 'vitest';
import { Arguments } from '../../../src/core/operation/arguments.js';
import { recordFilter, type HmiConditions } from '../../../src/hmi/records/filters.js';
import type { HmiRecord } from '../../../src/hmi/types.js';
import { decodeAll, record } from './fixtures.js';

const apply = (conditions: HmiConditions, records: HmiRecord[]): ReturnType<ReturnType<typeof recordFilter>> =>
  recordFilter(new Arguments('hmi.query'), conditions)(records);

describe('checklist 2: filters that the service does not have', () => {
  it('pitfall 15: HARPs, one or several', () => {
    const records = [1, 2, 3].map((harpnum) => record(harpnum, { harpnum }));
    expect(apply({ harpnum: 2 }, records).records.map((one) => one.harpnum)).toEqual([2]);
    expect(apply({ harpnum: [1, 3] }, records).records.map((one) => one.harpnum)).toEqual([1, 3]);
  });

  it('cadence by slot index, which a shifted start does not change', () => {
    const records = [...Array(12).keys()].map((at) => record(1_005_590 + at));
    const kept = apply({ cadenceMinutes: 60 }, records).records;
    expect(kept.map((one) => one.tRecIndex)).toEqual([1_005_590, 1_005_595, 1_005_600]);
    expect(apply({ cadenceMinutes: 60 }, records.slice(1)).records.map((one) => one.tRecIndex)).toEqual([
      1_005_595, 1_005_600,
    ]);
    expect(apply({ cadenceMinutes: 12 }, records).records).toHaveLength(12);
  });

  it('cadence in generation 1, whose slots follow from the time', () => {
    const kept = apply({ cadenceMinutes: 24 }, decodeAll('g1-list.json')).records;
    expect(kept.map((one) => one.dateObsText.slice(11, 16))).toEqual(['18:22', '18:46', '19:10']);
  });

  it('quality as the bits that are tolerated', () => {
    const records = [0, 1024, 1025, -2147483648].map((quality) => record(1, { quality }));
    const kept = (quality: number | 'any'): unknown[] => apply({ quality }, records).records.map((one) => one.quality);
    expect(kept(0)).toEqual([0]);
    expect(kept(1024)).toEqual([0, 1024]);
    expect(kept(1025)).toEqual([0, 1024, 1025]);
    expect(kept(0x80000000)).toEqual([0, -2147483648]);
    expect(kept('any')).toHaveLength(4);
  });

  it('records that cannot be judged are left out, and a warning says so', () => {
    const first = decodeAll('g1-list.json');
    const { records, warnings } = apply({ harpnum: 6178 }, first);
    expect(records).toEqual([]);
    expect(warnings).toEqual(['5 records have no harpnum, so the harpnum filter left them out']);
    expect(apply({ quality: 0 }, first).warnings[0]).toMatch(/5 records have no quality/u);
  });

  it('pitfall 28: segments by their exact name; a wrong one is told', () => {
    const [both] = decodeAll('g2-list.json');
    const list = both === undefined ? [] : [both];
    expect(apply({ segments: ['Br', 'bitmap'] }, list).records[0]?.files.map((file) => file.segment)).toEqual([
      'Br',
      'bitmap',
    ]);
    const wrong = apply({ segments: ['br'] }, list);
    expect(wrong.records[0]?.files).toEqual([]);
    expect(wrong.warnings[0]).toMatch(/1 records have no file of the requested segments \(br\); there are .*Br,/u);
    expect(apply({ segments: ['x'] }, [record(1, { urls: [] })]).warnings[0]).toContain('they list no files');
  });

  it('a file without a segment name stays: it is all that generation 1 has', () => {
    expect(
      apply({ segments: ['magnetogram'] }, decodeAll('g1-list.json')).records.every((one) => one.files.length === 1),
    ).toBe(true);
  });

  it('any further condition', () => {
    const records = [1, 2].map((harpnum) => record(harpnum, { harpnum }));
    expect(apply({ filter: (one) => one.harpnum === 1 }, records).records).toHaveLength(1);
  });

  it.each<[HmiConditions, ErrorConstructor | RangeErrorConstructor]>([
    [{ harpnum: [] }, RangeError],
    [{ harpnum: 1.5 }, TypeError],
    [{ harpnum: -1 }, RangeError],
    [{ cadenceMinutes: 30 }, RangeError],
    [{ cadenceMinutes: 0 }, RangeError],
    [{ quality: Number.NaN }, TypeError],
    [{ segments: [] }, TypeError],
    [{ segments: [''] }, TypeError],
    [{ segments: 'Br' as unknown as string[] }, TypeError],
    [{ filter: 'x' as unknown as () => boolean }, TypeError],
  ])('%j cannot be meant', (conditions, type) => {
    expect(() => recordFilter(new Arguments('hmi.query'), conditions)).toThrow(type);
    expect(() => recordFilter(new Arguments('hmi.query'), conditions)).toThrow(/^hmi\.query: /u);
  });
});
