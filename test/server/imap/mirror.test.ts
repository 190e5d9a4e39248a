import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImapClient, type MirrorSummary } from '../../../src/index.js';
import { simulateImap, type ImapSimulator } from '../../../src/testing/index.js';
import { digestOfFile } from '../../../src/core/transfer/body/digest.js';
import { cleanUp } from '../../support/clean-up.js';
import { noise } from '../../support/noise.js';
import { start } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { until } from '../../support/until.js';
import { bundled } from '../transfer/bundle.js';

const PROGRAM = await bundled('../imap/mirror-program.ts');
const FILES = 24;
const BYTES = 40_000;
const QUERY = { instrument: 'mag', dataLevel: 'l1a' };

let sim: ImapSimulator;
let url: string;
let directory: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  directory = tempDir();
  const files = Array.from({ length: FILES }, (_, at) => ({
    name: `imap_mag_l1a_norm-mago_202601${String(at + 1).padStart(2, '0')}_v001.0001.cdf`,
    body: Buffer.concat([Buffer.from('cdf300010000ffff', 'hex'), noise(BYTES, at + 1)]),
    released: true,
    ingestedAt: '2026-01-30T08:00:00Z',
  }));
  sim = simulateImap({ data: { replace: true, files } });
  ({ url } = await start(sim));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Program {
  readonly child: ChildProcess;
  /** How many files it has fetched. */
  readonly done: () => number;
  readonly ended: Promise<MirrorSummary | undefined>;
}

function program(at = directory): Program {
  const args = [PROGRAM, url, sim.credentials.apiKey, at];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<MirrorSummary | undefined>((resolve) => {
    child.on('close', (code) => {
      resolve(code === 0 ? (JSON.parse(output.trim().split('\n').at(-1) ?? '') as MirrorSummary) : undefined);
    });
  });
  return { child, done: () => output.split('.').length - 1, ended };
}

/** Bodies that the storage began to send, by path. */
function bodies(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { service, path, method } of sim.requests)
    if (service === 'storage' && method === 'GET') counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}

interface Line {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** All files are there as the manifest says, and nothing else is. */
async function expectWhole(): Promise<void> {
  const text = readFileSync(join(directory, '.sdc/manifest.jsonl'), 'utf8');
  const lines = new Map<string, Line>();
  for (const line of text.split('\n').filter((one) => one.endsWith('}'))) {
    const read = JSON.parse(line) as Line;
    lines.set(read.path, read);
  }
  expect(lines.size).toBe(FILES);
  for (const { path, sha256 } of lines.values())
    expect(await digestOfFile(join(directory, path), 'sha256')).toBe(sha256);
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  expect(names.filter((name) => /\.part|\.lock/u.test(name))).toEqual([]);
}

describe('a mirror that is killed', () => {
  it('goes on where it was, and fetches no file twice but those that were under way', async () => {
    sim.faults.add({
      route: /_202601(?:09|1\d)_.*X-Amz/u,
      fault: { kind: 'slow', bytesPerSecond: 30_000 },
      times: Infinity,
    });
    for (const files of [3, 9]) {
      const { child, done, ended } = program();
      const before = existsSync(join(directory, '.sdc/manifest.jsonl')) ? 1 : 0;
      await until(() => done() >= files - before || child.exitCode !== null);
      child.kill('SIGKILL');
      expect(await ended).toBeUndefined();
    }
    sim.faults.clear();
    const summary = await program().ended;
    expect(summary).toMatchObject({ failed: 0 });
    expect((summary?.new ?? 0) + (summary?.unchanged ?? 0)).toBe(FILES);
    await expectWhole();
    const asked = [...bodies().values()];
    // Two kills, each with at most six files at work.
    expect(asked.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(FILES + 12);
    sim.requests.length = 0;
    expect(await program().ended).toMatchObject({ new: 0, unchanged: FILES });
    expect(bodies().size).toBe(0);
  });
});

describe('a lock that a killed process left next to a file that it had recorded', () => {
  it('is removed by the next run, which asks for no body', async () => {
    expect(await program().ended).toMatchObject({ new: FILES });
    const { path } = JSON.parse(
      readFileSync(join(directory, '.sdc/manifest.jsonl'), 'utf8').split('\n')[1] ?? '',
    ) as Line;
    writeFileSync(`${join(directory, path)}.part.lock`, await lockOfKilled());
    sim.requests.length = 0;
    expect(await program().ended).toMatchObject({ new: 0, unchanged: FILES });
    await expectWhole();
    expect(bodies().size).toBe(0);
  });

  async function lockOfKilled(): Promise<Buffer> {
    const elsewhere = tempDir();
    sim.faults.add({ route: /X-Amz/u, fault: { kind: 'stall', afterBytes: 100, ms: 60_000 }, times: Infinity });
    const { child, ended } = program(elsewhere);
    const locks = (): string[] =>
      readdirSync(elsewhere, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.part.lock'));
    await until(() => locks().length > 0);
    child.kill('SIGKILL');
    await ended;
    sim.faults.clear();
    return readFileSync(join(elsewhere, locks()[0] ?? ''));
  }
});

describe('two mirrors at once', () => {
  it('share the work: each file is fetched once', async () => {
    sim.faults.add({ route: /X-Amz/u, fault: { kind: 'slow', bytesPerSecond: 200_000 }, times: Infinity });
    const both = await Promise.all([program(), program()].map(({ ended }) => ended));
    expect(both.map((one) => one?.failed)).toEqual([0, 0]);
    expect(both.reduce((sum, one) => sum + (one?.new ?? 0), 0)).toBe(FILES);
    await expectWhole();
    expect([...bodies().values()]).toEqual(Array(FILES).fill(1));
  });

  it('in one process, too', async () => {
    const imap = new ImapClient({ baseUrl: url, apiKey: sim.credentials.apiKey, retries: 0 });
    cleanUp(() => imap.close());
    const both = await Promise.all([1, 2].map(() => imap.mirror(QUERY, { directory }).summary()));
    expect(both.reduce((sum, one) => sum + one.new, 0)).toBe(FILES);
    await expectWhole();
    expect([...bodies().values()]).toEqual(Array(FILES).fill(1));
  });
});

describe('a limit of bytes per second', () => {
  it('holds over all files of a run, and a short silence limit is not met by it', async () => {
    const imap = new ImapClient({ baseUrl: url, apiKey: sim.credentials.apiKey, retries: 0, idleTimeoutMs: 1500 });
    cleanUp(() => imap.close());
    const limit = 400_000;
    const seen: [ms: number, bytes: number][] = [];
    const begin = performance.now();
    const summary = await imap
      .mirror(QUERY, {
        directory,
        maxBytesPerSecond: limit,
        concurrency: 6,
        run: ({ bytes = 0 }) => void seen.push([performance.now() - begin, bytes]),
      })
      .summary();
    expect(summary).toMatchObject({ new: FILES, failed: 0 });
    // Never more than the limit allows; how much less is a matter of the machine.
    let total = 0;
    for (const [ms, bytes] of seen) {
      total += bytes;
      expect(total).toBeLessThanOrEqual((limit * ms) / 1000 + limit / 10 + bytes);
    }
    await expectWhole();
  });
});
