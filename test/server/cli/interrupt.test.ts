import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { expect, test } from 'vitest';
import { simulateHmi, simulateScc } from '../../../src/testing/index.js';
import { cover } from '../../support/full.js';
import { until } from '../../support/until.js';
import { tempDir } from '../../support/temp-dir.js';
import { start } from '../../support/server.js';
import { sdc } from './run.js';

const one = ['hmi.sharp_720s', '2015-12-11T00:00', '2015-12-11T00:15', 'fits', '--segments', 'magnetogram'];

test('Ctrl-C ends cleanly with 130, keeps the part, and the same command continues it', async () => {
  const sim = simulateHmi({ fileBytes: 8_000_000, ranges: true });
  const server = await start(sim);
  const cwd = tempDir();
  const fits = join(cwd, 'fits');
  const args = ['hmi', 'download', ...one, '--harpnum', '6167', '--base-url', server.url];
  sim.faults.add({ route: /magnetogram/u, fault: { kind: 'stall', afterBytes: 6_000_000 } });
  const parts = (): string[] => (existsSync(fits) ? readdirSync(fits).filter((name) => name.includes('.part')) : []);
  const interrupt = async (child: ChildProcess): Promise<void> => {
    await until(() => parts().some((name) => statSync(join(fits, name)).size >= 1_000_000));
    child.kill('SIGINT');
  };
  const { code, out, err } = await sdc(args, { cwd, during: interrupt });
  expect({ code, out }).toEqual({ code: 130, out: '' });
  expect(err).toBe('interrupted; partial downloads are kept, and the same command continues them\n');
  expect(parts().length, 'a part is kept').toBeGreaterThan(0);
  expect(readdirSync(fits).filter((name) => name.endsWith('.fits'))).toEqual([]);

  const again = await sdc(args, { cwd });
  expect(again.code).toBe(0);
  expect(again.out).toMatch(/^resumed +\S+\.fits \(8\.0 MB\)\n$/u);
  expect(sim.requests.at(-1)?.headers.get('range')).toMatch(/^bytes=\d+-$/u);
});

/** Sends a signal while an SCC command waits for an answer; whether the session was ended, too. */
async function ended(
  signal: NodeJS.Signals,
  args: readonly string[],
  wrap: (child: ChildProcess) => Promise<void> = () => Promise.resolve(),
): Promise<{ code: number | null; sessions: number; err: string }> {
  const sim = simulateScc();
  const server = await start(sim);
  const { httpAuthUser, httpAuthPassword, username, password } = sim.credentials;
  const env = {
    SCC_BASE_URL: server.url,
    SCC_HTTP_AUTH_USER: httpAuthUser,
    SCC_HTTP_AUTH_PASSWORD: httpAuthPassword,
    SCC_USERNAME: username,
    SCC_PASSWORD: password,
  };
  const waits = /GET \/(?:admin\/database\/measurements|api|data_processing)/u;
  sim.faults.add({ route: waits, fault: { kind: 'stall' }, times: Infinity });
  const during = async (child: ChildProcess): Promise<void> => {
    await until(() => sim.requests.some(({ method, url }) => waits.test(`${method} ${new URL(url).pathname}`)));
    child.kill(signal);
    await wrap(child);
  };
  const { code, err } = await sdc(args, { env, during });
  return { code, sessions: sim.sessionCount, err };
}

const commands = [
  ['scc', 'search', '2021-06-01', '2021-07-01'],
  ['scc', 'download', '20210615po01', '--output-dir', 'out'],
  ['scc', 'rerun-all', '20210615po01'],
];

const SIGNALS = [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

test.each(
  cover(
    SIGNALS.flatMap(([signal, code]) => commands.map((args) => ({ signal, code, args, line: args.join(' ') }))),
    ({ signal }) => signal,
    ({ line }) => line,
  ),
)('$signal ends the session and the command $line, with exit code $code', async ({ signal, code, args }) => {
  const seen = await ended(signal, args);
  expect(seen).toMatchObject({ code, sessions: 0 });
  expect(seen.err).toContain('interrupted');
});

test('a command under nohup outlives its terminal', async () => {
  const server = await start(simulateHmi());
  const hangUp = async (child: ChildProcess): Promise<void> => {
    child.stdout?.once('data', () => child.kill('SIGHUP'));
    await new Promise((resolve) => child.on('close', resolve));
  };
  const args = ['hmi', 'download', ...one, '--concurrency', '1', '--base-url', server.url];
  const kept = await sdc(args, { during: hangUp, env: { _: '/usr/bin/nohup' } });
  expect(kept.code, kept.err).toBe(0);
});

test('a request to end from the system ends a question too', async () => {
  const { code } = await sdc(['scc', 'login'], {
    input: null,
    during: async (child) => {
      child.stderr?.once('data', () => setTimeout(() => child.kill('SIGTERM'), 200));
      await new Promise((resolve) => child.on('close', resolve));
    },
  });
  expect(code).toBe(143);
});

test('a reader that has seen enough is no failure', async () => {
  const server = await start(simulateHmi());
  const args = ['hmi', 'list', 'hmi.sharp_720s', '2015-12-11', '2015-12-12', '--base-url', server.url];
  const close = async (child: ChildProcess): Promise<void> => {
    child.stdout?.destroy();
    await Promise.resolve();
  };
  expect((await sdc(args, { during: close })).code).toBe(0);
});
