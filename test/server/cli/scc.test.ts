import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exampleFile } from '../../support/example-file.js';
import { expected, stable } from './run.js';
import { desk } from './scc-desk.js';

const week = ['2021-06-01', '2021-06-04', '--location', 'aky'];

test.each(['table', 'csv', 'json'])('search prints a %s', async (format) => {
  const { run } = await desk();
  const { code, out, err } = await run('search', ...week, '--output', format);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await expect(stable(out)).toMatchFileSnapshot(expected(`scc-search.${format}`));
});

test('the same search under the name of PollyXT-SCC-Pipelines, with numbers, into a file', async () => {
  const { run, cwd } = await desk();
  const { code, out } = await run('scc-search', ...week, '--detailed_status', '--to_csv=june.csv');
  expect({ code, out }).toEqual({ code: 0, out: 'wrote 3 measurements to june.csv\n' });
  await expect(readFileSync(join(cwd, 'june.csv'), 'utf8')).toMatchFileSnapshot(expected('scc-search-detailed.csv'));
});

test('list takes either spelling of its options and filters by status', async () => {
  const { run } = await desk();
  const underscore = await run('list', '--id_startswith', '20210601', '--output', 'csv');
  const hyphen = await run('list', '--id-startswith=20210601', '--output', 'csv');
  expect(underscore.code).toBe(0);
  expect(hyphen.out).toBe(underscore.out);
  const failed = await run('list', '--id_startswith', '202106', '--optical-processing-status=-127', '--output', 'json');
  const found = JSON.parse(failed.out) as { products: { elda: { code: number } } }[];
  expect(found.length).toBeGreaterThan(0);
  expect(found.every(({ products }) => products.elda.code === -127)).toBe(true);
  const both = await run('list', '--id_exact', 'a', '--id_startswith', 'b');
  expect(both.code).toBe(2);
});

test('lidar constants: one definition for header and values', async () => {
  const { run, cwd } = await desk();
  const { code } = await run('lidar-constants', '2021-06-01', '2021-06-03', 'constants.csv', '--location', 'aky');
  expect(code).toBe(0);
  await expect(readFileSync(join(cwd, 'constants.csv'), 'utf8')).toMatchFileSnapshot(expected('scc-constants.csv'));
});

test('upload-file -p uploads, waits and downloads', async () => {
  const { run, cwd, sim } = await desk();
  const args = ['upload-file', exampleFile('20210601aky0930.nc'), '437', '-p', '--poll', '0.05', '--output_dir', 'out'];
  const { code, out, err } = await run(...args, '--radiosounding', exampleFile('rs_20210601aky09.nc'));
  expect(code).toBe(0);
  expect(out).toContain('uploaded 20210601aky0930\n');
  expect(err).toContain('rs_20210601aky09.nc: sent');
  expect(existsSync(join(cwd, 'out/optical_20210601aky0930.zip'))).toBe(true);
  expect(sim.sessionCount, 'the session was ended').toBe(0);
  const again = await run('upload-file', exampleFile('20210601aky0930.nc'), '437');
  expect(again.code, 'there already, and no --force_upload').toBe(5);
  expect((await run('upload-file', exampleFile('20210601aky0930.nc'), '437', '--force_upload')).code).toBe(0);
});

test('--delay above 0 turns waiting off', async () => {
  const { run } = await desk();
  const { code, out, err } = await run('upload-file', exampleFile('20210601aky0930.nc'), '437', '-p', '--delay', '3');
  expect({ code, out }).toEqual({ code: 0, out: 'uploaded 20210601aky0930\n' });
  expect(err).toContain('not waiting');
  expect((await run('upload-file', 'x.nc', '437', '--delay', '97')).code).toBe(2);
});

test('a folder: one bad file does not end the run, the summary names it, the list can be downloaded', async () => {
  const { run, cwd } = await desk();
  await copyFile(exampleFile('20210601aky0930.nc'), join(cwd, 'good.nc'));
  await copyFile(exampleFile('rs_20210601aky09.nc'), join(cwd, 'rs_20210601aky09.nc'));
  writeFileSync(join(cwd, 'bad.nc'), 'no netCDF');
  const uploaded = await run('upload', '.', 'list.csv', '--system', '437');
  expect(uploaded.code).not.toBe(0);
  expect(uploaded.out).toBe('uploaded 20210601aky0930 (good.nc)\n');
  expect(uploaded.err).toMatch(/1 of 2 failed:\n {2}bad\.nc: /u);
  const listed = readFileSync(join(cwd, 'list.csv'), 'utf8');
  expect(stable(listed, { [cwd]: 'FOLDER' })).toBe(
    '"Filename","id","Products_Downloaded"\n"FOLDER/good.nc","20210601aky0930","False"\n',
  );
  const downloaded = await run('download', '--list', 'list.csv', '--poll', '0.05', '--output-dir', 'out');
  expect(downloaded.code).toBe(0);
  expect(readFileSync(join(cwd, 'list.csv'), 'utf8')).toContain('"20210601aky0930","True"');
  const nothing = await run('scc-download', 'out', 'list.csv');
  expect(nothing).toMatchObject({ code: 0, out: '' });
});

