// Real workers (processes), a real Redis (REDIS_URL), a simulated centre on loopback.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { ImapClient } from '@lab/sdc';
import { simulateImap } from '@lab/sdc/testing';
import { connection, idOf, order, QUEUE, type Result, type Task } from './tasks.js';

const LIMIT_MS = 60_000;
let sim: ReturnType<typeof simulateImap>;
let server: Awaited<ReturnType<typeof sim.listen>>;
let queue: Queue<Task, Result>;
let folder: string;
let workers: ChildProcess[];

beforeEach(async () => {
  sim = simulateImap({ clock: { mode: 'real', start: '2026-03-02T12:00:00Z' } });
  server = await sim.listen();
  folder = await mkdtemp(join(tmpdir(), 'sdc-queue-'));
  workers = [];
  queue = new Queue(QUEUE, { connection: connection() });
  await queue.obliterate({ force: true });
});

afterEach(async () => {
  for (const worker of workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }
  await queue.obliterate({ force: true });
  await queue.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Starts a worker process and waits until it is connected. */
async function startWorker(): Promise<ChildProcess> {
  const { apiKey } = sim.credentials;
  const env = { ...process.env, IMAP_DATA_ACCESS_URL: server.url, IMAP_API_KEY: apiKey, IMAP_DATA_DIR: folder };
  const worker = spawn(process.execPath, ['--import', 'tsx', 'worker.ts'], {
    cwd: import.meta.dirname,
    env: { ...env, LOCK_MS: '2000', BACKOFF_MS: '100', CONCURRENCY: '2' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  workers.push(worker);
  await once(worker.stdout ?? worker, 'data');
  return worker;
}

/** Waits until something is so. */
async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end;) {
    if (await holds()) return;
    await pause(50);
  }
}

const settled = async (count: number): Promise<boolean> => {
  const { completed = 0, failed = 0 } = await queue.getJobCounts('completed', 'failed');
  return completed + failed === count;
};

/** Files of the archive, and what a client finds in it. */
async function archive(): Promise<string[]> {
  await using imap = new ImapClient({ baseUrl: sim.baseUrl, fetch: sim.fetch, ...sim.credentials });
  return (await imap.query({ instrument: 'mag' })).map(({ filePath }) => filePath);
}

/** The folder holds exactly these files, each as the archive has it and as its result says. */
async function assertComplete(files: readonly string[]): Promise<Result[]> {
  const found = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  assert.equal(found.length, files.length, found.map(({ name }) => name).join(' '));
  const results: Result[] = [];
  for (const file of files) {
    const result = (await queue.getJob(idOf(file)))?.returnvalue;
    assert.ok(result, `no result of ${file}`);
    const digest = createHash('sha256')
      .update(await readFile(join(folder, result.path)))
      .digest('hex');
    const original = sim.read(file);
    assert.ok(original, `the archive has no ${file}`);
    assert.equal(digest, createHash('sha256').update(original).digest('hex'));
    if (result.sha256 !== undefined) assert.equal(result.sha256, digest);
    results.push(result);
  }
  return results;
}

/** Requests for the bodies of files. */
const transfers = (): string[] =>
  sim.requests.filter(({ service, method }) => service === 'storage' && method === 'GET').map(({ path }) => path);

test('three workers share a bulk download; no file is fetched twice', async () => {
  const files = await archive();
  await Promise.all([startWorker(), startWorker(), startWorker()]);
  await order(queue, files);
  await order(queue, files); // ordered twice, done once
  await until('all files are there', () => settled(files.length));
  const results = await assertComplete(files);
  assert.ok(new Set(results.map(({ worker }) => worker)).size > 1, 'one worker did it all');
  assert.equal(transfers().length, files.length);
});

/** The bodies of two files stop after some bytes, when three others are there. */
async function hangInTwoFiles(files: readonly string[]): Promise<void> {
  sim.faults.add({
    route: (request) => request.method === 'GET' && new URL(request.url).origin === server.origins.storage,
    skip: 3,
    times: 2,
    fault: { kind: 'stall', afterBytes: 20 },
  });
  await order(queue, files);
  await until('the worker hangs in two files', () => sim.faults.fired === 2);
  await until('it has finished three', async () => (await queue.getJobCounts('completed')).completed === 3);
}

test('a worker killed in the middle of a file loses nothing: another one finishes', async () => {
  const files = await archive();
  const first = await startWorker();
  await hangInTwoFiles(files);
  const before = await queue.getCompleted();
  first.kill('SIGKILL');
  await once(first, 'exit');
  const second = await startWorker();
  await until('all files are there', () => settled(files.length));
  const results = await assertComplete(files);
  assert.equal(results.filter(({ worker }) => worker === second.pid).length, files.length - 3);
  for (const { id = '', returnvalue } of before) {
    assert.deepEqual((await queue.getJob(id))?.returnvalue, returnvalue);
  }
});

test('a worker that is told to stop ends at once and in order; its files go to another one, no attempt is charged', async () => {
  const files = await archive();
  const first = await startWorker();
  await hangInTwoFiles(files);
  first.kill('SIGTERM');
  const [code] = (await once(first, 'exit')) as [number | null];
  assert.equal(code, 0);
  await startWorker();
  await until('all files are there', () => settled(files.length));
  await assertComplete(files);
  const jobs = await Promise.all(files.map(async (file) => queue.getJob(idOf(file))));
  assert.deepEqual(new Set(jobs.map((job) => job?.attemptsMade)), new Set([1]));
});

test('what may pass is repeated, what cannot is not; the reasons are kept', async () => {
  const [good = ''] = await archive();
  const missing = good.replace('_20', '_19');
  sim.faults.add({
    route: (request) => new URL(request.url).pathname.includes(good),
    times: 2,
    fault: { kind: 'status', status: 503, retryAfter: 0 },
  });
  await startWorker();
  await order(queue, [good, missing, 'no-such-name.txt']);
  await until('all three are settled', () => settled(3));
  const [done, gone, bad] = await Promise.all(
    [good, missing, 'no-such-name.txt'].map(async (file) => queue.getJob(idOf(file))),
  );
  assert.equal(await done?.getState(), 'completed');
  assert.equal(done?.attemptsMade, 3);
  assert.equal(await gone?.getState(), 'failed');
  assert.equal(gone?.attemptsMade, 1);
  assert.match(gone?.failedReason ?? '', /^not-found: imap\.download: /u);
  const { logs } = await queue.getJobLogs(idOf(missing));
  const { code, centre, retryable } = JSON.parse(logs[0] ?? '') as Record<string, unknown>;
  assert.deepEqual({ code, centre, retryable }, { code: 'not-found', centre: 'imap', retryable: false });
  assert.equal(await bad?.getState(), 'failed');
  assert.equal(bad?.attemptsMade, 1);
});

test('when the centre asks to wait, all workers wait, and no attempt is charged', async () => {
  const files = (await archive()).slice(0, 8);
  await Promise.all([startWorker(), startWorker()]);
  sim.faults.add({
    route: (request) => new URL(request.url).pathname.includes('/download/'),
    times: 2,
    fault: { kind: 'status', status: 429, retryAfter: 3 },
  });
  await order(queue, files);
  await until('all files are there', () => settled(files.length));
  await assertComplete(files);
  const jobs = await Promise.all(files.map(async (file) => queue.getJob(idOf(file))));
  assert.deepEqual(new Set(jobs.map((job) => job?.attemptsMade)), new Set([1]));
  assert.equal(sim.faults.fired, 2);
  // Whoever had begun may go on; then nobody asks for anything until the time is over.
  const asked = sim.requests.filter(({ path }) => path.includes('/download/'));
  const refused = Math.min(...asked.filter(({ status }) => status === 429).map(({ at }) => at));
  const early = asked.filter(({ at }) => at > refused + 1000 && at < refused + 2900);
  assert.equal(early.length, 0);
  assert.ok(asked.some(({ at }) => at >= refused + 2900));
});
