import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { setClock, sleep } from '../../../src/core/util/time.js';
import { SCC, type StationEvent } from '../../../src/scc/index.js';
import { makeNetcdf } from '../../../src/testing/scc/netcdf-write.js';
import { simulateScc } from '../../../src/testing/scc/simulate.js';
import type { Fault } from '../../../src/testing/kit/types.js';
import { tempDir } from '../../support/temp-dir.js';
import { VirtualTime } from './virtual-time.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A measurement every six hours. */
const IDS = Array.from({ length: 28 }, (_, index) => {
  const day = String(1 + Math.floor(index / 4)).padStart(2, '0');
  return `202106${day}aky${String((index % 4) * 6).padStart(2, '0')}00`;
});
/** Its processing fails in one module. */
const FAILING = IDS[9] ?? '';
/** Its radiosonde comes a day late. */
const LATE = IDS[5] ?? '';
const SONDE = 'rs_20210602aky12.nc';

const status = (code: number): Fault => ({ kind: 'status', status: code });
/** What goes wrong: from which hour of the week on, for how many hours, with which requests. */
const TROUBLES: readonly (readonly [hour: number, hours: number, route: RegExp, fault: Fault])[] = [
  [6, 1, /^GET .*\/api\//u, status(502)],
  [12, 1, /^POST .*\/quick\/$/u, { kind: 'reset' }],
  [18, 1, /^POST .*\/quick\/$/u, { kind: 'drop', afterBytes: 0 }],
  [24, 5, /./u, status(503)],
  [30, 2, /\/download-/u, { kind: 'drop', afterBytes: 100 }],
  [36, 2, /\/download-/u, { kind: 'html' }],
  [42, 1, /\/api\//u, { kind: 'html' }],
  [48, 1, /^POST .*\/quick\/$/u, status(500)],
  [60, 15, /./u, { kind: 'reset' }],
  [84, 1, /^GET .*\/quick\/$/u, { kind: 'html' }],
  [96, 2, /\/download-/u, { kind: 'status', status: 429, retryAfter: 600 }],
  [108, 2, /\/download-/u, { kind: 'length', delta: 10 }],
  [120, 1, /^POST .*\/quick\/$/u, status(503)],
  [126, 1, /^POST .*\/quick\/$/u, { kind: 'html' }],
  [132, 1, /^GET .*\/measurements\/\d/u, { kind: 'drop', afterBytes: 10 }],
];

it(
  'a week with failures of every kind: each measurement is sent once, each product of its last processing is there',
  { timeout: 240_000 },
  async () => {
    const time = new VirtualTime();
    setClock(time);
    onTestFinished(() => setClock());
    const at = tempDir();
    const [folder, directory] = [join(at, 'raw'), join(at, 'products')];
    await mkdir(folder);
    let mended = false;
    const sim = simulateScc({
      data: { replace: true },
      clock: { mode: 'virtual', start: '2021-06-01', perRequestMs: 0 },
      processing: {
        queueMs: 10 * 60_000,
        moduleMs: 5 * 60_000,
        outcomes: (id) => (id === FAILING && !mended ? { elda: { status: -127, exitCode: 3 } } : {}),
      },
    });
    time.clock = sim.clock;
    const client = (): SCC =>
      new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: time.watching(sim.fetch), retries: 1 });
    for (const [hour, hours, route, fault] of TROUBLES) {
      const isHit = ({ method, url }: Request): boolean => {
        const passed = time.ms / HOUR - hour;
        return passed >= 0 && passed < hours && route.test(`${method} ${new URL(url).pathname}`);
      };
      sim.faults.add({ route: isHit, times: Infinity, fault });
    }
    let scc = client();
    onTestFinished(() => scc.close());
    const events: StationEvent[] = [];
    let controller = new AbortController();
    let over = false;

    const instrument = (async () => {
      for (let hour = 0; hour < 8 * 24; hour += 1) {
        const [id] = hour % 6 === 0 ? IDS.slice(hour / 6, hour / 6 + 1) : [];
        const attributes = { Measurement_ID: id ?? '', ...(id === LATE && { Sounding_File_Name: SONDE }) };
        if (id !== undefined) await writeFile(join(folder, `${id}.nc`), makeNetcdf(attributes));
        if (hour === 54) await writeFile(join(folder, SONDE), makeNetcdf({ kind: 'radiosonde' }));
        if (hour % 40 === 39) sim.expireSessions();
        // The machine is restarted every day.
        if (hour % 24 === 20) controller.abort('restart');
        await sleep(HOUR);
      }
      over = true;
      controller.abort('over');
    })();
    while (!over) {
      controller = new AbortController();
      const options = { systemId: 437, directory, pollIntervalMs: 30 * 60_000, signal: controller.signal };
      try {
        for await (const event of scc.station(folder, options)) events.push(event);
      } catch (error) {
        expect(['restart', 'over']).toContain(error);
      }
      await scc.close();
      scc = client();
    }
    await instrument;

    expect(time.ms).toBeGreaterThanOrEqual(7 * DAY);
    expect(sim.faults.fired).toBeGreaterThan(100);
    const stored = sim.requests.filter(
      ({ method, path, status: code }) => method === 'POST' && path.endsWith('/quick/') && code === 302,
    );
    expect(stored).toHaveLength(IDS.length);
    const last = new Map(events.map(({ measurementId, state }) => [measurementId, state]));
    for (const id of IDS) {
      expect([id, last.get(id)]).toEqual([id, id === FAILING ? 'failed' : 'done']);
      const products = ['hirelpp', 'cloudmask', 'preprocessed', ...(id === FAILING ? [] : ['optical', 'plots'])];
      expect(await readdir(directory)).toEqual(expect.arrayContaining(products.map((name) => `${name}_${id}.zip`)));
    }
    expect((await readdir(directory)).filter((name) => /\.part|\.lock/u.test(name))).toEqual([]);
    const lines = (await readFile(join(directory, 'datalog.csv'), 'utf8')).split('\n');
    expect(lines.filter((line) => line.includes(',done,'))).toHaveLength(IDS.length - 1);

    mended = true;
    const asked = sim.requests.length;
    const again = { systemId: 437, directory, pollIntervalMs: 60_000, once: true } as const;
    for await (const event of scc.station(folder, again)) throw new Error(`${event.file} ${event.state}`);
    expect(sim.requests).toHaveLength(asked);
    const rerun: unknown[] = [];
    for await (const { measurementId, state } of scc.station(folder, { ...again, rerun: true }))
      rerun.push([measurementId, state]);
    expect(rerun).toEqual([
      [FAILING, 'processing'],
      [FAILING, 'done'],
    ]);
    for (const id of [FAILING, LATE]) {
      const now = await scc.downloadProducts(id, join(at, 'now')).toArray();
      expect(now.map(({ source }) => source)).toContain('optical');
      for (const { path } of now) expect(await readFile(join(directory, basename(path)))).toEqual(await readFile(path));
    }
  },
);
