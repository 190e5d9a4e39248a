import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulateImap, type ImapSimulator } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { exampleFile } from '../../support/example-file.js';
import { noise } from '../../support/noise.js';
import { start } from '../../support/server.js';
import { expected, sdc, stable, type Ran } from './run.js';

const packets = 'imap_mag_l0_raw_20240312_v001.0001.pkts';
const packetFile = exampleFile(packets);
const sample = 'imap_mag_l1a_norm-mago_20260105_v001.0002.cdf';

interface Desk {
  readonly sim: ImapSimulator;
  readonly cwd: string;
  readonly packetUrl: string;
  run(...args: string[]): Promise<Ran>;
}

async function desk(key: 'full' | 'none' = 'none'): Promise<Desk> {
  const sim = simulateImap();
  const server = await start(sim);
  const env = {
    IMAP_DATA_ACCESS_URL: server.url,
    IMAP_WEBPODA_TOKEN: sim.credentials.webpodaToken,
    ...(key === 'full' && { IMAP_API_KEY: sim.credentials.apiKey }),
  };
  const cwd = tempDir();
  return { sim, cwd, packetUrl: server.origins.packets ?? '', run: (...args) => sdc(['imap', ...args], { env, cwd }) };
}

const science = ['--instrument', 'mag', '--data-level', 'l1a', '--start-date', '20260105', '--version', 'latest'];

