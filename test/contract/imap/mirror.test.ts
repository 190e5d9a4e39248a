import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ImapClient, type ImapOptions } from '../../../src/imap/index.js';
import type { MirrorOptions } from '../../../src/index.js';
import { simulateImap, type ImapSimulator } from '../../../src/testing/index.js';
import { rejection } from '../../support/rejection.js';
import { cleanUp } from '../../support/clean-up.js';
import { noise } from '../../support/noise.js';
import { tempDir } from '../../support/temp-dir.js';
import { filesBelow } from './kit.js';

const FOLDER = 'imap/mag/l1a/2026/01';
const nameOf = (day: number, version = 'v001.0001'): string =>
  `imap_mag_l1a_norm-mago_202601${String(day).padStart(2, '0')}_${version}.cdf`;
const pathOf = (day: number, version?: string): string => `${FOLDER}/${nameOf(day, version)}`;
const QUERY = { instrument: 'mag', dataLevel: 'l1a' } as const;

let sim: ImapSimulator;
let directory: string;
const warnings: string[] = [];
beforeEach(() => {
  directory = tempDir();
  warnings.length = 0;
  sim = simulateImap({
    data: {
      replace: true,
      files: [5, 6, 7].map((day) => ({
        name: nameOf(day),
        released: true,
        ingestedAt: `2026-01-${10 + day}T08:00:00Z`,
      })),
    },
  });
});

function client(options: ImapOptions = {}): ImapClient {
  const logger = { warn: (text: string) => void warnings.push(text) };
  const imap = new ImapClient({
    ...sim.credentials,
    baseUrl: sim.baseUrl,
    fetch: sim.fetch,
    retries: 0,
    logger,
    ...options,
  });
  cleanUp(() => imap.close());
  return imap;
}

async function mirror(options: MirrorOptions = {}, clientOptions: ImapOptions = {}): Promise<string[]> {
  const files = await client(clientOptions)
    .mirror(QUERY, { directory, ...options })
    .toArray();
  return files.map(({ status, path }) => `${status} ${path.split('/').at(-1) ?? ''}`).sort();
}

/** How often the archive was asked since the last call: queries, and requests for files. */
function asked(): { queries: string[]; files: number } {
  const queries = sim.requests
    .filter(({ path }) => path.endsWith('/query'))
    .map(({ query }) => query.get('ingestion_start_date') ?? 'all');
  const files = sim.requests.filter(({ service, path }) => service === 'api' && path.includes('/download/')).length;
  sim.requests.length = 0;
  return { queries, files };
}

