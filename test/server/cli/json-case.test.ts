import { expect, test } from 'vitest';
import { simulateHmi, simulateImap } from '../../../src/testing/index.js';
import { start } from '../../support/server.js';
import { sdc } from './run.js';
import { desk } from './scc-desk.js';

const WEEK = ['search', '2021-06-01', '2021-06-03', '--location', 'aky', '--output'];

/** The names of all fields of a JSON value. */
function names(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value) names(one, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) names(one, found.add(name));
  return found;
}

test('without --json-case results are as they were; camel and snake rename the fields of JSON at every depth', async () => {
  const { run } = await desk();
  const plain = await run(...WEEK, 'json');
  expect(names(JSON.parse(plain.out))).toContain('dateStart');
  expect((await run(...WEEK, 'json', '--json-case', 'camel')).out).toBe(plain.out);
  const { code, out } = await run(...WEEK, 'json', '--json-case', 'snake');
  expect(code).toBe(0);
  const found = names(JSON.parse(out));
  expect(found).toContain('date_start');
  expect([...found].filter((name) => /[A-Z]/u.test(name))).toEqual([]);
  expect(found.size).toBe(names(JSON.parse(plain.out)).size);
});

test('CSV has the same names in its header, and the same rows', async () => {
  const { run } = await desk();
  const lines = async (...more: string[]): Promise<string[]> => (await run(...WEEK, 'csv', ...more)).out.split('\n');
  const [plain, snake, camel] = [
    await lines(),
    await lines('--json-case', 'snake'),
    await lines('--json-case', 'camel'),
  ];
  expect(snake[0]).not.toMatch(/[a-z][A-Z]/u);
  expect(camel[0]).not.toContain('_');
  expect(snake[0]).not.toBe(camel[0]);
  expect(snake.slice(1)).toEqual(plain.slice(1));
  expect(camel.slice(1)).toEqual(plain.slice(1));
});

test('rows of the archive, which are in snake case, in camel case', async () => {
  const sim = simulateImap();
  const env = { IMAP_DATA_ACCESS_URL: (await start(sim)).url };
  const args = ['imap', 'query', '--instrument', 'mag', '--start-date', '20260105', '--output', 'json'];
  const [plain, camel] = [await sdc(args, { env }), await sdc([...args, '--json-case', 'camel'], { env })];
  expect(names(JSON.parse(plain.out))).toContain('file_path');
  expect(names(JSON.parse(camel.out))).toContain('filePath');
});

test('keywords keep the names that the service gives them', async () => {
  const { url } = await start(simulateHmi());
  const hmi = (...args: string[]) => sdc(['hmi', '--base-url', url, ...args, '--output', 'json']);
  const series = 'hmi.sharp_cea_720s';
  const listed = await hmi('list', series, '2015-12-11T00:00', '2015-12-11T00:30', '--json-case', 'snake');
  const [record] = JSON.parse(listed.out) as { recnum: number; date_obs_text: string }[];
  expect(record?.date_obs_text).toMatch(/^2015/u);
  const meta = await hmi('meta', series, String(record?.recnum), '--fields', 'r_value', '--json-case', 'camel');
  expect(names(JSON.parse(meta.out))).toEqual(new Set(['recnum', 'r_value']));
});

test('an error as JSON has the same names; another case is refused', async () => {
  const { run } = await desk();
  const { err } = await run('search', 'never', '2021-06-03', '--output', 'json', '--json-case', 'snake');
  expect(JSON.parse(err)).toHaveProperty('exit_code', 2);
  const { code, err: refused } = await run('list', '--json-case', 'kebab');
  expect(code).toBe(2);
  expect(refused).toContain('camel, snake');
});
