import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { NetworkError, RejectedError, TimeoutError, TransferError, WrongCredentials } from '../../../src/errors.js';
import type { HttpRequest } from '../../../src/core/http/request.js';
import { withProgress } from '../../../src/core/transfer/upload.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { listen } from '../../support/server.js';
import { bundled } from '../transfer/bundle.js';
import { bench } from './bench.js';

const put = (extra: Partial<HttpRequest> & Pick<HttpRequest, 'body'>): HttpRequest => ({
  op: { name: 'imap.upload' },
  url: 'x',
  method: 'PUT',
  ...extra,
});
const endless = (onClose: () => void = () => undefined) => ({
  bytes: 1e10,
  async *open() {
    try {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        yield Buffer.alloc(64 * 1024);
      }
    } finally {
      onClose();
    }
  },
});
const BOTH = [
  ['node:http', undefined],
  ['an injected fetch', globalThis.fetch],
] as const;

describe.each(BOTH)('an upload through %s', (_name, own) => {
  const options = own === undefined ? {} : { fetch: own };

  test('has exactly the length that it says, and no chunks', async () => {
    const server = await bench.serve((_request, response) => response.end('got it'));
    const transport = bench.transport(server.origin, options);
    const parts = [Buffer.from('abc'), Buffer.from('defgh'), Buffer.from('ij')];
    for (const open of [
      () => Readable.from(parts),
      async function* () {
        yield* parts;
      },
    ]) {
      server.seen.length = 0;
      const { text } = await transport.text(put({ body: { bytes: 10, contentType: 'application/x-test', open } }));
      expect(text).toBe('got it');
      expect(server.seen[0]).toMatchObject({
        body: 'abcdefghij',
        headers: { 'content-length': '10', 'content-type': 'application/x-test' },
      });
      expect(server.seen[0]?.headers['transfer-encoding']).toBeUndefined();
    }
  });

  test('that is refused before its body is read tells the refusal, and the source is closed', async () => {
    for (const [status, type] of [
      [401, WrongCredentials],
      [413, RejectedError],
    ] as const) {
      const server = await bench.serve((_request, response) => response.writeHead(status).end('no'), {
        readBody: false,
      });
      let closed = 0;
      const error = await rejection(
        bench.transport(server.origin, options).text(put({ body: endless(() => (closed += 1)) })),
      );
      expect(error).toBeInstanceOf(type);
      await until(() => closed === 1 && server.busy() === 0);
    }
  });

  test('whose server hangs up amid the body is a NetworkError, once, and the source is closed', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.once('data', () => socket.resetAndDestroy());
    });
    const { host } = await listen(server);
    let closed = 0;
    const transport = bench.transport(`http://${host}`, { ...options, retries: 3 });
    const error = await rejection(transport.text(put({ body: endless(() => (closed += 1)) })));
    expect(error).toBeInstanceOf(NetworkError);
    expect(connections).toBe(1);
    await until(() => closed === 1);
  });

  test.each([
    [
      'fails amid its bytes',
      {
        bytes: 10,
        async *open() {
          yield Buffer.from('abc');
          throw new Error('EIO: disk gone');
        },
      },
      /could not be read: EIO: disk gone/u,
    ],
    [
      'cannot be opened',
      {
        bytes: 10,
        open(): Readable {
          throw new Error('EACCES: locked');
        },
      },
      /could not be read: EACCES: locked/u,
    ],
    [
      'gives something else than bytes',
      { bytes: 3, open: () => Readable.from(['abc'], { objectMode: true }) },
      /must consist of bytes/u,
    ],
  ])('whose source %s is a TransferError that says so', async (_what, body, message) => {
    const server = await bench.serve((_request, response) => response.end());
    const error = await rejection(bench.transport(server.origin, options).text(put({ body })));
    expect(error).toBeInstanceOf(TransferError);
    expect(String(error)).toMatch(message);
    await until(() => server.busy() === 0);
  });

  test('whose source knows its own error passes that on', async () => {
    const own = new TransferError('the file changed', { centre: 'imap', operation: 'imap.upload' });
    const server = await bench.serve((_request, response) => response.end());
    const body = {
      bytes: 10,
      async *open() {
        yield Buffer.from('abc');
        throw own;
      },
    };
    expect(await rejection(bench.transport(server.origin, options).text(put({ body })))).toBe(own);
  });

  test.each([
    ['amid its bytes', 1, new Error('not like this')],
    ['at its end', 2, new RangeError('too far')],
  ])('whose listener throws %s fails with just that, once, and its source is closed', async (_when, at, own) => {
    const server = await bench.serve((_request, response) => response.end('fine'));
    let told = 0;
    let closed = 0;
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from('abc');
        yield Buffer.from('def');
      } finally {
        closed += 1;
      }
    };
    const onProgress = (): void => {
      told += 1;
      if (told === at) throw own;
    };
    const body = { bytes: 6, open: () => withProgress(chunks(), { name: 'x', bytes: 6, onProgress }) };
    const transport = bench.transport(server.origin, { ...options, retries: 3 });
    expect(await rejection(transport.text(put({ body, safeToRetry: true })))).toBe(own);
    await until(() => closed === 1 && server.busy() === 0);
    expect(told).toBe(at);
  });

  test('that the server does not take ends after the silence allowed', async () => {
    const server = await bench.serve(() => undefined, { readBody: false });
    const transport = bench.transport(server.origin, { ...options, timeoutMs: 100, idleTimeoutMs: 300 });
    const error = await rejection(transport.text(put({ body: endless() })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toMatch(/within 300 ms/u);
  });

  test('that takes longer than the time for an answer is no failure while its bytes move', async () => {
    const server = await bench.serve((_request, response) => response.end('done'));
    const transport = bench.transport(server.origin, { ...options, timeoutMs: 2_000, idleTimeoutMs: 2_000 });
    const body = {
      bytes: 8,
      async *open() {
        for (let at = 0; at < 8; at += 1) {
          await new Promise((resolve) => setTimeout(resolve, 300));
          yield Buffer.from('x');
        }
      },
    };
    expect((await transport.text(put({ body }))).text).toBe('done');
  });

  test('after whose last byte no answer comes ends at the time for an answer', async () => {
    const server = await bench.serve(() => undefined);
    const transport = bench.transport(server.origin, { ...options, timeoutMs: 150, idleTimeoutMs: 60_000 });
    const body = {
      bytes: 1,
      async *open() {
        yield Buffer.from('x');
      },
    };
    expect(String(await rejection(transport.text(put({ body }))))).toMatch(/within 150 ms/u);
  });
});

