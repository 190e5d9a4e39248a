import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { HmiClient, type HmiOptions } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC } from '../../../src/scc/index.js';
import { simulateHmi, simulateImap, simulateScc } from '../../../src/testing/index.js';
import { cleanUp } from '../../support/clean-up.js';
import { published } from '../../support/published.js';
import { rejection } from '../../support/rejection.js';
import { start } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { bench } from './bench.js';

const WHOLE = ['start', 'end', 'asyncStart', 'asyncEnd'];
const FAILED = ['start', 'end', 'error', 'asyncStart', 'asyncEnd'];
const of = (operation: string, events = WHOLE): string[] => events.map((event) => `${event} ${operation}`);
const RANGE = { start: '2015-12-11T23:00:00Z', end: '2015-12-11T23:30:00Z' };

async function simulated(options: HmiOptions = {}): Promise<HmiClient> {
  const hmi = new HmiClient({ baseUrl: (await start(simulateHmi())).url, ...options });
  cleanUp(() => hmi.close());
  return hmi;
}

describe('what is published of a call', () => {
  it('is its start and its end, and each attempt of its requests as part of it; the log has the same fields', async () => {
    const server = await bench.serve((_request, response) => {
      const status = server.seen.length === 1 ? 503 : 200;
      response.writeHead(status, { 'retry-after': '0', 'x-request-id': `id-${server.seen.length}` }).end('{}');
    });
    const logged: unknown[] = [];
    const logger = {
      debug: (_message: string, fields = {}) => {
        if ('status' in fields) logged.push(fields);
      },
    };
    const hmi = new HmiClient({ baseUrl: server.url, logger });
    cleanUp(() => hmi.close());
    const { events, calls, requests } = published();
    await hmi.describe();
    expect(events).toEqual(of('hmi.describe'));
    expect(calls).toEqual([{ operation: 'hmi.describe', centre: 'hmi' }]);
    const fields = {
      operation: 'hmi.describe',
      centre: 'hmi',
      method: 'GET',
      url: `${server.url}swagger.json`,
      ms: expect.any(Number),
    };
    const first = { ...fields, status: 503, attempt: 1, requestId: 'id-1' };
    const second = { ...fields, status: 200, attempt: 2, requestId: 'id-2' };
    expect(logged).toEqual([first, second]);
    const [publicCall] = calls;
    const error = expect.objectContaining({ status: 503, operation: 'hmi.describe' });
    expect(requests).toEqual([
      { ...first, publicCall, error },
      { ...second, publicCall },
    ]);
    expect(requests.every((request) => request.publicCall === publicCall)).toBe(true);
  });

  it('has its error, the very one that it rejects with', async () => {
    const { events, calls, requests } = published();
    const hmi = new HmiClient({ baseUrl: 'http://127.0.0.1:1/', retries: 0 });
    cleanUp(() => hmi.close());
    const error = await rejection(hmi.describe());
    expect(events).toEqual(of('hmi.describe', FAILED));
    expect(calls[0]?.error).toBe(error);
    expect(requests).toMatchObject([{ method: 'GET', attempt: 1, error: { code: 'network' } }]);
    expect(requests[0]).not.toHaveProperty('status');
  });

  it('is one call also where it goes through a listing', async () => {
    const sim = simulateScc();
    const scc = new SCC(sim.credentials, { baseUrl: (await start(sim)).url });
    cleanUp(() => scc.close());
    await scc.login();
    const { events, calls, requests } = published();
    await scc.nextMeasurementId('2021-06-01', 'aky');
    expect(events).toEqual(of('scc.nextMeasurementId'));
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.every(({ publicCall }) => publicCall === calls[0])).toBe(true);
  });

  it('is nothing for a call that is refused for its arguments', async () => {
    const { events } = published();
    const hmi = new HmiClient({ baseUrl: 'http://127.0.0.1:1/' });
    cleanUp(() => hmi.close());
    await rejection(hmi.describe({ retries: -1 }));
    expect(events).toEqual([]);
  });

  it('is one attempt with its redirects', async () => {
    const server = await bench.serve((request, response) => {
      if (request.url === '/there') response.end('{}');
      else response.writeHead(307, { location: '/there' }).end();
    });
    const { requests } = published();
    await bench.transport(server.url).text({ op: { name: 'imap.query' }, url: 'here' });
    expect(requests).toMatchObject([
      { url: `${server.url}there`, status: 200, publicCall: { operation: 'imap.query' } },
    ]);
  });
});

