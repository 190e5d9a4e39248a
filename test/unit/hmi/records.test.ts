import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeKeywords } from '../../../src/hmi/decode/keywords.js';
import { decodeRecord, Misfit } from '../../../src/hmi/decode/record.js';
import { withFiles, inTimeOrder, recordKey, slotOf, timeOf } from '../../../src/hmi/records/identity.js';
import { linkParts } from '../../../src/hmi/decode/link-parts.js';
import { decode, decodeAll, fixture, record, rows } from './fixtures.js';

/** How the first record of the published list is named. */
const TITLE = '$[0] (recnum 5605571, harpnum 6178)';

describe('pitfall 14: records of every generation become one kind', () => {
  it('generation 1: one file, known by its link', () => {
    const [first] = decodeAll('g1-list.json', 'sharp_720s');
    expect(first).toMatchObject({ series: 'sharp_720s', dateObsText: '2015-12-11T18:22:08.799999Z' });
    expect(first?.files.map(({ url, segment }) => [url, segment])).toEqual([
      ['http://cluster-r730-1:8001/HMI/sharp_720s/sharp_720s_20151211_182208', undefined],
    ]);
    expect(first).not.toHaveProperty('recnum');
    expect(first).not.toHaveProperty('harpnum');
    expect(slotOf(first ?? record(0))).toBe(1_005_572);
  });

  it('generation 2: one record, a file for each segment', () => {
    const [only] = decodeAll('g2-list.json', 'sharp_720s');
    expect(only).toMatchObject({
      series: 'hmi.sharp_cea_720s_nrt',
      recnum: 1_958_485,
      tRecIndex: 1_010_166,
      quality: 1024,
    });
    expect(only).not.toHaveProperty('harpnum');
    expect(only?.files.map(({ segment }) => segment)).toEqual(
      'conf_disambig Bt_err Br Br_err magnetogram Bp_err bitmap Bp Dopplergram Bt'.split(' '),
    );
  });

  it('generation 3: a HARP number as well', () => {
    const [only] = decodeAll('g3-list.json');
    expect(only).toMatchObject({
      series: 'hmi.sharp_720s',
      recnum: 5_605_571,
      harpnum: 6178,
      tRecIndex: 1_005_598,
      quality: 0,
    });
    expect(only?.files.map(({ segment }) => segment)).toEqual(['magnetogram', 'bitmap']);
  });

  it('generation 4: keywords, and a record without files', () => {
    const only = decode((fixture('g4-meta.json') as Record<string, unknown>)['5601499']);
    expect(only).toMatchObject({ recnum: 5_601_499, harpnum: 6167, files: [], meta: { area: 3507.3125, cmask: 6423 } });
  });

  it('takes HARP and quality from the keywords where the columns are missing', () => {
    const [row] = rows('g2-list.json');
    expect(decode({ ...row, quality: undefined, meta: { harpnum: 6178, quality: 0 } })).toMatchObject({
      harpnum: 6178,
      quality: 0,
    });
  });
});

