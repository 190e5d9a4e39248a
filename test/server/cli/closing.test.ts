import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  simulateHmi,
  simulateImap,
  simulateScc,
  simulateScops,
  type ImapSimulator,
} from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { exampleFile } from '../../support/example-file.js';
import { start } from '../../support/server.js';
import { sdc, type Ran } from './run.js';
import { isFull } from '../../support/full.js';
import { useQuickWaits } from '../../support/quick-waits.js';

// A command in a process of its own has a clock of its own.
if (!isFull) useQuickWaits();

const packets = 'imap_mag_l0_raw_20240312_v001.0001.pkts';
const names = ['05', '06', '07'].map((day) => `imap_mag_l1a_norm-mago_202601${day}_v001.0001.cdf`);
const times = String.raw`[\d.]+ (?:ms|s|min)`;
const closing = (counts: string): RegExp => new RegExp(`(?:^|\n)${counts}; [\\d.]+ [kM]?B in ${times}\n$`, 'u');
const downloads = (files: string, fresh: number, changed: number, there: number, failed: number): RegExp =>
  closing(`${files}: ${fresh} new, ${changed} changed, ${there} already there, ${failed} failed`);

interface Desk {
  readonly sim: ImapSimulator;
  readonly cwd: string;
  run(...args: string[]): Promise<Ran>;
}

async function imap(): Promise<Desk> {
  const sim = simulateImap({ data: { replace: true, files: names.map((name) => ({ name, released: true })) } });
  const server = await start(sim);
  const cwd = tempDir();
  const env = { IMAP_DATA_ACCESS_URL: server.url, IMAP_API_KEY: sim.credentials.apiKey };
  return { sim, cwd, run: (...args) => sdc(['imap', ...args], { env, cwd }) };
}

const fetchAll = ['query', '--instrument', 'mag', '--download'];
const place = (cwd: string): string => join(cwd, 'data/imap/mag/l1a/2026/01');

test('a transfer closes with its counts, and what was there already is called so', async () => {
  const { run, cwd } = await imap();
  const first = await run(...fetchAll);
  expect(first.err).toMatch(downloads('3 files', 3, 0, 0, 0));
  expect(first.out.match(/^Successfully downloaded the file to: /gmu)).toHaveLength(3);
  const again = await run(...fetchAll);
  expect(again.err).toMatch(/^3 files: 0 new, 0 changed, 3 already there, 0 failed; 0 B in /u);
  expect(again.out.match(/^Already there: /gmu)).toHaveLength(3);
  expect(again.out).not.toContain('Successfully');
  rmSync(join(place(cwd), names[0] ?? ''));
  writeFileSync(join(place(cwd), names[1] ?? ''), 'another body');
  const third = await run(...fetchAll, '--overwrite', 'update');
  expect(third.err).toMatch(downloads('3 files', 1, 1, 1, 0));
  expect((await run('download', names[0] ?? '')).err).toMatch(downloads('1 file', 0, 0, 1, 0));
});

test('failures come before the closing line, which counts them', async () => {
  const { run } = await imap();
  const missing = 'imap_mag_l1a_norm-mago_20990105_v001.0001.cdf';
  const { code, err } = await run('download', names[0] ?? '', missing);
  expect(code).toBe(3);
  expect(err).toMatch(/^1 of 2 failed:\n {2}\S+_20990105_\S+: .*\n2 files: /u);
  expect(err).toMatch(downloads('2 files', 1, 0, 0, 1));
  expect(err, 'words of the command').not.toMatch(/imap\.\w+:/u);
});

test('nothing found closes with zeros; a command that ends before any transfer has no counts', async () => {
  const { run } = await imap();
  const none = await run(...fetchAll, '--start-date', '20300101');
  expect(none).toMatchObject({ code: 0, out: '' });
  expect(none.err).toMatch(downloads('0 files', 0, 0, 0, 0));
  expect((await run('query', '--instrument', 'mag')).err).toBe('');
});

