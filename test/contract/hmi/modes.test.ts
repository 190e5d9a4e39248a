import { describe, expect, it } from 'vitest';
import { isSdcError } from '../../../src/errors.js';
import { HmiClient, sameDateObs, toTRecIndex, type HmiOptions, type HmiRecord } from '../../../src/hmi/index.js';
import { simulateHmi } from '../../../src/testing/index.js';
import { EVERY_GENERATION } from '../../support/generations.js';

type SimOptions = NonNullable<Parameters<typeof simulateHmi>[0]>;

function service(
  options: SimOptions = {},
  client: HmiOptions = {},
): { sim: ReturnType<typeof simulateHmi>; hmi: HmiClient } {
  const sim = simulateHmi(options);
  return { sim, hmi: new HmiClient({ baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0, ...client }) };
}
const SERIES = 'hmi.sharp_720s';
const DAYS = { start: '2015-12-10', end: '2015-12-13' };
const GOOD = { ...DAYS, quality: 0, meta: true };
/** What a service without any mode gives; the same for every test. */
const plainly: { days?: Promise<HmiRecord[]>; good?: Promise<HmiRecord[]> } = {};
const plainDays = (): Promise<HmiRecord[]> => (plainly.days ??= service().hmi.query(SERIES, DAYS).toArray());
const plainGood = (): Promise<HmiRecord[]> => (plainly.good ??= service().hmi.query(SERIES, GOOD).toArray());
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (error: unknown) => (isSdcError(error) ? error.code : error),
  );
const textOf = (records: HmiRecord[]): string[] =>
  records.map((one) => `${one.dateObs.toISOString()} ${one.harpnum ?? ''} ${one.recnum ?? ''}`);

describe('checklist 1: the simulated service in every mode', () => {
  it('all generations since the second give the same records at the same times', async () => {
    const lists = await Promise.all(
      EVERY_GENERATION.slice(1).map((generation) => service({ generation }).hmi.query(SERIES, DAYS).toArray()),
    );
    const [second = [], third = [], ...later] = lists;
    expect(third.length).toBeGreaterThan(500);
    expect(later).not.toEqual([]);
    for (const records of later) expect(textOf(records)).toEqual(textOf(third));
    expect(second.map((one) => one.recnum).sort()).toEqual(third.map((one) => one.recnum).sort());
    third.forEach((one, at) => {
      for (const records of later)
        expect(sameDateObs(one.dateObsText, records[at]?.dateObsText ?? '1970-01-01')).toBe(true);
      expect(toTRecIndex(one.dateObsText)).toBe(one.tRecIndex);
    });
  });

  it.each<[string, SimOptions]>([
    ['half-open bounds', { bounds: 'half-open' }],
    ['an arbitrary order', { shuffle: true }],
    ['strict dates', { strictDates: true }],
    ['indented JSON', { json: 'indented' }],
    ['no compression', { gzip: false }],
    ['links that name the host asked', { urlHost: 'echo' }],
    ['a path prefix', { basePath: '/published/hmi/' }],
    ['strict series names', { seriesNames: 'strict' }],
  ])('%s make no difference', async (_name, options) => {
    const plain = await plainDays();
    expect(plain.length).toBeGreaterThan(500);
    expect(textOf(await service(options).hmi.query(SERIES, DAYS).toArray())).toEqual(textOf(plain));
  });

  it.each<[string, SimOptions]>([
    ['numbers that are none, bare', { oddities: ['bare-nan'] }],
    ['masks in hexadecimal', { oddities: ['hexadecimal-quality'] }],
    ['names in upper case', { oddities: ['upper-case'] }],
    ['a slot that is no number', { oddities: ['text-slot'] }],
    ['all of these', { oddities: ['bare-nan', 'hexadecimal-quality', 'upper-case', 'text-slot'] }],
  ])('%s make no difference, in lists and in metadata', async (_name, options) => {
    const [plain, odd] = [service(), service(options)];
    const records = await plainGood();
    expect(records.length).toBeGreaterThan(500);
    const found = await odd.hmi.query(SERIES, GOOD).toArray();
    expect(textOf(found)).toEqual(textOf(records));
    const keywords = ({ meta: { usflux: _usflux, ...others } = {} }: HmiRecord): unknown => others;
    expect(found.map(keywords)).toEqual(records.map(keywords));

    const recnums = records.slice(0, 5).map((one) => one.recnum ?? 0);
    const fields = ['area', 'quality', 'usflux'];
    const read = await odd.hmi.meta(SERIES, [...recnums, 1], fields);
    expect(read.missing).toEqual([1]);
    const wanted = await plain.hmi.meta(SERIES, recnums, ['area', 'quality']);
    for (const [recnum, { area, quality }] of wanted) expect(read.get(recnum)).toMatchObject({ area, quality });
    expect(read.size).toBe(5);
  });

  it.each([
    ['no-time', 1],
    ['null-link', 0],
  ] as const)(
    'one odd record of a list (%s) is a warning that names it, and the others are there',
    async (oddity, lost) => {
      for (const generation of EVERY_GENERATION) {
        const series = generation === 1 ? 'sharp_720s' : SERIES;
        const day = { start: '2015-12-11', end: '2015-12-12' };
        const all = await service({ generation }).hmi.query(series, day).toArray();
        const { hmi } = service({ generation, oddities: [oddity] });
        const warnings: string[] = [];
        const found: HmiRecord[] = [];
        for await (const page of hmi.query(series, day).byPage()) {
          warnings.push(...page.warnings);
          found.push(...page.items);
        }
        expect(found).toHaveLength(all.length - lost);
        expect(warnings).toHaveLength(1);
        expect(warnings[0]).toContain('record $[0]');
        if (generation > 2) expect(warnings[0]).toMatch(/harpnum \d/u);
      }
    },
  );

  it.each([720_000, 3_600_000, 7_777_000, 86_400_000 * 5])(
    'pitfall 18: slices of %i ms make no difference',
    async (sliceMs) => {
      const range = { start: '2015-12-11T10:00:00Z', end: '2015-12-11T20:00:00Z' };
      const plain = await service().hmi.query(SERIES, range).toArray();
      expect(plain.length).toBeGreaterThan(50);
      const edges = { start: range.start, end: range.end, sliceMs };
      expect(textOf(await service({ shuffle: true }).hmi.query(SERIES, edges).toArray())).toEqual(textOf(plain));
    },
  );

  it('generation 1, with one link for several HARPs, gives each link once', async () => {
    const { hmi } = service({ generation: 1, collidingNames: true });
    const records = await hmi.query('sharp_720s', DAYS).toArray();
    expect(new Set(records.map((one) => one.files[0]?.url)).size).toBe(records.length);
    expect(records.length).toBeGreaterThan(300);
  });

  it('meta=true puts keywords into the records', async () => {
    const { hmi } = service();
    const [record] = await hmi
      .query(SERIES, { start: '2015-12-11T23:00:00Z', end: '2015-12-12', meta: true })
      .toArray();
    expect(record?.meta?.area).toBeTypeOf('number');
  });

  it.each<[SimOptions['unknownSeries'], string]>([
    ['not-found', 'not-found'],
    ['empty', 'none'],
    ['bad-request', 'rejected'],
    ['error', 'server'],
    ['message', 'unexpected-response'],
  ])('pitfall 23: an unknown series that is answered with "%s" is "%s"', async (unknownSeries = 'empty', code) => {
    for (const debug of [true, false]) {
      const { hmi } = service({ unknownSeries, debug });
      expect(await codeOf(hmi.query('hmi.no_such_series', DAYS).toArray())).toBe(code);
    }
  });

  it.each<[SimOptions['missingFile'], string]>([
    ['not-found', 'not-found'],
    ['error', 'server'],
    ['message', 'transfer'],
    ['html', 'transfer'],
  ])('a missing file that is answered with "%s" is "%s"', async (missingFile = 'html', code) => {
    const { hmi } = service({ missingFile });
    expect(await codeOf(hmi.open(`HMI/${SERIES}/1/magnetogram.fits`))).toBe(code);
  });
});