describe('records', () => {
  it('pitfall 20: keep all digits of their time beside a Date rounded to milliseconds', () => {
    const [noisy] = decodeAll('g3-list.json');
    expect(noisy?.dateObsText).toBe('2015-12-11T23:34:08.799999Z');
    expect(noisy?.dateObs.toISOString()).toBe('2015-12-11T23:34:08.800Z');
  });

  it('keep what they were made of, unknown columns too', () => {
    const [row] = rows('g3-list.json');
    const made = decode({ ...row, brand_new: [1] });
    expect(made.raw).toMatchObject({ brand_new: [1], nbr_update: 0 });
  });

  it('print as JSON and lead from file to record', () => {
    const [only] = decodeAll('g3-list.json');
    expect(only?.files[0]?.record).toBe(only);
    expect(JSON.parse(JSON.stringify(only))).toMatchObject({
      files: [{ segment: 'magnetogram' }, { segment: 'bitmap' }],
    });
    expect(inspect(only)).not.toContain('Circular');
    const fewer = withFiles(only ?? record(0), ({ segment }) => segment === 'bitmap');
    expect(fewer.files.map((file) => [file.segment, file.record === fewer])).toEqual([['bitmap', true]]);
    expect(only?.files).toHaveLength(2);
  });

  it.each([
    [{ date__obs: 'soon' }, 'date__obs is not a time: "soon"'],
    [{ date__obs: 'MISSING' }, 'date__obs is not a time: "MISSING"'],
    [{ date__obs: '-4712.01.01_11:59_TAI' }, 'date__obs is not a time: "-4712.01.01_11:59_TAI"'],
    [{ date__obs: '1966.12.31_23:59:28_TAI' }, 'date__obs is not a time: "1966.12.31_23:59:28_TAI"'],
    [{ date__obs: null }, 'date__obs is not a time: null'],
    [{ date__obs: 5 }, 'date__obs is not a time: 5'],
  ])('with %j have no place in a list', (changes, message) => {
    const [row] = rows('g3-list.json');
    expect(() => decode({ ...row, ...changes })).toThrow(new Misfit(`record ${TITLE}: ${message}`));
  });

  it.each([
    [{ recnum: 'x' }, 'record $[0] (harpnum 6178): recnum is not a whole number: "x"'],
    [{ t_rec_index: 1.5 }, `record ${TITLE}: t_rec_index is not a whole number: 1.5`],
    [{ t_rec_index: 1e300 }, `record ${TITLE}: t_rec_index is not a whole number: 1e+300`],
    [{ quality: 'good' }, `record ${TITLE}: quality is not a whole number: "good"`],
    [{ quality: 2 ** 40 }, `record ${TITLE}: quality is not a whole number: 1099511627776`],
    [{ urls: [1] }, `record ${TITLE}: urls[0] is not a link: 1`],
    [{ urls: [null] }, `record ${TITLE}: urls[0] is not a link: null`],
    [{ urls: 'none' }, `record ${TITLE}: its links cannot be read: "none"`],
    [{ meta: 'none' }, `record ${TITLE}: meta is not an object of keywords: "none"`],
    [{ urls: undefined, recnum: undefined }, 'record $[0] (harpnum 6178): it holds neither url nor urls'],
  ])('with %j are there all the same, with a warning', (changes, message) => {
    const [row] = rows('g3-list.json');
    const warnings: string[] = [];
    const record = decodeRecord(
      { ...row, ...changes },
      { series: 'asked', address: (link) => link, path: '$[0]', warn: (one) => void warnings.push(one) },
    );
    expect(warnings).toEqual([message]);
    expect(record.dateObsText).toBe(row?.date__obs);
  });

  it.each([
    [0, 0],
    [1024, 1024],
    ['1024', 1024],
    ['0x00000400', 1024],
    ['0X00000400', 1024],
    [' 0x0000FFFF ', 65_535],
    ['0x00000000', 0],
    ['-2147483648', -2_147_483_648],
    ['0x80000000', 2_147_483_648],
  ])('read quality %j as %d, in columns and keywords of any case', (quality, number) => {
    const [row] = rows('g3-list.json');
    const bare = { ...row, quality: undefined };
    expect(decode({ ...bare, quality }).quality).toBe(number);
    expect(decode({ ...bare, QUALITY: quality }).quality).toBe(number);
    expect(decode({ ...bare, META: { QUALITY: quality } }).quality).toBe(number);
  });

  it('read columns in upper case', () => {
    const [row = {}] = rows('g3-list.json');
    const upper = Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toUpperCase(), value]));
    const { raw: _upper, ...loud } = decode(upper);
    const { raw: _row, ...quiet } = decode(row);
    expect(JSON.stringify(loud)).toBe(JSON.stringify(quiet));
  });

  it('are read or refused by name, whatever any field holds', () => {
    const [row = {}] = rows('g3-list.json');
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constant(undefined),
      fc.bigInt().map(Number),
      fc.constant('x'.repeat(100_000)),
    );
    const field = fc.constantFrom(...Object.keys(row), 'url', 'date_obs', 'QUALITY');
    fc.assert(
      fc.property(fc.array(fc.tuple(field, odd), { maxLength: 4 }), (changes) => {
        try {
          const record = decode({ ...row, ...Object.fromEntries(changes) });
          recordKey(record);
          slotOf(record);
          expect(Number.isNaN(record.dateObs.getTime())).toBe(false);
          expect(record.files.every(({ url }) => typeof url === 'string' && url !== '')).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Misfit);
        }
      }),
    );
  });

  it.each([null, 'text', [1], 7])('%j is no record', (row) => {
    expect(() => decode(row)).toThrow('$[0] is not a record');
  });

  it('bear odd values in columns that are not their identity', () => {
    const [row] = rows('g3-list.json');
    const odd = decode({
      ...row,
      harpnum: 'many',
      quality: {},
      recnum: '5605571',
      t_rec_index: null,
      meta: [1],
      urls: null,
    });
    expect(odd).toMatchObject({ recnum: 5_605_571, files: [] });
    for (const field of ['harpnum', 'quality', 'tRecIndex', 'meta']) expect(odd).not.toHaveProperty(field);
    expect(decodeKeywords({ a: 1, b: 'x', c: null, d: true, e: [1] })).toEqual({ a: 1, b: 'x', d: 1 });
  });
});

