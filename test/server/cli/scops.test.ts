import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulateScops, type ScopsSimulator } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { start } from '../../support/server.js';
import { expected, sdc, stable, type Ran } from './run.js';
import { isFull } from '../../support/full.js';
import { useQuickWaits } from '../../support/quick-waits.js';

// A command in a process of its own has a clock of its own.
if (!isFull) useQuickWaits();

async function desk(): Promise<{ sim: ScopsSimulator; cwd: string; run: (...args: string[]) => Promise<Ran> }> {
  const sim = simulateScops({ clock: { mode: 'real', start: '2018-03-07T15:28:24Z', speed: 120 } });
  const server = await start(sim);
  const { project, password } = sim.credentials;
  const cwd = tempDir();
  const env = { SCOPS_BASE_URL: server.url, SCOPS_PROJECT: project, SCOPS_PASSWORD: password };
  return { sim, cwd, run: (...args) => sdc(['scops', ...args], { cwd, env }) };
}

test('flight shows the lines of a day', async () => {
  const { run } = await desk();
  const { code, out } = await run('flight', '2014', '217');
  expect(code).toBe(0);
  await expect(stable(out)).toMatchFileSnapshot(expected('scops-flight.txt'));
  expect((await run('flight', '2014', '1')).code).toBe(3);
  expect((await run('flight', 'x', '1')).code).toBe(2);
});

test('from the order to its archives', { timeout: 180_000 }, async () => {
  const { run, cwd } = await desk();
  const order = [
    'submit',
    '2014',
    '217',
    '--line',
    'f21701:1-5',
    '--email',
    'me@institute.org',
    '--save',
    'order.json',
  ];
  const submitted = await run(
    ...order,
    '--pixel_size',
    '3',
    '--masks',
    'overflows,underflows',
    '--interpolation',
    'cubic',
  );
  expect(submitted.code).toBe(0);
  const { configName } = JSON.parse(readFileSync(join(cwd, 'order.json'), 'utf8')) as { configName: string };
  expect(submitted.out).toBe(`ordered ${configName}\n`);
  expect(submitted.err).toContain(`sdc scops confirm ${configName}`);
  const link = `https://scops.example/processor/confirm/${configName}?project=GB13_08`;
  expect(await run('confirm', link)).toMatchObject({ code: 0, out: `confirmed ${configName}\n` });
  const id = (await run('find-id', 'order.json')).out.trim();
  expect(id).toMatch(/^GB13_08_2014_217\d{14}$/u);
  const watched = await run('watch', id, '--poll', '0.1', '--output', 'json');
  expect(watched.code).toBe(0);
  expect(JSON.parse(watched.out)).toMatchObject({ state: 'complete', percent: 100 });
  expect((await run('status', id)).out).toContain('complete');
  const downloaded = await run('download', id, 'maps');
  expect(downloaded.code).toBe(0);
  expect(readdirSync(join(cwd, 'maps'))).toEqual(['f217013b_mapped.bil.zip']);
});

test('nothing that would harm the service is sent', async () => {
  const { run, sim } = await desk();
  const wrong = await run('submit', '2014', '217', '--line', 'f99999', '--email', 'me@institute.org');
  expect(wrong.code).toBe(2);
  expect((await run('confirm', 'GB13_08_2014_217_20990307152824')).code).toBe(3);
  expect(sim.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  expect(sim.requests.filter(({ path }) => path.includes('/confirm/'))).toEqual([]);
});
