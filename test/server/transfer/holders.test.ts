import type { RequestListener } from 'node:http';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, linkSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { downloadMany } from '../../../src/core/transfer/download-many.js';
import type { DownloadedFile, DownloadOptions } from '../../../src/types.js';
import { until } from '../../support/until.js';
import { serve, type ScriptedServer } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { bundled } from './bundle.js';
import { bodyOf, client, file, namesIn, wanted, type Client } from './harness.js';

const body = bodyOf(3_000_000);
const newer = bodyOf(3_000_000, 5);
const program = await bundled('holder-program.ts');
let server: ScriptedServer;
let dir: string;
let made: Client;
const children: ChildProcess[] = [];
const part = (): string => join(dir, 'data.bin.part');
const lock = (): string => `${part()}.lock`;
const target = (): string => join(dir, 'data.bin');

beforeEach(async () => {
  server = await serve();
  dir = tempDir();
  made = client(server.url);
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  made.transport.close();
});

/** Another process; the result is what it prints. */
function start(names = '', ...before: string[]): { readonly child: ChildProcess; readonly result: Promise<string> } {
  const [command = '', ...args] = [
    ...before,
    process.execPath,
    program,
    server.url,
    dir,
    ...(names === '' ? [] : [names]),
  ];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { child, result: new Promise((resolve) => child.on('close', () => resolve(output.trim()))) };
}

const download = (options: DownloadOptions = {}): Promise<DownloadedFile<string>> =>
  downloadOne(made.op, wanted(dir), { idleTimeoutMs: 20_000, ...options });

/** A body that stops in the middle until it is let go. */
function held(content = body): { readonly script: RequestListener; go(): void } {
  let rest: (() => void) | undefined;
  return {
    script: (_request, response) => {
      response.writeHead(200, { 'content-length': content.length, etag: `"${content === body ? 'one' : 'two'}"` });
      response.write(content.subarray(0, 2_000_000));
      rest = () => response.end(content.subarray(2_000_000));
    },
    go: () => rest?.(),
  };
}

const begun = (): Promise<void> => until(() => existsSync(part()) && statSync(part()).size >= 1_000_000);
const silent = (path = lock()): void => utimesSync(path, new Date(Date.now() - 90_000), new Date(Date.now() - 90_000));

/** The second download waits for the first, and both have the one body. */
async function expectShared(first: { readonly result: Promise<string> }, go: () => void): Promise<void> {
  await begun();
  const second = download();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(server.requests).toHaveLength(1);
  go();
  expect([await first.result, (await second).status]).toEqual(['downloaded', 'skipped']);
  expect(readFileSync(target()).equals(body)).toBe(true);
  expect(namesIn(dir)).toEqual(['data.bin']);
}

describe('a worker thread', () => {
  const thread = (): { readonly worker: Worker; readonly result: Promise<string> } => {
    const worker = new Worker(program, { workerData: [server.url, dir] });
    return {
      worker,
      result: new Promise((resolve, reject) => {
        worker.on('message', resolve);
        worker.on('error', reject);
      }),
    };
  };

  it('that works is waited for', async () => {
    const { script, go } = held();
    server.script(script);
    await expectShared(thread(), go);
  });

  it.skipIf(process.platform !== 'linux')('that was terminated blocks nobody: its part is gone on with', async () => {
    server.script(held().script, file(body));
    const { worker } = thread();
    await begun();
    await worker.terminate();
    expect(existsSync(lock())).toBe(true);
    expect(await download()).toMatchObject({ status: 'resumed' });
    expect(readFileSync(target()).equals(body)).toBe(true);
    expect(namesIn(dir)).toEqual(['data.bin']);
  });
});

const unshare = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
const noNamespace =
  spawnSync('unshare', [...unshare.slice(1), 'true']).status === 0 ? '' : ' (skipped: unshare --pid is refused here)';

