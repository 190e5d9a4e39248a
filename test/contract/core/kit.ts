import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { Redactor } from '../../../src/core/redact/redactor.js';
import type { TransportSettings } from '../../../src/core/http/settings.js';
import type { Transport } from '../../../src/core/http/transport.js';
import type { ClientOptions } from '../../../src/types.js';
import { makeTransport } from '../../support/transport.js';
import { cleanUp } from '../../support/clean-up.js';

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

function authorize(headers: Record<string, string>): void {
  headers['x-api-key'] = SECRET;
  headers.authorization = `Bearer ${SECRET}`;
}

/** Hosts that exist in these tests only, with https, which no server on loopback has. */
export function useSite(): Site {
  const server = setupServer();
  const seen: Seen[] = [];
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  beforeEach(() => {
    seen.length = 0;
  });
  afterEach(() => server.resetHandlers());
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
      const transport = makeTransport(
        { baseUrl: 'https://sdc.example/api/', ...options },
        { credentialLayer: 'api-key', authorize, redactor, ...extra },
      );
      cleanUp(() => transport.close());
      return transport;
    },
  };
}
