import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ConfigError } from '../../../src/errors.js';
import type { HttpRequest } from '../../../src/core/http/request.js';
import { isFull } from '../../support/full.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { bench, WAYS, type TestServer } from './bench.js';

afterEach(() => vi.unstubAllGlobals());

/** Fetches that do not mind their signal, as some wrappers and mocks do (trap 8). */
const DEAF: typeof globalThis.fetch = (input, init) => fetch(input, { ...init, signal: null });

const WAYS_AND_DEAF: readonly (readonly [string, boolean, typeof globalThis.fetch | undefined])[] = [
  ...WAYS.map(([name, bulk, own]) => [name, bulk, own ? fetch : undefined] as const),
  ['a fetch that does not mind its signal', false, DEAF],
];

interface Stage {
  readonly serve: () => Promise<TestServer>;
  readonly extra?: Partial<HttpRequest>;
}

const STAGES: Record<string, Stage> = {
  'before the headers': { serve: () => bench.serve(() => undefined) },
  'amid the body': {
    serve: () =>
      bench.serve((_request, response) => {
        response.writeHead(200, { 'content-length': '99' });
        response.write('half');
      }),
  },
  'amid the body of a failure': {
    serve: () =>
      bench.serve((_request, response) => {
        response.writeHead(404, { 'content-length': '99' });
        response.write('half');
      }),
  },
  'behind a redirect (trap 1)': {
    serve: () =>
      bench.serve((request, response) => {
        if (request.url !== '/x') return;
        response.writeHead(302, { location: '/y' });
        response.end();
      }),
  },
  'in the pause before the next attempt': {
    serve: () =>
      bench.serve((_request, response) => {
        response.writeHead(503, { 'retry-after': '100' });
        response.end();
      }),
  },
  'while a body is sent': {
    serve: () => bench.serve((request) => request.resume(), { readBody: false }),
    extra: {
      method: 'PUT',
      body: {
        bytes: 1e9,
        async *open() {
          for (;;) {
            await new Promise((resolve) => setImmediate(resolve));
            yield Buffer.alloc(1e5);
          }
        },
      },
    },
  },
};

describe.each(WAYS_AND_DEAF)('an abort of %s', (_name, bulk, own) => {
  test.each(Object.entries(STAGES))(
    '%s rejects with exactly its reason and leaves nothing',
    async (stage, { serve, extra }) => {
      const server = await serve();
      const transport = bench.transport(server.origin, { retries: 2, ...(own && { fetch: own }) });
      for (const reason of [{ not: 'an error' }, 'a text', undefined, new Error('an error')]) {
        const controller = new AbortController();
        const { signal } = controller;
        const call = { op: { name: 'imap.query' }, url: 'x', bulk, signal, ...extra };
        const outcome = rejection(transport.text(call));
        await new Promise((resolve) => setTimeout(resolve, 60));
        controller.abort(reason);
        const limit = new Promise((resolve) => setTimeout(resolve, 1000, 'too late'));
        const got = await Promise.race([outcome, limit]);
        if (reason === undefined) expect(got).toBe(signal.reason);
        else expect(got).toBe(reason);
        expect(getEventListeners(signal, 'abort')).toHaveLength(0);
        if (stage.startsWith('in the pause')) continue;
        if (own !== DEAF) await until(() => server.busy() === 0);
      }
      expect(getEventListeners(transport.lifetime.signal, 'abort')).toHaveLength(0);
    },
  );

  test('before it starts sends nothing', async () => {
    const server = await bench.serve((_request, response) => response.end());
    const transport = bench.transport(server.origin, own ? { fetch: own } : {});
    const reason = { not: 'an error' };
    expect(
      await rejection(
        transport.text({ op: { name: 'imap.query' }, url: 'x', bulk, signal: AbortSignal.abort(reason) }),
      ),
    ).toBe(reason);
    expect(server.seen).toHaveLength(0);
  });

  test('the end of the client ends calls in flight and refuses new ones', async () => {
    const server = await bench.serve(() => undefined);
    const transport = bench.transport(server.origin, own ? { fetch: own } : {});
    const call = { op: { name: 'imap.query' }, url: 'x', bulk };
    const flying = [rejection(transport.text(call)), rejection(transport.open(call))];
    await until(() => server.seen.length === 2);
    transport.lifetime.end();
    transport.lifetime.end();
    transport.close();
    transport.close();
    for (const error of [...(await Promise.all(flying)), await rejection(transport.text(call))]) {
      expect(error).toBeInstanceOf(ConfigError);
      expect(error).toMatchObject({ code: 'closed' });
    }
    expect(server.seen).toHaveLength(2);
    if (own !== DEAF) await until(() => server.busy() === 0);
  });
});

