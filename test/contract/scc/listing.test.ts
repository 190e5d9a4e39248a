import { describe, expect, it } from 'vitest';
import { asked, scene } from './harness.js';

const june = { dateStart: '2021-06-01', dateEnd: '2021-07-01' } as const;

describe.each(['legacy', '3.2', '5.2', 'main'] as const)('measurements by date on Django %s', (profile) => {
  it.each(['evo', 'old'] as const)(
    'are all listed, once, in range, with %s columns (pitfalls 8 and 9)',
    async (columns) => {
      const { sim, scc } = scene({ profile, columns, pageSize: 20 });
      const all = await scc.queryMeasurements(june).toArray();
      const expected = sim.measurementIds.filter((id) => id.startsWith('202106'));
      expect([...new Set(all.map(({ id }) => id))].sort()).toEqual([...expected].sort());
      expect(all.length).toBe(expected.length);
      expect(all.some(({ products }) => products.elpp.status === 'ok')).toBe(true);
      expect(asked(sim).some((line) => line.includes('e=1'))).toBe(false);
    },
  );

  it('are filtered by station, and a station without any is an empty list', async () => {
    const { scc } = scene({ profile });
    const found = await scc.queryMeasurements({ ...june, station: 'aky' }).toArray();
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ stationCode }) => stationCode))).toEqual(new Set(['aky']));
    expect(await scc.queryMeasurements({ ...june, station: 'zzz' }).toArray()).toEqual([]);
  });

  it('of a station that nobody has heard of are like all others (pitfall 25)', async () => {
    const news = ['20210603qqz0100', '20210603qx01'];
    const { scc } = scene({ profile, data: { measurements: news.map((id) => ({ id })) } });
    const stations = (await scc.queryMeasurements(june).toArray()).map(({ stationCode }) => stationCode);
    expect(stations).toEqual(expect.arrayContaining(['qqz', 'qx', 'aky']));
    for (const [at, station] of ['qqz', 'qx'].entries())
      expect((await scc.queryMeasurements({ ...june, station }).toArray()).map(({ id }) => id)).toEqual([news[at]]);
  });

  it('come page by page with their counts, lazily, from any page on', async () => {
    const { sim, scc } = scene({ profile, pageSize: 20 });
    const pager = scc.queryMeasurements(june);
    expect(asked(sim)).toEqual([]);
    const numbers: number[] = [];
    let count = 0;
    for await (const page of pager.byPage()) {
      numbers.push(page.page);
      count += page.items.length;
      expect(page.totalCount).toBeGreaterThanOrEqual(count);
    }
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.length).toBeGreaterThan(2);
    const rest: number[] = [];
    for await (const page of pager.byPage({ from: 2 })) rest.push(page.page);
    expect(rest).toEqual(numbers.slice(1));
  });
});

describe('a list', () => {
  it('survives malformed and extra rows (pitfall 24)', async () => {
    const { sim, scc } = scene();
    const [broken] = sim.measurementIds.filter((id) => id.startsWith('202106'));
    sim.breakRow(broken!, 'empty-date');
    const warnings: string[] = [];
    const ids: string[] = [];
    for await (const page of scc.queryMeasurements(june).byPage()) {
      warnings.push(...page.warnings);
      ids.push(...page.items.map(({ id }) => id));
    }
    expect(warnings.join('\n')).toContain(broken);
    expect(ids).toContain(broken);
    expect(ids.length).toBe(sim.measurementIds.filter((id) => id.startsWith('202106')).length);
  });

  it.each([
    [{ dateStart: 'soon', dateEnd: '2021-07-01' }, TypeError],
    [{ dateStart: new Date(Number.NaN), dateEnd: '2021-07-01' }, TypeError],
    [{ dateStart: '2021-02-30', dateEnd: '2021-07-01' }, TypeError],
    [{ dateStart: '2021-07-01', dateEnd: '2021-07-01' }, RangeError],
    [{ ...june, station: 'Athens' }, TypeError],
    [{ ...june, station: '' }, TypeError],
  ])('is refused for %j before any request', (query, type) => {
    const { sim, scc } = scene();
    expect(() => scc.queryMeasurements(query)).toThrow(type);
    expect(() => scc.getLidarConstants(query)).toThrow(type);
    expect(sim.requests).toEqual([]);
  });

  it('of lidar constants is typed, with a warning for each cell that cannot be read', async () => {
    const constant = {
      measurementId: '20210620gra0100',
      station: 'gra',
      channelId: '493',
      systemId: '437',
      productId: '2051',
      detectionWavelength: '532.0',
      lidarConstant: '3.4e+13',
      lidarConstantStatErr: 'n/a',
      profileStartTime: new Date('2021-06-20T01:00:00Z'),
      profileEndTime: new Date('2021-06-20T02:00:00Z'),
      calibrationWindowBottom: '1800.0',
      calibrationWindowTop: '2600.0',
      creationDate: undefined,
      eldaVersion: '5.2.7',
    };
    const { station, ...rest } = constant;
    const { scc } = scene({ data: { replace: true, lidarConstants: [constant] } });
    const pages = [];
    for await (const page of scc.getLidarConstants({ ...june, station }).byPage()) pages.push(page);
    expect(pages).toHaveLength(1);
    expect(pages[0]?.items).toEqual([
      {
        ...rest,
        detectionWavelength: 532,
        lidarConstant: 3.4e13,
        lidarConstantStatErr: undefined,
        calibrationWindowBottom: 1800,
        calibrationWindowTop: 2600,
      },
    ]);
    expect(pages[0]?.warnings).toHaveLength(2);
    expect(pages[0]?.warnings.join()).toMatch(/lidar_constant_stat_err.*creation_date/u);
  });

  it('of the API follows meta.next to its end (pitfall 35)', async () => {
    const { sim, scc } = scene({ apiPageSize: 7 });
    const all = await scc.listMeasurements({ idStartsWith: '202106' }).toArray();
    expect(all.map(({ id }) => id).sort()).toEqual(sim.measurementIds.filter((id) => id.startsWith('202106')).sort());
    const [one] = all;
    expect(await scc.listMeasurements({ idExact: one!.id }).toArray()).toMatchObject([{ id: one!.id }]);
  });
});