describe('checklist 3: metadata in every mode', () => {
  it.each<SimOptions['metaRoute']>(['batch', 'single'])('%s', async (metaRoute = 'batch') => {
    const { sim, hmi } = service({ metaRoute });
    const records = await hmi.query(SERIES, { start: '2015-12-11T23:00:00Z', end: '2015-12-12' }).toArray();
    const recnums = records.flatMap((one) => one.recnum ?? []);
    sim.requests.length = 0;
    const meta = await hmi.meta(SERIES, [...recnums, 1], ['area', 'usflux']);
    expect([...meta.keys()]).toEqual(recnums);
    expect(meta.missing).toEqual([1]);
    expect(meta.get(recnums[0] ?? 0)?.area).toBeTypeOf('number');
    expect(sim.requests.length).toBe(metaRoute === 'batch' ? 1 : recnums.length + 2);
  });

  it('absent, and in generation 3', async () => {
    for (const options of [{ metaRoute: 'absent' as const }, { generation: 3 as const }]) {
      const { hmi } = service(options);
      expect((await hmi.meta(SERIES, [5_601_499], ['area'])).missing).toEqual([5_601_499]);
      expect(await codeOf(hmi.meta(SERIES, [1, 2, 3], ['area'], { batchSize: 2 }))).toBe('not-found');
    }
  });

  it('an unknown keyword is left out or told', async () => {
    expect((await service().hmi.meta(SERIES, [5_601_499], ['area', 'nonsense'])).get(5_601_499)).toEqual({
      area: 3507.3125,
    });
    const refusing = service({ unknownKeyword: 'error' });
    expect(['rejected', 'server']).toContain(await codeOf(refusing.hmi.meta(SERIES, [5_601_499], ['nonsense'])));
  });
});

describe('checklist 9', () => {
  it('describes itself and is alive', async () => {
    const { hmi } = service();
    expect(await hmi.describe()).toMatchObject({ swagger: '2.0' });
    expect(await hmi.isAlive()).toBe(true);
  });
});
