import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { NetworkError, TimeoutError } from '../../../src/errors.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { bench, WAYS } from './bench.js';

describe.each(WAYS)('the body of %s', (_name, bulk, injected) => {
  const own = injected ? { fetch: globalThis.fetch } : {};

  test('a text that goes silent is a TimeoutError, and its connection ends (trap 6)', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
    });
    const transport = bench.transport(server.origin, { ...own, idleTimeoutMs: 80 });
    const error = await rejection(transport.text({ op: { name: 'imap.query' }, url: 'x', bulk }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toMatch(/stalled/u);
    await until(() => server.busy() === 0);
  });

  test('a silence that is broken in time is no failure', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(200);
      let count = 0;
      const timer = setInterval(() => {
        response.write('x');
        count += 1;
        if (count < 9) return;
        clearInterval(timer);
        response.end();
      }, 150);
    });
    const transport = bench.transport(server.origin, { ...own, idleTimeoutMs: 1_000 });
    const { text } = await transport.text({ op: { name: 'imap.query' }, url: 'x', bulk });
    expect(text).toBe('xxxxxxxxx');
  });

  test('a body that breaks off is a NetworkError that says so', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    const transport = bench.transport(server.origin, own);
    const error = await rejection(transport.text({ op: { name: 'imap.query' }, url: 'x', bulk }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(String(error)).toMatch(/broke off/u);
    expect(String(error)).not.toMatch(/no answer/u);
  });

  test('a body that a reader leaves half read is cancelled', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(200);
      response.write(Buffer.alloc(100_000));
    });
    const transport = bench.transport(server.origin, own);
    const got = await transport.send({ op: { name: 'imap.query' }, url: 'x', bulk }, async (answer) => {
      for await (const chunk of answer.stream()) return (chunk as Uint8Array).byteLength > 0;
      return false;
    });
    expect(got).toBe(true);
    await until(() => server.busy() === 0);
  });

  test('a reader that fails with its stream still open leaves no connection', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(200);
      response.write('a');
    });
    const transport = bench.transport(server.origin, own);
    const failure = new TypeError('the reader does not like it');
    const error = await rejection(
      transport.send({ op: { name: 'imap.query' }, url: 'x', bulk }, async (answer) => {
        answer.stream().resume();
        throw failure;
      }),
    );
    expect(error).toBe(failure);
    await until(() => server.busy() === 0);
  });

  test('a body that is never asked for is cancelled', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(200);
      response.write('a');
    });
    const transport = bench.transport(server.origin, own);
    expect(await transport.send({ op: { name: 'imap.query' }, url: 'x', bulk }, async ({ status }) => status)).toBe(
      200,
    );
    await until(() => server.busy() === 0);
  });

  test('an opened answer listens to the signal of the caller until its body is over', async () => {
    const server = await bench.serve((_request, response) => response.end('all'));
    const transport = bench.transport(server.origin, own);
    const { signal } = new AbortController();
    const answer = await transport.open({ op: { name: 'imap.query' }, url: 'x', bulk, signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    expect(await answer.text()).toBe('all');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('an opened answer whose connection broke before its body was asked for lets go of the signal', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(200);
      response.write('a', () => setTimeout(() => response.destroy(), 20));
    });
    const transport = bench.transport(server.origin, own);
    const { signal } = new AbortController();
    const answer = await transport.open({ op: { name: 'imap.query' }, url: 'x', bulk, signal });
    await until(() => server.busy() === 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(
      (async () => {
        for await (const _chunk of answer.stream());
      })(),
    ).rejects.toThrow();
    await answer.discard();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('white of every encoding is read', async () => {
    const { gzipSync, brotliCompressSync, deflateSync } = await import('node:zlib');
    const encodings = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync } as const;
    const server = await bench.serve((request, response) => {
      const encoding = (request.url ?? '').slice(1);
      const encode = encodings[encoding as keyof typeof encodings];
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(encode === undefined ? 'grüß' : encode('grüß'));
    });
    const transport = bench.transport(server.origin, own);
    for (const encoding of ['gzip', 'br', 'deflate', 'identity']) {
      expect((await transport.text({ op: { name: 'imap.query' }, url: encoding, bulk })).text).toBe('grüß');
    }
  });

  test('a compressed body that is damaged is a NetworkError', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end('no gzip at all');
    });
    const transport = bench.transport(server.origin, own);
    const error = await rejection(transport.text({ op: { name: 'imap.query' }, url: 'x', bulk }));
    expect(error).toBeInstanceOf(NetworkError);
  });

  test('no body at all is an empty text', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(204);
      response.end();
    });
    const transport = bench.transport(server.origin, own);
    expect((await transport.text({ op: { name: 'imap.query' }, url: 'x', bulk })).text).toBe('');
    const head = await transport.text({ op: { name: 'imap.query' }, url: 'x', bulk, method: 'HEAD' });
    expect(head.text).toBe('');
  });
});
