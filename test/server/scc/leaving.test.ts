import { getEventListeners } from 'node:events';
import { readdir } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import type { SCC } from '../../../src/scc/index.js';
import { sccSession } from '../../../src/scc/index.js';
import { cover, isFull } from '../../support/full.js';
import { errorIfAny, rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { tempDir } from '../../support/temp-dir.js';
import { filesOf, ID, RAW, service, SOUNDING, type Service } from './kit.js';

const DONE = '20210630aky0900';
const done = { upload: 127, hirelpp: 127, cloudmask: 127, elpp: 127, elda: 127, elic: 127, elquick: 127 } as const;
const finished = { data: { replace: true, measurements: [{ id: DONE, statuses: done }] } } as const;
const june = { dateStart: '2021-06-01', dateEnd: '2021-07-01' } as const;

type Call = (scc: SCC, signal: AbortSignal, at: string) => Promise<unknown>;

const CALLS: Readonly<Record<string, Call>> = {
  login: (scc, signal) => scc.login({ signal }),
  getMeasurement: (scc, signal) => scc.getMeasurement(DONE, { signal }),
  queryMeasurements: (scc, signal) => scc.queryMeasurements(june, { signal }).toArray(),
  getLidarConstants: (scc, signal) => scc.getLidarConstants(june, { signal }).toArray(),
  listMeasurements: (scc, signal) => scc.listMeasurements({}, { signal }).toArray(),
  uploadFile: (scc, signal) => scc.uploadFile(RAW, 437, { soundingFile: SOUNDING, signal }),
  waitForProcessing: (scc, signal) => scc.waitForProcessing(DONE, { signal, pollIntervalMs: 1 }),
  downloadProducts: (scc, signal, at) => scc.downloadProducts(DONE, at, { signal, extract: true }).toArray(),
  openProduct: async (scc, signal) => new Response((await scc.openProduct(DONE, 'elpp', { signal })).stream).text(),
  downloadFile: (scc, signal, at) =>
    scc.downloadFile(`data_processing/measurements/${DONE}/download-elic/`, `${at}/f.zip`, { signal }),
  processFile: (scc, signal, at) =>
    scc.processFile(RAW, 437, at, { soundingFile: SOUNDING, signal, pollIntervalMs: 1 }),
  rerunProcessing: (scc, signal) => scc.rerunProcessing(DONE, { signal }),
  deleteMeasurement: (scc, signal) => scc.deleteMeasurement(DONE, { signal }),
};

const STAGES = [
  ['before the headers', { kind: 'stall' }],
  ['in the body', { kind: 'stall', afterBytes: 10 }],
] as const;

/** Stalls the request after `skip` others, and waits until it is under way; false when there are fewer. */
async function stalled({ sim, traffic }: Service, work: Promise<unknown>): Promise<boolean> {
  let over = false;
  void work.finally(() => (over = true)).catch(() => undefined);
  await until(() => over || (sim.faults.fired > 0 && traffic.busy() > 0));
  return sim.faults.fired > 0;
}

/** Each call with each stage. */
const CELLS = cover(
  Object.entries(CALLS).flatMap(([name, call]) => STAGES.map(([stage, fault]) => ({ name, call, stage, fault }))),
  ({ name }) => name,
  ({ stage }) => stage,
);

let plan: Promise<ReadonlyMap<string, readonly number[]>> | undefined;
/** Which requests of a call are to wait: all, or unless everything is tested those that no earlier call makes, and the last. */
async function requestsOf(name: string): Promise<readonly number[]> {
  plan ??= planned();
  return (await plan).get(name) ?? [];
}
async function planned(): Promise<ReadonlyMap<string, readonly number[]>> {
  const known = new Set<string>();
  const chosen = new Map<string, readonly number[]>();
  for (const [name, call] of Object.entries(CALLS)) {
    const { sim, scc } = await service(finished);
    await call(scc, new AbortController().signal, tempDir());
    const made = sim.requests.map(({ method, path }) => `${method} ${path}`);
    const own = made.flatMap((one, at) => (isFull || at === made.length - 1 || !known.has(one) ? [at] : []));
    for (const one of made) known.add(one);
    chosen.set(name, own);
  }
  return chosen;
}

describe.each(CELLS)('an abort of $name', ({ name, call, stage, fault }) => {
  it(
    `while any of its requests waits ${stage} rejects with the reason, ends the connection and leaves no listener`,
    { timeout: 120_000 },
    async () => {
      for (const skip of await requestsOf(name)) {
        const scene = await service(finished);
        const { sim, scc, traffic } = scene;
        const at = tempDir();
        sim.faults.add({ route: '*', skip, fault });
        const control = new AbortController();
        const reason = { any: 'reason' };
        const work = call(scc, control.signal, at);
        const outcome = errorIfAny(work);
        if (!(await stalled(scene, work))) break;
        await new Promise((resolve) => setTimeout(resolve, 10));
        control.abort(reason);
        const error = await outcome;
        const asked = sim.requests.map(({ method, path }) => `${method} ${path}`).join(', ');
        // Whoever was answered before the silence may have what it wanted.
        if (error !== undefined) expect(error, asked).toBe(reason);
        await until(() => traffic.busy() === 0);
        expect(getEventListeners(control.signal, 'abort'), asked).toEqual([]);
        expect((await filesOf(at)).filter((name) => name.startsWith('.') || name.endsWith('.lock'))).toEqual([]);
        if (error === undefined) break;
      }
    },
  );

  // What ends a request is the same signal: one stage stands for the other.
  it.runIf(isFull || stage === 'before the headers')(
    `is not needed at close, while any of its requests waits ${stage}`,
    { timeout: 120_000 },
    async () => {
      for (const skip of await requestsOf(name)) {
        const scene = await service(finished);
        const { sim, scc, traffic } = scene;
        const control = new AbortController();
        sim.faults.add({ route: '*', skip, fault });
        const work = call(scc, control.signal, tempDir());
        const outcome = errorIfAny(work);
        if (!(await stalled(scene, work))) break;
        await scc.close();
        const error = await outcome;
        if (error === undefined) break;
        expect(error).toMatchObject({ code: 'closed' });
        await until(() => traffic.busy() === 0);
        expect(getEventListeners(control.signal, 'abort')).toEqual([]);
      }
    },
  );
});

describe('leaving a loop', () => {
  it('over downloadProducts ends what is in flight, and nothing half has a final name', async () => {
    const { sim, scc, traffic } = await service({ ...finished, downloads: { [`${DONE}/plots`]: 'slow' } });
    const at = tempDir();
    sim.faults.add({ route: 'GET */download-preprocessed/', fault: { kind: 'stall', afterBytes: 20 } });
    for await (const file of scc.downloadProducts(DONE, at)) {
      expect(file.status).toBe('downloaded');
      await until(() => traffic.busy() > 0);
      break;
    }
    await until(() => traffic.busy() === 0);
    expect(await readdir(at)).not.toContain(`preprocessed_${DONE}.zip`);
    expect(sim.requests.length).toBeLessThan(12);
  });

  it('over watchProcessing stops asking, not the processing', async () => {
    const { sim, scc, traffic } = await service({ data: { replace: true }, clock: { perRequestMs: 10 } });
    await scc.uploadFile(RAW, 437, { soundingFile: SOUNDING });
    const control = new AbortController();
    for await (const { id } of scc.watchProcessing(ID, { pollIntervalMs: 1, signal: control.signal })) {
      expect(id).toBe(ID);
      break;
    }
    const before = sim.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(sim.requests.length).toBe(before);
    expect(traffic.busy()).toBe(0);
    expect(getEventListeners(control.signal, 'abort')).toEqual([]);
    sim.clock.advance(3_600_000);
    expect(sim.measurement(ID)?.statuses.elda).toBe(127);
  });

  it('over pages and rows asks for no further page', async () => {
    const { sim, scc, traffic } = await service({ pageSize: 20, apiPageSize: 20 });
    await scc.login();
    for (const pager of [scc.queryMeasurements(june), scc.listMeasurements(), scc.getLidarConstants(june)]) {
      const before = sim.requests.length;
      for await (const page of pager.byPage()) {
        expect(page.items.length).toBeGreaterThan(0);
        break;
      }
      for await (const item of pager) {
        expect(item).toBeDefined();
        break;
      }
      expect(sim.requests.length - before).toBe(2);
      expect(traffic.busy()).toBe(0);
    }
  });
});

describe('a signal for many calls', () => {
  it('collects no listeners over a hundred calls of all kinds', async () => {
    const { scc } = await service(finished);
    const { signal } = new AbortController();
    const at = tempDir();
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        ...Array.from({ length: 15 }, () => scc.getMeasurement(DONE, { signal })),
        scc.queryMeasurements(june, { signal }).toArray(),
        scc.downloadProducts(DONE, at, { signal, overwrite: 'replace' }).toArray(),
        scc.waitForProcessing(DONE, { signal, pollIntervalMs: 1 }),
        scc.getAncillary('rs_a.nc', 'sounding', { signal }),
      ]);
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    // Nor does Node.js take so many calls at a time for a leak.
    expect(warned.mock.calls).toEqual([]);
  });
});