test.each([
  ['fewer', 'ab'],
  ['more', 'abcdef'],
])('%s bytes than said are a TransferError', async (_what, text) => {
  const server = await bench.serve((_request, response) => response.end());
  const body = {
    bytes: 4,
    async *open() {
      yield Buffer.from(text);
    },
  };
  const error = await rejection(bench.transport(server.origin).text(put({ body })));
  expect(error).toBeInstanceOf(TransferError);
  expect(String(error)).toMatch(/no longer 4 bytes long/u);
});

test('a body that is still being sent does not cut the answer that came early', async () => {
  const server = await bench.serve(
    (request, response) => {
      request.on('data', () => undefined);
      response.writeHead(200);
      response.write('a');
      setTimeout(() => response.end('z'), 500);
    },
    { readBody: false },
  );
  const body = {
    bytes: 30,
    async *open() {
      for (let at = 0; at < 30; at += 1) {
        yield Buffer.from('x');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
  const transport = bench.transport(server.origin, { timeoutMs: 100, idleTimeoutMs: 2000 });
  expect((await transport.text(put({ body }))).text).toBe('az');
});

test('300 MB go up in flat memory, also when the call does not say that it is a transfer (traps 2 and 4)', async () => {
  const program = await bundled('../core/upload-memory.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program]);
  const { received, grownMiB } = JSON.parse(stdout) as { received: number; grownMiB: number };
  expect(received).toBe(300 * 1024 * 1024);
  expect(grownMiB).toBeLessThan(150);
}, 60_000);