describe('a call that is a loop', () => {
  it('starts with the first step of a listing and ends with the last; each iteration is a call of its own', async () => {
    const hmi = await simulated();
    const { events, calls, requests } = published();
    const records = hmi.query('hmi.sharp_720s', RANGE);
    const pages = records.byPage()[Symbol.asyncIterator]();
    expect(events).toEqual([]);
    await pages.next();
    expect(events).toEqual(['start hmi.query', 'end hmi.query']);
    while ((await pages.next()).done !== true);
    expect(events).toEqual(of('hmi.query'));
    await records.toArray();
    await records.first();
    expect(events).toEqual([...of('hmi.query'), ...of('hmi.query'), ...of('hmi.query')]);
    expect(new Set(requests.map(({ publicCall }) => publicCall))).toEqual(new Set(calls));
    expect(new Set(calls).size).toBe(3);
  });

  it('is one where a call lists for itself', async () => {
    const hmi = await simulated();
    const { events, calls, requests } = published();
    await hmi.nearest('hmi.sharp_720s', '2015-12-11T23:12:00Z');
    expect(events).toEqual(of('hmi.nearest'));
    expect(requests.every(({ publicCall }) => publicCall === calls[0])).toBe(true);
  });

  it('ends when it is left, and does not begin when it never steps', async () => {
    const hmi = await simulated();
    const records = await hmi.query('hmi.sharp_720s', RANGE).toArray();
    const { events, calls, requests } = published();
    for await (const file of hmi.download(records, tempDir())) if (file.bytes > 0) break;
    expect(events).toEqual(of('hmi.download'));
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.every(({ publicCall }) => publicCall === calls[0])).toBe(true);
    const never = hmi.download(records, tempDir());
    await never.return();
    expect((await never.next()).done).toBe(true);
    expect(events).toHaveLength(WHOLE.length);
  });

  it('ends with its error', async () => {
    const hmi = await simulated();
    const records = await hmi.query('hmi.sharp_720s', RANGE).toArray();
    const { events, calls } = published();
    const error = await rejection(hmi.download(records, tempDir(), { segments: ['none'] }).toArray());
    expect(events).toEqual(of('hmi.download', FAILED));
    expect(calls[0]?.error).toBe(error);
  });
});

it('what a subscriber binds to the start of a call is there in all of its requests', async () => {
  const store = new AsyncLocalStorage<unknown>();
  const operations = tracingChannel('@lab/sdc:operation');
  operations.start.bindStore(store);
  cleanUp(() => void operations.start.unbindStore(store));
  const seen: unknown[] = [];
  const { calls, requests } = published(() => seen.push(store.getStore()));
  const hmi = await simulated();
  const loop = hmi.query('hmi.sharp_720s', RANGE).byPage()[Symbol.asyncIterator]();
  // Steps of a loop come from anywhere.
  while ((await store.run('elsewhere', () => loop.next())).done !== true);
  await hmi.describe();
  expect(calls).toHaveLength(2);
  expect(seen).toEqual(requests.map(({ publicCall }) => publicCall));
});

it('the login that a call needs is part of it', async () => {
  const sim = simulateScc();
  const scc = new SCC(sim.credentials, { baseUrl: (await start(sim)).url });
  cleanUp(() => scc.close());
  const { events, calls, requests } = published();
  await scc.findMeasurement('20210601aky0930');
  expect(events).toEqual(of('scc.findMeasurement'));
  expect(requests.map(({ operation }) => operation)).toContain('scc.login');
  expect(requests.every(({ publicCall }) => publicCall === calls[0])).toBe(true);
  await scc.logout();
  expect(requests.at(-1)).toMatchObject({ operation: 'scc.logout', publicCall: calls[1] });
});

it('no message holds a secret', async () => {
  const sim = simulateImap();
  const { url } = await start(sim);
  const imap = new ImapClient({ baseUrl: url, apiKey: sim.credentials.apiKey, dataDir: tempDir() });
  cleanUp(() => imap.close());
  const { calls, requests } = published();
  const [file] = await imap.query({ instrument: 'mag' });
  if (file !== undefined) await imap.download(file);
  expect(requests.length).toBeGreaterThan(2);
  const text = inspect([calls, requests], { depth: 9 });
  expect(text).toMatch(/X-Amz-Signature=/u);
  expect(text).not.toMatch(/X-Amz-Signature=(?!\*|%2A|<|\[|…|REDACTED|removed)/u);
  expect(text).not.toContain(sim.credentials.apiKey);
});

it('nothing is made of a request where nobody listens', async () => {
  const server = await bench.serve((_request, response) => response.end('{}'));
  const transport = bench.transport(server.url);
  const shown = vi.spyOn(transport.settings.redactor, 'url');
  const cleaned = vi.spyOn(transport.settings.redactor, 'text');
  await transport.text({ op: { name: 'imap.query' }, url: 'file' });
  expect(shown).not.toHaveBeenCalled();
  expect(cleaned).not.toHaveBeenCalled();
});