describe('identity', () => {
  it('pitfall 22: a record number counts within its series only', () => {
    const definitive = record(1, { series_name: 'hmi.sharp_720s', recnum: 7 });
    const nrt = record(1, { series_name: 'hmi.sharp_720s_nrt', recnum: 7 });
    expect(recordKey(definitive)).not.toBe(recordKey(nrt));
  });

  it('pitfall 19: two HARPs of one slot stay two records, two spellings of one time stay one', () => {
    const one = record(1, { recnum: 5_605_571, harpnum: 6178 });
    const other = record(1, { recnum: 5_601_499, harpnum: 6167 });
    expect(recordKey(one)).not.toBe(recordKey(other));
    const noisy = record(1, { date__obs: '2015-12-11T23:34:08.799999Z' });
    const clean = record(1, { date__obs: '2015-12-11T23:34:08.800000Z' });
    expect(recordKey(noisy)).toBe(recordKey(clean));
    expect(timeOf(noisy)).toBe(timeOf(clean));
  });

  it('falls back to time and HARP where nothing else is told', () => {
    const bare = { ...record(1, { harpnum: 5, urls: [] }) };
    delete (bare as { recnum?: number }).recnum;
    expect(recordKey(bare)).toContain(' 5');
  });

  it('sorts by time, then HARP; float noise does not decide', () => {
    const late = record(1_005_600, { harpnum: 1 });
    const high = record(1_005_598, { harpnum: 9, date__obs: '2015-12-11T23:34:08.799999Z' });
    const low = record(1_005_598, { harpnum: 4, date__obs: '2015-12-11T23:34:08.800000Z' });
    const given = [late, high, low];
    expect(inTimeOrder(given).map(({ harpnum }) => harpnum)).toEqual([4, 9, 1]);
    expect(given).toEqual([late, high, low]);
  });
});

describe('link parts', () => {
  it.each([
    [
      'http://h:8001/HMI/sharp_720s/sharp_720s_20151211_182208',
      { series: 'sharp_720s', lastPart: 'sharp_720s_20151211_182208' },
    ],
    [
      'http://h/HMI/s/1958485_20160119011008_conf_disambig.fits',
      {
        series: 's',
        recnum: 1_958_485,
        segment: 'conf_disambig',
        lastPart: '1958485_20160119011008_conf_disambig.fits',
      },
    ],
    [
      'http://h/p/HMI/hmi.sharp_720s/5605571/Dopplergram.fits?a=b',
      { series: 'hmi.sharp_720s', recnum: 5_605_571, segment: 'Dopplergram', lastPart: 'Dopplergram.fits' },
    ],
    ['http://h/elsewhere/file.fits', { lastPart: 'file.fits' }],
    ['HMI/s/a%20b', { series: 's', lastPart: 'a b' }],
    ['HMI/s/a%zz', { series: 's', lastPart: 'a%zz' }],
    ['http://h/HMI/', { lastPart: '' }],
  ])('pitfall 28: segment names come from the link, in its case: %s', (url, parts) => {
    expect(linkParts(url)).toEqual(parts);
  });
});
