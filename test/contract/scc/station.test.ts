import { copyFile, mkdir, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SCC, StationOptions } from '../../../src/scc/index.js';
import { makeNetcdf } from '../../../src/testing/scc/netcdf-write.js';
import type { SccSimulator } from '../../../src/testing/scc/options.js';
import { exampleFile } from '../../support/example-file.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { until } from '../../support/until.js';
import { asked, scene } from './harness.js';

const id = '20210601aky0930';
const empty = { data: { replace: true } } as const;

interface Place {
  readonly folder: string;
  readonly directory: string;
}

function place(): Place {
  const at = tempDir();
  return { folder: join(at, 'raw'), directory: join(at, 'products') };
}

/** A raw measurement that names no other files. */
async function raw({ folder }: Place, name: string, attributes: Record<string, string>, points = 64): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, makeNetcdf(attributes, points));
  return path;
}

async function sampled(at: Place, ...names: string[]): Promise<void> {
  await mkdir(at.folder, { recursive: true });
  for (const name of names) await copyFile(exampleFile(name), join(at.folder, name));
}

const quick = { systemId: 437, pollIntervalMs: 1, stableMs: 1, once: true } as const;

async function run(scc: SCC, { folder, directory }: Place, options: Partial<StationOptions> = {}): Promise<string[]> {
  const events = await scc.station(folder, { ...quick, directory, ...options }).toArray();
  return events.map(({ file, state, error }) =>
    [file.slice(folder.length + 1), state, error?.name ?? ''].join(' ').trim(),
  );
}

const sent = (sim: SccSimulator): number => asked(sim, /^POST .*measurements\/quick\/$/u).length;

