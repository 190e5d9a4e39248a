import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { SCC } from '../../../src/scc/index.js';
import { rejection } from '../../support/rejection.js';
import { bench, WAYS } from './bench.js';

const call = { op: { name: 'imap.query' }, url: 'file' } as const;

it.each(WAYS)('headers of a client go to its own origin, never to another, by %s', async (_way, bulk, injected) => {
  const other = await bench.serve((_request, response) => response.end('there'));
  const own = await bench.serve((request, response) => {
    if (request.url === '/here') response.end('here');
    else response.writeHead(302, { location: request.url === '/file' ? '/here' : `${other.url}/there` }).end();
  });
  const transport = bench.transport(own.url, {
    headers: { 'X-Gateway': 'a1', Accept: 'never' },
    ...(injected && { fetch: globalThis.fetch }),
  });
  expect((await transport.text({ ...call, bulk, headers: { accept: 'text/plain' } })).text).toBe('here');
  expect((await transport.text({ ...call, url: 'away', bulk })).text).toBe('there');
  expect(own.seen.map(({ headers }) => headers['x-gateway'])).toEqual(['a1', 'a1', 'a1']);
  expect(own.seen[0]?.headers.accept).toBe('text/plain');
  expect(other.seen[0]?.headers).not.toHaveProperty('x-gateway');
});

it('a header does not take the place of the login', async () => {
  const server = await bench.serve((_request, response) => response.writeHead(404).end());
  const logins = { httpAuthUser: 'site', httpAuthPassword: 'site-word', username: 'me', password: 'my-word' };
  const scc = new SCC(logins, { baseUrl: server.url, retries: 0, headers: { Authorization: 'Basic eDp5' } });
  await rejection(scc.login());
  expect(server.seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('site:site-word').toString('base64')}`);
  await scc.close();
});

it('a header whose name says that it is secret is hidden where a server repeats it', async () => {
  const server = await bench.serve((request, response) => {
    response.writeHead(400).end(`what is ${String(request.headers['x-gateway-token'])}?`);
  });
  const hmi = new HmiClient({ baseUrl: server.url, headers: { 'X-Gateway-Token': 'a-long-secret' } });
  const error = await rejection(hmi.describe());
  expect(inspect(error)).not.toContain('a-long-secret');
  await hmi.close();
});

it.each([
  [{ 'a b': 'x' }, /invalid name: "a b"/u],
  [{ 'x-a': 'one\r\ntwo' }, /the value of x-a holds/u],
  [{ 'Content-Length': '1' }, /must not set Content-Length/u],
])('%o is a ConfigError', (headers, message) => {
  expect(() => new HmiClient({ baseUrl: 'http://h/', headers })).toThrow(
    expect.objectContaining({ name: 'ConfigError', message: expect.stringMatching(message) }),
  );
});