test('--silent: results are there, the closing line only where something failed', async () => {
  const { run, cwd } = await imap();
  const silent = await run('--silent', ...fetchAll, '--print-filenames');
  expect({ code: silent.code, err: silent.err }).toEqual({ code: 0, err: '' });
  // Files are reported as they are done.
  const paths = names.map((name) => join(place(cwd), name));
  expect(silent.out.trim().split('\n').sort()).toEqual(paths);
  const again = await run(...fetchAll, '--print-filenames');
  expect(again.out.trim().split('\n').sort()).toEqual(paths);
  const failed = await run('-s', 'download', names[0] ?? '', 'imap_mag_l1a_norm-mago_20990105_v001.0001.cdf');
  expect(failed.out).toBe('');
  expect(failed.err).toMatch(downloads('2 files', 0, 0, 1, 1));
});

test('--log-format json writes each message as one object a line, the counts last', async () => {
  const { run } = await imap();
  const args = ['download', names[0] ?? '', 'imap_mag_l1a_norm-mago_20990105_v001.0001.cdf', '--verbose'];
  const { err } = await run(...args, '--log-format', 'json');
  const objects = err
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(objects.at(-1)).toEqual({
    files: 2,
    new: 1,
    changed: 0,
    unchanged: 0,
    failed: 1,
    bytes: expect.any(Number) as number,
    seconds: expect.any(Number) as number,
  });
  expect(objects.at(-2)).toMatchObject({ level: 'error', item: args[2], error: { code: 'not-found' } });
  for (const { time, level } of objects.slice(0, -1))
    expect({ time, level }).toEqual({
      time: expect.stringMatching(/^20.*Z$/u) as string,
      level: expect.any(String) as string,
    });
  const usage = await run('query', '--table', 'spice', '--log-format', 'json');
  expect(JSON.parse(usage.err)).toMatchObject({ level: 'error', exitCode: 2 });
});

test('uploads close with their counts too; an identical file is not called uploaded', async () => {
  const { run, cwd } = await imap();
  copyFileSync(exampleFile(packets), join(cwd, packets));
  const first = await run('upload', packets, '--accept-identical');
  expect(first.err).toMatch(closing('1 file: 1 uploaded, 0 already there, 0 failed'));
  const again = await run('upload', packets, '--accept-identical');
  expect(again.out).toBe('The same file is already at the IMAP SDC\n');
  expect(again.err).toMatch(closing('1 file: 0 uploaded, 1 already there, 0 failed'));
});

test('packets: counts, and no success where nothing was fetched', async () => {
  const sim = simulateImap();
  const server = await start(sim);
  const cwd = tempDir();
  const env = {
    IMAP_DATA_ACCESS_URL: server.url,
    IMAP_WEBPODA_URL: server.origins.packets ?? '',
    IMAP_WEBPODA_TOKEN: sim.credentials.webpodaToken,
  };
  const args = ['imap', 'webpoda', '--instrument', 'mag', '--start-date', '20260105'];
  const [first, again] = [await sdc(args, { env, cwd }), await sdc(args, { env, cwd })];
  expect(first.err).toMatch(downloads('1 file', 1, 0, 0, 0));
  expect(first.out).toContain('Successfully downloaded the data from webpoda.');
  expect(again.err).toMatch(downloads('1 file', 0, 0, 1, 0));
  expect(again.out).not.toContain('Successfully');
  expect((await sdc([...args, '-s', '--print-filenames'], { env, cwd })).out).toMatch(/^\S+\.pkts\n$/u);
});

