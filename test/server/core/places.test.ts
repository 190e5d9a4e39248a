import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { HmiClient, type HmiOptions } from '../../../src/hmi/index.js';
import { cleanUp } from '../../support/clean-up.js';
import { errorIfAny, rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { until } from '../../support/until.js';
import { bench, WAYS, type TestServer } from './bench.js';

const call = { op: { name: 'imap.query' } } as const;

/** A server that answers when it is told to, one request after another. */
async function patient(): Promise<TestServer & { readonly held: ServerResponse[]; answer(): void }> {
  const held: ServerResponse[] = [];
  const server = await bench.serve((_request, response) => held.push(response));
  return { ...server, held, answer: () => held.shift()?.end('{}') };
}

function client(server: TestServer, options: HmiOptions): HmiClient {
  const hmi = new HmiClient({ baseUrl: server.url, retries: 0, ...options });
  cleanUp(() => hmi.close());
  return hmi;
}

describe('maxConcurrency', () => {
  it.each([
    [undefined, 32],
    [5, 5],
    [1, 1],
  ])('%s: of 200 calls no more than %i are at the server at a time', async (maxConcurrency, most) => {
    const server = await patient();
    const hmi = client(server, { ...(maxConcurrency !== undefined && { maxConcurrency }) });
    const calls = Promise.all(Array.from({ length: 200 }, () => hmi.describe()));
    let left = 200;
    for (; left > 0; left -= 1) {
      await until(() => server.held.length >= Math.min(most, left));
      expect(server.held.length).toBe(Math.min(most, left));
      server.answer();
    }
    expect(await calls).toHaveLength(200);
    expect(server.seen).toHaveLength(200);
  });

  it('a batch of many files does not hold up a single call', async () => {
    const server = await patient();
    const hmi = client(server, { maxConcurrency: 2 });
    const links = Array.from({ length: 100 }, (_, at) => ({
      url: `${server.url}HMI/file-${at}`,
      segment: 'magnetogram',
    }));
    const record = { series: 'hmi.sharp_720s', recnum: 1, dateObsText: '2015.12.11_00:00:00_TAI', files: links };
    const batch = hmi.download(record as never, tempDir(), { concurrency: 100, onFailure: 'yield' });
    const downloads = errorIfAny(batch.next());
    await until(() => server.held.length === 2);
    const single = hmi.describe();
    while (!server.seen.some(({ url }) => url.endsWith('swagger.json'))) {
      const before = server.seen.length;
      server.answer();
      await until(() => server.seen.length > before);
    }
    expect(server.seen.length).toBeLessThanOrEqual(4);
    while (server.held.length > 0) server.answer();
    expect(await single).toEqual({});
    await downloads;
    await batch.return();
  });

  it.each(WAYS)('a body holds its place until it has ended or is left, by %s', async (_way, bulk, injected) => {
    const server = await bench.serve((request, response) => {
      response.write('[');
      if (request.url === '/short') response.end(']');
    });
    const options = { maxConcurrency: 1, ...(injected && { fetch: globalThis.fetch }) };
    const transport = bench.transport(server.url, options);
    const answer = await transport.open({ ...call, url: 'long', bulk });
    const next = transport.text({ ...call, url: 'short', bulk });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.seen).toHaveLength(1);
    await answer.discard();
    expect((await next).text).toBe('[]');
  });

  it('a call that is aborted while it waits leaves its place in the line to others', async () => {
    const server = await patient();
    const hmi = client(server, { maxConcurrency: 1 });
    const first = hmi.describe();
    await until(() => server.held.length === 1);
    const control = new AbortController();
    const gone = errorIfAny(hmi.describe({ signal: control.signal }));
    const last = hmi.describe();
    control.abort('enough');
    expect(await gone).toBe('enough');
    server.answer();
    await until(() => server.held.length === 1);
    server.answer();
    expect(await Promise.all([first, last])).toEqual([{}, {}]);
    expect(server.seen).toHaveLength(2);
  });

  it('close() ends the calls that wait, each with its own error', async () => {
    const server = await patient();
    const hmi = client(server, { maxConcurrency: 1 });
    const calls = [hmi.describe(), hmi.describe(), hmi.meta('hmi.sharp_720s', [1], ['area'])].map(errorIfAny);
    await until(() => server.held.length === 1);
    await hmi.close();
    const closed = { code: 'closed' };
    expect(await Promise.all(calls)).toMatchObject([closed, closed, { ...closed, operation: 'hmi.meta' }]);
    expect(server.seen).toHaveLength(1);
  });

  it('the wait for the next attempt holds no place', async () => {
    const server = await bench.serve((request, response) => {
      const busy = request.url === '/busy' && server.seen.length === 1;
      response.writeHead(busy ? 503 : 200).end('done');
    });
    let over: () => void = () => undefined;
    const waits = new Promise<void>((resolve) => (over = resolve));
    const options = { maxConcurrency: 1, retries: 1 };
    const transport = bench.transport(server.url, options, { sleep: () => waits });
    const repeated = transport.text({ ...call, url: 'busy' });
    await until(() => server.seen.length === 1);
    expect((await transport.text({ ...call, url: 'other' })).text).toBe('done');
    over();
    expect((await repeated).text).toBe('done');
    expect(server.seen.map(({ url }) => url)).toEqual(['/busy', '/other', '/busy']);
  });

  it('a redirect keeps the place of its request', async () => {
    const server = await bench.serve((request, response) => {
      if (request.url === '/there') response.end('there');
      else response.writeHead(302, { location: '/there' }).end('on');
    });
    const transport = bench.transport(server.url, { maxConcurrency: 1 });
    const texts = await Promise.all([1, 2, 3].map(() => transport.text({ ...call, url: 'here' })));
    expect(texts.map(({ text }) => text)).toEqual(['there', 'there', 'there']);
  });

  it('the time limit of a call begins when it has its place', async () => {
    const server = await patient();
    const hmi = client(server, { maxConcurrency: 1 });
    const first = hmi.describe({ timeoutMs: 60_000 });
    await until(() => server.held.length === 1);
    const second = hmi.describe({ timeoutMs: 50 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    server.answer();
    expect(await rejection(second)).toMatchObject({ code: 'timeout' });
    expect(await first).toEqual({});
    expect(server.seen).toHaveLength(2);
  });

  it.each([0, -1, 1.5, Number.NaN])('%d is a ConfigError', (maxConcurrency) => {
    expect(() => new HmiClient({ baseUrl: 'http://h/', maxConcurrency })).toThrow(
      expect.objectContaining({ code: 'config', message: expect.stringContaining('maxConcurrency') }),
    );
  });
});
