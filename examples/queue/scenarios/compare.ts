// npm run compare -- [FILES] [LATENCY_MS] [ROUNDS]: one process beside three workers that have as many files at a time together, in turns.
// The archive is a process of its own that only sends: it tells when the first body was asked for and when the last one was sent.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ImapClient } from '@lab/sdc/imap';
import { simulateImap } from '@lab/sdc/testing';
import { canonical } from '../tasks.js';
import { names, program, spawnWorker } from './kit.js';
import { redisServer } from './redis-server.js';

const [FILES = 10_000, LATENCY_MS = 20, ROUNDS = 3] = process.argv.slice(2).map(Number);
const [WORKERS, CONCURRENCY] = [3, 4];

/** Sends one and the same file under every name, by way of an address of its storage as the real archive does. */
async function serve(): Promise<void> {
  const [name = ''] = names(1);
  const sim = simulateImap({ data: { files: [{ name }], replace: true } });
  const body = sim.read(canonical([name])[0] ?? '') ?? assert.fail('no body');
  let [first, last, bodies] = [0, 0, 0];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    if (pathname.includes('/download/'))
      response
        .writeHead(302, { location: `http://${request.headers.host}/store/${pathname.split('/download/')[1]}` })
        .end();
    else if (pathname.startsWith('/store/')) {
      first ||= performance.now();
      void pause(LATENCY_MS).then(() => {
        bodies += 1;
        response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': body.length });
        response.end(body, () => (last = performance.now()));
      });
    } else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
  process.on('message', () => {
    process.send?.({ seconds: (last - first) / 1000, bodies });
    [first, last, bodies] = [0, 0, 0];
  });
  process.on('disconnect', () => process.exit());
}

/** The same files by one process. */
async function single(): Promise<void> {
  await using imap = new ImapClient({ retries: 0 });
  for await (const { status } of imap.downloadAll(names(FILES), { concurrency: WORKERS * CONCURRENCY }))
    assert.equal(status, 'downloaded');
}

async function compare(): Promise<void> {
  const archive = fork(import.meta.filename, process.argv.slice(2), { env: { ...process.env, ROLE: 'archive' } });
  const [{ port }] = (await once(archive, 'message')) as [{ port: number }];
  const took = async (): Promise<number> => {
    archive.send('took');
    const [{ seconds, bodies }] = (await once(archive, 'message')) as [{ seconds: number; bodies: number }];
    assert.equal(bodies, FILES);
    return seconds;
  };
  const temporary = async (): Promise<string> => mkdtemp(join(tmpdir(), 'sdc-compare-'));
  const redisFolder = await temporary();
  const list = join(redisFolder, 'names.txt');
  await writeFile(list, names(FILES).join('\n'));
  const redis = await redisServer(redisFolder);
  const times: { one: number; queue: number }[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const folders = [await temporary(), await temporary()] as const;
    const env = (dataDir: string): NodeJS.ProcessEnv => ({
      ...process.env,
      IMAP_DATA_ACCESS_URL: `http://127.0.0.1:${port}`,
      IMAP_DATA_DIR: dataDir,
      REDIS_URL: redis.url,
      CONCURRENCY: `${CONCURRENCY}`,
    });
    const alone = fork(import.meta.filename, process.argv.slice(2), { env: { ...env(folders[0]), ROLE: 'single' } });
    assert.deepEqual(await once(alone, 'exit'), [0, null]);
    const one = await took();
    const workers = await Promise.all(Array.from({ length: WORKERS }, async () => spawnWorker(env(folders[1]))));
    const { code, text } = await program('order', ['--files-from', list], env(folders[1]));
    assert.equal(code, 0, text);
    const queue = await took();
    for (const worker of workers) await worker.end('SIGTERM');
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
    times.push({ one, queue });
    console.log(
      `round ${round}: one process ${rate(one)}, ${WORKERS} workers ${rate(queue)} files/s, ratio ${(queue / one).toFixed(2)}`,
    );
  }
  const [middle] = times
    .map(({ one, queue }) => queue / one)
    .sort((a, b) => a - b)
    .slice(Math.floor(ROUNDS / 2));
  console.log(
    `${FILES} files, ${LATENCY_MS} ms away, ${WORKERS * CONCURRENCY} at a time, ${cpus().length} cores: the median time of the queue is ${middle?.toFixed(2)} times that of one process`,
  );
  archive.disconnect();
  await redis.stop();
  await rm(redisFolder, { recursive: true, force: true });
}

const rate = (seconds: number): string => (FILES / seconds).toFixed(0);

const { ROLE } = process.env;
await (ROLE === 'archive' ? serve() : ROLE === 'single' ? single() : compare());
