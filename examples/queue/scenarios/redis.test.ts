import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Redis } from 'ioredis';
import { assertReachable, RedisError } from '../redis.js';
import { names, program, Stage, until } from './kit.js';
import { certificates, freePort, redisServer } from './redis-server.js';

let stage: Stage;
let folder: string;
beforeEach(async () => {
  stage = await Stage.open(5);
  folder = await mkdtemp(join(tmpdir(), 'sdc-queue-tls-'));
});
afterEach(async () => {
  await stage.close();
  await rm(folder, { recursive: true, force: true });
});

test('rediss://user:password@host:port/db works, with an own authority', async () => {
  const { ca, certificate, key } = await certificates(folder);
  const password = 'p@ss/wörd:50%';
  const server = await redisServer(folder, (port) => [
    'port 0',
    `tls-port ${port}`,
    `tls-cert-file ${certificate}`,
    `tls-key-file ${key}`,
    `tls-ca-cert-file ${ca}`,
    'tls-auth-clients no',
    `user lidar on ">${password}" ~* &* +@all`,
    'user default off',
  ]);
  const address = (user: string, secret: string, db: number): string =>
    `rediss://${user}:${encodeURIComponent(secret)}@localhost:${server.port}/${db}`;
  const env = { REDIS_URL: address('lidar', password, 3), REDIS_CA: ca };
  try {
    const worker = await stage.worker(env);
    const { code, text } = await stage.order(undefined, env);
    assert.equal(code, 0, text);
    await stage.assertComplete(names(5));
    assert.equal(await worker.end('SIGTERM'), 0);
    const redis = new Redis(env.REDIS_URL, { tls: { ca: [await readFile(ca)] } });
    assert.match(await redis.info('keyspace'), /^db3:/mu);
    assert.doesNotMatch(await redis.info('keyspace'), /^db0:/mu);
    redis.disconnect();

    const wrong: [env: NodeJS.ProcessEnv, code: number, words: RegExp][] = [
      [{ ...env, REDIS_URL: address('lidar', 'guess-19', 3) }, 4, /refuses the login/u],
      [{ ...env, REDIS_URL: `rediss://localhost:${server.port}/3` }, 4, /refuses the login/u],
      [{ ...env, REDIS_URL: address('lidar', password, 99) }, 2, /no such database/u],
      [{ ...env, REDIS_CA: undefined }, 1, /certificate that is not trusted.*REDIS_CA/u],
      [{ ...env, REDIS_CA: `${ca}.missing` }, 2, /^.*REDIS_CA: ENOENT/u],
      [{ ...env, REDIS_URL: env.REDIS_URL.replace('rediss', 'redis') }, 75, /does not answer/u],
    ];
    for (const [settings, code, words] of wrong) {
      const error = await refusal(settings);
      assert.equal(error.exitCode, code, error.message);
      assert.match(error.message, words);
      for (const secret of [password, encodeURIComponent(password), 'guess-19'])
        assert.ok(!error.message.includes(secret));
    }
  } finally {
    await server.stop('SIGKILL');
  }
});

/** How an address is refused. */
async function refusal(env: NodeJS.ProcessEnv): Promise<RedisError> {
  const error = await Promise.resolve()
    .then(async () => assertReachable(env))
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  assert.ok(error instanceof RedisError, `not refused: ${String(error)}`);
  return error;
}

test('a wrong address is an error of worker and order, within seconds', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const wrong: [url: string, code: number, words: RegExp][] = [
    [`redis://127.0.0.1:${await freePort()}`, 75, /Redis at 127\.0\.0\.1:\d+ does not answer: .*ECONNREFUSED/u],
    [`redis://127.0.0.1:${port}`, 75, /does not answer: no answer within 5 s/u],
    [
      'redis://no-such-host.invalid',
      75,
      /Redis at no-such-host\.invalid:6379 does not answer: .*(?:ENOTFOUND|EAI_AGAIN)/u,
    ],
    ['http://127.0.0.1:6379', 2, /REDIS_URL begins with http:\/\//u],
    ['127.0.0.1:6379', 2, /REDIS_URL/u],
    ['redis://127.0.0.1/first', 2, /REDIS_URL has more than a database number/u],
  ];
  for (const [url, code, words] of wrong) {
    const error = await refusal({ REDIS_URL: url });
    assert.equal(error.exitCode, code, `${url}: ${error.message}`);
    assert.match(error.message, words);
  }
  for (const [name, ...args] of [['worker'], ['order', 'mag', 'l1a']] as const) {
    const ended = await program(name, args, { ...stage.environment, REDIS_URL: `redis://127.0.0.1:${port}` });
    assert.equal(ended.code, 75, ended.text);
    assert.match(ended.text, /does not answer: no answer within 5 s/u);
  }
  silent.close();
});

test('Redis that comes back empty costs nothing but the order, which is given again', async () => {
  const first = await stage.worker();
  stage.sim.faults.add({
    route: (request) => request.method === 'GET' && new URL(request.url).origin === stage.server.origins.storage,
    skip: 3,
    times: 1,
    fault: { kind: 'stall', afterBytes: 20 },
  });
  const ordered = stage.order();
  const isThere = async (): Promise<boolean> => {
    const found = await readdir(stage.folder, { recursive: true });
    return found.filter((name) => name.endsWith('.cdf')).length === 4;
  };
  await until('four files are there, and one hangs', async () => stage.sim.faults.fired === 1 && (await isThere()));
  await stage.client.flushall();
  await first.end('SIGKILL');
  await stage.worker();
  const { code, text } = await ordered;
  assert.equal(code, 0, text);
  await stage.assertComplete(names(5));
  const counts = [...stage.transfers().values()];
  assert.equal(counts.filter((count) => count > 1).length, 1, 'the one that had not come');
});

test('a worker tells how it is; while Redis is away it is not well, and it can still be stopped', async () => {
  const worker = await stage.worker({ METRICS_PORT: '0' });
  const { code, text } = await stage.order();
  assert.equal(code, 0, text);
  const at = `http://127.0.0.1:${String(worker.log.find(({ message }) => message === 'ready')?.metricsPort)}`;
  const metrics = await (await fetch(`${at}/metrics`)).text();
  assert.match(metrics, /^sdc_queue_files_total\{status="downloaded"\} 5$/mu);
  assert.match(metrics, /^sdc_queue_batches_total\{end="done"\} 1$/mu);
  assert.match(metrics, /^sdc_queue_jobs\{state="completed"\} \d$/mu);
  assert.match(metrics, /^sdc_queue_redis_up 1$/mu);
  const bytes = Number(/^sdc_queue_bytes_total (\d+)$/mu.exec(metrics)?.[1]);
  assert.ok(bytes > 0);
  assert.equal((await fetch(`${at}/health`)).status, 200);
  await stage.redis.stop();
  assert.equal((await fetch(`${at}/health`)).status, 503);
  assert.match(await (await fetch(`${at}/metrics`)).text(), /^sdc_queue_redis_up 0$/mu);
  assert.notEqual(await worker.end('SIGTERM'), null);
  assert.ok(worker.child.exitCode === 0 || worker.child.exitCode === 1);
});
