import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { simulateHmi, simulateImap, simulateScc, type SccSimulator } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { start } from '../../support/server.js';
import { cleanEnvironment, sdc } from './run.js';

const FINISHED = '20210615po01';

async function scc(): Promise<{ sim: SccSimulator; env: Record<string, string> }> {
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
  return { sim, env };
}

/** Runs the command with one of its streams led to a file or device. */
async function sdcInto(
  target: string,
  args: readonly string[],
  env: Record<string, string>,
  stream: 1 | 2 = 1,
): Promise<{ code: number | null; other: string }> {
  const cwd = tempDir();
  const descriptor = openSync(target, 'w');
  const child = spawn(process.execPath, [inject('command'), ...args], {
    cwd,
    env: cleanEnvironment(cwd, env),
    stdio: ['ignore', stream === 1 ? descriptor : 'pipe', stream === 2 ? descriptor : 'pipe'],
  });
  closeSync(descriptor);
  let other = '';
  child.stdout?.on('data', (text: Buffer) => (other += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (other += text.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, other };
}

test.each([
  ['of results', 'stdout'],
  ['of messages', 'stderr'],
] as const)('a reader %s that goes away does not end a download, nor leaves the session open', async (_, stream) => {
  const { sim, env } = await scc();
  const [args, cwd] = [
    ['scc', 'download', FINISHED, '--no-wait', '--output-dir', 'out', '--concurrency', '1'],
    tempDir(),
  ];
  const whole = await sdc(args, { env, cwd: tempDir() });
  const before = sim.requests.length;
  sim.faults.add({ route: /GET .*download/u, times: 99, fault: { kind: 'delay', ms: 50 } });
  const { code } = await sdc(args, {
    env,
    cwd,
    during: async (child) => {
      if (stream === 'stderr') child.stderr?.destroy();
      else child.stdout?.once('data', () => child.stdout?.destroy());
      await new Promise((resolve) => child.on('close', resolve));
    },
  });
  expect(whole.code, whole.err).toBe(0);
  expect(code).toBe(0);
  expect(readdirSync(join(cwd, 'out'))).toHaveLength(whole.out.trim().split('\n').length);
  expect(sim.requests.slice(before).some(({ url }) => url.includes('logout'))).toBe(true);
  expect(sim.sessionCount).toBe(0);
});

test('a command that only lists ends quietly without its reader, and ends the session', async () => {
  const { sim, env } = await scc();
  const { code, err } = await sdc(['scc', 'search', '2021-06-01', '2021-07-01'], {
    env,
    during: async (child) => {
      child.stdout?.destroy();
      await Promise.resolve();
    },
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(sim.sessionCount).toBe(0);
});

test('what fails without a reader still decides the exit code', async () => {
  const { env } = await scc();
  const { code } = await sdc(['scc', 'download', FINISHED, '20200101aky0000', '--no-wait', '--output-dir', 'out'], {
    env,
    during: async (child) => {
      child.stdout?.destroy();
      await Promise.resolve();
    },
  });
  expect(code).toBe(3);
});

const needsFull = test.skipIf(!existsSync('/dev/full'));

needsFull.each([
  ['help', ['--help']],
  ['version', ['--version']],
  ['a list', ['hmi', 'list', 'hmi.sharp_720s', '2015-12-11', '2015-12-12']],
  ['a list as JSON', ['hmi', 'list', 'hmi.sharp_720s', '2015-12-11', '2015-12-12', '--output', 'json']],
  ['a download', ['hmi', 'latest', 'hmi.sharp_720s', '--before', '2015-12-11T01:00', '--to', 'out']],
])('results that do not fit on a full disk are a failure that is reported: %s', async (_, args) => {
  const server = await start(simulateHmi());
  const { code, other } = await sdcInto('/dev/full', args, { HMI_BASE_URL: server.url });
  expect(code, other).toBe(1);
  expect(other).toContain('error: the results could not be written: the disk is full');
});

needsFull('messages that nobody can read do not end the work', async () => {
  const server = await start(simulateImap());
  const args = ['imap', 'query', '--instrument', 'mag', '--download', '--verbose'];
  const { code, other } = await sdcInto('/dev/full', args, { IMAP_DATA_ACCESS_URL: server.url }, 2);
  expect(code).toBe(0);
  expect(other).toContain('.cdf');
});

const hasLimit = spawnSync('bash', ['-c', 'ulimit -f 1']).status === 0;

test.skipIf(!hasLimit)('a disk that takes only the beginning of the results is a failure too', async () => {
  const cwd = tempDir();
  const line = `ulimit -f 1; exec '${process.execPath}' '${inject('command')}' scc download --help > help.txt`;
  const { status, stderr } = spawnSync('bash', ['-c', line], { cwd, env: cleanEnvironment(cwd), encoding: 'utf8' });
  expect(readFileSync(join(cwd, 'help.txt'))).toHaveLength(1024);
  expect(status, stderr).toBe(1);
  expect(stderr).toContain('error: the results could not be written');
});
