import { describe, expect, test } from 'vitest';
import type { SdcError } from '../../../src/errors.js';
import { UnexpectedResponse } from '../../../src/errors.js';
import type { HttpRequest } from '../../../src/core/http/request.js';
import { nextHop } from '../../../src/core/http/layers/redirect.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { bench, WAYS } from './bench.js';

const SECRETS = {
  authorization: 'Bearer s3cr3t',
  cookie: 'sid=s3cr3t',
  'x-api-key': 's3cr3t',
  'x-custom': 's3cr3t',
  referer: 'http://origin.example/s3cr3t',
};
const bytes = () => ({
  bytes: 5,
  async *open() {
    yield Buffer.from('bytes');
  },
});
const call = (extra: Partial<HttpRequest> = {}): HttpRequest => ({
  op: { name: 'imap.query' },
  url: 'start',
  ...extra,
});

describe.each(WAYS)('redirects of %s', (_name, bulk, injected) => {
  const own = injected ? { fetch: globalThis.fetch } : {};

  test.each([301, 302, 303, 307, 308])(
    '%i keeps or drops method and body as RFC 9110 says (trap 1)',
    async (status) => {
      const server = await bench.serve((request, response) => {
        if (request.url === '/start') response.writeHead(status, { location: 'end' });
        response.end('the end');
      });
      const transport = bench.transport(server.origin, own);
      const turnsToGet: Record<string, boolean> = { POST: status < 304, PUT: status === 303, DELETE: status === 303 };
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'] as const) {
        server.seen.length = 0;
        const withBody = method === 'POST' || method === 'PUT';
        const body = withBody ? { body: { text: 'body', type: 'text/plain' } } : {};
        const { answer } = await transport.text(call({ bulk, method, headers: { 'x-csrftoken': 't' }, ...body }));
        const [, end] = server.seen;
        expect(answer).toMatchObject({ status: 200, redirected: true, url: `${server.origin}/end` });
        expect(end?.method).toBe(turnsToGet[method] === true ? 'GET' : method);
        expect(end?.body).toBe(withBody && !turnsToGet[method] ? 'body' : '');
        expect(end?.headers['content-type']).toBe(withBody && !turnsToGet[method] ? 'text/plain' : undefined);
        expect(end?.headers['x-csrftoken']).toBe('t');
      }
    },
  );

  test('an upload body is opened anew for a 307', async () => {
    const server = await bench.serve((request, response) => {
      if (request.url === '/start') response.writeHead(307, { location: '/end' });
      response.end();
    });
    let opened = 0;
    const body = {
      bytes: 5,
      async *open() {
        opened += 1;
        yield Buffer.from('bytes');
      },
    };
    await bench.transport(server.origin, own).text(call({ bulk, method: 'PUT', body }));
    expect(opened).toBe(2);
    expect(server.seen.map((one) => [one.body, one.headers['content-length']])).toEqual([
      ['bytes', '5'],
      ['bytes', '5'],
    ]);
  });

  test('another origin, and the own one after it, get no credentials of any kind (trap 3)', async () => {
    const other = await bench.serve((request, response) => {
      response.writeHead(302, { location: `${server.origin}/back` });
      response.end();
    });
    const server = await bench.serve((request, response) => {
      if (request.url === '/start') response.writeHead(302, { location: '/second' });
      if (request.url === '/second') response.writeHead(302, { location: `${other.origin}/away` });
      response.end('back');
    });
    const authorize = (headers: Record<string, string>): void => {
      headers['x-token'] = 's3cr3t';
    };
    const transport = bench.transport(server.origin, own, { authorize });
    const { text } = await transport.text(call({ bulk, headers: { ...SECRETS, accept: 'text/plain' } }));
    expect(text).toBe('back');
    const [start, second, back] = server.seen;
    for (const hop of [start, second]) {
      expect(hop?.headers).toMatchObject({ ...SECRETS, 'x-token': 's3cr3t' });
    }
    for (const hop of [other.seen[0], back]) {
      expect(JSON.stringify(hop)).not.toContain('s3cr3t');
      expect(hop?.headers.accept).toBe('text/plain');
    }
  });

  test('an address elsewhere, and an anonymous call, get none either', async () => {
    const other = await bench.serve((_request, response) => response.end());
    const server = await bench.serve((_request, response) => response.end());
    const authorize = (headers: Record<string, string>): void => {
      headers['x-token'] = 's3cr3t';
    };
    const transport = bench.transport(server.origin, own, { authorize });
    await transport.text(call({ bulk, url: `${other.origin}/file` }));
    await transport.text(call({ bulk, anonymous: true }));
    await transport.text(call({ bulk, url: `${server.origin.replace('//', '//user:pass@')}/start` }));
    expect(other.seen[0]?.headers['x-token']).toBeUndefined();
    expect(server.seen.map(({ headers }) => headers['x-token'])).toEqual([undefined, 's3cr3t']);
    expect(server.seen[1]?.headers.authorization).toBeUndefined();
  });

  test('five are followed, a sixth is not, and none leaves a busy connection', async () => {
    const server = await bench.serve((request, response) => {
      const at = Number((request.url ?? '').slice(1));
      if (at < 6) {
        response.writeHead(302, { location: `/${at + 1}` });
        response.write('a body that never ends');
      } else response.end('there');
    });
    const transport = bench.transport(server.origin, own);
    expect((await transport.text(call({ bulk, url: '1' }))).text).toBe('there');
    const error = (await rejection(transport.text(call({ bulk, url: '0' })))) as SdcError;
    expect(error).toBeInstanceOf(UnexpectedResponse);
    expect(error.message).toMatch(/more than 5 redirects/u);
    expect(error.attempts).toBe(1);
    await until(() => server.busy() === 0);
  });

  test.each([
    ['no Location', undefined, /without a Location/u],
    ['an unreadable Location', 'http://[', /unreadable Location/u],
    ['a foreign scheme', 'ftp://127.0.0.1/x', /scheme "ftp:"/u],
    ['a file', 'file:///etc/passwd', /scheme "file:"/u],
  ])('one to %s is an UnexpectedResponse', async (_what, location, message) => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(302, location === undefined ? {} : { location });
      response.write('left open');
    });
    const error = (await rejection(bench.transport(server.origin, own).text(call({ bulk })))) as SdcError;
    expect(error).toBeInstanceOf(UnexpectedResponse);
    expect(error.message).toMatch(message);
    expect(error.status).toBe(302);
    await until(() => server.busy() === 0);
  });

  test('they are left to a call that asks for that (trap 1)', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(302, { location: '/login' });
      response.end();
    });
    const { answer } = await bench.transport(server.origin, own).text(call({ bulk, redirect: 'manual' }));
    expect([answer.status, answer.headers.get('location'), answer.redirected]).toEqual([302, '/login', false]);
  });

  test('data that a form sent is not repeated to another host', async () => {
    const other = await bench.serve((_request, response) => response.end());
    const server = await bench.serve((_request, response) => {
      response.writeHead(307, { location: other.origin });
      response.end();
    });
    const form = { form: [['password', 's3cr3t']] as const };
    const error = await rejection(bench.transport(server.origin, own).text(call({ bulk, method: 'POST', body: form })));
    expect(error).toBeInstanceOf(UnexpectedResponse);
    expect(String(error)).toMatch(/redirects the data that was sent to another host/u);
    expect(other.seen).toHaveLength(0);
  });

  test.each(['PUT', 'POST'] as const)('a file that is sent with %s goes to no other host either', async (method) => {
    for (const status of [307, 308]) {
      const other = await bench.serve((_request, response) => response.end());
      const server = await bench.serve((_request, response) => {
        response.writeHead(status, { location: other.origin });
        response.end();
      });
      const error = await rejection(bench.transport(server.origin, own).text(call({ bulk, method, body: bytes() })));
      expect(error).toBeInstanceOf(UnexpectedResponse);
      expect(String(error)).toMatch(/redirects the data that was sent to another host/u);
      expect(other.seen).toHaveLength(0);
    }
  });

  test.each([301, 302, 303])('a file that is answered with %i was not taken', async (status) => {
    const server = await bench.serve((request, response) => {
      if (request.url === '/start') response.writeHead(status, { location: '/end' });
      response.end('all is well');
    });
    const transport = bench.transport(server.origin, own);
    const error = await rejection(transport.text(call({ bulk, method: 'PUT', body: bytes() })));
    expect(error).toBeInstanceOf(UnexpectedResponse);
    expect(String(error)).toMatch(new RegExp(`redirects the upload with ${status}`, 'u'));
    expect(server.seen.map((one) => one.method)).toEqual(['PUT']);
    // a form with a file is another matter: its answer is the page that it leads to
    server.seen.length = 0;
    const { text } = await transport.text(call({ bulk, method: 'POST', body: bytes() }));
    expect([text, ...server.seen.map((one) => one.method)]).toEqual(['all is well', 'POST', 'GET']);
  });
});

describe('the next hop', () => {
  const from = new URL('https://a.example/p/');
  const get = { method: 'GET' } as const;

  test('never leads from https to plain http', async () => {
    expect(await nextHop(from, 302, 'http://a.example/x', get)).toMatch(/from https to plain http/u);
  });

  test('loses user info and fragment', async () => {
    expect(await nextHop(from, 302, '//u:p@b.example/x?y=1#z', get)).toMatchObject({
      url: new URL('https://b.example/x?y=1'),
    });
  });

  test('is relative to the address that redirects', async () => {
    expect(await nextHop(from, 302, 'q', get)).toMatchObject({ url: new URL('https://a.example/p/q') });
  });
});
