import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { SdcError } from '../../../src/errors.js';
import {
  AlreadyExists,
  Forbidden,
  NetworkError,
  NotFoundError,
  PageNotAccessible,
  RateLimited,
  RejectedError,
  TimeoutError,
  UnexpectedResponse,
  WrongCredentials,
} from '../../../src/errors.js';
import type { HttpRequest } from '../../../src/core/http/request.js';
import * as time from '../../../src/core/util/time.js';
import { isFull } from '../../support/full.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { closedPort, bench, WAYS } from './bench.js';

const call = (extra: Partial<HttpRequest> = {}): HttpRequest => ({ op: { name: 'imap.query' }, url: 'x', ...extra });
const quick = (): void => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
};

afterEach(() => vi.useRealTimers());

describe.each(WAYS)('%s is repeated', (_name, bulk, injected) => {
  // Silence takes its time: with everything each way is tested, otherwise each of the two handlers.
  const isSilent = isFull || !injected;
  const own = injected ? { fetch: globalThis.fetch } : {};

  test.each([408, 425, 429, 500, 502, 503, 504])('after %i, and its attempts are counted', async (status) => {
    quick();
    let count = 0;
    const server = await bench.serve((_request, response) => {
      count += 1;
      response.writeHead(count < 3 ? status : 200);
      response.end(count < 3 ? 'busy' : 'ok');
    });
    const transport = bench.transport(server.origin, { ...own, retries: 3 });
    expect((await transport.text(call({ bulk }))).text).toBe('ok');
    expect(server.seen).toHaveLength(3);
    count = -100;
    const error = (await rejection(transport.text(call({ bulk })))) as SdcError;
    expect(error.attempts).toBe(4);
    expect(error.status).toBe(status);
    expect(error.retryable).toBe(true);
  });

  test('after a broken connection, before or amid the body, for GET and never for POST', async () => {
    quick();
    let count = 0;
    const server = await bench.serve((request, response) => {
      count += 1;
      if (count === 1) request.socket.destroy();
      else if (count === 2) {
        response.writeHead(200, { 'content-length': '50' });
        response.write('half', () => response.destroy());
      } else response.end('whole');
    });
    const transport = bench.transport(server.origin, { ...own, retries: 3 });
    expect((await transport.text(call({ bulk }))).text).toBe('whole');
    expect(count).toBe(3);
    count = 0;
    const error = await rejection(transport.text(call({ bulk, method: 'POST', body: { text: 'once' } })));
    expect(error).toBeInstanceOf(NetworkError);
    expect((error as SdcError).attempts).toBe(1);
    expect(count).toBe(1);
  });

  test.runIf(isSilent)('after silence before the headers, each attempt with a time of its own', async () => {
    quick();
    let count = 0;
    const server = await bench.serve((_request, response) => {
      count += 1;
      if (count === 3) response.end('late');
    });
    const transport = bench.transport(server.origin, { ...own, retries: 2, timeoutMs: 2_000 });
    expect((await transport.text(call({ bulk }))).text).toBe('late');
    count = 10;
    const error = await rejection(transport.text(call({ bulk, timeoutMs: 50 })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toMatch(/no answer from 127\.0\.0\.1:\d+ within 50 ms; try again, or raise timeoutMs/u);
    expect((error as SdcError).attempts).toBe(3);
    await until(() => server.busy() === 0);
  });

  test('a POST is, when the connection was refused: nothing was sent', async () => {
    const port = await closedPort();
    const transport = bench.transport(`http://127.0.0.1:${port}`, { ...own, retries: 2 });
    quick();
    const error = (await rejection(
      transport.text(call({ bulk, method: 'POST', body: { text: 'x' } })),
    )) as NetworkError;
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toMatch(new RegExp(`127\\.0\\.0\\.1:${port}: .*ECONNREFUSED`, 'u'));
    expect(error.attempts).toBe(3);
  });

  test('a POST is not, when the connection behind its redirect was refused: it was done already', async () => {
    quick();
    const port = await closedPort();
    const server = await bench.serve((_request, response) => {
      response.writeHead(303, { location: `http://127.0.0.1:${port}/done` });
      response.end();
    });
    const transport = bench.transport(server.origin, { ...own, retries: 3 });
    const error = await rejection(transport.text(call({ bulk, method: 'POST', body: { text: 'x' } })));
    expect(error).toBeInstanceOf(NetworkError);
    expect(server.seen).toHaveLength(1);
  });

  test.each(['POST', 'PUT', 'DELETE'] as const)('%s is only by declaration', async (method) => {
    quick();
    let count = 0;
    const server = await bench.serve((_request, response) => {
      count += 1;
      response.writeHead(count === 1 ? 500 : 200);
      response.end();
    });
    const transport = bench.transport(server.origin, { ...own, retries: 2 });
    expect(await rejection(transport.text(call({ bulk, method })))).toBeInstanceOf(PageNotAccessible);
    expect(count).toBe(1);
    count = 0;
    await transport.text(call({ bulk, method, safeToRetry: true }));
    expect(count).toBe(2);
    count = 0;
    expect(await rejection(transport.text(call({ bulk, safeToRetry: false })))).toBeInstanceOf(PageNotAccessible);
    expect(count).toBe(1);
  });

  test('not at all with retries: 0', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(500);
      response.end();
    });
    const transport = bench.transport(server.origin, { ...own, retries: 0 });
    const error = (await rejection(transport.text(call({ bulk })))) as SdcError;
    expect([error.attempts, server.seen.length]).toEqual([1, 1]);
  });
});