test.each([
  ['imap-science.txt', science],
  ['imap-pointings.txt', ['--instrument', 'glows', '--version', 'latest']],
  ['imap-ancillary.txt', ['--table', 'ancillary', '--instrument', 'mag']],
  ['imap-spice.txt', ['--table', 'spice', '--type', 'leapseconds']],
  ['imap-none.txt', ['--table', 'spice', '--type', 'ephemeris_long']],
  ['imap-filename.txt', ['--filename', sample]],
  ['imap-science.csv', [...science, '--output', 'csv']],
])('query prints the table of the Python tool: %s', async (file, args) => {
  const { run } = await desk('full');
  const { code, out, err } = await run('query', ...args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await expect(stable(out)).toMatchFileSnapshot(expected(file));
});

test('query without a key says that only released files are shown, found or not; kernels are public, --silent is silent', async () => {
  const { run } = await desk();
  const found = await run('query', ...science);
  expect(found.out).toContain('Found [3] matching files');
  expect(found.err).toMatch(/^without a key only released files are shown; .*IMAP_API_KEY\n$/u);
  expect((await run('query', ...science, '--output', 'csv')).err).toBe(found.err);
  expect((await run('query', '--instrument', 'l1const')).err).toBe(found.err);
  expect((await run('query', ...science, '--silent')).err).toBe('');
  expect((await run('query', '--table', 'spice', '--type', 'leapseconds')).err).toBe('');
});

test('--output-format json is one line with the rows of the server', async () => {
  const { run } = await desk();
  const { out } = await run('query', ...science, '--output_format', 'json');
  expect(out.trimEnd()).not.toContain('\n');
  const rows = JSON.parse(out) as Record<string, unknown>[];
  expect(rows[0]).toMatchObject({ instrument: 'mag', data_level: 'l1a', start_date: '20260105' });
  expect(JSON.parse((await run('query', '--instrument', 'l1const', '--output-format', 'json')).out)).toEqual([]);
});

test.each([
  ['--type with another table', ['--table', 'science', '--type', 'spin'], '--type needs --table spice'],
  ['a slip of an instrument', ['--instrument', 'swappi'], 'did you mean "swapi"'],
  ['--filename with others', ['--filename', sample, '--version', 'latest'], 'should be used by itself'],
  ['no filter at all', [], 'At least one'],
  ['kernels of no kind', ['--table', 'spice'], '--type'],
])('query refuses %s, with exit code 2', async (_what, args, words) => {
  const { run, sim } = await desk();
  const { code, err } = await run('query', ...args);
  expect(code).toBe(2);
  expect(err.toLowerCase()).toContain(words.toLowerCase());
  expect(sim.requests).toEqual([]);
});

test('download puts a file to its place and says so; the second time it says that it is there', async () => {
  const { run, cwd, sim } = await desk();
  const path = join(cwd, 'data/imap/mag/l1a/2026/01', sample);
  expect(await run('download', sample)).toMatchObject({
    code: 0,
    out: `Successfully downloaded the file to: ${path}\n`,
  });
  expect(existsSync(path)).toBe(true);
  const asked = sim.requests.length;
  expect(await run('download', sample)).toMatchObject({ code: 0, out: `Already there: ${path}\n` });
  expect(sim.requests.length).toBe(asked);
});

test('download --connections fetches a large file by ranges; the count is checked', async () => {
  const { run, cwd, sim } = await desk();
  const name = 'imap_mag_l1a_norm-mago_20260120_v001.0001.cdf';
  const body = noise(9 * 1024 * 1024);
  sim.addFile({ name, body, released: true });
  expect(await run('download', name, '--connections', '2')).toMatchObject({ code: 0 });
  expect(Buffer.compare(readFileSync(join(cwd, 'data/imap/mag/l1a/2026/01', name)), body)).toBe(0);
  const ranges = sim.requests.filter(({ service }) => service === 'storage').map(({ headers }) => headers.get('range'));
  expect(ranges).toEqual(['bytes=0-8388607', 'bytes=8388608-9437183']);
  for (const count of ['0', '1.5', '101', 'many'])
    expect(await run('download', name, '--connections', count)).toMatchObject({ code: 2 });
});

test('query --download fetches everything that was found', async () => {
  const { run, cwd } = await desk();
  const { code, out } = await run('--data-dir', cwd, 'query', ...science, '--download', '--output', 'csv');
  expect(code).toBe(0);
  expect(out.split('\n').filter((line) => line.startsWith('"downloaded"'))).toHaveLength(3);
  expect(existsSync(join(cwd, 'imap/mag/l1a/2026/01', sample))).toBe(true);
});

test('a data directory that is not there is wrong usage', async () => {
  const { run } = await desk();
  const { code, err } = await run('--data-dir', 'missing', 'download', sample);
  expect({ code, err }).toEqual({ code: 2, err: 'error: Data directory missing does not exist\n' });
});

test('one of two files is not there: exit code 3, the other one is downloaded', async () => {
  const { run } = await desk();
  const missing = 'imap_mag_l1a_norm-mago_20990105_v001.0002.cdf';
  const { code, out, err } = await run('download', sample, missing, '--output', 'json');
  expect(code).toBe(3);
  expect(JSON.parse(out)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ status: 'downloaded' }),
      expect.objectContaining({ status: 'failed', error: expect.objectContaining({ code: 'not-found' }) }),
    ]),
  );
  expect(err).toMatch(/^1 of 2 failed:\n {2}\S+_20990105_v001\.0002\.cdf: /u);
});

test('upload needs a key, takes a file once, and forgives the same file where asked to', async () => {
  const { run, cwd } = await desk('full');
  copyFileSync(packetFile, join(cwd, packets));
  expect(await run('upload', packets)).toMatchObject({
    code: 0,
    out: 'Successfully uploaded the file to the IMAP SDC\n',
  });
  expect((await run('upload', packets)).code).toBe(5);
  expect((await run('upload', packets, '--accept-identical')).code).toBe(0);
  expect((await run('upload', 'missing.pkts')).code).toBe(2);
});

test('reprocess and release say what the Python tool says', async () => {
  const { run, cwd, sim } = await desk('full');
  const again = await run('reprocess', '--start-date', '20260105', '--end_date', '20260106', '--instrument', 'mag');
  expect(again).toMatchObject({ code: 0, out: 'Successfully triggered reprocessing for the given parameters.\n' });
  expect(sim.reprocessQueue).toHaveLength(1);
  const manifest = 'imap_mag_release_20260105_v001.txt';
  writeFileSync(join(cwd, manifest), `${sample}\n`);
  const released = await run('release', '--release-type', 'release', '--manifest-file', manifest, '--poll', '0.05');
  expect(released).toMatchObject({ code: 0, out: 'Successfully submitted release request to the IMAP SDC.\n' });
});