describe.skipIf(noNamespace !== '')(`a holder in another PID namespace${noNamespace}`, () => {
  it('is waited for, though its number means nothing here', async () => {
    const { script, go } = held();
    server.script(script);
    await expectShared(start('', ...unshare), go);
  });

  it('that works on after its lock was taken over spoils nothing', async () => {
    const { script, go } = held();
    server.script(script, file(newer, { etag: '"two"' }));
    const first = start('', ...unshare);
    await begun();
    silent();
    expect(await download()).toMatchObject({ status: 'downloaded' });
    go();
    expect(await first.result).toContain('another process took over');
    expect(readFileSync(target()).equals(newer)).toBe(true);
    expect(namesIn(dir)).toEqual(['data.bin']);
  });

  it('that works on while the one who took over is at work spoils nothing', async () => {
    const old = held();
    const fresh = held(newer);
    server.script(old.script, fresh.script);
    const first = start('', ...unshare);
    await begun();
    silent();
    const second = download();
    await until(() => server.requests.length === 2 && statSync(part()).size >= 1_000_000);
    old.go();
    expect(await first.result).toContain('another process took over');
    expect(existsSync(target())).toBe(false);
    fresh.go();
    expect(await second).toMatchObject({ status: 'downloaded' });
    expect(readFileSync(target()).equals(newer)).toBe(true);
    expect(namesIn(dir)).toEqual(['data.bin']);
  });
});

const noFaketime = spawnSync('faketime', ['-f', '+0s', 'true']).status === 0 ? '' : ' (skipped: faketime is not there)';

describe.skipIf(noFaketime !== '')(`a holder whose clock is two minutes off${noFaketime}`, () => {
  it.each(['-120s', '+120s'])('is waited for (%s)', async (offset) => {
    const { script, go } = held();
    server.script(script);
    // Outside: it names what it shares after its own number, which is the same in each new namespace.
    const apart = noNamespace === '' ? unshare : [];
    await expectShared(start('', 'faketime', '-f', offset, ...apart), go);
  });
});

describe('a part that has a second name', () => {
  it.each(['replace', 'update', 'skip', 'unique'] as const)('is never written to (%s)', async (overwrite) => {
    const finished = join(dir, overwrite === 'skip' ? 'another' : 'data.bin');
    writeFileSync(finished, body);
    linkSync(finished, part());
    server.script(file(newer, { cutAfter: 1_000_000, etag: '"two"' }), file(newer, { etag: '"two"' }));
    await download({ overwrite }).catch(() => undefined);
    expect(readFileSync(finished).equals(body)).toBe(true);
    const { path } = await download({ overwrite });
    expect(readFileSync(path).equals(newer)).toBe(true);
    expect([statSync(path).nlink, existsSync(part())]).toEqual([1, false]);
  });

  it('that is the finished file itself goes with the next call that finds it', async () => {
    writeFileSync(target(), body);
    linkSync(target(), part());
    writeFileSync(`${part()}.json`, '{}');
    expect(await download()).toMatchObject({ status: 'skipped' });
    expect(namesIn(dir)).toEqual(['data.bin']);
    expect(statSync(target()).nlink).toBe(1);
  });

  it('was placed by a process that was killed before it removed the record: that goes with the next call', async () => {
    writeFileSync(target(), body);
    writeFileSync(`${part()}.json`, '{}');
    writeFileSync(lock(), '');
    silent();
    expect(await download()).toMatchObject({ status: 'skipped' });
    expect(namesIn(dir)).toEqual(['data.bin']);
  });
});

it('two bulk downloads of the same files from either end share them, though one gives up on silence soon', async () => {
  server.script((_request, response) => {
    response.writeHead(200, { 'content-length': 40_000, etag: '"one"' });
    let sent = 0;
    const timer = setInterval(() => {
      response.write(body.subarray(sent, (sent += 10_000)));
      if (sent < 40_000) return;
      clearInterval(timer);
      response.end();
    }, 700);
  });
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const other = start(names.join(','));
  // It has prepared what comes next.
  await until(() => server.requests.length === 4);
  const order = [...names.slice(4), ...names.slice(0, 4)];
  const files = await downloadMany(
    made.op,
    order.map((name) => wanted(dir, name)),
    { concurrency: 4, idleTimeoutMs: 2_000 },
  ).toArray();
  const all = [...(await other.result).split(','), ...files.map(({ status }) => status)];
  expect(all.sort()).toEqual([...names.map(() => 'downloaded'), ...names.map(() => 'skipped')]);
  expect(server.requests).toHaveLength(names.length);
  expect(namesIn(dir)).toEqual(names);
});
