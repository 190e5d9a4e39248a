import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulateImap } from '../../../src/testing/index.js';
import { start } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { sdc, type Ran, type RunOptions } from './run.js';
import { desk } from './scc-desk.js';

const names = ['05', '06', '07'].map((day) => `imap_mag_l1a_norm-mago_202601${day}_v001.0001.cdf`);

async function imap(): Promise<{ cwd: string; run: (args: string[], options?: RunOptions) => Promise<Ran> }> {
  const sim = simulateImap({ data: { replace: true, files: names.map((name) => ({ name, released: true })) } });
  const env = { IMAP_DATA_ACCESS_URL: (await start(sim)).url, IMAP_API_KEY: sim.credentials.apiKey };
  const cwd = tempDir();
  return { cwd, run: (args, options) => sdc(['imap', 'download', ...args], { env, cwd, ...options }) };
}

test('imap download: names from a file, with comments and blank lines, besides arguments', async () => {
  const { cwd, run } = await imap();
  writeFileSync(join(cwd, 'names.txt'), `\uFEFF# of January\r\n\r\n  ${names[0]}\r\n${names[1]}`);
  const { code, out, err } = await run([names[2] ?? '', '--files-from', 'names.txt']);
  expect(code).toBe(0);
  expect(out.match(/^Successfully /gmu)).toHaveLength(3);
  expect(err).toMatch(/^3 files: 3 new, /u);
});

test('imap download: names from the standard input; none at all is nothing to do', async () => {
  const { run } = await imap();
  const piped = await run(['--files-from', '-'], { input: `${names.join('\n')}\n` });
  expect(piped).toMatchObject({ code: 0, err: expect.stringMatching(/^3 files: 3 new, /u) as string });
  const nothing = await run(['--files-from', '-'], { input: '\n' });
  expect(nothing).toMatchObject({ code: 0, out: '', err: expect.stringMatching(/^0 files: /u) as string });
});

test('scc download: ids from a file', async () => {
  const { run, cwd } = await desk();
  writeFileSync(join(cwd, 'ids.txt'), '20210601aky0000\n');
  const args = ['--files-from', 'ids.txt', '--products', 'elpp', '--output-dir', 'out', '--poll', '0.05'];
  expect((await run('download', ...args)).out).toMatch(/^downloaded .*preprocessed_20210601aky0000\.zip/u);
  expect(await run('download')).toMatchObject({ code: 2, out: '' });
});

test.each([
  [['--files-from', 'nowhere.txt'], /^error: the list nowhere\.txt cannot be read \(ENOENT\)/u],
  [[], /^error: give file names, or a list with --files-from/u],
])('%j is wrong usage', async (args, message) => {
  const { run } = await imap();
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(message);
});

test('a list in UTF-16 is refused by name', async () => {
  const { run, cwd } = await imap();
  writeFileSync(join(cwd, 'names.txt'), Buffer.from(`\uFEFF${names[0]}`, 'utf16le'));
  expect((await run(['--files-from', 'names.txt'])).err).toMatch(/^error: the list names\.txt is in UTF-16/u);
});
