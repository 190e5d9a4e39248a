import { connect, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { withDelivery } from '../../../src/core/operation/delivery.js';
import { ImapClient } from '../../../src/imap/index.js';
import { rejection } from '../../support/rejection.js';
import { listen, UNTRUSTED } from '../../support/server.js';
import { bench, WAYS } from './bench.js';

/** A TLS record with a fatal alert (RFC 8446, section 6). */
const alert = (description: number): Buffer => Buffer.from([0x15, 3, 3, 0, 2, 2, description]);
const HANDSHAKE_FAILURE = 40;
const INTERNAL_ERROR = 80;

/** What answers the first bytes of a handshake. */
const ANSWERS: Readonly<Record<string, (socket: Socket) => void>> = {
  'plain HTTP': (socket) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
  'a mail server': (socket) => socket.end('220 mail ESMTP\r\n'),
  'an alert': (socket) => socket.end(alert(HANDSHAKE_FAILURE)),
};

/** A port that answers the first bytes of each connection. */
async function port(answer: (socket: Socket) => void): Promise<{ url: string; connections: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.once('data', () => answer(socket));
  });
  return { url: `https://${(await listen(server)).host}/`, connections: () => connections };
}

const both = Object.entries(ANSWERS).flatMap(([name, answer]) =>
  WAYS.map(([way, bulk, injected]) => [way, name, { answer, bulk, injected }] as const),
);

describe('a handshake that fails', () => {
  it.each(both)('is tried once by %s that meets %s', async (_way, _name, { answer, bulk, injected }) => {
    const { url, connections } = await port(answer);
    const transport = bench.transport(url, { retries: 2, ...(injected && { fetch: globalThis.fetch }) });
    const error = await rejection(transport.text({ op: { name: 'imap.query' }, url: 'x', bulk }));
    expect(error).toMatchObject({
      name: 'NetworkError',
      retryable: false,
      message: expect.stringMatching(/no secure connection.*check the address/u),
    });
    expect(connections()).toBe(1);
  });

  it.each(both)('leaves a change by %s that meets %s undone', async (_way, _name, { answer, bulk, injected }) => {
    const { url, connections } = await port(answer);
    const transport = bench.transport(url, { retries: 2, ...(injected && { fetch: globalThis.fetch }) });
    const error = await rejection(
      withDelivery(undefined, (delivery) =>
        transport.text({ op: { name: 'imap.upload' }, url: 'x', method: 'POST', body: { text: 'x' }, bulk, delivery }),
      ),
    );
    expect(error).toMatchObject({ name: 'NetworkError', delivered: 'no', retryable: false });
    expect((error as Error).message).not.toContain('look before you repeat');
    expect(connections()).toBe(1);
  });

  /** Reasons with their codes, as fetch functions on the supported versions of Node.js report them. */
  const REPORTED = [
    [
      'EPROTO',
      'write EPROTO 80DC:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl/record.c:354:\n',
    ],
    [
      'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
      '802C:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../rec.c:1601:SSL alert number 40\n',
    ],
    [
      'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
      'C01C:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert handshake failure:../rec.c:918:SSL alert number 40\n',
    ],
  ] as const;

  it.each(REPORTED)('is told in plain words by any fetch: %s', async (code, message) => {
    const cause = Object.assign(new Error(message), { code });
    let calls = 0;
    const fetch = (): Promise<Response> => {
      calls += 1;
      return Promise.reject(new TypeError('fetch failed', { cause }));
    };
    const client = new ImapClient({ apiKey: 'k', baseUrl: 'https://imap.example/', fetch, retries: 2 });
    const error = await rejection(client.reprocess({ startDate: '20250101', endDate: '20250102' }));
    expect(error).toMatchObject({
      name: 'NetworkError',
      delivered: 'no',
      retryable: false,
      message: expect.stringMatching(/SSL routines: (?:wrong version|\S+ alert handshake failure)/u),
    });
    expect((error as Error).message).not.toMatch(/:error:|\.c:/u);
    expect(calls).toBe(1);
  });

  it.each(WAYS)(
    'because the connection closed is tried again by %s, and took no effect',
    async (_way, bulk, injected) => {
      const { url, connections } = await port((socket) => socket.destroy());
      const transport = bench.transport(url, { retries: 1, ...(injected && { fetch: globalThis.fetch }) });
      const error = await rejection(
        withDelivery(undefined, (delivery) =>
          transport.text({
            op: { name: 'imap.upload' },
            url: 'x',
            method: 'POST',
            body: { text: 'x' },
            bulk,
            delivery,
          }),
        ),
      );
      expect(error).toMatchObject({ name: 'NetworkError', delivered: 'no', retryable: true });
      expect(connections()).toBe(2);
    },
  );
});

/** A site behind a relay, which breaks the secured connection once the request has come. */
async function brokenAfterwards(bytes: Buffer): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const site = createTlsServer(UNTRUSTED, (request) => {
    seen.push(request.method ?? '');
    for (const socket of sockets) socket.end(bytes);
  });
  const { port } = await listen(site);
  const relay = createServer((socket) => {
    const far = connect(port, '127.0.0.1');
    far.on('error', () => undefined);
    socket.on('close', () => far.destroy());
    socket.pipe(far).pipe(socket);
  });
  const { host, sockets } = await listen(relay);
  return { url: `https://${host}/`, seen };
}

describe('a secured connection that breaks after the handshake', () => {
  it.each([
    ['by bytes that are no record of TLS', Buffer.from('220 mail ESMTP\r\n')],
    ['by an alert in plain text', alert(INTERNAL_ERROR)],
  ])('%s leaves open whether the change was taken', async (_how, bytes) => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { url, seen } = await brokenAfterwards(bytes);
    const client = new ImapClient({ apiKey: 'k', baseUrl: url, retries: 2 });
    const error = await rejection(client.reprocess({ startDate: '20250101', endDate: '20250102' }));
    expect(seen).toEqual(['POST']);
    expect(error).toMatchObject({ name: 'NetworkError', delivered: 'maybe', retryable: false });
    expect((error as Error).message).toMatch(/SSL.*look before you repeat/u);
  });

  it.each(['ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'])(
    'does so where the fetch is injected: %s',
    async (code) => {
      const fetch = (): Promise<Response> =>
        Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('SSL routines'), { code }) }));
      const client = new ImapClient({ apiKey: 'k', baseUrl: 'https://imap.example/', fetch, retries: 2 });
      const error = await rejection(client.reprocess({ startDate: '20250101', endDate: '20250102' }));
      expect(error).toMatchObject({ name: 'NetworkError', delivered: 'maybe', retryable: false });
    },
  );
});