async function datalog({ directory }: Place): Promise<string[][]> {
  const text = await readFile(join(directory, 'datalog.csv'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
}

describe('a station', () => {
  it('sends what is new with the files that it names, follows it, fetches and keeps a datalog that the next start reads', async () => {
    const { sim, scc } = scene(empty);
    const at = place();
    await sampled(at, '20210601aky0930.nc', 'rs_20210601aky09.nc');
    expect(await run(scc, at)).toEqual([`${id}.nc uploaded`, `${id}.nc processing`, `${id}.nc done`]);
    expect(await readdir(at.directory)).toEqual(
      expect.arrayContaining([`optical_${id}.zip`, `preprocessed_${id}.zip`]),
    );
    const lines = await datalog(at);
    expect(lines[0]).toEqual(['time', 'file', 'measurement_id', 'state', 'message']);
    expect(lines.slice(1).map(([, file, measurement, state]) => [file, measurement, state])).toEqual(
      ['sending', 'uploaded', 'processing', 'done'].map((state) => [`${id}.nc`, id, state]),
    );
    expect(sent(sim)).toBe(1);
    const before = sim.requests.length;
    expect(await run(scc, at)).toEqual([]);
    expect(sim.requests).toHaveLength(before);
  });

  it('reports a file that cannot be sent, and takes it when what it lacks has come', async () => {
    const { sim, scc } = scene(empty);
    const at = place();
    await sampled(at, '20210601aky0930.nc');
    expect(await run(scc, at)).toEqual([`${id}.nc failed TypeError`]);
    const events: string[] = [];
    for await (const { state } of scc.station(at.folder, { ...quick, once: false, directory: at.directory })) {
      events.push(state);
      if (state === 'failed') await sampled(at, 'rs_20210601aky09.nc');
      if (state === 'done') break;
    }
    expect(events).toEqual(['failed', 'uploaded', 'processing', 'done']);
    expect(sent(sim)).toBe(1);
  });

  it('leaves a file that is still being written, with once to the next start', async () => {
    const { sim, scc } = scene(empty);
    const at = place();
    const whole = Buffer.from(makeNetcdf({ Measurement_ID: id }, 4096));
    await mkdir(at.folder, { recursive: true });
    const path = join(at.folder, 'growing.nc');
    await writeFile(path, whole.subarray(0, 200));
    let bytes = 200;
    const growing = setInterval(() => void writeFile(path, whole.subarray(0, (bytes += 10))), 5);
    expect(await run(scc, at, { stableMs: 100 })).toEqual([]);
    clearInterval(growing);
    expect(sent(sim)).toBe(0);
    const events = run(scc, at, { stableMs: 50 });
    await writeFile(path, whole);
    await events;
    expect((await run(scc, at)).concat(await events).at(-1)).toBe('growing.nc done');
    expect(sim.requests.find(({ method, bodyBytes }) => method === 'POST' && bodyBytes > whole.length)).toBeDefined();
  });

  it.each([
    ['is followed', {}, 0, []],
    ['runs again', { rerun: true }, 0, ['POST /admin/database/measurements/']],
    ['is replaced', { replace: true }, 1, [`POST /admin/database/measurements/${id}/delete/`]],
  ] as const)('a measurement that the SCC has already %s with %j', async (_words, options, posts, others) => {
    const statuses = { upload: 127, hirelpp: 127, elpp: 127, elda: 127 } as const;
    const { sim, scc } = scene({ data: { replace: true, measurements: [{ id, statuses }] } });
    const at = place();
    await raw(at, 'a.nc', { Measurement_ID: id });
    expect((await run(scc, at, options)).at(-1)).toBe('a.nc done');
    expect(sent(sim)).toBe(posts);
    expect(asked(sim, /^POST .*(?:delete|database\/measurements)\/$/u)).toEqual(others);
    expect(await readdir(at.directory)).toContain(`optical_${id}.zip`);
    const before = sim.requests.length;
    expect(await run(scc, at, options)).toEqual([]);
    expect(sim.requests).toHaveLength(before);
  });

  it('takes the system that a file names, else that of the option, else the file cannot be sent', async () => {
    const { sim, scc } = scene(empty);
    const at = place();
    await raw(at, 'a.nc', { Measurement_ID: id, X_PollyXTPipelines_Configuration_ID: '512' });
    await raw(at, 'b.nc', { Measurement_ID: '20210601aky1030' });
    await run(scc, at);
    expect([sim.measurement(id)?.system, sim.measurement('20210601aky1030')?.system]).toEqual([512, 437]);
    await raw(at, 'c.nc', { Measurement_ID: '20210601aky1130' });
    expect(await run(scc, at, { systemId: undefined } as object)).toEqual(['c.nc failed TypeError']);
  });

  it('sends a file again that has changed only with replace', async () => {
    const { sim, scc } = scene(empty);
    const at = place();
    await raw(at, 'a.nc', { Measurement_ID: id });
    await run(scc, at);
    const path = await raw(at, 'a.nc', { Measurement_ID: id }, 128);
    await utimes(path, new Date('2021-06-01'), new Date('2021-06-01'));
    expect(await run(scc, at)).toEqual([]);
    expect(sent(sim)).toBe(1);
    expect((await run(scc, at, { replace: true })).at(-1)).toBe('a.nc done');
    expect(await run(scc, at, { replace: true })).toEqual([]);
    expect(sent(sim)).toBe(2);
  });

  it('fetches what was finished although a module failed, and leaves what failed until it is told otherwise', async () => {
    const fails = { elda: { status: -127, exitCode: 3 } } as const;
    const { sim, scc } = scene({ ...empty, processing: { outcomes: fails } });
    const at = place();
    await raw(at, 'a.nc', { Measurement_ID: id });
    expect((await run(scc, at)).at(-1)).toBe('a.nc failed ProcessingFailed');
    expect(await readdir(at.directory)).toContain(`preprocessed_${id}.zip`);
    const before = sim.requests.length;
    expect(await run(scc, at)).toEqual([]);
    expect(sim.requests).toHaveLength(before);
    expect((await run(scc, at, { rerun: true })).at(-1)).toBe('a.nc failed ProcessingFailed');
    expect(sent(sim)).toBe(1);
  });

  it('leaves what the SCC refused until the file has changed', async () => {
    const { sim, scc } = scene({ ...empty, uploads: [{ kind: 'alert', texts: ['no such channel'] }] });
    const at = place();
    await raw(at, 'a.nc', { Measurement_ID: id });
    expect(await run(scc, at)).toEqual(['a.nc failed SCCError']);
    expect(await run(scc, at)).toEqual([]);
    expect(sent(sim)).toBe(1);
    await raw(at, 'a.nc', { Measurement_ID: id }, 128);
    expect((await run(scc, at)).at(-1)).toBe('a.nc done');
  });

  it.each([
    ['is there', true, 0],
    ['never came', false, 1],
  ])('asks the SCC for an upload of which the outcome is not known: it %s', async (_words, isThere, posts) => {
    const { sim, scc } = scene(empty);
    const at = place();
    await raw(at, 'a.nc', { Measurement_ID: id });
    await mkdir(at.directory, { recursive: true });
    const line = `2021-06-01T09:30:00.000Z,a.nc,${id},sending,\n2021-06-01T09:3`;
    await writeFile(join(at.directory, 'datalog.csv'), `time,file,measurement_id,state,message\n${line}`);
    if (isThere) sim.addMeasurement({ id, statuses: { upload: 127, elpp: 127 } });
    expect(await run(scc, at)).toEqual(['a.nc uploaded', 'a.nc processing', 'a.nc done']);
    expect(sent(sim)).toBe(posts);
    expect((await datalog(at)).slice(3).every((cells) => cells.length === 5)).toBe(true);
  });

  it('with once ends with a failure that may pass, and the next start goes on from there', async () => {
    const { sim, scc } = scene(empty, { retries: 0 });
    const at = place();
    await raw(at, 'a.nc', { Measurement_ID: id });
    sim.faults.add({ route: 'GET */download-*', times: Infinity, fault: { kind: 'status', status: 503 } });
    expect((await run(scc, at)).at(-1)).toMatch(/^a\.nc failed /u);
    sim.faults.clear();
    expect(await run(scc, at)).toEqual(['a.nc processing', 'a.nc done']);
    expect(sent(sim)).toBe(1);
  });

  it('leaves calibrations and files of other kinds out, and refuses a second file of one measurement', async () => {
    const { sim, scc } = scene(empty);
    const at = place();
    await raw(at, 'a.nc', { Measurement_ID: id });
    await raw(at, 'b.nc', { Measurement_ID: id });
    await raw(at, 'calibration_c.nc', { Measurement_ID: '20210601aky1000' });
    await writeFile(join(at.folder, 'notes.txt'), 'x');
    expect((await run(scc, at, { skipCalibration: true })).filter((line) => !line.startsWith('a.nc'))).toEqual([
      'b.nc failed TypeError',
    ]);
    expect(sent(sim)).toBe(1);
  });

  it('stops in order when it is aborted or left, with the reason', async () => {
    const { sim, scc } = scene(empty);
    const at = place();
    await raw(at, 'a.nc', { Measurement_ID: id });
    const controller = new AbortController();
    const loop = scc.station(at.folder, {
      ...quick,
      once: false,
      pollIntervalMs: 60_000,
      directory: at.directory,
      signal: controller.signal,
    });
    expect((await loop.next()).value).toMatchObject({ state: 'uploaded' });
    await loop.next();
    controller.abort('enough');
    await expect(loop.next()).rejects.toBe('enough');
    expect(await readdir(at.directory)).toEqual(['datalog.csv']);
    expect((await run(scc, at)).at(-1)).toBe('a.nc done');
    expect(sent(sim)).toBe(1);
  });

  it('works alone with its datalog, and ends where the login is refused', async () => {
    const { scc } = scene(empty);
    const at = place();
    await raw(at, 'a.nc', { Measurement_ID: id });
    const first = scc.station(at.folder, { ...quick, once: false, pollIntervalMs: 60_000, directory: at.directory });
    await first.next();
    expect(await rejection(run(scc, at))).toMatchObject({ name: 'TransferError', retryable: true });
    await first.return();
    const other = scene({
      ...empty,
      credentials: { httpAuthUser: 'a', httpAuthPassword: 'b', username: 'c', password: 'd' },
    });
    const { SCC: Client } = await import('../../../src/scc/index.js');
    const wrong = new Client({ ...other.sim.credentials, password: 'x' }, { baseUrl: other.sim.baseUrl, retries: 0 });
    const second = place();
    await raw(second, 'a.nc', { Measurement_ID: id });
    expect(await rejection(run(wrong, second))).toMatchObject({ name: 'WrongCredentials' });
    await wrong.close();
    await until(async () => !(await readdir(second.directory)).includes('datalog.csv.lock'));
  });

  it.each([
    [{ products: [] }, 'scc.station: products'],
    [{ products: ['every thing'] }, 'scc.station: products'],
    [{ systemId: 'x' }, 'scc.station: the system id'],
    [{ pollIntervalMs: -1 }, 'scc.station: pollIntervalMs'],
    [{ replace: true, rerun: true }, 'scc.station: replace and rerun'],
    [{ form: 'now' }, 'form'],
    [{ directory: undefined }, 'directory'],
  ])('with the option %j is refused at the call', (options, words) => {
    const { scc } = scene(empty);
    expect(() => scc.station('raw', { directory: 'products', ...options } as StationOptions)).toThrow(words);
  });
});