describe('sockets', () => {
  it('of downloads that fail do not pile up, and all of transfers are gone after close', async () => {
    const { sim, scc, traffic } = await service({ ...finished, downloads: { '*': 'truncated' } });
    for (let round = 0; round < 5; round += 1) {
      await scc.downloadProducts(DONE, tempDir(), { onFailure: 'yield', overwrite: 'replace' }).toArray();
    }
    expect(sim.requests.length).toBeGreaterThan(35);
    expect(traffic.sockets.size).toBeLessThanOrEqual(8);
    const before = traffic.sockets.size;
    await scc.close();
    await until(() => traffic.sockets.size < before);
    expect(traffic.busy()).toBe(0);
  });
});

describe('the end of a session', () => {
  it('leaves no session on the server, however often the login was repeated (pitfall 39)', async () => {
    const { sim, scc } = await service();
    await Promise.all([scc.login(), scc.login()]);
    await scc.login();
    await scc.login();
    expect(sim.sessionCount).toBe(1);
    await scc.close();
    expect(sim.sessionCount).toBe(0);
  });

  it('takes a bounded time although the server says nothing any more', async () => {
    const { sim, scc } = await service({}, { timeoutMs: 1_000, idleTimeoutMs: 1_000 });
    await scc.login({ timeoutMs: 20_000 });
    sim.faults.add({ route: '* /accounts/logout/', times: Infinity, fault: { kind: 'stall' } });
    await scc.close();
    expect(sim.requests.at(-1)?.path).toBe('/accounts/logout/');
  });

  it('aborted before the login is through leaves nothing behind, and the next call logs in', async () => {
    const { sim, scc, traffic } = await service(finished);
    sim.faults.add({ route: 'GET /accounts/login/', fault: { kind: 'stall' } });
    const [first, second] = [new AbortController(), new AbortController()];
    const works = [first, second].map(({ signal }) => rejection(scc.getMeasurement(DONE, { signal })));
    await until(() => traffic.busy() === 1);
    first.abort('one');
    expect(await works[0]).toBe('one');
    expect(traffic.busy()).toBe(1);
    second.abort('two');
    expect(await works[1]).toBe('two');
    await until(() => traffic.busy() === 0);
    expect((await scc.getMeasurement(DONE)).id).toBe(DONE);
    expect(sim.sessionCount).toBe(1);
  });

  it('of the callback form comes also when the work is aborted in the middle', async () => {
    const { sim, url, traffic } = await service(finished);
    const control = new AbortController();
    const work = sccSession(sim.credentials, { baseUrl: url, retries: 0 }, async (scc) => {
      sim.faults.add({ route: 'GET /api/*', fault: { kind: 'stall' } });
      await scc.getMeasurement(DONE, { signal: control.signal });
    });
    await until(() => sim.faults.fired > 0 && traffic.busy() > 0);
    control.abort('enough');
    expect(await rejection(work)).toBe('enough');
    expect(sim.sessionCount).toBe(0);
  });
});
