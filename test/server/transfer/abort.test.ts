import type { RequestListener } from 'node:http';
import { getEventListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/errors.js';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { downloadMany } from '../../../src/core/transfer/download-many.js';
import { openRemote } from '../../../src/core/transfer/open.js';
import { openFiles, TELLS_OPEN_FILES } from '../../support/open-files.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { serve, type ScriptedServer } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { bodyOf, client, file, namesIn, sha256, wanted, type Client } from './harness.js';

const body = bodyOf(300_000);
const reason = new Error('enough');

let server: ScriptedServer;
let dir: string;
let made: Client;

beforeEach(async () => {
  server = await serve(file(body));
  dir = tempDir();
  made = client(server.url);
});
afterEach(async () => {
  made.transport.close();
});

const stalled = file(body, { stallAfter: 150_000 });
const mute: RequestListener = () => undefined;
const endless: RequestListener = (request, response) => {
  response.writeHead(200);
  const more = (): void => {
    while (response.write(body));
    response.once('drain', more);
  };
  more();
  request.socket.on('close', () => response.destroy());
};

describe('an abort', () => {
  it('before the call asks the server nothing', async () => {
    const error = await rejection(downloadOne(made.op, wanted(dir), { signal: AbortSignal.abort(reason) }));
    expect(error).toBe(reason);
    expect(server.requests).toEqual([]);
    expect(namesIn(dir)).toEqual([]);
  });

  it.each([
    ['before the headers', mute],
    ['in a silent body', stalled],
    ['in a body that flows', endless],
  ])('%s rejects with its reason and closes the socket', async (_when, script) => {
    server.script(script);
    const controller = new AbortController();
    const work = rejection(downloadOne(made.op, wanted(dir), { signal: controller.signal }));
    await until(() => server.requests.length === 1);
    if (script !== mute) await until(() => existsSync(join(dir, 'data.bin.part')));
    controller.abort(reason);
    expect(await work).toBe(reason);
    await until(() => server.sockets.size === 0);
    expect(existsSync(join(dir, 'data.bin'))).toBe(false);
    expect(namesIn(dir)).not.toContain('data.bin.part.lock');
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('in the pause between two attempts rejects at once', async () => {
    made.transport.close();
    made = client(server.url, { retries: 50 });
    server.script(file(body, { cutAfter: 1000 }));
    const controller = new AbortController();
    const work = rejection(downloadOne(made.op, wanted(dir), { signal: controller.signal }));
    await until(() => made.log.some((line) => line.includes('asking for the rest')));
    controller.abort(reason);
    expect(await work).toBe(reason);
  });

  it('with a reason that is no error rejects with that', async () => {
    server.script(mute);
    const controller = new AbortController();
    const work = rejection(downloadOne(made.op, wanted(dir), { signal: controller.signal }));
    await until(() => server.requests.length === 1);
    controller.abort('a text');
    expect(await work).toBe('a text');
  });

  it('while another download of the same target goes on leaves the queue', async () => {
    server.script(stalled);
    const controller = new AbortController();
    const first = rejection(downloadOne(made.op, wanted(dir), { signal: controller.signal }));
    await until(() => server.requests.length === 1);
    const second = new AbortController();
    const waiting = rejection(downloadOne(made.op, wanted(dir), { signal: second.signal }));
    second.abort(reason);
    expect(await waiting).toBe(reason);
    controller.abort(reason);
    await first;
    server.script(file(body));
    expect(await downloadOne(made.op, wanted(dir))).toMatchObject({ sha256: sha256(body) });
  });

  it('while what comes after is at work reaches it', async () => {
    const controller = new AbortController();
    const after = (_path: string, signal: AbortSignal): Promise<{ extracted: string[] }> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
        controller.abort(reason);
      });
    const error = await rejection(
      downloadOne(made.op, wanted(dir, 'data.bin', { onPlaced: after }), { signal: controller.signal }),
    );
    expect(error).toBe(reason);
  });

  it('keeps the part, and the next call goes on from there', async () => {
    server.script(stalled);
    const controller = new AbortController();
    const work = rejection(
      downloadOne(made.op, wanted(dir), {
        signal: controller.signal,
        onProgress: ({ bytes }) => {
          if (bytes > 0)
            setTimeout(() => {
              controller.abort(reason);
            }, 50);
        },
      }),
    );
    expect(await work).toBe(reason);
    expect(namesIn(dir)).toEqual(['data.bin.part', 'data.bin.part.json']);
    server.script(file(body));
    expect(await downloadOne(made.op, wanted(dir))).toMatchObject({
      status: 'resumed',
      sha256: sha256(body),
    });
  });
});

describe('the end of the client', () => {
  it('aborts what is in flight', async () => {
    server.script(stalled);
    const work = rejection(downloadOne(made.op, wanted(dir)));
    await until(() => server.requests.length === 1);
    made.transport.lifetime.end();
    expect(await work).toBeInstanceOf(ConfigError);
    expect(await rejection(downloadOne(made.op, wanted(dir)))).toMatchObject({ code: 'closed' });
  });
});

describe('leaving a loop early', () => {
  const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `f${at}`);

  it('aborts what is in flight, closes its sockets and pulls no more', async () => {
    server.script(file(body), stalled);
    let pulled = 0;
    function* requests() {
      for (const name of names(100)) {
        pulled += 1;
        yield wanted(dir, name);
      }
    }
    for await (const done of downloadMany(made.op, requests(), { concurrency: 3 })) {
      expect(done.status).toBe('downloaded');
      break;
    }
    expect(pulled).toBeLessThanOrEqual(4);
    await until(() => server.sockets.size <= 1);
    expect(namesIn(dir).filter((name) => name.endsWith('.lock'))).toEqual([]);
    // A part that stays can be continued: it has a record.
    for (const part of namesIn(dir).filter((name) => name.endsWith('.part')))
      expect(namesIn(dir)).toContain(`${part}.json`);
  });

  it('by an error of the loop does the same', async () => {
    server.script(file(body), stalled);
    const loop = async (): Promise<void> => {
      for await (const _done of downloadMany(
        made.op,
        names(10).map((name) => wanted(dir, name)),
      ))
        throw reason;
    };
    expect(await rejection(loop())).toBe(reason);
    await until(() => server.sockets.size <= 1);
  });

  it('leaves no listener on the caller’s signal', async () => {
    const { signal } = new AbortController();
    for await (const _done of downloadMany(
      made.op,
      names(20).map((name) => wanted(dir, name)),
      { signal },
    )) {
      expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(1);
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(getEventListeners(made.transport.lifetime.signal, 'abort')).toEqual([]);
  });

  it.runIf(TELLS_OPEN_FILES)('leaves no timer and no file handle', async () => {
    const open = (): string[] => openFiles().filter((path) => path.startsWith(dir));
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    server.script(file(body), stalled);
    for await (const _done of downloadMany(
      made.op,
      names(5).map((name) => wanted(dir, name)),
    )) {
      await until(() => open().length > 0);
      break;
    }
    await until(() => open().length === 0);
    await until(() => server.sockets.size <= 1);
    // The pause of the check itself may count as one.
    await until(() => timers() <= before + 1);
  });
});

describe('many downloads', () => {
  it('of one target end with one whole file', async () => {
    const same = Array.from({ length: 6 }, () => wanted(dir));
    const done = await downloadMany(made.op, same, { concurrency: 6 }).toArray();
    expect(done.map(({ status }) => status).sort()).toEqual([
      'downloaded',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
    ]);
    expect(namesIn(dir)).toEqual(['data.bin']);
    expect(server.requests).toHaveLength(1);
  });

  it('of one name get as many names where they must be unique', async () => {
    const same = Array.from({ length: 4 }, () => wanted(dir));
    const done = await downloadMany(made.op, same, { concurrency: 4, overwrite: 'unique' }).toArray();
    expect(done.map((one) => one.sha256)).toEqual(Array.from({ length: 4 }, () => sha256(body)));
    expect(namesIn(dir)).toEqual(['data.1.bin', 'data.2.bin', 'data.3.bin', 'data.bin']);
  });

  it('stop at the first failure, or yield it', async () => {
    const broken: RequestListener = (request, response) => {
      if (request.url === '/bad') response.writeHead(404).end();
      else file(body)(request, response);
    };
    server.script(broken);
    const requests = ['a', 'bad', 'b'].map((name) => wanted(dir, name));
    const error = await rejection(downloadMany(made.op, requests, { concurrency: 1 }).toArray());
    expect(error).toMatchObject({ code: 'not-found' });
    const all = await downloadMany(made.op, requests, { concurrency: 1, onFailure: 'yield' }).toArray();
    expect(all.map(({ status, source }) => [status, source])).toEqual([
      ['skipped', 'a'],
      ['failed', 'bad'],
      ['downloaded', 'b'],
    ]);
  });

  it.each([true, false])('ask for no more at a time than they may (name told by the answer: %s)', async (unnamed) => {
    let open = 0;
    let most = 0;
    server.script((request, response) => {
      open += 1;
      most = Math.max(most, open);
      response.once('finish', () => (open -= 1));
      setTimeout(() => file(body)(request, response), 30);
    });
    const requests = Array.from({ length: 12 }, (_, at) => {
      const one = wanted(dir, `n${at}`);
      return unnamed ? { ...one, name: () => `n${at}` } : one;
    });
    const done = await downloadMany(made.op, requests, { concurrency: 4 }).toArray();
    expect(done.filter(({ status }) => status === 'downloaded')).toHaveLength(12);
    expect(most).toBe(4);
  });

  it('tell with a failure where its part lies', async () => {
    server.script(file(body, { cutAfter: 1000 }));
    const [failed] = await downloadMany(made.op, [wanted(dir)], { onFailure: 'yield' }).toArray();
    expect(failed).toMatchObject({
      status: 'failed',
      path: join(dir, 'data.bin'),
      error: { partPath: join(dir, 'data.bin.part') },
    });
  });

  it('fail with the signal’s reason also when failures are yielded', async () => {
    server.script(mute);
    const controller = new AbortController();
    const work = rejection(
      downloadMany(made.op, [wanted(dir)], { onFailure: 'yield', signal: controller.signal }).toArray(),
    );
    await until(() => server.requests.length === 1);
    controller.abort(reason);
    expect(await work).toBe(reason);
  });

  it('count files over all of them', async () => {
    const seen: [number, number | undefined][] = [];
    const requests = names3().map((name) => wanted(dir, name));
    await downloadMany(made.op, requests, {
      total: 3,
      concurrency: 1,
      onProgress: ({ filesDone, filesTotal }) => seen.push([filesDone, filesTotal]),
    }).toArray();
    expect(seen.at(-1)).toEqual([3, 3]);
  });

  it.each([
    [{ concurrency: 0 }, RangeError],
    [{ concurrency: 1.5 }, TypeError],
    [{ onFailure: 'ignore' }, TypeError],
    [{ overwrite: 'x' }, TypeError],
  ])('refuse %j at the call', (options, kind) => {
    expect(() => downloadMany(made.op, [], options as never)).toThrow(kind);
  });

  function names3(): string[] {
    return ['a', 'b', 'c'];
  }
});

describe('an opened file', () => {
  const read = async (stream: ReadableStream<Uint8Array>): Promise<Buffer> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const opening = (extra = {}) => ({ ...wanted('', 'data.bin'), ...extra });

  it('is a stream with name, length and type', async () => {
    const opened = await openRemote(made.op, opening());
    expect(opened).toMatchObject({ name: 'data.bin', bytes: body.length, contentType: 'application/octet-stream' });
    expect((await read(opened.stream)).equals(body)).toBe(true);
    expect(getEventListeners(made.transport.lifetime.signal, 'abort')).toEqual([]);
  });

  it('may be empty', async () => {
    server.script(file(Buffer.alloc(0)));
    expect(await read((await openRemote(made.op, opening())).stream)).toHaveLength(0);
  });

  it('of the wrong kind is refused before there is a stream', async () => {
    const check = { expected: 'a thing', head: () => 'it is none' };
    expect(await rejection(openRemote(made.op, opening({ check })))).toMatchObject({ code: 'transfer' });
    await until(() => server.sockets.size === 0);
  });

  it('that breaks off fails in the stream', async () => {
    server.script(file(body, { cutAfter: 150_000 }));
    const { stream } = await openRemote(made.op, opening());
    expect(await rejection(read(stream))).toMatchObject({ code: 'transfer', expected: body.length });
  });

  it('that goes silent fails in the stream, but not while nobody reads', async () => {
    server.script(stalled);
    const { stream } = await openRemote(made.op, opening(), { idleTimeoutMs: 100 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await rejection(read(stream))).toMatchObject({ code: 'timeout' });
  });

  it('ends with its connection when the stream is cancelled', async () => {
    server.script(endless);
    const { stream } = await openRemote(made.op, opening());
    await stream.cancel();
    await until(() => server.sockets.size === 0);
    expect(getEventListeners(made.transport.lifetime.signal, 'abort')).toEqual([]);
  });

  it('ends with the caller’s abort', async () => {
    server.script(endless);
    const controller = new AbortController();
    const { stream } = await openRemote(made.op, opening(), { signal: controller.signal });
    controller.abort(reason);
    expect(await rejection(read(stream))).toBe(reason);
    await until(() => server.sockets.size === 0);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('is refused after an abort', async () => {
    expect(await rejection(openRemote(made.op, opening(), { signal: AbortSignal.abort(reason) }))).toBe(reason);
  });

  it('takes its name from the answer', async () => {
    const opened = await openRemote(made.op, opening({ name: () => '../x/y.nc' }));
    expect(opened.name).toBe('y.nc');
    await opened.stream.cancel();
  });
});

describe('the concurrency', () => {
  it.each([1, 3, 8])('of %i is never exceeded by requests in flight', async (concurrency) => {
    let busy = 0;
    let most = 0;
    server.script((request, response) => {
      busy += 1;
      most = Math.max(most, busy);
      setTimeout(() => {
        busy -= 1;
        file(body)(request, response);
      }, 5);
    });
    const requests = Array.from({ length: 40 }, (_, at) => wanted(dir, `f${at}`));
    await downloadMany(made.op, requests, { concurrency }).toArray();
    expect(most).toBeLessThanOrEqual(concurrency);
    expect(namesIn(dir)).toHaveLength(40);
  });
});