describe('the next free id', () => {
  it('is found beyond the first page of the API (pitfall 35)', async () => {
    const measurements = Array.from({ length: 45 }, (_, index) => ({
      id: `20210701aky${String(index).padStart(2, '0')}`,
    }));
    const { scc } = scene({ apiPageSize: 20, data: { replace: true, measurements } });
    expect(await scc.nextMeasurementId('2021-07-01', 'aky')).toBe('20210701aky45');
    expect(await scc.nextMeasurementId(new Date('2021-07-02T12:00:00Z'), 'aky')).toBe('20210702aky00');
  });

  it('is refused when all hundred are taken', async () => {
    const measurements = Array.from({ length: 100 }, (_, index) => ({
      id: `20210701po${String(index).padStart(2, '0')}`,
    }));
    const { scc } = scene({ data: { replace: true, measurements } });
    await expect(scc.nextMeasurementId('2021-07-01', 'po')).rejects.toMatchObject({ code: 'rejected' });
  });
});

describe('one measurement', () => {
  it.each(['is_being_processed', 'is_running', 'v4'] as const)(
    'is read with the API names %s (pitfall 28)',
    async (apiNames) => {
      const id = '20210630aky0900';
      const { scc } = scene({
        apiNames,
        data: {
          replace: true,
          measurements: [
            {
              id,
              isProcessing: true,
              system: 437,
              statuses: { upload: 127, elpp: 127, elda: 1, hirelpp: -127, elic: 99 },
            },
          ],
        },
      });
      const found = await scc.getMeasurement(id);
      expect(found).toMatchObject({
        id,
        stationCode: 'aky',
        isProcessing: true,
        products: { upload: { status: 'ok', code: 127 }, elpp: { status: 'ok' }, elda: { status: 'running' } },
      });
      if (apiNames !== 'v4')
        expect(found).toMatchObject({
          systemId: 437,
          products: {
            hirelpp: { status: 'error' },
            elic: { status: 'unknown', code: 99 },
            eldec: { status: 'not-run' },
          },
        });
    },
  );

  it('says the same in a list as alone: flags are booleans, what a table lacks is absent (pitfall 27)', async () => {
    const [running, over, none] = ['20210603aky0100', '20210603aky0200', '20210603aky0300'];
    const { sim, scc } = scene({
      data: {
        replace: true,
        measurements: [
          { id: running, isProcessing: true, statuses: { upload: 127, elpp: 127 } },
          { id: over, isProcessing: false, statuses: { upload: 127, elpp: -127, elda: 99 } },
          { id: none },
        ],
      },
    });
    const rows = await scc.queryMeasurements(june).toArray();
    expect(rows.map(({ id, isProcessing }) => [id, isProcessing]).sort()).toEqual([
      [running, true],
      [over, false],
      [none, false],
    ]);
    for (const row of rows) {
      const alone = await scc.getMeasurement(row.id);
      expect(alone.isProcessing).toBe(row.isProcessing);
      for (const [module, { status }] of Object.entries(row.products))
        expect([module, status]).toEqual([module, alone.products[module as keyof typeof row.products].status]);
      expect('isQueued' in row).toBe(false);
    }
    sim.breakRow(over, 'unknown-alt');
    const broken = (await scc.queryMeasurements(june).toArray()).find(({ id }) => id === over);
    expect(Object.values(broken?.products ?? {}).map(({ status }) => status)).toContain('unknown');
  });

  it('that does not exist is MeasurementNotFound, or undefined where that is asked for (pitfall 23)', async () => {
    const { scc } = scene();
    await expect(scc.getMeasurement('20200101xyz0000')).rejects.toMatchObject({
      name: 'MeasurementNotFound',
      measurementId: '20200101xyz0000',
      status: 404,
      code: 'not-found',
    });
    expect(await scc.findMeasurement('20200101xyz0000')).toBeUndefined();
  });

  it.each(['', ' ', 'a/b', '../admin', '20210601aky0930?x', 'id with blank', 'x'.repeat(80)])(
    'with the id %j is refused before any request',
    async (id) => {
      const { sim, scc } = scene();
      await expect(scc.getMeasurement(id)).rejects.toThrow(TypeError);
      await expect(scc.deleteMeasurement(id)).rejects.toThrow(TypeError);
      await expect(scc.rerunProcessing(id)).rejects.toThrow(TypeError);
      await expect(scc.waitForProcessing(id)).rejects.toThrow(TypeError);
      expect(() => scc.downloadProducts(id, '.')).toThrow(TypeError);
      expect(sim.requests).toEqual([]);
    },
  );
});
