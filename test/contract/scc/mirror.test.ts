import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SCC, type MirrorSummary, type SccMirrorOptions } from '../../../src/index.js';
import { simulateScc } from '../../../src/testing/index.js';
import { cleanUp } from '../../support/clean-up.js';
import { tempDir } from '../../support/temp-dir.js';

let sim: ReturnType<typeof simulateScc>;
let directory: string;
beforeEach(() => {
  directory = tempDir();
  sim = simulateScc();
});

function client(): SCC {
  const scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0 });
  cleanUp(() => scc.close());
  return scc;
}

const QUERY = { dateStart: '2021-06-01', dateEnd: '2021-06-05', products: ['elpp', 'optical'] };
const run = (options: Partial<SccMirrorOptions> = {}) => client().mirror(QUERY, { directory, ...options });
const downloads = (): number => sim.requests.filter(({ path }) => path.includes('/download')).length;

describe('a mirror of the SCC', () => {
  it('fetches what is finished, and the second time nothing', async () => {
    const files = await run().toArray();
    expect(files.length).toBeGreaterThan(0);
    expect(new Set(files.map(({ status }) => status))).toEqual(new Set(['new']));
    for (const { path } of files) {
      expect(path).toMatch(/^(?:preprocessed|optical)_\w+\.zip$/u);
      expect(existsSync(join(directory, path))).toBe(true);
    }
    const before = downloads();
    const again = await run().toArray();
    expect(again.map(({ path }) => path).sort()).toEqual(files.map(({ path }) => path).sort());
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set(['unchanged']));
    expect(downloads()).toBe(before);
  });

  it('brings the products of a measurement that was processed again', async () => {
    const [first] = await run().toArray();
    const id = String(Reflect.get(first?.source as object, 'measurementId'));
    const old = new Date('2021-07-02T00:00:00Z');
    for (const { path } of await run().toArray()) utimesSync(join(directory, path), old, old);
    const scc = client();
    await scc.rerunProcessing(id);
    sim.clock.advance(3_600_000);
    const before = downloads();
    const changed = (await run().toArray()).filter(
      ({ source }) => Reflect.get(source as object, 'measurementId') === id,
    );
    expect(changed.length).toBeGreaterThan(0);
    expect(downloads()).toBe(before + changed.length);
  });

  it('lists what was deleted at the centre', async () => {
    const [first] = await run().toArray();
    const id = String(Reflect.get(first?.source as object, 'measurementId'));
    await client().deleteMeasurement(id);
    const removed = (await run({ remove: 'list' }).toArray()).filter(({ status }) => status === 'removed');
    expect(removed.map(({ path }) => path)).toContain(first?.path);
    expect(removed.every(({ path }) => path.includes(id))).toBe(true);
    expect(existsSync(join(directory, first?.path ?? ''))).toBe(true);
  });

  it.each([
    [['elp'], /^scc\.mirror: products: unknown product "elp"; did you mean elpp\?$/u],
    [['elpp', 'Optical'], /did you mean optical\?$/u],
    [['../raw'], /such as raw, hirelpp/u],
    [[], /^scc\.mirror: products is empty/u],
  ])('refuses the products %j before any request', (products, message) => {
    expect(() => client().mirror({ ...QUERY, products }, { directory })).toThrow(message);
    expect(sim.requests).toEqual([]);
  });

  it('reports a product that no page links, and a site that has a page in place of every archive', async () => {
    const warn = vi.fn();
    const scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0, logger: { warn } });
    cleanUp(() => scc.close());
    const files = await scc.mirror({ ...QUERY, products: ['eldec'] }, { directory }).toArray();
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(file).toMatchObject({ status: 'failed', error: { code: 'not-available' } });
    expect(warn.mock.calls.flat()).toContainEqual(expect.stringMatching(/does not offer eldec_/u));
    expect(existsSync(join(directory, '.sdc'))).toBe(false);
  });

  describe('of products of which one is listed but not offered', () => {
    let first: MirrorSummary;
    beforeEach(async () => {
      sim.faults.add({ route: /\/download-/u, times: 1, fault: { kind: 'status', status: 404 } });
      first = await run().summary();
      sim.faults.clear();
      expect(first).toMatchObject({ failed: 0 });
    });

    it('does not ask for it in the next runs, and names it in each', async () => {
      const before = downloads();
      for (const dryRun of [false, true, false]) {
        const warn = vi.fn();
        const scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0, logger: { warn } });
        cleanUp(() => scc.close());
        const summary = await scc.mirror(QUERY, { directory, dryRun }).summary();
        expect(summary).toMatchObject({ new: 0, unchanged: first.new, failed: 0 });
        const told = expect.stringMatching(/lists 1 file that it did not offer .*: \w+\.zip$/u) as string;
        expect(warn.mock.calls.flat()).toContainEqual(told);
      }
      expect(downloads()).toBe(before);
    });

    it('asks for it again when its measurement was processed again', async () => {
      const lines = readFileSync(join(directory, '.sdc/manifest.jsonl'), 'utf8').trimEnd().split('\n');
      const gone = lines.map((line) => JSON.parse(line) as { path: string; removedAt?: string; version?: string });
      const { path = '', version } = gone.find(({ removedAt }) => removedAt !== undefined) ?? {};
      expect(version).toMatch(/^2021-/u);
      await client().rerunProcessing(/_(\w+)\.zip$/u.exec(path)?.[1] ?? '');
      sim.clock.advance(3_600_000);
      const statuses = (await run().toArray()).filter((file) => file.path === path).map(({ status }) => status);
      expect(statuses).toEqual(['new']);
    });

    it('asks for it again after a week, and records it when it comes', async () => {
      const before = downloads();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 8 * 86_400_000 });
      cleanUp(() => void vi.useRealTimers());
      expect(await run().summary()).toMatchObject({ new: 1, unchanged: first.new, failed: 0 });
      expect(downloads()).toBe(before + 1);
      expect(await run().summary()).toMatchObject({ new: 0, unchanged: first.new + 1 });
      expect(downloads()).toBe(before + 1);
    });
  });

  it('records each file in the manifest', async () => {
    await run().summary();
    const [line = ''] = readFileSync(join(directory, '.sdc/manifest.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(line)).toMatchObject({
      source: { file: { product: expect.stringMatching(/elpp|optical/u) as string } },
    });
  });
});
