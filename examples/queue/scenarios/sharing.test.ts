import assert from 'node:assert/strict';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { FlowProducer } from 'bullmq';
import { canonical, order, progressOf } from '../tasks.js';
import { names, Stage, until } from './kit.js';

let stage: Stage;
afterEach(async () => stage.close());

test('three workers share an order; no file is fetched twice; ordered again, nothing is', async () => {
  const files = names(210);
  stage = await Stage.open(files.length);
  const workers = await Promise.all([stage.worker(), stage.worker(), stage.worker()]);
  // Two people order the same at the same time: it is one order.
  const [first, second] = await Promise.all([stage.order(), stage.order()]);
  for (const { code, report } of [first, second]) {
    assert.equal(code, 0);
    assert.deepEqual(report, { files: 210, proved: 210, failed: 0 });
  }
  await stage.assertComplete(files);
  await until(
    'the order itself is settled',
    async () => (await stage.queue.getJobCounts('active', 'wait')).active === 0,
  );
  await stage.assertIdle();
  assert.equal(stage.transfers().size, files.length);
  assert.deepEqual(new Set(stage.transfers().values()), new Set([1]));
  const jobs = await stage.queue.getCompleted();
  assert.equal(jobs.filter(({ name }) => name === 'batch').length, 3);
  assert.ok(new Set(jobs.map(({ processedBy }) => processedBy)).size > 1, 'one worker did it all');

  assert.equal((await stage.order()).code, 0);
  assert.deepEqual(new Set(stage.transfers().values()), new Set([1]));
  for (const worker of workers) assert.equal(await worker.end('SIGTERM'), 0);
});

test('what Redis says is not believed: files that are gone or changed on the disk are fetched again, and only these', async () => {
  const files = names(60);
  stage = await Stage.open(files.length);
  await stage.worker();
  assert.equal((await stage.order()).code, 0);
  const before = stage.transfers();
  const place = async (name: string): Promise<string> => {
    const entries = await readdir(stage.folder, { recursive: true, withFileTypes: true });
    const entry = entries.find((one) => one.name === name);
    assert.ok(entry, `no ${name}`);
    return join(entry.parentPath, name);
  };
  const [gone = '', short = '', changed = ''] = [files[3], files[30], files[55]];
  await rm(await place(gone));
  await truncate(await place(short), 10);
  const bytes = await readFile(await place(changed));
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await writeFile(await place(changed), bytes);

  const { code, log } = await stage.order();
  assert.equal(code, 0);
  assert.ok(log.some(({ message, missing, damaged }) => message === 'ordered' && missing === 3 && damaged === 2));
  await stage.assertComplete(files);
  const again = [...stage.transfers()].filter(([path, count]) => count > (before.get(path) ?? 0));
  assert.deepEqual(again.map(([path]) => path.split('/').at(-1)).sort(), [changed, gone, short].sort());
});

test('one poll costs the same for ten files and for ten thousand', async () => {
  stage = await Stage.open(1);
  const flows = new FlowProducer({ connection: { host: '127.0.0.1', port: stage.redis.port } });
  const usage = async (): Promise<{ calls: Record<string, number>; bytes: number }> => {
    const lines = (await stage.client.info('commandstats')).split(/\r?\n/u);
    const calls = Object.fromEntries(
      lines.flatMap((line) => {
        const [, name = '', count = ''] = /^cmdstat_([^:]+):calls=(\d+)/u.exec(line) ?? [];
        return name === '' || name.startsWith('info') ? [] : [[name, Number(count)]];
      }),
    );
    const [, bytes = ''] = /total_net_output_bytes:(\d+)/u.exec(await stage.client.info('stats')) ?? [];
    return { calls, bytes: Number(bytes) };
  };
  const costs: { calls: Record<string, number>; bytes: number }[] = [];
  for (const count of [10, 10_000]) {
    const id = `poll-${count}`;
    await order(flows, id, canonical(names(count)));
    await progressOf(stage.queue, id); // scripts are loaded once
    const idle = await usage();
    const before = await usage();
    const progress = await progressOf(stage.queue, id);
    const after = await usage();
    assert.equal(progress?.open, Math.ceil(count / 100));
    const calls = Object.entries(after.calls).map(([name, sum]) => [name, sum - (before.calls[name] ?? 0)] as const);
    costs.push({
      calls: Object.fromEntries(calls.filter(([, sum]) => sum > 0)),
      bytes: after.bytes - before.bytes - (before.bytes - idle.bytes),
    });
  }
  await flows.close();
  const [small, large] = costs;
  assert.deepEqual(large?.calls, small?.calls);
  // some digits more
  assert.ok((large?.bytes ?? 0) - (small?.bytes ?? 0) < 100, JSON.stringify(costs));
  assert.equal(
    Object.keys(small?.calls ?? {}).some((name) => /lrange|smembers|zrange|keys|scan/u.test(name)),
    false,
  );
});