const CALLS = isFull ? 1000 : 200;

test.each(WAYS)(
  `${CALLS} calls leave no listener on the signal of the caller (%s, trap 9)`,
  async (_name, bulk, injected) => {
    const server = await bench.serve((request, response) => {
      if (request.url === '/loss') request.socket.destroy();
      else if (request.url === '/none') response.writeHead(404).end('none');
      else if (request.url === '/away') response.writeHead(302, { location: '/x' }).end();
      else response.end('{}');
    });
    const transport = bench.transport(server.origin, injected ? { fetch: globalThis.fetch } : {});
    const warnings: unknown[] = [];
    const onWarning = (warning: unknown): number => warnings.push(warning);
    process.on('warning', onWarning);
    const { signal } = new AbortController();
    for (let round = 0; round < CALLS / 40; round += 1) {
      await Promise.all(
        Array.from({ length: 40 }, (_, at) => {
          const url = ['x', 'none', 'away', 'x', round % 5 === 0 ? 'loss' : 'x'][at % 5] ?? 'x';
          return transport.json({ op: { name: 'imap.query' }, url, bulk, signal }).catch(() => undefined);
        }),
      );
    }
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', onWarning);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(getEventListeners(transport.lifetime.signal, 'abort')).toHaveLength(0);
    expect(warnings).toEqual([]);
  },
);

test('no timer outlives a call', async () => {
  const server = await bench.serve((_request, response) => response.end('{}'));
  const transport = bench.transport(server.origin);
  await transport.json({ op: { name: 'imap.query' }, url: 'x' });
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  for (const bulk of [false, true]) {
    await transport.json({ op: { name: 'imap.query' }, url: 'x', bulk, timeoutMs: 900_000, idleTimeoutMs: 900_000 });
    const body = {
      bytes: 1,
      open: async function* () {
        yield Buffer.from('x');
      },
    };
    await transport.json({ op: { name: 'imap.query' }, url: 'x', bulk, method: 'PUT', body, timeoutMs: 900_000 });
  }
  await until(() => timers() <= before + 1);
});

describe('an injected fetch', () => {
  test('gets address and init of every request, transfers too, never a Request', async () => {
    const server = await bench.serve((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: '/x' });
      response.end('{}');
    });
    vi.stubGlobal('fetch', () => Promise.reject(new Error('the global fetch was used')));
    const given: [unknown, RequestInit | undefined][] = [];
    const real = globalThis.fetch;
    vi.unstubAllGlobals();
    expect(real).not.toBe(globalThis.fetch);
    const own: typeof fetch = (input, init) => {
      given.push([input, init]);
      return fetch(input, init);
    };
    const transport = bench.transport(server.origin, { fetch: own, userAgent: 'me/1' });
    await transport.json({ op: { name: 'imap.query' }, url: 'away' });
    await transport.text({ op: { name: 'imap.query' }, url: 'x', bulk: true });
    const open = async function* () {
      yield Buffer.from('abc');
    };
    await transport.text({ op: { name: 'imap.query' }, url: 'x', bulk: true, method: 'PUT', body: { bytes: 3, open } });
    await transport.text({ op: { name: 'imap.query' }, url: 'x', method: 'POST', body: { json: { a: 1 } } });
    expect(given.map(([input]) => input)).toEqual(
      ['away', 'x', 'x', 'x', 'x'].map((path) => `${server.origin}/${path}`),
    );
    for (const [, init] of given) {
      expect(init).toMatchObject({ redirect: 'manual', headers: { 'user-agent': 'me/1' } });
      expect(init?.signal).toBeInstanceOf(AbortSignal);
    }
    expect(server.seen.map((one) => one.method)).toEqual(['GET', 'GET', 'GET', 'PUT', 'POST']);
    expect(server.seen[3]?.body).toBe('abc');
    expect(server.seen[4]).toMatchObject({ body: '{"a":1}', headers: { 'content-type': 'application/json' } });
  });
});
