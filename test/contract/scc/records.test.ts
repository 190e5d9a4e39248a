import { describe, expect, it } from 'vitest';
import type { SCC } from '../../../src/scc/index.js';
import { hasEnded, hasStarted } from '../../../src/scc/processing/state.js';
import type { SimApiRecords } from '../../../src/testing/scc/api/record.js';
import { tempDir } from '../../support/temp-dir.js';
import { exampleFile } from '../../support/example-file.js';
import { quick, scene } from './harness.js';

const id = '20210601aky0930';
const file = exampleFile('20210601aky0930.nc');
const modules = ['hirelpp', 'cloudmask', 'elpp', 'elda', 'eldec', 'elic', 'elquick'];

/** What the columns of the SCC's database allow, and what servers of other years leave out or add. */
const SHAPES: [string, SimApiRecords][] = [
  ['no start', { fields: { start: null } }],
  ['no stop', { fields: { stop: null } }],
  ['neither start nor stop', { without: ['start', 'stop'] }],
  ['a start that is no date', { fields: { start: '0000-00-00 00:00:00' } }],
  ['an empty stop', { fields: { stop: '' } }],
  ['a blank in place of the T', { dates: 'blank' }],
  ['flags as 0 and 1', { flags: 'number' }],
  ['no word on a module', { without: ['elquick', 'elquick_exit_code'] }],
  ['a module that is null', { fields: { cloudmask: null } }],
  ['a module of a newer chain', { fields: { eldamwl: 127, eldamwl_exit_code: { exit_code: 0, description: 'ok' } } }],
  [
    'no exit codes and no flags but one',
    { without: ['is_queued', 'is_delayed', ...modules.map((one) => `${one}_exit_code`)] },
  ],
];

describe.each(SHAPES)('a measurement with %s', (_name, apiRecords) => {
  it('is looked up, listed, and its day gives a free id', async () => {
    const other = '20210601aky0000';
    const { scc } = scene({ apiRecords, data: { replace: true, measurements: [{ id }, { id: other }] } });
    const found = await scc.getMeasurement(id);
    expect(found).toMatchObject({ id, isProcessing: false, products: { elpp: { status: 'ok', code: 127 } } });
    expect((await scc.findMeasurement(id))?.id).toBe(id);
    const listed = await scc.listMeasurements({ idStartsWith: '20210601aky' }).toArray();
    expect(listed.map((one) => one.id)).toEqual([other, id]);
    expect(listed[1]).toEqual(found);
    expect(await scc.nextMeasurementId('2021-06-01', 'aky')).toBe('20210601aky00');
  });

  it('is waited for, downloaded, run again and deleted', async () => {
    const { sim, scc } = scene({ apiRecords, data: { replace: true, measurements: [{ id }] } });
    expect((await scc.waitForProcessing(id, quick)).id).toBe(id);
    expect((await scc.downloadProducts(id, tempDir()).toArray()).length).toBeGreaterThan(3);
    await scc.rerunProcessing(id);
    expect(sim.measurement(id)?.run).toBeDefined();
    await scc.deleteMeasurement(id);
    expect(sim.measurementIds).toEqual([]);
  });

  it('is replaced by an upload with force, and processed', async () => {
    const clock = { perRequestMs: 20_000 };
    const { sim, scc } = scene({ apiRecords, clock, data: { replace: true, measurements: [{ id, system: 1 }] } });
    const soundingFile = exampleFile('rs_20210601aky09.nc');
    const { files } = await scc.processFile(file, 437, tempDir(), { ...quick, force: true, soundingFile });
    expect(sim.measurement(id)?.system).toBe(437);
    expect(files.length).toBeGreaterThan(3);
  });
});

describe('what the SCC does not have', () => {
  const get = (apiRecords: SimApiRecords): ReturnType<SCC['getMeasurement']> =>
    scene({ apiRecords, data: { replace: true, measurements: [{ id }] } }).scc.getMeasurement(id);

  it('is absent, and what it writes in another way is the same', async () => {
    const usual = await get({});
    expect(usual.dateStart).toEqual(new Date('2021-06-01T09:30:00Z'));
    expect(await get({ dates: 'blank' })).toEqual(usual);
    expect(await get({ flags: 'number' })).toEqual(usual);
    const bare = await get({ fields: { start: null, stop: null } });
    expect([bare.dateStart, bare.dateEnd]).toEqual([undefined, undefined]);
    expect(bare.products).toEqual(usual.products);
    expect((await get({ flags: 'number', fields: { is_queued: true } })).isQueued).toBe(true);
  });

  it('is a warning of its page where it is there, but cannot be read', async () => {
    const { scc } = scene({
      apiRecords: { fields: { start: 'yesterday' } },
      data: { replace: true, measurements: [{ id }] },
    });
    for await (const page of scc.listMeasurements().byPage()) {
      expect(page.items).toMatchObject([{ id, dateEnd: new Date('2021-06-01T10:30:00Z') }]);
      expect(page.warnings).toEqual([expect.stringMatching(new RegExp(`${id}.*start`, 'u'))]);
    }
  });

  it('costs one row of a list of the admin its dates, with the others untouched', async () => {
    const measurements = [{ id, stop: null }, { id: '20210602aky0930' }];
    const { sim, scc } = scene({ data: { replace: true, measurements } });
    const june = { dateStart: '2021-06-01', dateEnd: '2021-07-01' };
    const rows = await scc.queryMeasurements(june).toArray();
    expect(rows.map(({ dateEnd }) => dateEnd)).toEqual([undefined, new Date('2021-06-02T10:30:00Z')]);
    sim.breakRow(id, 'no-id');
    for await (const page of scc.queryMeasurements(june).byPage()) expect(page.items).toHaveLength(2);
  });
});

describe('whether the processing has begun and is over', () => {
  const states = (values: Record<string, unknown>): ReturnType<SCC['getMeasurement']> => {
    const none = Object.fromEntries(modules.map((module) => [module, 0]));
    const apiRecords = { fields: { ...none, is_being_processed: false, is_queued: false, ...values } };
    return scene({ apiRecords, data: { replace: true, measurements: [{ id }] } }).scc.getMeasurement(id);
  };

  it.each<[Record<string, unknown>, boolean, boolean]>([
    [{}, false, false],
    [{ elquick: undefined }, false, false],
    [{ elquick: null }, false, false],
    [{ elquick: 99 }, false, false],
    [{ hirelpp: 'soon' }, false, false],
    [{ elpp: undefined, pre_processing: 0 }, false, false],
    [Object.fromEntries(modules.map((module) => [module, null])), false, false],
    [{ is_queued: true }, false, false],
    [{ is_delayed: true }, false, false],
    [{ is_being_processed: true }, true, false],
    [{ elpp: 1 }, true, false],
    [{ elpp: 127 }, true, true],
    [{ elpp: '127' }, true, true],
    [{ elpp: -127 }, true, true],
    [{ elpp: undefined, pre_processing: 127 }, true, true],
    [{ elpp: 127, is_queued: true }, true, false],
    [{ elpp: 127, is_delayed: 1 }, true, false],
    [{ elpp: 127, is_being_processed: 1 }, true, false],
  ])('%j: begun %s, over %s', async (values, started, ended) => {
    const measurement = await states(values);
    expect([hasStarted(measurement), hasEnded(measurement)]).toEqual([started, ended]);
  });
});