describe('Retry-After', () => {
  const asking = (after: string, status = 429) =>
    bench.serve((_request, response) => {
      response.writeHead(status, { 'retry-after': after });
      response.end();
    });

  test.each([
    ['seconds', () => '2', 2000],
    ['an HTTP date', () => new Date(Math.ceil(Date.now() / 1000) * 1000 + 60_000).toUTCString(), 60_000],
    ['a date that has passed', () => new Date(0).toUTCString(), 0],
  ])('in %s is how long the next attempt waits', async (_form, after, expectedMs) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const waits: number[] = [];
    vi.spyOn(time, 'sleep').mockImplementation(async (ms) => {
      waits.push(ms);
    });
    const server = await asking(after());
    const transport = bench.transport(server.origin, { retries: 1 });
    expect(await rejection(transport.text(call()))).toBeInstanceOf(RateLimited);
    expect(waits).toHaveLength(1);
    expect(Math.abs(waits[0]! - expectedMs)).toBeLessThan(1500);
  });

  test.each(['GET', 'POST'] as const)('above two minutes is RateLimited at once (%s)', async (method) => {
    for (const status of [429, 503]) {
      const server = await asking('121', status);
      const transport = bench.transport(server.origin, { retries: 3 });
      const error = (await rejection(transport.text(call({ method })))) as RateLimited;
      expect(error).toBeInstanceOf(RateLimited);
      expect([error.retryAfterMs, error.attempts, server.seen.length]).toEqual([121_000, 1, 1]);
    }
  });

  test('that cannot be read is a back-off with full jitter', async () => {
    const waits: number[] = [];
    vi.spyOn(time, 'sleep').mockImplementation(async (ms) => {
      waits.push(ms);
    });
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const server = await asking('soon');
    const error = (await rejection(bench.transport(server.origin, { retries: 3 }).text(call()))) as RateLimited;
    expect(waits).toEqual([250, 500, 1000]);
    expect(error.retryAfterMs).toBeUndefined();
  });
});

describe('a status becomes', () => {
  const answer =
    (status: number, body = '<p>No  such\n<b>thing</b></p>') =>
    (response: ServerResponse) => {
      response.writeHead(status, { 'content-type': 'text/html', 'x-request-id': 'abc-1' });
      response.end(body);
    };

  test.each([
    [400, RejectedError, 'rejected'],
    [401, WrongCredentials, 'credentials'],
    [403, Forbidden, 'forbidden'],
    [404, NotFoundError, 'not-found'],
    [409, AlreadyExists, 'exists'],
    [410, NotFoundError, 'not-found'],
    [413, RejectedError, 'rejected'],
    [415, RejectedError, 'rejected'],
    [418, PageNotAccessible, 'server'],
    [422, RejectedError, 'rejected'],
    [304, PageNotAccessible, 'server'],
    [500, PageNotAccessible, 'server'],
  ])('%i the error of its kind', async (status, type, code) => {
    const server = await bench.serve((_request, response) => answer(status)(response));
    const error = (await rejection(
      bench.transport(server.origin).text(call({ query: { version: 'v1' } })),
    )) as SdcError;
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ code, status, centre: 'imap', operation: 'imap.query', requestId: 'abc-1' });
    expect(error.url).toBe(`${server.origin}/x?version=v1`);
    if (status !== 304) expect(error.bodyExcerpt).toBe('No such thing');
    if (error instanceof PageNotAccessible) expect(error.pageUrl).toBe(error.url);
    if (error instanceof WrongCredentials) expect(error.layer).toBe('token');
    expect(error.message).toMatch(/^imap\.query: /u);
  });

  test('what the call, then the room, makes of it', async () => {
    const server = await bench.serve((_request, response) => answer(404)(response));
    const transport = bench.transport(server.origin, {}, { mapError: ({ init }) => new Forbidden('room', init) });
    expect(await rejection(transport.text(call()))).toBeInstanceOf(Forbidden);
    const mapError: HttpRequest['mapError'] = ({ text, init }) =>
      new RejectedError('call', { ...init, messages: [text] });
    const own = (await rejection(transport.text(call({ mapError })))) as RejectedError;
    expect(own).toBeInstanceOf(RejectedError);
    expect(own.messages[0]).toContain('<b>thing</b>');
    expect(await rejection(transport.text(call({ mapError: () => undefined })))).toBeInstanceOf(Forbidden);
  });

  test('an answer where the call accepts it', async () => {
    const server = await bench.serve((_request, response) => answer(404)(response));
    const { answer: head } = await bench.transport(server.origin).text(call({ accept: (status) => status === 404 }));
    expect(head.status).toBe(404);
  });

  test('an excerpt of a body without end or of a broken one', async () => {
    const endless = await bench.serve((_request, response) => {
      response.writeHead(404);
      const more = (): void => {
        if (!response.destroyed) response.write('word '.repeat(10_000), () => setImmediate(more));
      };
      more();
    });
    const error = (await rejection(bench.transport(endless.origin).text(call()))) as SdcError;
    expect(error.bodyExcerpt).toHaveLength(500);
    await until(() => endless.busy() === 0);
    const broken = await bench.serve((_request, response) => {
      response.writeHead(404, { 'content-length': '99' });
      response.write('gone', () => response.destroy());
    });
    expect(await rejection(bench.transport(broken.origin).text(call()))).toBeInstanceOf(NotFoundError);
  });
});

