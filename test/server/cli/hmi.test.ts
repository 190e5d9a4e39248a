import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulateHmi, type HmiSimulator } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { start } from '../../support/server.js';
import { expected, sdc, stable, type Ran } from './run.js';

const hour = ['hmi.sharp_720s', '2015-12-11T00:00', '2015-12-11T00:30'];

async function desk(): Promise<{ sim: HmiSimulator; cwd: string; run: (...args: string[]) => Promise<Ran> }> {
  const sim = simulateHmi();
  const server = await start(sim);
  const cwd = tempDir();
  return { sim, cwd, run: (...args) => sdc(['hmi', '--base-url', server.url, ...args], { cwd }) };
}

test.each(['table', 'csv'])('list prints a %s', async (format) => {
  const { run } = await desk();
  const { code, out, err } = await run('list', ...hour, '--segments', 'magnetogram,bitmap', '--output', format);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await expect(stable(out)).toMatchFileSnapshot(expected(`hmi-list.${format}`));
});

test('the JSON of a list holds whole records', async () => {
  const { run } = await desk();
  const { out } = await run('list', ...hour, '--harpnum', '6167', '--quality', '0', '--output', 'json');
  const records = JSON.parse(out) as { harpnum: number; files: unknown[] }[];
  expect(records.length).toBeGreaterThan(0);
  expect(records.every(({ harpnum, files }) => harpnum === 6167 && files.length > 0)).toBe(true);
});

test('download, then the same again: nothing is fetched twice', async () => {
  const { run, cwd, sim } = await desk();
  const args = ['download', ...hour, 'fits', '--segments', 'magnetogram'];
  const first = await run(...args);
  expect(first.code).toBe(0);
  const files = readdirSync(join(cwd, 'fits'));
  expect(first.out.trim().split('\n')).toHaveLength(files.length);
  expect(files.length).toBeGreaterThan(0);
  const asked = sim.requests.length;
  const second = await run(...args);
  expect(second.out).toMatch(/^already there /u);
  expect(sim.requests.slice(asked).filter(({ path }) => path.includes('/image/') || path.endsWith('.fits'))).toEqual(
    [],
  );
});

test('keywords; a record that is not there is named', async () => {
  const { run } = await desk();
  const listed = await run('list', ...hour, '--output', 'json');
  const [first] = JSON.parse(listed.out) as { recnum: number }[];
  const { code, out, err } = await run(
    'meta',
    hour[0]!,
    String(first?.recnum),
    '1',
    '--fields',
    'usflux,area',
    '--output',
    'csv',
  );
  expect(code).toBe(3);
  expect(out).toMatch(/^"recnum","\w+","\w+"\n"\d+","/u);
  expect(err).toMatch(/^1 of 2 failed:\n {2}record 1: /u);
});

test('a service that does not answer is exit code 75', async () => {
  const { code, err } = await sdc(['hmi', 'list', ...hour, '--retries', '0'], {
    env: { HMI_BASE_URL: 'http://127.0.0.1:9/' },
  });
  expect(code).toBe(75);
  expect(err).toContain('127.0.0.1:9');
});

test('the slot nearest to a moment, the last one before it, and their files', async () => {
  const { run, cwd } = await desk();
  const nearest = await run('nearest', 'hmi.sharp_720s', '2015-12-11T12:34', '--segments', 'magnetogram');
  const latest = await run('latest', 'hmi.sharp_720s', '--before', '2015-12-11T12:40', '--segments', 'magnetogram');
  for (const { code, err } of [nearest, latest]) expect({ code, err }).toEqual({ code: 0, err: '' });
  await expect(nearest.out + latest.out).toMatchFileSnapshot(expected('hmi-moments.txt'));
  const one = ['--harpnum', '6167', '--segments', 'magnetogram', '--to', 'fits'];
  expect((await run('nearest', 'hmi.sharp_720s', '2015-12-11T12:34', ...one)).code).toBe(0);
  expect(readdirSync(join(cwd, 'fits'))).toHaveLength(1);
  const none = await run('latest', 'hmi.sharp_720s', '--before', '2001-01-01', '--within', '1');
  expect(none).toMatchObject({ code: 0, err: 'no records found\n' });
});

test('describe shows what the service says of itself; --alive tells whether it answers', async () => {
  const { run } = await desk();
  const described = await run('describe');
  expect(JSON.parse(described.out)).toMatchObject({ paths: expect.any(Object) as object });
  expect((await run('describe', '--alive')).out).toMatch(/^http:\S+ answers\n$/u);
  const dead = await run('describe', '--alive', '--base-url', 'http://127.0.0.1:9');
  expect(dead.code).toBe(75);
  expect(dead.err).toContain('is the tunnel open?');
});

test('keywords can come with the list, and long ranges in slices', async () => {
  const { run, sim } = await desk();
  const args = ['list', ...hour, '--meta', '--harpnum', '6167', '--slice', '0.25', '--output', 'json'];
  const { code, out } = await run(...args, '--polite-delay', '0.01');
  expect(code).toBe(0);
  const records = JSON.parse(out) as { meta?: object }[];
  expect(records.length).toBeGreaterThan(0);
  expect(records.every(({ meta }) => meta !== undefined)).toBe(true);
  expect(sim.requests).toHaveLength(2);
});

test('--print-filenames prints the paths and nothing else, for the next program in a pipe', async () => {
  const { run, cwd } = await desk();
  const args = ['download', ...hour, 'fits', '--segments', 'magnetogram', '--harpnum', '6167', '--print-filenames'];
  const first = await run(...args);
  expect(first).toMatchObject({ code: 0, err: expect.stringMatching(/^2 files: 2 new, .*\n$/u) as string });
  // Files are told of as they are done.
  const paths = (text: string): string[] => text.trimEnd().split('\n').sort();
  expect(paths(first.out)).toEqual(
    readdirSync(join(cwd, 'fits'))
      .sort()
      .map((name) => join(cwd, 'fits', name)),
  );
  expect(paths((await run(...args)).out), 'those that are there already too').toEqual(paths(first.out));
});
