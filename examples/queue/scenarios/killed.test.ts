import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { names, Stage, until, type Worker } from './kit.js';

let stage: Stage;
afterEach(async () => stage.close());

/** The bodies of two files stop after some bytes, when thirty others have been asked for. */
async function hangInTwoFiles(): Promise<void> {
  stage.sim.faults.add({
    route: (request) => request.method === 'GET' && new URL(request.url).origin === stage.server.origins.storage,
    skip: 30,
    times: 2,
    fault: { kind: 'stall', afterBytes: 20 },
  });
}

/** An order that waits while a worker hangs; then that worker is gone, and another one comes. */
async function handedOver(files: readonly string[], gone: (worker: Worker) => Promise<unknown>): Promise<void> {
  const first = await stage.worker({ CONCURRENCY: '2' });
  await hangInTwoFiles();
  const ordered = stage.order();
  await until('the worker hangs in two files', () => stage.sim.faults.fired === 2);
  await gone(first);
  await stage.worker({ CONCURRENCY: '2' });
  const { code, report, text } = await ordered;
  assert.equal(code, 0, text);
  assert.deepEqual(report, { files: files.length, proved: files.length, failed: 0 });
  await stage.assertComplete(files);
  // Only the two that had not come were asked for again.
  const counts = [...stage.transfers().values()];
  assert.equal(counts.length, files.length);
  assert.equal(counts.filter((count) => count === 2).length, 2);
  assert.equal(counts.filter((count) => count > 2).length, 0);
}

test('a worker killed in the middle of a batch loses nothing: another one goes on where it was', async () => {
  const files = names(60);
  stage = await Stage.open(files.length);
  await handedOver(files, (worker) => worker.end('SIGKILL'));
});

test('a worker that is told to stop ends in order; its batch goes to another one, and no attempt is charged', async () => {
  const files = names(60);
  stage = await Stage.open(files.length);
  await handedOver(files, async (worker) => assert.equal(await worker.end('SIGTERM'), 0));
  const batches = (await stage.queue.getCompleted()).filter(({ name }) => name === 'batch');
  assert.deepEqual(
    new Set(batches.map(({ attemptsMade, stalledCounter }) => `${attemptsMade} ${stalledCounter}`)),
    new Set(['1 0']),
  );
});

test('many files, three workers: one is killed and Redis restarts on the way; all are there, and none was fetched without need', async () => {
  // 10 000 with `FILES=10000 npm test`
  const files = names(Number(process.env.FILES ?? 400));
  const concurrency = 4;
  stage = await Stage.open(files.length);
  const [first, ...others] = await Promise.all(
    [1, 2, 3].map(async () => stage.worker({ CONCURRENCY: `${concurrency}` })),
  );
  const ordered = stage.order();
  await until('a fifth is there', () => stage.transfers().size >= files.length / 5);
  await first?.end('SIGKILL');
  await until('half is there', () => stage.transfers().size >= files.length / 2);
  await stage.redis.stop();
  await stage.redis.start();
  const { code, report, text } = await ordered;
  assert.equal(code, 0, text);
  assert.deepEqual(report, { files: files.length, proved: files.length, failed: 0 });
  await stage.assertComplete(files);
  const counts = [...stage.transfers().values()];
  assert.equal(counts.length, files.length);
  // What the killed worker was at, and nothing else.
  assert.ok(
    counts.filter((count) => count > 1).length <= concurrency,
    `${counts.filter((count) => count > 1).length} twice`,
  );
  assert.equal(counts.filter((count) => count > 2).length, 0);
  for (const worker of others) assert.equal(await worker.end('SIGTERM'), 0);
  await stage.assertIdle();
});