test('webpoda downloads packets of a day, by spacecraft time unless told otherwise', async () => {
  const { run, packetUrl, sim } = await desk();
  const day = sim.requests.length;
  const args = ['webpoda', '--instrument', 'swapi', '--start-date', '20251112', '--webpoda-url', packetUrl];
  const { code, out } = await run(...args);
  expect(code).toBe(0);
  expect(out).toMatch(/Successfully downloaded the data from webpoda\.\n$/u);
  expect(sim.requests.slice(day).some(({ service, url }) => service === 'packets' && url.includes('time'))).toBe(true);
  expect((await run(...args, '--end-date', 'tomorrow')).code).toBe(2);
});

test('a refused key is exit code 4, and is not shown even with --debug', async () => {
  const { run } = await desk();
  const { code, out, err } = await run('--api-key', 'secret-key-123', '--debug', 'query', '--instrument', 'mag');
  expect(code).toBe(4);
  expect(err).toContain('error: ');
  expect(err).toContain('debug: ');
  expect(out + err).not.toContain('secret-key-123');
});

test('--output-format json is written as Python writes it', async () => {
  const { run } = await desk();
  const { out } = await run('query', '--filename', sample, '--output-format', 'json');
  expect(out).toMatch(/^\[\{"file_path": "imap\/mag\/[^"]+", "instrument": "mag", .*"cr": null.*\}\]\n$/u);
});

test('--filename finds kernels too: their kind is in their name', async () => {
  const { run } = await desk();
  const all = await run('query', '--table', 'spice', '--type', 'attitude_history', '--output-format', 'json');
  const [kernel] = JSON.parse(all.out) as { file_name: string }[];
  const found = await run('query', '--filename', kernel?.file_name ?? '', '--output-format', 'json');
  expect(found.code, found.err).toBe(0);
  expect(JSON.parse(found.out)).toEqual([kernel]);
});

test.each([
  ['spin-table', ['--latest']],
  ['repoint-table', ['--latest', '--output', 'csv']],
  ['small-forces-table', ['--start_date', '20260105']],
  ['processing-jobs', ['--status', 'FAILED', '--output', 'csv']],
  ['metakernel', ['--start-time', '20260101', '--end-time', '20260102', '--list-files']],
])('%s prints what the service has', async (name, args) => {
  const { run } = await desk();
  const { code, out, err } = await run(name, ...args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await expect(stable(out)).toMatchFileSnapshot(expected(`imap-${name}.txt`));
});

test('table files can be downloaded at once', async () => {
  const { run, cwd } = await desk();
  const { code, out } = await run('spin-table', '--latest', '--download');
  expect(code).toBe(0);
  expect(out.match(/^Successfully downloaded the file to: /gmu)).toHaveLength(3);
  expect(existsSync(join(cwd, 'data/imap/spice/spin/imap_2026_005_2026_006_02.spin.csv'))).toBe(true);
});

test('a metakernel goes to a file; a span that is not covered is refused, naming the gaps', async () => {
  const { run, cwd } = await desk();
  const span = ['metakernel', '--start-time', '20260101', '--end-time', '20260102'];
  const saved = await run(...span, '--save', 'imap.tm', '--spice-path', '/kernels');
  expect(saved, saved.err).toMatchObject({ code: 0, out: 'wrote the metakernel to imap.tm\n' });
  const text = readFileSync(join(cwd, 'imap.tm'), 'utf8');
  expect(text).toContain('KERNELS_TO_LOAD');
  expect(text).toContain('/kernels');
  const far = ['metakernel', '--start-time', '20300101', '--end-time', '20300102', '--file-types', 'attitude_history'];
  expect((await run(...far, '--require-coverage')).code).not.toBe(0);
});

test('JSON and CSV tell of what leaves no file either', async () => {
  const { run, sim } = await desk('full');
  const args = ['reprocess', '--start-date', '20260105', '--end-date', '20260106', '--output', 'json'];
  const { code, out } = await run(...args);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual([{ status: 'triggered', answer: expect.any(String) as string }]);
  expect(sim.reprocessQueue).toHaveLength(1);
});
