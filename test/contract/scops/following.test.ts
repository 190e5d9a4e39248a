import { readFile } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { makeZip } from '../../../src/testing/kit/zip.js';
import {
  JobNotFound,
  PageNotAccessible,
  ProcessingFailed,
  ProductNotAvailable,
  TransferError,
  WaitTimeout,
} from '../../../src/errors.js';
import { ndvi, parseScopsMail } from '../../../src/scops/index.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { finished, order, world } from './kit.js';
import { useQuickWaits } from '../../support/quick-waits.js';

useQuickWaits();

const BOTH = { lines: [{ name: 'f21701' }, { name: 'f21702' }] };
const NOBODY = 'GB13_08_2014_21720180307152902';

describe.each(['b', 'c'] as const)('generation %s', (generation) => {
  test('pitfall 9: a stale percentage does not hide that a product is complete', async () => {
    const { sim, scops } = world({ generation });
    const id = await finished(sim, scops, BOTH);
    const status = await scops.getStatus(id);
    expect(status.state).toBe('complete');
    for (const product of status.products)
      expect(product).toMatchObject({ state: 'complete', stage: 'complete', percent: 100 });
  });

  test('pitfall 9: states and percentages go forward only, to the end', async () => {
    const { sim, scops } = world({ generation, clock: { perRequestMs: 700 } });
    const { configName } = await scops.submit(order(BOTH));
    await scops.confirm(configName);
    while (sim.processingIds.length === 0) sim.clock.advance(100);
    const id = sim.processingIds[0]!;
    let percent = 0;
    const states: string[] = [];
    for await (const status of scops.watch(id, { pollIntervalMs: 1 })) {
      for (const product of status.products) expect(product.percent).toBeLessThanOrEqual(100);
      expect(status.percent).toBeGreaterThanOrEqual(percent);
      percent = status.percent;
      if (states.at(-1) !== status.state) states.push(status.state);
    }
    expect(states).toEqual(['queued', 'running', 'complete']);
    expect(percent).toBe(100);
  });

  test('a failed line makes the order partial; the others can be had', async () => {
    const { sim, scops } = world({ generation, data: { lines: { f21702: { fails: 'aplmap' } } } });
    const id = await finished(sim, scops, BOTH);
    const error = await rejection(scops.waitFor(id));
    expect(error).toBeInstanceOf(ProcessingFailed);
    expect(error).toMatchObject({ state: { state: 'partial' } });
    expect(String(error)).toContain(`the processing of ${id} failed for f21702`);
    expect((await scops.waitFor(id, { allowPartial: true })).state).toBe('partial');
    const files = await scops.download(id, tempDir()).toArray();
    expect(files.map(({ source }) => source)).toEqual(['f21701']);
  });
});

describe('pitfall 8: the project archive may never come', () => {
  test('its absence is told, and the products can be had one by one', async () => {
    const { sim, scops } = world({ data: { lines: { f21702: { fails: 'aplcorr' } } } });
    const id = await finished(sim, scops, BOTH);
    const folder = tempDir();
    const error = await rejection(scops.download(id, folder, { products: 'project' }).toArray());
    expect(error).toBeInstanceOf(ProductNotAvailable);
    expect(String(error)).toContain(`the project archive of ${id} waits`);
    expect(await scops.download(id, folder, { products: ['f21701'] }).toArray()).toHaveLength(1);
  });
  test('even where all products are complete', async () => {
    const { sim, scops } = world();
    const submitted = await scops.submit(order({ ...BOTH, bandMath: true }));
    const form = await scops.getBandMath(submitted.configName);
    expect(form).toMatchObject({ lines: ['f21701', 'f21702'], plugins: ['spectral_angle'] });
    await scops.submitBandMath(form.configName, { plugins: ['spectral_angle'] });
    await scops.confirm(form.configName);
    sim.clock.advance(30 * 60_000);
    const id = sim.processingIds[0]!;
    const status = await scops.waitFor(id);
    expect(status.products.map(({ name }) => name)).toContain('f21701_spectral_angle');
    await expect(scops.open(id, 'project')).rejects.toThrow(/one by one/u);
    const files = await scops.download(id, tempDir()).toArray();
    expect(files).toHaveLength(status.products.length);
  });
});

test('pitfall 23: an index is written for the bands of the order, and made', async () => {
  const { sim, scops } = world();
  const { configName } = await scops.submit(order({ ...BOTH, bandMath: true }));
  const { bands } = await scops.getBandMath(configName);
  await scops.submitBandMath(configName, { equations: { ndvi: ndvi(bands) } });
  await scops.confirm(configName);
  sim.clock.advance(30 * 60_000);
  const id = sim.processingIds[0]!;
  const status = await scops.waitFor(id);
  expect(status.products.map(({ name }) => name)).toEqual(['f21701', 'f21701_ndvi', 'f21702', 'f21702_ndvi']);
  const [whole] = await scops.download(id, tempDir(), { products: 'project' }).toArray();
  expect(whole!.status).toBe('downloaded');
});