const manifest = (): string => join(directory, '.sdc/manifest.jsonl');
const lines = (): Record<string, unknown>[] =>
  readFileSync(manifest(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const onDisk = (path: string): string => join(directory, path);

it('fetches large files by ranges side by side, where it is asked to', async () => {
  const body = noise(9 * 1024 * 1024);
  sim.addFile({ name: nameOf(9), body, released: true });
  expect(await mirror({ connections: 2 })).toHaveLength(4);
  expect(readFileSync(join(directory, pathOf(9))).equals(body)).toBe(true);
  const large = sim.requests.filter(({ service, path }) => service === 'storage' && path.endsWith(nameOf(9)));
  expect(large.map(({ headers }) => headers.get('range'))).toEqual(['bytes=0-8388607', 'bytes=8388608-9437183']);
});

describe('a mirror of IMAP', () => {
  it('fetches all, records each file with its digest, and the second time asks only for what is newer', async () => {
    expect(await mirror()).toEqual([5, 6, 7].map((day) => `new ${nameOf(day)}`));
    expect(asked()).toEqual({ queries: ['all'], files: 3 });
    for (const { path, bytes, sha256, source, fetchedAt, version, ...rest } of lines()) {
      const body = readFileSync(onDisk(String(path)));
      expect({ bytes, sha256 }).toEqual({
        bytes: body.length,
        sha256: createHash('sha256').update(body).digest('hex'),
      });
      expect(source).toMatchObject({ file: path });
      expect(new Date(String(fetchedAt)).toISOString()).toBe(fetchedAt);
      expect(version).toMatch(/^2026-01-1[567]T08:00:00/u);
      expect(rest).toEqual({});
    }
    expect(lines()).toHaveLength(3);
    expect(await mirror()).toEqual([5, 6, 7].map((day) => `unchanged ${nameOf(day)}`));
    expect(asked()).toEqual({ queries: ['20260116'], files: 0 });
    expect(lines()).toHaveLength(3);
  });

  it('brings what is new, and what the archive took once more', async () => {
    await mirror();
    asked();
    const body = new Uint8Array([0xcd, 0xf3, 0x00, 0x01, 0x00, 0x00, 0xff, 0xff, 1, 2, 3, 4]);
    sim.addFile({ name: nameOf(8), released: true, ingestedAt: '2026-01-19T00:00:00Z' });
    sim.addFile({ name: nameOf(6), body, released: true, ingestedAt: '2026-01-19T01:00:00Z' });
    expect(await mirror()).toEqual([
      `changed ${nameOf(6)}`,
      `new ${nameOf(8)}`,
      `unchanged ${nameOf(5)}`,
      `unchanged ${nameOf(7)}`,
    ]);
    expect(asked()).toEqual({ queries: ['20260116'], files: 2 });
    expect([...readFileSync(onDisk(pathOf(6)))]).toEqual([...body]);
    expect(await mirror()).toEqual([5, 6, 7, 8].map((day) => `unchanged ${nameOf(day)}`));
    expect(asked()).toEqual({ queries: ['20260118'], files: 0 });
  });

  it('asks for a file that failed again, however much came after it', async () => {
    sim.faults.add({ route: `GET */download/*${nameOf(5)}`, fault: { kind: 'status', status: 500 }, times: 2 });
    const run = client().mirror(QUERY, { directory });
    const failed = (await run.toArray()).find(({ status }) => status === 'failed');
    expect(failed).toMatchObject({ path: pathOf(5), source: pathOf(5), error: { code: 'server' } });
    expect(await run.summary()).toMatchObject({ new: 2, failed: 1 });
    asked();
    sim.addFile({ name: nameOf(20), released: true, ingestedAt: '2026-03-01T00:00:00Z' });
    expect(await mirror()).toContain(`failed ${nameOf(5)}`);
    expect(asked().queries).toEqual(['20260114']);
    expect(await mirror()).toContain(`new ${nameOf(5)}`);
    expect(asked()).toEqual({ queries: ['20260114'], files: 1 });
    await mirror();
    expect(asked()).toEqual({ queries: ['20260228'], files: 0 });
  });

  it('rejects with the first failure where that is wanted, and goes on from there', async () => {
    sim.faults.add({ route: `GET */download/*${nameOf(5)}`, fault: { kind: 'status', status: 500 } });
    await expect(mirror({ onFailure: 'throw', concurrency: 1 })).rejects.toMatchObject({ code: 'server' });
    expect(await mirror()).toContain(`new ${nameOf(5)}`);
  });

  it.each([
    ['deleted', () => rmSync(onDisk(pathOf(6))), 'new'],
    ['shorter', () => truncateSync(onDisk(pathOf(6)), 5), 'changed'],
  ])('brings a file back that is %s', async (_what, harm, status) => {
    await mirror();
    asked();
    harm();
    expect(await mirror()).toContain(`${status} ${nameOf(6)}`);
    expect(asked()).toEqual({ queries: ['all'], files: 1 });
    await mirror();
    expect(asked()).toEqual({ queries: ['20260116'], files: 0 });
  });

  it('compares digests where it is asked to', async () => {
    await mirror();
    const body = readFileSync(onDisk(pathOf(6)));
    writeFileSync(
      onDisk(pathOf(6)),
      body.map((byte) => byte ^ 1),
    );
    expect(await mirror()).toContain(`unchanged ${nameOf(6)}`);
    expect(await mirror({ verify: true })).toContain(`changed ${nameOf(6)}`);
    expect(readFileSync(onDisk(pathOf(6)))).toEqual(body);
  });

  it('takes up files that other calls have fetched', async () => {
    await client({ dataDir: directory })
      .downloadAll([nameOf(5), nameOf(6)])
      .toArray();
    expect(await mirror()).toEqual([`new ${nameOf(7)}`, `unchanged ${nameOf(5)}`, `unchanged ${nameOf(6)}`]);
    expect(lines()).toHaveLength(3);
    asked();
    await mirror();
    expect(asked().files).toBe(0);
  });

  it('lists everything once more after a week, so that what was released late is not missed', async () => {
    sim.setReleased(nameOf(5), false);
    const visitor = { apiKey: '', accessToken: '' };
    expect(await mirror({}, visitor)).toEqual([`new ${nameOf(6)}`, `new ${nameOf(7)}`]);
    sim.setReleased(nameOf(5), true);
    sim.addFile({ name: nameOf(9), released: true, ingestedAt: '2026-02-01T00:00:00Z' });
    await mirror({}, visitor);
    expect(await mirror({}, visitor)).not.toContain(`new ${nameOf(5)}`);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 8 * 86_400_000 });
    cleanUp(() => void vi.useRealTimers());
    expect(await mirror({}, visitor)).toContain(`new ${nameOf(5)}`);
  });

  it('leaves a run without a trace where nothing may be written, and counts', async () => {
    const run = client().mirror(QUERY, { directory, dryRun: true });
    expect((await run.toArray()).map(({ status }) => status)).toEqual(Array(3).fill('would-fetch'));
    expect(await run.summary()).toMatchObject({ new: 3, changed: 0, unchanged: 0, bytes: 0 });
    expect(await filesBelow(directory)).toEqual([]);
    expect(existsSync(join(directory, '.sdc'))).toBe(false);
    expect(asked()).toEqual({ queries: ['all'], files: 0 });
  });

  it('lists what the archive withdrew, and deletes it only where that is asked for', async () => {
    const visitor = { apiKey: '', accessToken: '' };
    await mirror({}, visitor);
    sim.setReleased(nameOf(6), false);
    const others = [`unchanged ${nameOf(5)}`, `unchanged ${nameOf(7)}`];
    expect(await mirror({}, visitor)).toContain(`unchanged ${nameOf(6)}`);
    expect(await mirror({ remove: 'list' }, visitor)).toEqual([`removed ${nameOf(6)}`, ...others]);
    expect(existsSync(onDisk(pathOf(6)))).toBe(true);
    expect(await mirror({ remove: 'delete', dryRun: true }, visitor)).toContain(`removed ${nameOf(6)}`);
    expect(existsSync(onDisk(pathOf(6)))).toBe(true);
    expect(await mirror({ remove: 'delete' }, visitor)).toEqual([`removed ${nameOf(6)}`, ...others]);
    expect(existsSync(onDisk(pathOf(6)))).toBe(false);
    expect(lines().at(-1)).toEqual({ path: pathOf(6), removedAt: expect.any(String) as string });
    expect(await mirror({ remove: 'delete' }, visitor)).toEqual(others);
  });

  it('never takes a row that was not read for a file that was withdrawn', async () => {
    await mirror();
    sim.faults.add({
      route: /\/query/u,
      fault: { kind: 'replace', response: () => Response.json([]) },
    });
    expect(await mirror({ remove: 'delete' })).toEqual([5, 6, 7].map((day) => `unchanged ${nameOf(day)}`));
    expect(existsSync(onDisk(pathOf(5)))).toBe(true);
  });

  it('leaves files of other queries alone', async () => {
    const calibration = { name: 'imap_mag_l1b_norm-mago_20260105_v001.0001.cdf', released: true };
    sim.addFile({ ...calibration, ingestedAt: '2026-01-19T00:00:00Z' });
    const levels = { instrument: 'mag', dataLevel: 'l1b' };
    await client().mirror(levels, { directory }).toArray();
    await mirror();
    asked();
    expect(await mirror({ remove: 'delete' })).toEqual([5, 6, 7].map((day) => `unchanged ${nameOf(day)}`));
    expect(asked().files).toBe(0);
    const both = await client().mirror([QUERY, levels], { directory }).summary();
    expect(both).toMatchObject({ unchanged: 4, new: 0 });
  });

  it('begins where it is told to', async () => {
    expect(await mirror({ since: '2026-01-17T00:00:00Z' })).toEqual([`new ${nameOf(7)}`]);
    expect(asked().queries).toEqual(['20260117']);
    expect(await mirror()).toEqual([`new ${nameOf(5)}`, `new ${nameOf(6)}`, `unchanged ${nameOf(7)}`]);
  });

  it('goes by the dates of the archive: a clock that jumps here loses nothing', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2031-01-01T00:00:00Z') });
    cleanUp(() => void vi.useRealTimers());
    await mirror();
    sim.addFile({ name: nameOf(8), released: true, ingestedAt: '2026-01-18T00:00:00Z' });
    vi.setSystemTime(Date.parse('2020-01-01T00:00:00Z'));
    expect(await mirror()).toContain(`new ${nameOf(8)}`);
  });

  it('is not held back by a file that is dated in the future', async () => {
    sim = simulateImap({ data: { replace: true }, clock: { start: '2100-01-01' } });
    sim.addFile({ name: nameOf(8), released: true, ingestedAt: '2099-01-01T00:00:00Z' });
    expect(await mirror()).toEqual([`new ${nameOf(8)}`]);
    sim.addFile({ name: nameOf(9), released: true, ingestedAt: new Date().toISOString() });
    expect(await mirror()).toContain(`new ${nameOf(9)}`);
  });

  it.each([
    [{ include: ['**/*_2026010[56]_*'] }, [5, 6]],
    [{ include: ['*_20260105_*'] }, [5]],
    [{ exclude: ['imap/mag/l1a/**'] }, []],
    [{ include: ['imap/**'], exclude: ['*_20260106_*'] }, [5, 7]],
    [{ include: [] }, []],
  ])('takes with %j the days %j', async (options, days) => {
    expect(await mirror(options)).toEqual(days.map((day) => `new ${nameOf(day)}`));
    asked();
    expect(await mirror()).toHaveLength(3);
    expect(asked().queries).toEqual(['all']);
  });

  it('calls back for each new or changed file, in turn', async () => {
    const seen: string[] = [];
    await mirror({ run: async ({ path, status }) => void seen.push(`${status} ${String(existsSync(onDisk(path)))}`) });
    await mirror({ run: () => void seen.push('never') });
    expect(seen).toEqual(Array(3).fill('new true'));
    const why = new Error('mine');
    rmSync(onDisk(pathOf(5)));
    const failing = (): void => {
      throw why;
    };
    expect(await rejection(mirror({ run: failing }))).toBe(why);
  });

  it('mirrors kernels', async () => {
    sim.addFile({ name: 'naif0012.tls', ingestedAt: '2026-01-19T00:00:00Z' });
    const run = (): Promise<unknown> =>
      client()
        .mirror([{ table: 'spice', type: 'leapseconds' }], { directory })
        .summary();
    expect(await run()).toMatchObject({ new: 1 });
    expect(existsSync(onDisk('imap/spice/lsk/naif0012.tls'))).toBe(true);
    expect(await run()).toMatchObject({ new: 0, unchanged: 1 });
  });

  it('puts files into the data directory where none is named', async () => {
    await client({ dataDir: directory }).mirror(QUERY).summary();
    expect(lines()).toHaveLength(3);
  });

  it('stops at an abort, and the next run goes on', async () => {
    const controller = new AbortController();
    const run = client().mirror(QUERY, { directory, concurrency: 1, signal: controller.signal });
    const all = (async () => {
      for await (const { status } of run) if (status === 'new') controller.abort('enough');
    })();
    expect(await rejection(all)).toBe('enough');
    expect(await rejection(run.summary())).toBe('enough');
    const left = await mirror();
    expect(left).toContain(`unchanged ${nameOf(5)}`);
    expect(left).toHaveLength(3);
  });
});

