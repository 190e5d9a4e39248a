import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { names, Stage } from './kit.js';

let stage: Stage;
afterEach(async () => stage.close());

test('what may pass is repeated, what cannot is not; a failed file can be ordered again', async () => {
  const files = names(60);
  stage = await Stage.open(files.length);
  const [busy = '', gone = ''] = files;
  const asked = (name: string) => (request: Request) => new URL(request.url).pathname.endsWith(name);
  stage.sim.faults.add({ route: asked(busy), times: 2, fault: { kind: 'status', status: 503, retryAfter: 0 } });
  stage.sim.faults.add({ route: asked(gone), times: 3, fault: { kind: 'status', status: 404 } });
  await stage.worker();
  const first = await stage.order();
  assert.equal(first.code, 1, first.text);
  assert.deepEqual(first.report, { files: 60, proved: 59, failed: 1 });
  const reason = first.log.find(({ level }) => level === 'error');
  assert.equal(reason?.code, 'not-found');
  assert.equal(reason.centre, 'imap');
  assert.equal(String(reason.file).split('/').at(-1), gone);
  const [failed] = await stage.queue.getFailed();
  assert.match(failed?.failedReason ?? '', /^1 of 60 files failed: not-found: imap\./u);

  stage.sim.faults.clear();
  const second = await stage.order();
  assert.equal(second.code, 0, second.text);
  await stage.assertComplete(files);
  assert.deepEqual(new Set(stage.transfers().values()), new Set([1]));
});

test('after the last attempt the exit code is 75: the same command may succeed later', async () => {
  const files = names(20);
  stage = await Stage.open(files.length);
  stage.sim.faults.add({
    route: (request) => new URL(request.url).pathname.endsWith(files[7] ?? ''),
    times: Infinity,
    fault: { kind: 'status', status: 503 },
  });
  await stage.worker();
  const first = await stage.order(undefined, { ATTEMPTS: '2' });
  assert.equal(first.code, 75, first.text);
  assert.deepEqual(first.report, { files: 20, proved: 19, failed: 1 });
  const [failed] = await stage.queue.getFailed();
  assert.equal(failed?.attemptsMade, 2);
  stage.sim.faults.clear();
  assert.equal((await stage.order()).code, 0);
  await stage.assertComplete(files);
});

test('a refused key ends each batch at its first files, not after all of them', async () => {
  stage = await Stage.open(100);
  await stage.worker({ IMAP_API_KEY: 'not-a-key-of-this-archive', CONCURRENCY: '1' });
  const { code, log } = await stage.order();
  assert.equal(code, 1);
  assert.ok(log.some((line) => line.code === 'credentials'));
  assert.ok(stage.sim.requests.filter(({ path }) => path.includes('/download/')).length < 10);
});

test('names from a file are ordered; one that is none is refused before anything is', async () => {
  const files = names(3);
  stage = await Stage.open(files.length);
  const list = join(stage.folder, '..', `${Date.now()}-names.txt`);
  await writeFile(list, `${files.join('\r\n')}\n\n${files[0]}\n`);
  await stage.worker();
  const good = await stage.order(['--files-from', list]);
  assert.equal(good.code, 0, good.text);
  assert.deepEqual(good.report, { files: 3, proved: 3, failed: 0 });
  await stage.assertComplete(files);

  await writeFile(list, 'no-such-name.txt\n');
  const bad = await stage.order(['--files-from', list]);
  assert.equal(bad.code, 2);
  assert.match(bad.text, /no-such-name\.txt/u);
  const jobs = await stage.queue.getJobCounts();
  assert.equal(jobs.completed, 2);
});

test('an order that is not finished in time is 75; the same command goes on waiting', async () => {
  const files = names(5);
  stage = await Stage.open(files.length);
  const early = await stage.order(['mag', 'l1a', '--wait', '0']);
  assert.equal(early.code, 75, early.text);
  await stage.worker();
  assert.equal((await stage.order()).code, 0);
  assert.equal((await stage.queue.getCompleted()).filter(({ name }) => name === 'batch').length, 1);
  await stage.assertComplete(files);
});

test('when the centre asks to wait, all workers wait, and no attempt is charged', async () => {
  const files = names(200);
  // So slow that every worker is in the middle of a batch.
  stage = await Stage.open(files.length, { latencyMs: 40 });
  await Promise.all([stage.worker({ CONCURRENCY: '2' }), stage.worker({ CONCURRENCY: '2' })]);
  const waitMs = 8000;
  stage.sim.faults.add({
    route: (request) => new URL(request.url).pathname.includes('/download/'),
    skip: 40,
    times: 1,
    fault: { kind: 'status', status: 429, retryAfter: waitMs / 1000 },
  });
  const { code, text } = await stage.order();
  assert.equal(code, 0, text);
  await stage.assertComplete(files);
  const batches = (await stage.queue.getCompleted()).filter(({ name }) => name === 'batch');
  assert.deepEqual(new Set(batches.map(({ attemptsMade }) => attemptsMade)), new Set([1]));
  // The other worker hears of it within half a second; then no worker asks for anything until the time is over.
  const asked = stage.sim.requests.filter(({ path }) => path.includes('/download/'));
  const refused = asked.find(({ status }) => status === 429)?.at ?? 0;
  assert.ok(refused > 0);
  assert.equal(asked.filter(({ at }) => at > refused + waitMs / 2 && at < refused + waitMs).length, 0);
  assert.ok(asked.some(({ at }) => at >= refused + waitMs));
});
