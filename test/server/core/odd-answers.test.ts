import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { NetworkError, UnexpectedResponse } from '../../../src/errors.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { listen } from '../../support/server.js';
import { bench } from './bench.js';

/** A server that answers each request with these bytes, whatever they are. */
async function answering(...answers: (string | Buffer)[]): Promise<{ url: string; sockets: ReadonlySet<Socket> }> {
  const server = createServer((socket) => {
    socket.on('data', () => {
      for (const answer of answers) socket.write(answer);
    });
  });
  const { host, sockets } = await listen(server);
  return { url: `http://${host}`, sockets };
}

const get = { op: { name: 'imap.query' }, url: 'x', bulk: true } as const;

describe('an answer that switches to another protocol', () => {
  const switching = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\nabc';

  test('is none, and that is told at once', async () => {
    const server = await answering(switching);
    const transport = bench.transport(server.url, { timeoutMs: 2_000_000 });
    const error = await rejection(transport.text(get));
    expect(error).toBeInstanceOf(NetworkError);
    expect(String(error)).toMatch(/switched to another protocol \(101\)/u);
    await until(() => server.sockets.size === 0);
  });

  test('ends an upload, too, and its source', async () => {
    const server = await answering(switching);
    const transport = bench.transport(server.url, { timeoutMs: 2_000_000, idleTimeoutMs: 2_000_000 });
    let closed = false;
    const body = {
      bytes: 1e10,
      async *open() {
        try {
          for (;;) {
            await new Promise((resolve) => setImmediate(resolve));
            yield Buffer.alloc(1024);
          }
        } finally {
          closed = true;
        }
      },
    };
    expect(await rejection(transport.text({ ...get, method: 'PUT', body }))).toBeInstanceOf(NetworkError);
    await until(() => closed && server.sockets.size === 0);
  });
});

describe('an answer that is encoded', () => {
  const headOf = (body: Buffer, headers: string): string =>
    `HTTP/1.1 200 OK\r\n${headers}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const said = Buffer.from('what was meant');

  test.each(['zstd', 'compress', 'gzip, secret', 'exi;q=1'])(
    'as %s is refused, never taken as it is',
    async (coding) => {
      const server = await answering(headOf(said, `Content-Encoding: ${coding}`), said);
      const transport = bench.transport(server.url, { retries: 3 });
      const error = await rejection(transport.text(get));
      expect(error).toBeInstanceOf(UnexpectedResponse);
      expect(String(error)).toMatch(/cannot be read: it is encoded as ".+", which was not requested/u);
      await until(() => server.sockets.size === 0);
    },
  );

  test.each(['identity', 'aws-chunked', ''])('as %j is as it came', async (coding) => {
    const server = await answering(headOf(said, `Content-Encoding: ${coding}`), said);
    expect((await bench.transport(server.url).text(get)).text).toBe('what was meant');
  });

  test('twice is decoded twice', async () => {
    const packed = gzipSync(gzipSync(said));
    const server = await answering(headOf(packed, 'Content-Encoding: gzip, gzip'), packed);
    expect((await bench.transport(server.url).text(get)).text).toBe('what was meant');
  });

  test('for the transfer is decoded as well', async () => {
    const packed = gzipSync(said);
    const server = await answering(
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${packed.length.toString(16)}\r\n`,
      packed,
      '\r\n0\r\n\r\n',
    );
    expect((await bench.transport(server.url).text(get)).text).toBe('what was meant');
  });

  test('and empty is empty', async () => {
    const server = await answering('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n');
    expect((await bench.transport(server.url).text(get)).text).toBe('');
  });
});