describe('the manifest', () => {
  it('that ends in the middle of a line loses that file alone, which is not fetched again', async () => {
    await mirror({ concurrency: 1 });
    const text = readFileSync(manifest(), 'utf8');
    writeFileSync(manifest(), text.slice(0, -20));
    asked();
    const path =
      String(JSON.parse(text.trim().split('\n').at(-1) ?? '').path)
        .split('/')
        .at(-1) ?? '';
    expect(await mirror()).toContain(`unchanged ${path}`);
    expect(asked()).toEqual({ queries: ['all'], files: 1 });
    expect(await mirror()).toHaveLength(3);
    expect(asked()).toEqual({ queries: ['20260116'], files: 0 });
    expect(warnings.filter((text) => text.includes('cannot be read'))).toHaveLength(1);
  });

  it('that was lost is made again from what is there', async () => {
    await mirror();
    rmSync(manifest());
    expect(await mirror()).toEqual([5, 6, 7].map((day) => `unchanged ${nameOf(day)}`));
    expect(lines()).toHaveLength(3);
  });

  it('that names paths outside of the directory touches none of them', async () => {
    await mirror();
    const outside = join(directory, '..', `${directory.split('/').at(-1) ?? ''}-outside.txt`);
    writeFileSync(outside, 'mine');
    cleanUp(() => rmSync(outside));
    const [first] = lines();
    const paths = [
      '../x',
      '/etc/passwd',
      '..\\x',
      'a/../../x',
      '.sdc/manifest.jsonl',
      'C:\\x',
      'a//b',
      'a/./b',
      'x.part',
      `../${outside.split('/').at(-1) ?? ''}`,
    ];
    for (const path of paths) appendFileSync(manifest(), `${JSON.stringify({ ...first, path })}\n`);
    appendFileSync(manifest(), '{"path":1}\n[]\nnull\n"x"\n{"path":"a","bytes":-1}\n{"__proto__":{"path":"a"}}\n');
    expect(await mirror({ remove: 'delete' })).toEqual([5, 6, 7].map((day) => `unchanged ${nameOf(day)}`));
    expect(readFileSync(outside, 'utf8')).toBe('mine');
    expect(warnings.join()).toContain('16 lines');
  });

  it('is the same for whoever reads the last line of each path', async () => {
    await mirror();
    const [first] = lines();
    appendFileSync(
      manifest(),
      `${JSON.stringify({ ...first, sha256: '0'.repeat(64), fetchedAt: '2020-01-01T00:00:00.000Z' })}\n`,
    );
    expect(await mirror({ verify: true })).toContain(`unchanged ${String(first?.path).split('/').at(-1) ?? ''}`);
    expect(lines().at(-1)).toMatchObject({ path: first?.path, sha256: first?.sha256 });
  });

  it('is kept out of the reach of a server', async () => {
    const row = {
      file_path: '../../.sdc/manifest.jsonl',
      instrument: 'mag',
      data_level: 'l1a',
      descriptor: 'x',
      start_date: '20260101',
      version: 'v001',
      extension: 'cdf',
    };
    sim.faults.add({
      route: /\/query/u,
      fault: { kind: 'replace', response: () => Response.json([row, { ...row, file_path: '/etc/x.cdf' }]) },
    });
    directory = join(directory, 'deep/mirror');
    const files = await client().mirror(QUERY, { directory }).toArray();
    expect(files).toMatchObject(Array(2).fill({ status: 'failed', error: { code: 'unexpected-response' } }));
    expect(await filesBelow(join(directory, '../..'))).toEqual([]);
  });
});

describe('options of a mirror', () => {
  it.each([
    [{ remove: 'all' }, /remove/u],
    [{ since: 'yesterday' }, /since/u],
    [{ include: [''] }, /include/u],
    [{ include: '*.cdf' }, /include/u],
    [{ maxBytesPerSecond: 0 }, /maxBytesPerSecond/u],
    [{ overwrite: 'unique' }, /overwrite/u],
    [{ sha256: 'a' }, /sha256/u],
    [{ dryrun: true }, /did you mean "dryRun"/u],
    [{ run: 'x' }, /run/u],
    [{ directory: 5 }, /directory/u],
  ])('refuses %j at the call', (options, message) => {
    expect(() => client().mirror(QUERY, options as MirrorOptions)).toThrow(message);
    expect(sim.requests).toHaveLength(0);
  });

  it.each([[[]], [{}], [{ table: 'spice' }], [{ table: 'spice', type: 'spin', instrument: 'mag' }], [[QUERY, 5]]])(
    'refuses the query %j at the call',
    (query) => {
      expect(() => client().mirror(query as never, { directory })).toThrow(TypeError);
    },
  );
});