test('pitfall 33: names that the server would mistake are refused before anything is sent', async () => {
  const { sim, scops } = world();
  const { configName } = await scops.submit(order({ bandMath: true }));
  const before = sim.requests.length;
  const bad = [
    'pro',
    'lev1',
    'source',
    'NDVI',
    'a',
    '1st',
    'my_1b',
    'bil_x',
    'flagged',
    'equation',
    'f21701',
    'with-dash',
    '',
  ];
  for (const name of bad)
    await expect(scops.submitBandMath(configName, { equations: { [name]: 'band1' } }), name).rejects.toThrow(TypeError);
  await expect(scops.submitBandMath(configName, { equations: { veg: 'band1', vegs: 'band2' } })).rejects.toThrow(
    /collides/u,
  );
  await expect(scops.submitBandMath(configName, {})).rejects.toThrow(/at least one/u);
  expect(sim.requests.slice(before).filter(({ method }) => method === 'POST')).toHaveLength(0);
  const strangers = [
    { lines: ['f21702'], equations: { veg: 'band1' } },
    { plugins: ['no_such'] },
    { equations: { veg: 'band21' } },
  ];
  for (const request of strangers)
    await expect(scops.submitBandMath(configName, request)).rejects.toThrow(/f21702|no_such|band21/u);
  expect(sim.requests.filter(({ path }) => path === '/processor/bandratio/req')).toHaveLength(0);
});

describe('pitfall 11: a failing status', () => {
  test('of an unknown id is JobNotFound', async () => {
    const { scops } = world();
    await expect(scops.getStatus(NOBODY)).rejects.toThrow(JobNotFound);
    await expect(scops.waitFor(NOBODY)).rejects.toThrow(JobNotFound);
    await expect(scops.download(NOBODY, tempDir()).toArray()).rejects.toThrow(JobNotFound);
    await expect(scops.getDemError(NOBODY)).rejects.toThrow(JobNotFound);
  });
  test('of a known one is passing, whatever its page says (pitfall 27)', async () => {
    const { sim, scops } = world();
    const id = await finished(sim, scops);
    sim.faults.add({ route: 'GET *processingupdate*', fault: { kind: 'html', status: 500, body: '<h1>Apache</h1>' } });
    await expect(scops.getStatus(id)).rejects.toThrow(PageNotAccessible);
    sim.faults.add({ route: 'GET *processingupdate*', times: 2, fault: { kind: 'html', status: 500, body: '' } });
    expect((await scops.waitFor(id, { pollIntervalMs: 1 })).state).toBe('complete');
  });
});

test('pitfall 21: a passing fault of a page is tried again', async () => {
  const { sim, scops } = world({}, { retries: 3 });
  sim.faults.add({ route: 'GET *jobrequest*', times: 2, fault: { kind: 'status', status: 500 } });
  expect((await scops.getFlight({ year: 2014, day: 217 })).lines).toHaveLength(2);
});

test('pitfalls 10 and 28: what never moves is stalled, not failed', async () => {
  const { sim, scops } = world({ data: { lines: { f21701: { stalls: 'aplmap' }, f21702: { missing: true } } } });
  const id = await finished(sim, scops, BOTH);
  const states: (readonly string[])[] = [];
  const waiting = async (): Promise<void> => {
    for await (const status of scops.watch(id, { pollIntervalMs: 5, stallMs: 40_000, deadlineMs: 300_000 })) {
      states.push(status.products.map(({ state }) => state));
      vi.advanceTimersByTime(states.length === 1 ? 50_000 : 300_000);
    }
  };
  vi.useFakeTimers({ toFake: ['performance'] });
  await expect(waiting())
    .rejects.toThrow(WaitTimeout)
    .finally(() => vi.useRealTimers());
  expect(states[0]).toEqual(['running', 'queued']);
  expect(states.at(-1)).toEqual(['stalled', 'stalled']);
});

test('pitfall 20: a status without products offers nothing to download', async () => {
  const { sim, scops } = world();
  const id = await finished(sim, scops);
  sim.faults.add({
    route: 'GET *processingupdate*',
    times: Infinity,
    fault: { kind: 'replace', response: () => Response.json({}) },
  });
  expect((await scops.getStatus(id)).state).toBe('empty');
  await expect(scops.download(id, tempDir()).toArray()).rejects.toThrow(ProductNotAvailable);
  await expect(scops.open(id, 'project')).rejects.toThrow(ProductNotAvailable);
});

