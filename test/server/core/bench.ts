import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import { Redactor } from '../../../src/core/redact/redactor.js';
import type { TransportSettings } from '../../../src/core/http/settings.js';
import { Transport } from '../../../src/core/http/transport.js';
import { resolveClient } from '../../../src/core/config/client.js';
import type { ClientOptions } from '../../../src/types.js';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestServer {
  readonly url: string;
  readonly server: Server;
  /** Every request whose body was read to its end. */
  readonly seen: Seen[];
  /** Sockets that are open now; undici opens an idle one in place of each that it had to end. */
  readonly sockets: ReadonlySet<Socket>;
  /** Requests that are neither answered completely nor broken off. */
  readonly busy: () => number;
}

export interface Bench {
  serve(listener: RequestListener, options?: { readBody?: boolean }): Promise<TestServer>;
  transport(baseUrl: string, options?: ClientOptions, extra?: Partial<TransportSettings>): Transport;
}

/** Bare servers on loopback, and transports to them; all of them end with the test. */
export function useBench(): Bench {
  let undo: (() => void)[] = [];
  beforeEach(() => {
    undo = [];
  });
  afterEach(() => {
    for (const step of undo.reverse()) step();
  });
  return {
    serve: async (listener, { readBody = true } = {}) => {
      const seen: Seen[] = [];
      const sockets = new Set<Socket>();
      let busy = 0;
      const server = createServer((request, response) => {
        busy += 1;
        response.on('close', () => (busy -= 1));
        if (!readBody) {
          listener(request, response);
          return;
        }
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('error', () => undefined);
        request.on('end', () => {
          seen.push({
            method: request.method ?? '',
            url: request.url ?? '',
            headers: request.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          });
          listener(request, response);
        });
      });
      server.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        socket.on('error', () => undefined);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      undo.push(() => {
        server.closeAllConnections();
        server.close();
      });
      return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        server,
        seen,
        sockets,
        busy: () => busy,
      };
    },
    transport: (baseUrl, options = {}, extra = {}) => {
      const shared = resolveClient(
        { baseUrl, retries: 0, ...options },
        { centre: 'imap', baseUrlVariable: 'SDC_TEST_BASE_URL' },
        extra.redactor ?? new Redactor(['version']),
      );
      const transport = new Transport({ ...shared, credentialLayer: 'token', ...extra });
      undo.push(() => {
        transport.lifetime.end();
        transport.close();
      });
      return transport;
    },
  };
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until something is so; the test's own time limit ends a wait in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not reject');
}

/** The three ways to the net: small calls, transfers, an injected fetch. */
export const WAYS = [
  ['a small call', false, false],
  ['a transfer', true, false],
  ['an injected fetch', false, true],
  ['a transfer through an injected fetch', true, true],
] as const;