test('HMI and SCOPS: counts, other words for what was there, paths with --silent', async () => {
  const hmi = await start(simulateHmi());
  const cwd = tempDir();
  const hour = ['2015-12-11T00:00', '2015-12-11T00:15', 'fits', '--harpnum', '6167', '--segments', 'magnetogram'];
  const args = ['hmi', 'download', 'hmi.sharp_720s', ...hour, '--base-url', hmi.url];
  expect((await sdc(args, { cwd })).err).toMatch(downloads('1 file', 1, 0, 0, 0));
  const again = await sdc(args, { cwd });
  expect(again.out).toMatch(/^already there {2}\S+\.fits \(/u);
  expect(again.err).toMatch(downloads('1 file', 0, 0, 1, 0));
  const near = ['hmi', 'nearest', 'hmi.sharp_720s', '2015-12-11', '--to', 'near', '--harpnum', '6167'];
  const silent = await sdc([...near, '-s', '--print-filenames', '--base-url', hmi.url], { cwd });
  expect(silent.out.trim().split('\n')).toHaveLength(readdirSync(join(cwd, 'near')).length);
  const sim = simulateScops({ clock: { mode: 'real', start: '2018-03-07T15:28:24Z', speed: 120 } });
  const scops = await start(sim);
  const { project, password } = sim.credentials;
  const env = { SCOPS_BASE_URL: scops.url, SCOPS_PROJECT: project, SCOPS_PASSWORD: password };
  const order = ['2014', '217', '--line', 'f21701:1-3', '--email', 'me@institute.org', '--poll', '0.2'];
  const made = await sdc(['scops', 'process', ...order, '-s', '--print-filenames', '--output-dir', 'maps'], {
    env,
    cwd,
  });
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).toMatch(/^\S+\.zip\n$/u);
  const flight = ['scops', 'flight', '2014', '217'];
  expect((await sdc([...flight, '-s'], { env, cwd })).out).toBe((await sdc(flight, { env, cwd })).out);
});

test('SCC: every command that transfers has its counts, and paths with --silent', async () => {
  const sim = simulateScc({ clock: { perRequestMs: 20_000 } });
  const server = await start(sim);
  const { httpAuthUser, httpAuthPassword, username, password } = sim.credentials;
  const cwd = tempDir();
  const env = {
    SCC_BASE_URL: server.url,
    SCC_HTTP_AUTH_USER: httpAuthUser,
    SCC_HTTP_AUTH_PASSWORD: httpAuthPassword,
    SCC_USERNAME: username,
    SCC_PASSWORD: password,
  };
  const run = (...args: string[]): Promise<Ran> => sdc(['scc', ...args], { env, cwd });
  const raw = [exampleFile('20210601aky0930.nc'), '437', '--radiosounding', exampleFile('rs_20210601aky09.nc')];
  const uploaded = await run('upload-file', ...raw);
  expect(uploaded.err).toMatch(closing('2 files: 2 uploaded, 0 already there, 0 failed'));
  const folderUpload = await run('upload', exampleFile('20210602aky0930.nc'), '--system', '437');
  expect(folderUpload.err).toMatch(closing('2 files: 2 uploaded, 0 already there, 0 failed'));
  const processed = await run(
    'process-file',
    ...raw,
    '--force',
    '--poll',
    '0.05',
    '--output-dir',
    'p',
    '-s',
    '--print-filenames',
  );
  expect(processed.code, processed.err).toBe(0);
  expect(processed.out.trim().split('\n')).toHaveLength(readdirSync(join(cwd, 'p')).length);
  const week = ['search-download', '2021-06-01', '2021-06-02', 'w', '--location', 'aky'];
  const found = await run(...week);
  const count = readdirSync(join(cwd, 'w')).length;
  expect(found.err).toMatch(downloads(`${count} files`, count, 0, 0, 0));
  expect((await run(...week, '-s', '--print-filenames')).out.trim().split('\n')).toHaveLength(count);
  const one = ['download', '20210601aky0000', '--output-dir', 'd', '--no-wait', '--products', 'elpp'];
  expect((await run(...one)).err).toMatch(downloads('1 file', 1, 0, 0, 0));
  expect(
    (await run('scc-download', 'd', '--id', '20210601aky0000', '--products', 'elpp', '--overwrite', 'skip')).err,
  ).toMatch(downloads('1 file', 0, 0, 1, 0));
});