describe('JSON', () => {
  test('is read, whatever its content type', async () => {
    const server = await bench.serve((_request, response) => response.end('"a bare string"'));
    expect(await bench.transport(server.origin).json(call())).toBe('a bare string');
    expect(server.seen[0]?.headers.accept).toBe('application/json');
  });

  test.each([
    ['an HTML page with status 200', '<html><title>Log in</title></html>', /begins: Log in/u],
    ['nothing', '', /begins: \(empty\)/u],
  ])('that is %s is an UnexpectedResponse (trap 10)', async (_what, body, message) => {
    const server = await bench.serve((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(body);
    });
    const error = (await rejection(bench.transport(server.origin).json(call()))) as UnexpectedResponse;
    expect(error).toBeInstanceOf(UnexpectedResponse);
    expect(error.message).toMatch(message);
    expect(error.status).toBe(200);
  });
});

describe('a call is refused before any request', () => {
  test.each([
    [{ timeoutMs: 0 }, RangeError],
    [{ timeoutMs: Number.NaN }, RangeError],
    [{ timeoutMs: Infinity }, RangeError],
    [{ idleTimeoutMs: -1 }, RangeError],
    [{ url: 'http://[no-address?key=s3cr3t' }, TypeError],
  ])('with %o', async (extra, type) => {
    const server = await bench.serve((_request, response) => response.end());
    const error = await rejection(bench.transport(server.origin).text(call(extra)));
    expect(error).toBeInstanceOf(type);
    expect((error as Error).message).toMatch(/^imap\.query: /u);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('s3cr3t');
    expect(server.seen).toHaveLength(0);
  });
});

describe('a connection that its server ends as it is used again', () => {
  /** Ends every connection with its second request, unanswered. */
  const ending = async () => {
    const requests = new WeakMap<Socket, number>();
    const methods: string[] = [];
    const server = await bench.serve((request, response) => {
      const count = (requests.get(request.socket) ?? 0) + 1;
      requests.set(request.socket, count);
      methods.push(request.method ?? '');
      if (count > 1) request.socket.resetAndDestroy();
      else response.end('fine');
    });
    return { server, methods };
  };

  test.each([
    ['GET', 0],
    ['HEAD', 0],
    ['GET', 1],
    ['HEAD', 1],
  ] as const)(
    'fails no %s of %i further attempts: each request is counted, and the last has a fresh connection',
    async (method, retries) => {
      const { server, methods } = await ending();
      const transport = bench.transport(server.origin, { retries });
      const call = { op: { name: 'imap.query' }, url: 'x', bulk: true } as const;
      await transport.text(call);
      await until(() => server.busy() === 0);
      const { answer } = await transport.text({ ...call, method });
      expect(answer.status).toBe(200);
      expect(methods).toEqual(['GET', ...Array<string>(retries + 1).fill(method)]);
    },
  );

  test('is not used again for what may have an effect', async () => {
    const { server, methods } = await ending();
    const transport = bench.transport(server.origin);
    const call = { op: { name: 'imap.query' }, url: 'x', bulk: true } as const;
    await transport.text(call);
    await until(() => server.busy() === 0);
    const { answer } = await transport.text({ ...call, method: 'DELETE' });
    expect(answer.status).toBe(200);
    expect(methods).toEqual(['GET', 'DELETE']);
  });
});