describe('pitfall 17: an archive', () => {
  const broken = (): Response =>
    new Response(Buffer.from(makeZip([{ name: 'f217013b_mapped.bil', data: new Uint8Array(9) }])), {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': 'attachment; filename=f217013b_mapped.bil.zip',
      },
    });
  test('that lacks a member is fetched once more', async () => {
    const { sim, scops } = world();
    const id = await finished(sim, scops);
    sim.faults.add({ route: 'GET *downloads*', fault: { kind: 'replace', response: broken } });
    const [file] = await scops.download(id, tempDir()).toArray();
    expect(file!.status).toBe('downloaded');
    expect((await readFile(file!.path)).subarray(0, 2).toString()).toBe('PK');
  });
  test('that stays broken never gets its name', async () => {
    const { sim, scops } = world();
    const id = await finished(sim, scops);
    sim.faults.add({ route: 'GET *downloads*', times: Infinity, fault: { kind: 'replace', response: broken } });
    const folder = tempDir();
    await expect(scops.download(id, folder).toArray()).rejects.toThrow(TransferError);
    const [failed] = await scops.download(id, folder, { onFailure: 'yield' }).toArray();
    expect(failed).toMatchObject({ status: 'failed', source: 'f21701' });
    const { readdir } = await import('node:fs/promises');
    expect((await readdir(folder)).filter((name) => name.endsWith('.zip'))).toEqual([]);
  });
  test('of a product that is not complete is not asked for', async () => {
    const { sim, scops } = world();
    const { configName } = await scops.submit(order(BOTH));
    await scops.confirm(configName);
    sim.clock.advance(45_000);
    const id = sim.processingIds[0]!;
    await expect(scops.download(id, tempDir(), { products: ['f21701'] }).toArray()).rejects.toThrow(/not complete/u);
    await expect(scops.download(id, tempDir(), { products: 'project' }).toArray()).rejects.toThrow(/not complete/u);
    expect(sim.requests.some(({ path }) => path.startsWith('/processor/downloads/'))).toBe(false);
  });
});

test('an archive that is there already is not asked for', async () => {
  const { sim, scops } = world();
  const id = await finished(sim, scops);
  const folder = tempDir();
  await scops.download(id, folder).toArray();
  const before = sim.requests.length;
  const [file] = await scops.download(id, folder, { products: ['f21701'] }).toArray();
  expect(file!.status).toBe('skipped');
  expect(sim.requests.length).toBe(before);
});

test('pitfall 22: all four mails of the service are understood', async () => {
  const { sim, scops } = world();
  const id = await finished(sim, scops);
  const mails = sim.outbox.filter(({ to }) => to === 'me@institute.org').map(({ text }) => parseScopsMail(text));
  expect(mails.map(({ kind }) => kind)).toEqual(['confirm', 'status', 'complete']);
  expect(mails[0]!.configName).toBe([...sim.configs.keys()][0]);
  expect(mails[1]!.processingId).toBe(id);
});

describe('findProcessingId', () => {
  test('tells the own order from another of the same day by its tag', async () => {
    const { sim, scops } = world();
    const other = await scops.submit(order());
    sim.clock.advance(5_000);
    const own = await scops.submit(order());
    await scops.confirm(other.configName);
    await scops.confirm(own.configName);
    sim.clock.advance(3 * 60_000);
    const id = await scops.findProcessingId(own);
    const folder = [...sim.workspaceFiles.keys()].find((path) => path.startsWith(`${id}/`) && path.endsWith('.cfg'));
    expect(folder).toBe(`${id}/${own.configName}.cfg`);
    expect(sim.requests.filter(({ path }) => path.startsWith('/processor/confirm/'))).toHaveLength(2);
  });
  test('works in another zone and with a sortie', async () => {
    const { sim, scops } = world(
      { timeZone: 'Europe/London', clock: { start: '2018-07-07T15:28:24Z' } },
      { project: 'GB12_03' },
    );
    const own = await scops.submit(
      order({ flight: { year: 2014, day: 219, sortie: 'a' }, lines: [{ name: 'f219a01' }] }),
    );
    await scops.confirm(own.configName);
    sim.clock.advance(2 * 60_000);
    expect(await scops.findProcessingId(own)).toBe(sim.processingIds[0]);
  });
  test('ends when nothing began in time, and at an abort', async () => {
    const { sim, scops } = world();
    const own = await scops.submit(order());
    sim.clock.advance(60 * 60_000);
    await expect(scops.findProcessingId(own, { windowMs: 1_000 })).rejects.toThrow(JobNotFound);
    const stop = new AbortController();
    const search = scops.findProcessingId(own, { signal: stop.signal });
    const reason = new Error('enough');
    setImmediate(() => stop.abort(reason));
    await expect(search).rejects.toBe(reason);
  });
});

test('process does all of it, with the id from the mail or by probing', async () => {
  const { sim, scops } = world({ clock: { perRequestMs: 15_000 } });
  const folder = tempDir();
  // @ts-expect-error neither 'probe' nor a function
  await expect(scops.process(order(), folder, { processingId: 'mail' })).rejects.toThrow(/processingId/u);
  expect(sim.requests).toHaveLength(0);
  const result = await scops.process(order(BOTH), folder, { pollIntervalMs: 1 });
  expect(result.status.state).toBe('complete');
  expect(result.files.map(({ source }) => source).sort()).toEqual(['f21701', 'f21702']);
  const fromMail = (): Promise<string> => {
    sim.clock.advance(120_000);
    return Promise.resolve(parseScopsMail(sim.outbox.at(-1)!.text).processingId!);
  };
  const again = await scops.process(order({ bandMath: true }), tempDir(), {
    processingId: fromMail,
    bandMath: { equations: { veg: 'band2/band1' } },
    pollIntervalMs: 1,
  });
  expect(again.files.map(({ source }) => source).sort()).toEqual(['f21701', 'f21701_veg']);
});
