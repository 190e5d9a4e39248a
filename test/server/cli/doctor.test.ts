import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSimulator, type SimulatedCentre } from '../../../src/cli/local/simulators.js';
import { settingOf } from '../../../src/cli/settings/known.js';
import { tempDir } from '../../support/temp-dir.js';
import { sdc } from './run.js';

/** A simulated centre, and the variables that lead a command to it. */
async function centre(name: SimulatedCentre): Promise<{ env: Record<string, string> } & AsyncDisposable> {
  const { server, settings } = await startSimulator(name, undefined, 1);
  const env = Object.fromEntries(
    [...settings].flatMap(([key, value]): [string, string][] => {
      const variable = settingOf(key)?.variable;
      return variable === undefined ? [] : [[variable, value]];
    }),
  );
  return { env, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

test.each<SimulatedCentre>(['scc', 'imap', 'hmi', 'scops'])('sdc doctor %s: all holds', async (name) => {
  await using sim = await centre(name);
  const { code, out, err } = await sdc(['doctor', name], { env: sim.env });
  expect(err).toMatch(/: \d+ hold, 0 differ, 0 not asked/u);
  expect(code).toBe(0);
  expect(out).toMatch(/^centre +point +verdict +seen/u);
  expect(out.split('\n').filter((line) => line.includes('holds')).length).toBeGreaterThan(12);
});

test('a report for programs, and a folder with the answers', async () => {
  await using sim = await centre('hmi');
  const folder = join(tempDir(), 'answers');
  const { code, out } = await sdc(['doctor', 'hmi', '--output', 'json', '--record', folder], { env: sim.env });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual([
    expect.objectContaining({
      centre: 'hmi',
      points: expect.arrayContaining([expect.objectContaining({ id: 'list.array', verdict: 'holds' })]),
    }),
  ]);
  expect(readdirSync(folder)).toContain('report.json');
  const again = await sdc(['doctor', 'hmi', '--record', folder], { env: sim.env });
  expect(again.code).toBe(2);
  expect(again.err).toContain('--record must be a new or empty folder');
});

test('without a name those are asked that are set up', async () => {
  await using hmi = await centre('hmi');
  await using imap = await centre('imap');
  const folder = join(tempDir(), 'answers');
  const { code, err } = await sdc(['doctor', '--record', folder], { env: { ...hmi.env, ...imap.env } });
  expect(err).not.toMatch(/scc|scops/u);
  expect(code).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['hmi', 'imap']);
});

test('something else at the address ends with 1, and says what differs', async () => {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<h1>Hello</h1>'),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  try {
    const { code, err, out } = await sdc(['doctor', 'hmi'], { env: { HMI_BASE_URL: `http://127.0.0.1:${port}` } });
    expect(code).toBe(1);
    expect(err).toContain('hmi list.array');
    expect(out).toContain('200, a bare JSON array');
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('no answer ends with 75, a refused login with 4', async () => {
  const silent = await sdc(['doctor', 'hmi', '--retries', '0'], { env: { HMI_BASE_URL: 'http://127.0.0.1:9' } });
  expect(silent.code).toBe(75);
  await using sim = await centre('scc');
  const refused = await sdc(['doctor', 'scc'], { env: { ...sim.env, SCC_PASSWORD: 'not-the-password' } });
  expect(refused.code).toBe(4);
  expect(refused.out + refused.err).not.toContain('not-the-password');
});
