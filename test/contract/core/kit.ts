import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { resolveClient } from '../../../src/core/config/client.js';
import { Redactor } from '../../../src/core/redact/redactor.js';
import type { TransportSettings } from '../../../src/core/http/settings.js';
import { Transport } from '../../../src/core/http/transport.js';
import type { ClientOptions } from '../../../src/types.js';

/** The secret of all tests here: nothing of it may show anywhere but at the own origin. */
export const SECRET = 'c0ntract-s3cr3t';

/** The three ways to the net: small calls through ky, transfers through node:https, an injected fetch. */
export const WAYS = [
  { way: 'a small call', bulk: false, injected: false },
  { way: 'a transfer', bulk: true, injected: false },
  { way: 'an injected fetch', bulk: false, injected: true },
] as const;

export interface Seen {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
}

export interface Site {
  /** Every request, in order, whoever it went to. */
  readonly seen: Seen[];
  /** What addresses answer, by origin and path; anything else is an error of the test. */
  answer(url: string, reply: () => Response): void;
  transport(options?: ClientOptions, extra?: Partial<TransportSettings>): Transport;
}

export function redirect(location: string, status = 302): () => Response {
  return () => new HttpResponse(null, { status, headers: { location } });
}

export function text(body: string, init: ResponseInit = {}): () => Response {
  return () => new HttpResponse(body, init);
}

/** Hosts that exist in these tests only, with https, which no server on loopback has. */
export function useSite(): Site {
  const server = setupServer();
  const seen: Seen[] = [];
  let made: Transport[] = [];
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  beforeEach(() => {
    seen.length = 0;
  });
  afterEach(() => {
    server.resetHandlers();
    for (const transport of made) transport.close();
    made = [];
  });
  afterAll(() => server.close());
  return {
    seen,
    answer: (url, reply) => {
      server.use(
        http.all(url, ({ request }) => {
          seen.push({ url: request.url, method: request.method, headers: new Headers(request.headers) });
          return reply();
        }),
      );
    },
    transport: (options = {}, extra = {}) => {
      const redactor = new Redactor();
      redactor.add(SECRET);
      const shared = resolveClient(
        { baseUrl: 'https://sdc.example/api/', retries: 0, ...options },
        { centre: 'imap', baseUrlVariable: 'SDC_TEST_BASE_URL' },
        redactor,
      );
      const authorize = (headers: Record<string, string>): void => {
        headers['x-api-key'] = SECRET;
        headers.authorization = `Bearer ${SECRET}`;
      };
      const transport = new Transport({ ...shared, credentialLayer: 'api-key', authorize, ...extra });
      made.push(transport);
      return transport;
    },
  };
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
