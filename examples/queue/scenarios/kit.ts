// What the scenarios share: a simulated archive on loopback, a real Redis, and the programs as processes.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { simulateImap } from '@lab/sdc/testing';
import { QUEUE, type SdcQueue } from '../tasks.js';
import { redisServer, type RedisServer } from './redis-server.js';

/** Ends what hangs; nothing is measured by it. */
const LIMIT_MS = 240_000 + 200 * Number(process.env.FILES ?? 0);

const folder = join(import.meta.dirname, '..');
/** How Node.js runs a program of this example: compiled, as `npm test` does, or as it is. */
const run = (name: string): string[] =>
  import.meta.filename.endsWith('.ts') ? ['--import', 'tsx', `${name}.ts`] : [`${name}.js`];

export interface Worker {
  readonly child: ChildProcess;
  /** Its lines of the log. */
  readonly log: Record<string, unknown>[];
  /** Ends it and gives its exit code; `null` after SIGKILL. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export interface Ended {
  readonly code: number | null;
  /** The closing line. */
  readonly report: unknown;
  readonly log: Record<string, unknown>[];
  /** All of the standard error stream. */
  readonly text: string;
}

/** Names of that many files of one instrument and level. */
export const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 500))).toISOString().slice(0, 10).replaceAll('-', '');
    return `imap_mag_l1a_norm-mago_${day}_v001.${String((index % 500) + 1).padStart(4, '0')}.cdf`;
  });

export class Stage {
  readonly #workers: Worker[] = [];
  readonly queue: SdcQueue;
  /** Redis itself. */
  readonly client: Redis;

  private constructor(
    readonly folder: string,
    readonly redisFolder: string,
    readonly sim: ReturnType<typeof simulateImap>,
    readonly server: Awaited<ReturnType<ReturnType<typeof simulateImap>['listen']>>,
    readonly redis: RedisServer,
  ) {
    this.queue = new Queue(QUEUE, { connection: { host: '127.0.0.1', port: redis.port, maxRetriesPerRequest: null } });
    this.queue.on('error', () => undefined);
    this.client = new Redis(redis.port, '127.0.0.1');
    this.client.on('error', () => undefined);
  }

  /** An archive with so many files, and Redis. */
  static async open(files: number, options: { latencyMs?: number } = {}): Promise<Stage> {
    const data = await mkdtemp(join(tmpdir(), 'sdc-queue-'));
    const redisFolder = await mkdtemp(join(tmpdir(), 'sdc-queue-redis-'));
    const sim = simulateImap({
      clock: { mode: 'real', start: '2026-03-02T12:00:00Z' },
      data: { files: names(files).map((name) => ({ name })), replace: true },
      maxAnswerBytes: Infinity,
      ...options,
    });
    return new Stage(data, redisFolder, sim, await sim.listen(), await redisServer(redisFolder));
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      IMAP_DATA_ACCESS_URL: this.server.url,
      IMAP_API_KEY: this.sim.credentials.apiKey,
      IMAP_DATA_DIR: this.folder,
      REDIS_URL: this.redis.url,
      LOCK_MS: '3000',
      BACKOFF_MS: '100',
      POLL_MS: '100',
    };
  }

  /** Starts a worker and waits until it is ready. */
  async worker(env: NodeJS.ProcessEnv = {}): Promise<Worker> {
    const worker = await spawnWorker({ ...this.environment, ...env });
    this.#workers.push(worker);
    return worker;
  }

  /** Runs `npm run order` to its end. */
  async order(args: readonly string[] = ['mag', 'l1a'], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return program('order', args, { ...this.environment, ...env });
  }

  /** Files whose bodies were asked for, by how often. */
  transfers(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { service, method, path } of this.sim.requests)
      if (service === 'storage' && method === 'GET') counts.set(path, (counts.get(path) ?? 0) + 1);
    return counts;
  }

  /** The folder holds exactly these files, each as the archive has it, and nothing is left of transfers or locks. */
  async assertComplete(files: readonly string[]): Promise<void> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const found = entries
      .filter((entry) => entry.isFile() && !entry.parentPath.endsWith(join('.sdc', 'queue')))
      .map(({ name, parentPath }) => join(parentPath, name));
    assert.deepEqual(found.map((path) => path.split('/').at(-1)).sort(), [...files].sort());
    for (const path of found) {
      const original = this.sim.read(relative(this.folder, path).split(sep).join('/'));
      assert.ok(original, `the archive has no ${path}`);
      assert.equal(sha256(await readFile(path)), sha256(original), path);
    }
    const left = entries.filter(({ name }) => /\.(?:part|lock|tmp)/u.test(name));
    assert.deepEqual(
      left.map(({ name }) => name),
      [],
    );
  }

  /** Redis holds no lock and no job that is under way. */
  async assertIdle(): Promise<void> {
    const { active = 0, waiting = 0, delayed = 0 } = await this.queue.getJobCounts();
    assert.deepEqual({ active, waiting, delayed }, { active: 0, waiting: 0, delayed: 0 });
    assert.deepEqual(await this.client.keys('bull:*:lock'), []);
  }

  async close(): Promise<void> {
    for (const { child } of this.#workers) child.kill('SIGKILL');
    this.client.disconnect();
    // Without a server, BullMQ would wait for it.
    await this.redis.start();
    await this.queue.close();
    await this.redis.stop();
    await this.server.close();
    for (const path of [this.folder, this.redisFolder]) await rm(path, { recursive: true, force: true });
  }
}

/** Starts a worker and waits until it is ready. */
export async function spawnWorker(env: NodeJS.ProcessEnv): Promise<Worker> {
  const child = spawn(process.execPath, run('worker'), { cwd: folder, env, stdio: ['ignore', 'inherit', 'pipe'] });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const log: Record<string, unknown>[] = [];
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      log.push(parsed(line));
      if (log.at(-1)?.message === 'ready') resolve();
    });
  });
  const failed = exited.then(([code]) => assert.fail(`the worker ended with ${code}: ${JSON.stringify(log)}`));
  failed.catch(() => undefined);
  await Promise.race([ready, failed]);
  return {
    child,
    log,
    end: async (signal) => {
      child.kill(signal);
      return (await exited)[0];
    },
  };
}

/** Runs one of the programs to its end. */
export async function program(
  name: 'worker' | 'order',
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  const child = spawn(process.execPath, [...run(name), ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  let [out, text] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (text += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return {
    code,
    report: out === '' ? undefined : parsed(out),
    log: text.split('\n').filter(Boolean).map(parsed),
    text,
  };
}

/** Waits until something is so. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end;) {
    if (await holds()) return;
    await pause(25);
  }
  assert.fail(`waited in vain: ${what}`);
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function parsed(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { message: line };
  }
}
