import { describe, expect, it } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC } from '../../../src/scc/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { simulateScc } from '../../../src/testing/index.js';
import type { CallOptions, ClientOptions, SharedClientOptions } from '../../../src/types.js';
import { cleanUp } from '../../support/clean-up.js';
import { errorIfAny, rejection } from '../../support/rejection.js';
import { start } from '../../support/server.js';
import { until } from '../../support/until.js';
import { bench } from './bench.js';

/** A client of any centre, with a call that makes one request. */
interface Subject extends AsyncDisposable {
  withOptions(options?: SharedClientOptions): Subject;
  close(): Promise<void>;
}
type Call = (client: never, options?: CallOptions) => Promise<unknown>;
interface Row {
  readonly make: (options: ClientOptions) => Subject;
  readonly call: (client: Subject, options?: CallOptions) => Promise<unknown>;
}
const logins = { httpAuthUser: 'site', httpAuthPassword: 'site-word', username: 'me', password: 'my-word' };
const row = <C extends Subject>(
  make: (options: ClientOptions) => C,
  call: (client: C, options?: CallOptions) => Promise<unknown>,
): Row => ({ make, call: call as Call as Row['call'] });

const day = { startDate: '20250101', endDate: '20250102' } as const;
const ROWS: Readonly<Record<string, Row>> = {
  SCC: row(
    (options) => new SCC(logins, options),
    (scc, options) => scc.login(options),
  ),
  ImapClient: row(
    (options) => new ImapClient({ apiKey: 'k', ...options }),
    (imap, options) => imap.query(day, options),
  ),
  HmiClient: row(
    (options) => new HmiClient(options),
    (hmi, options) => hmi.describe(options),
  ),
  ScopsClient: row(
    (options) => new ScopsClient({ project: 'GB13_08', password: 'word', ...options }),
    (scops, options) => scops.getStatus('GB13_08_2014_21720180307152902', options),
  ),
};

describe.each(Object.entries(ROWS))('withOptions of %s', (name, { make, call }) => {
  it('has limits, log and headers of its own; the first keeps its own', async () => {
    const server = await bench.serve((_request, response) => response.writeHead(503, { 'retry-after': '0' }).end());
    const lines: string[] = [];
    const first = make({ baseUrl: server.url, retries: 0, headers: { 'x-gateway': 'a', 'X-Who': 'first' } });
    cleanUp(() => first.close());
    const logger = { debug: (message: string) => void lines.push(message) };
    const own = first.withOptions({ retries: 2, logger, headers: { 'x-who': 'own' } });
    const further = own.withOptions({ retries: 1 });
    // A login is the first client's, and so are its limits.
    const attempts = name === 'SCC' ? [1, 1, 1] : [1, 3, 2];
    for (const [at, client] of [first, own, further].entries()) {
      expect(await rejection(call(client))).toMatchObject({ status: 503, attempts: attempts[at] });
    }
    if (name === 'SCC') return;
    expect(lines.length).toBeGreaterThan(0);
    const sent = new Set(server.seen.map(({ headers }) => [headers['x-gateway'], headers['x-who']].join(' ')));
    expect([...sent]).toEqual(['a first', 'a own']);
  });

  it('closed, ends its own calls only; the first ends all', async () => {
    const server = await bench.serve(() => undefined);
    const first = make({ baseUrl: server.url, retries: 0 });
    const clients = [first, first.withOptions({}), first.withOptions(), first.withOptions().withOptions()] as const;
    const [, closed, , further] = clients;
    const ends: number[] = [];
    const calls = clients.map(async (client, at) => errorIfAny(call(client)).finally(() => ends.push(at)));
    await until(() => server.seen.length >= (name === 'SCC' ? 1 : 4));
    await closed.close();
    await further[Symbol.asyncDispose]();
    await until(() => ends.length >= 2);
    expect(ends.sort()).toEqual([1, 3]);
    const made = first.withOptions();
    await first.close();
    expect(await Promise.all(calls)).toMatchObject(clients.map(() => ({ code: 'closed' })));
    for (const client of [...clients, made, made.withOptions()])
      expect(await rejection(call(client))).toMatchObject({ code: 'closed' });
  });

  it('shares maxConcurrency', async () => {
    const server = await bench.serve(() => undefined);
    const first = make({ baseUrl: server.url, retries: 0, maxConcurrency: 1 });
    const calls = [first, first.withOptions(), first.withOptions()].map((client) => errorIfAny(call(client)));
    await until(() => server.seen.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.seen).toHaveLength(1);
    await first.close();
    await Promise.all(calls);
  });

  it('refuses what a client cannot have of its own, with the nearest name', async () => {
    const first = make({ baseUrl: 'http://127.0.0.1:1' });
    cleanUp(() => first.close());
    const options =
      (value: unknown): (() => Subject) =>
      () =>
        first.withOptions(value as never);
    expect(options({ timeoutms: 1 })).toThrow(/withOptions: unknown option "timeoutms"; did you mean "timeoutMs"/u);
    for (const wrong of [{ baseUrl: 'http://h/' }, { maxConcurrency: 1 }, { retries: '1' }, { headers: 3 }, null])
      expect(options(wrong)).toThrow(TypeError);
    for (const wrong of [{ timeoutMs: 0 }, { retries: -1 }, { idleTimeoutMs: Infinity }, { headers: { 'a b': 'x' } }])
      expect(options(wrong)).toThrow(expect.objectContaining({ code: 'config' }));
  });
});

it('clients of the SCC share one session, which the first ends', async () => {
  const sim = simulateScc();
  const scc = new SCC(sim.credentials, { baseUrl: (await start(sim)).url });
  const [one, other] = [scc.withOptions({ retries: 0 }), scc.withOptions({ timeoutMs: 5000 })];
  await Promise.all([one, other, scc].map((client) => client.listMeasurements().first()));
  await one.close();
  await other.listMeasurements().first();
  const logins = (): number =>
    sim.requests.filter(({ method, url }) => method === 'POST' && url.includes('login')).length;
  expect(logins()).toBe(1);
  const logouts = (): number => sim.requests.filter(({ url }) => url.includes('logout')).length;
  expect(logouts()).toBe(0);
  await scc.close();
  expect(logouts()).toBeGreaterThan(0);
});

it('a secret among the headers of one client is kept out of the errors of all', async () => {
  const server = await bench.serve((_request, response) => response.writeHead(400).end('what is a-long-secret?'));
  const hmi = new HmiClient({ baseUrl: server.url });
  cleanUp(() => hmi.close());
  hmi.withOptions({ headers: { 'x-gateway-token': 'a-long-secret' } });
  expect(JSON.stringify(await rejection(hmi.describe()))).not.toContain('a-long-secret');
});