test('download: what failed is named at the end, the rest is there, the exit code tells', async () => {
  const { run, cwd } = await desk();
  const ids = ['20210601aky0000', '20200101aky0000', '20210602aky0700'];
  const { code, out, err } = await run(
    'download',
    ...ids,
    '--products',
    'elpp',
    '--output-dir',
    'out',
    '--poll',
    '0.05',
  );
  expect(code).toBe(1);
  await expect(stable(`${out}---\n${err}`, { [cwd]: 'FOLDER' })).toMatchFileSnapshot(expected('scc-download.txt'));
  const forgiving = await run(
    'download',
    '20210602aky0700',
    '--ignore_errors',
    '--output-dir',
    'out',
    '--poll',
    '0.05',
  );
  expect(forgiving.code).toBe(0);
});

test('--max_retries limits the attempts, and JSON holds the failure', async () => {
  const { run } = await desk();
  const args = ['20210601aky0000', '--base-url', 'http://127.0.0.1:9/', '--output', 'json'];
  const { code, out } = await run('download', ...args, '--max_retries', '0');
  expect(code).toBe(75);
  expect(JSON.parse(out)).toMatchObject([{ status: 'failed', item: '20210601aky0000', error: { attempts: 1 } }]);
});

test('search-download leaves out what is excluded', async () => {
  const { run, cwd } = await desk();
  const args = ['search-download', '2021-06-01', '2021-06-02', 'out', '--location', 'aky', '--to-csv', 'found.csv'];
  const { code } = await run(...args, '--no-hirelpp', '--no-cloudmask', '--no-elic');
  expect(code).toBe(0);
  expect(existsSync(join(cwd, 'out/preprocessed_20210601aky0000.zip'))).toBe(true);
  expect(existsSync(join(cwd, 'out/hirelpp_20210601aky0000.zip'))).toBe(false);
  expect(readFileSync(join(cwd, 'found.csv'), 'utf8')).toContain('"20210601aky0000"');
});

test('rerun and delete report each id, and fail if one fails', async () => {
  const { run, sim } = await desk();
  const again = await run('rerun-all', '20210601aky0000', '20200101aky0000');
  expect(again).toMatchObject({ code: 3, out: 'restarted 20210601aky0000\n' });
  expect(again.err).toMatch(/1 of 2 failed:\n {2}20200101aky0000: /u);
  const deleted = await run('scc-delete', '20210601aky0000', '--output', 'json');
  expect(JSON.parse(deleted.out)).toEqual([{ id: '20210601aky0000', status: 'deleted' }]);
  expect(sim.measurement('20210601aky0000')).toBeUndefined();
});

test('a measurement that never starts, since its radiosonde is missing, is a failure that says so', async () => {
  const { run } = await desk();
  const args = ['upload-file', exampleFile('20210601aky0930.nc'), '437', '-p', '--poll', '0.05'];
  const { code, out, err } = await run(...args, '--start-deadline', '0.01');
  expect({ code, out }).toEqual({ code: 1, out: 'uploaded 20210601aky0930\n' });
  expect(err).toMatch(/1 of 1 failed:\n {2}20210601aky0930: no module of 20210601aky0930 was started; .*radiosonde/u);
  const later = await run('download', '20210601aky0930', '--no-wait', '--output', 'json');
  expect(later.code).toBe(75);
  expect(JSON.parse(later.out)).toMatchObject([{ status: 'failed', item: '20210601aky0930' }]);
});

test('what is still processing is not done: 75 without waiting, 0 once it is there', async () => {
  const { run, sim, cwd } = await desk({ clock: { mode: 'virtual' } });
  const raw = ['upload-file', exampleFile('20210601aky0930.nc'), '437'];
  expect((await run(...raw, '--radiosounding', exampleFile('rs_20210601aky09.nc'))).code).toBe(0);
  const args = ['download', '20210601aky0930', '--no-wait', '--products', 'elpp', '--output-dir', 'out'];
  const early = await run(...args);
  expect(early.code, early.err).toBe(75);
  expect(early.err).toMatch(/1 of 1 failed:\n {2}20210601aky0930: not waited for: /u);
  sim.clock.advance(3_600_000);
  expect((await run(...args)).code).toBe(0);
  expect(existsSync(join(cwd, 'out/preprocessed_20210601aky0930.zip'))).toBe(true);
});
