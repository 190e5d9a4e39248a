import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { HmiClient, type HmiMirrorOptions } from '../../../src/index.js';
import { simulateHmi } from '../../../src/testing/index.js';
import { cleanUp } from '../../support/clean-up.js';
import { tempDir } from '../../support/temp-dir.js';

const SERIES = 'hmi.sharp_720s';
const QUERY = { start: '2015-12-11', end: '2015-12-14', cadenceMinutes: 720, segments: ['magnetogram'] };

let sim: ReturnType<typeof simulateHmi>;
let directory: string;
beforeEach(() => {
  directory = tempDir();
  sim = simulateHmi();
});

function run(query: Partial<typeof QUERY> = {}, options: Partial<HmiMirrorOptions> = {}) {
  const hmi = new HmiClient({ baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0 });
  cleanUp(() => hmi.close());
  return hmi.mirror(SERIES, { ...QUERY, ...query }, { directory, ...options });
}

/** Lists and files that were asked for since the last call. */
function asked(): { lists: number; files: number } {
  const files = sim.requests.filter(({ path }) => /\.fits|magnetogram/u.test(path)).length;
  const lists = sim.requests.length - files;
  sim.requests.length = 0;
  return { lists, files };
}

describe('a mirror of HMI', () => {
  it('fetches a range, and then asks for nothing that is there', async () => {
    const files = await run().toArray();
    expect(files.length).toBeGreaterThan(1);
    expect(new Set(files.map(({ status }) => status))).toEqual(new Set(['new']));
    expect(files.every(({ path }) => existsSync(join(directory, path)))).toBe(true);
    expect(asked()).toEqual({ lists: 3, files: files.length });
    expect(await run().summary()).toMatchObject({ new: 0, unchanged: files.length });
    expect(asked().files).toBe(0);
  });

  it('goes on where the range was longer than before', async () => {
    const day = await run({ end: '2015-12-12' }).summary();
    const whole = await run().summary();
    expect(whole.unchanged).toBe(day.new);
    expect(whole.new).toBeGreaterThan(0);
  });

  it('lists the whole range where it begins earlier than before', async () => {
    const last = await run({ start: '2015-12-13' }).summary();
    asked();
    const whole = await run().summary();
    expect(asked().lists).toBe(3);
    expect(whole).toMatchObject({ unchanged: last.new, failed: 0 });
    const first = await run({ end: '2015-12-12' }).summary();
    expect(first.new).toBe(0);
    expect(first.unchanged).toBeLessThan(whole.new + whole.unchanged);
  });

  it('brings a file back that is gone', async () => {
    const [first] = await run().toArray();
    rmSync(join(directory, first?.path ?? ''));
    asked();
    expect(await run().summary()).toMatchObject({ new: 1 });
    expect(asked().files).toBe(1);
  });

  it('withdraws nothing that the service still has', async () => {
    const before = await run().summary();
    sim.faults.add({ route: /sharp_720s\?/u, fault: { kind: 'replace', response: () => Response.json([]) }, times: 3 });
    expect(await run({}, { remove: 'delete' }).summary()).toMatchObject({ unchanged: before.new, removed: 0 });
  });
});
