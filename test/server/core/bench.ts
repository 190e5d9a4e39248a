import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TransportSettings } from '../../../src/core/http/settings.js';
import type { Transport } from '../../../src/core/http/transport.js';
import type { ClientOptions } from '../../../src/types.js';
import { cleanUp } from '../../support/clean-up.js';
import { serve, type ScriptedServer } from '../../support/server.js';
import { makeTransport } from '../../support/transport.js';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestServer extends ScriptedServer {
  /** Every request whose body was read to its end. */
  readonly seen: Seen[];
}

/** Bare servers on loopback, and transports to them; all of them end with the test. */
export const bench = {
  /** A server that reads the body of a request before it answers, unless it is told not to. */
  serve: async (listener: RequestListener, { readBody = true } = {}): Promise<TestServer> => {
    const seen: Seen[] = [];
    const server = await serve((request, response) => {
      if (!readBody) {
        listener(request, response);
        return;
      }
      void text(request).then(
        (body) => {
          seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
          listener(request, response);
        },
        () => undefined,
      );
    });
    return { ...server, seen };
  },
  transport: (baseUrl: string, options: ClientOptions = {}, settings: Partial<TransportSettings> = {}): Transport => {
    const transport = makeTransport({ baseUrl, ...options }, settings);
    cleanUp(() => {
      transport.lifetime.end();
      transport.close();
    });
    return transport;
  },
};

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The three ways to the net: small calls, transfers, an injected fetch. */
export const WAYS = [
  ['a small call', false, false],
  ['a transfer', true, false],
  ['an injected fetch', false, true],
  ['a transfer through an injected fetch', true, true],
] as const;
