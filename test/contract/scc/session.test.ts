import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isSdcError } from '../../../src/errors.js';
import { sccSession, SCC } from '../../../src/scc/index.js';
import { rejection } from '../../support/rejection.js';
import { asked, scene } from './harness.js';

const PROFILES = ['legacy', '3.2', '5.2', 'main'] as const;

describe('logging in', () => {
  it.each(PROFILES)(
    'works on Django %s, with the token of the jar and a Referer of the site (pitfall 22)',
    async (profile) => {
      const { sim, scc } = scene({ profile });
      await scc.login();
      expect(sim.sessionCount).toBe(1);
      const post = sim.requests.find(({ method }) => method === 'POST');
      expect(post?.headers.get('referer')).toBe(new URL('accounts/login/', sim.baseUrl).href);
      expect(post?.headers.get('x-csrftoken')).toMatch(/^\w{32,64}$/u);
    },
  );

  it('tells a wrong site login from a wrong account (pitfalls 6 and 40)', async () => {
    const { sim } = scene();
    const options = { baseUrl: sim.baseUrl, retries: 0 };
    const site = sccSession({ ...sim.credentials, httpAuthPassword: 'wrong-site' }, options);
    await expect(site).rejects.toMatchObject({ name: 'WrongCredentials', layer: 'site', code: 'credentials' });
    const account = sccSession({ ...sim.credentials, password: 'wrong&account=%' }, options);
    await expect(account).rejects.toMatchObject({ name: 'WrongCredentials', layer: 'account' });
    expect(sim.sessionCount).toBe(0);
  });

  it('is not fooled by a maintenance page or a redirect without a session (pitfall 6)', async () => {
    const { sim, scc } = scene();
    sim.faults.add({ route: 'GET /accounts/login/', times: 1, fault: { kind: 'html', body: '<h1>Back soon</h1>' } });
    await expect(scc.login()).rejects.toMatchObject({ code: 'unexpected-response' });
    sim.faults.add({ route: 'POST /accounts/login/', fault: { kind: 'redirect', location: '/' } });
    await expect(scc.login()).rejects.toMatchObject({ code: 'unexpected-response' });
    sim.faults.add({ route: 'GET /accounts/login/', times: 2, fault: { kind: 'status', status: 503 } });
    await expect(scc.login()).rejects.toMatchObject({ code: 'server', status: 503 });
    await scc.login();
  });

  it('happens by itself with the first call', async () => {
    const { sim, scc } = scene();
    const [id] = sim.measurementIds;
    expect((await scc.getMeasurement(id!)).id).toBe(id);
    expect(asked(sim, /^POST .*login/u)).toHaveLength(1);
  });

  it('needs all four credentials and names those that are missing, as option and variable', () => {
    expect(() => new SCC(undefined, { baseUrl: 'https://scc.test' })).toThrow(
      /httpAuthUser \(or SCC_HTTP_AUTH_USER\).*SCC_PASSWORD/u,
    );
    expect(() => new SCC({ httpAuthUser: 'a', httpAuthPassword: 'b', username: 'c', password: '' })).toThrow(
      /missing: credentials\.password \(or SCC_PASSWORD\)$/u,
    );
  });
});

describe('a lost session', () => {
  it.each([
    ['the API, with a bare 401', { apiLogin: 'session' }],
    ['the API, with a challenge', { apiLogin: 'basic' }],
  ] as const)('under ten parallel calls on %s causes one login', async (_place, options) => {
    const { sim, scc } = scene(options);
    await scc.login();
    const ids = sim.measurementIds.slice(0, 10);
    sim.expireSessions();
    const found = await Promise.all(ids.map((id) => scc.getMeasurement(id)));
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(asked(sim, /^POST .*login/u)).toHaveLength(2);
  });

  it.each([
    ['redirects to the admin login', { adminLogin: 'admin' }],
    ['redirects to the accounts login', { adminLogin: 'accounts' }],
  ] as const)('on a list that %s is renewed (pitfall 7)', async (_place, options) => {
    const { sim, scc } = scene(options);
    await scc.login();
    sim.expireSessions();
    const found = await scc.queryMeasurements({ dateStart: '2021-06-01', dateEnd: '2021-07-01' }).first();
    expect(found).toBeDefined();
    expect(asked(sim, /^POST .*login/u)).toHaveLength(2);
  });

  it('between two pages of a list is renewed, and no row is missed or doubled', async () => {
    const { sim, scc } = scene({ pageSize: 40 });
    const ids: string[] = [];
    for await (const page of scc.queryMeasurements({ dateStart: '2021-06-01', dateEnd: '2021-07-01' }).byPage()) {
      ids.push(...page.items.map(({ id }) => id));
      sim.expireSessions();
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(40);
  });

  it('that a new login does not mend is SessionExpired, after one login', async () => {
    const { sim, scc } = scene();
    await scc.login();
    sim.faults.add({ route: 'GET /api/*', times: Infinity, fault: { kind: 'status', status: 401 } });
    await expect(scc.getMeasurement(sim.measurementIds[0]!)).rejects.toMatchObject({
      name: 'SessionExpired',
      code: 'session-expired',
    });
    expect(asked(sim, /^POST .*login/u)).toHaveLength(2);
  });
});

describe('the end of a session', () => {
  it.each(PROFILES)('is real on the server, on Django %s (pitfall 39)', async (profile) => {
    const { sim } = scene({ profile });
    const scc = await sccSession(sim.credentials, { baseUrl: sim.baseUrl });
    expect(sim.sessionCount).toBe(1);
    await scc.close();
    await scc.close();
    expect(sim.sessionCount).toBe(0);
    await expect(scc.getMeasurement('20210601aky0930')).rejects.toMatchObject({ name: 'ConfigError', code: 'closed' });
    expect(() => scc.queryMeasurements({ dateStart: '2021-06-01', dateEnd: '2021-07-01' })).not.toThrow();
    await expect(
      scc.queryMeasurements({ dateStart: '2021-06-01', dateEnd: '2021-07-01' }).first(),
    ).rejects.toMatchObject({ code: 'closed' });
  });

  it('comes with `await using`, also after an error, which stays itself', async () => {
    const { sim } = scene();
    const boom = new Error('mine');
    const work = async (): Promise<void> => {
      await using scc = await sccSession(sim.credentials, { baseUrl: sim.baseUrl });
      await scc.getMeasurement(sim.measurementIds[0]!);
      throw boom;
    };
    await expect(work()).rejects.toBe(boom);
    expect(sim.sessionCount).toBe(0);
  });

  it('comes with the callback form, also after an error and when the logout itself fails', async () => {
    const { sim } = scene();
    const options = { baseUrl: sim.baseUrl, retries: 0 };
    expect(await sccSession(sim.credentials, options, async () => 7)).toBe(7);
    expect(sim.sessionCount).toBe(0);
    const boom = new Error('mine');
    sim.faults.add({ route: '* /accounts/logout/', times: Infinity, fault: { kind: 'status', status: 500 } });
    await expect(sccSession(sim.credentials, options, () => Promise.reject(boom))).rejects.toBe(boom);
  });

  it('can be asked for, and the next call logs in again', async () => {
    const { sim, scc } = scene();
    await scc.login();
    await scc.logout();
    expect(sim.sessionCount).toBe(0);
    await scc.getMeasurement(sim.measurementIds[0]!);
    expect(sim.sessionCount).toBe(1);
  });

  it('aborts what is in flight, and does not log in again for it', async () => {
    const { sim, scc } = scene();
    await scc.login();
    sim.faults.add({ route: 'GET /api/*', times: Infinity, fault: { kind: 'delay', ms: 10_000 } });
    const call = scc.getMeasurement(sim.measurementIds[0]!);
    const outcome = expect(call).rejects.toMatchObject({ code: 'closed' });
    await scc.close();
    await outcome;
    expect(sim.sessionCount).toBe(0);
  });
});

describe('secrets', () => {
  it('are in no error and no log line (pitfall 42)', async () => {
    const lines: string[] = [];
    const log = (message: string, fields?: unknown): void => void lines.push(message, inspect(fields));
    const { sim, scc } = scene({}, { logger: { debug: log, info: log, warn: log, error: log } });
    await scc.login();
    const cookies = sim.requests.flatMap(({ headers }) =>
      (headers.get('cookie') ?? '').split('; ').map((pair) => pair.split('=')[1] ?? ''),
    );
    await scc.getMeasurement(sim.measurementIds[0]!);
    sim.faults.add({
      route: 'GET /api/*',
      times: Infinity,
      fault: {
        kind: 'status',
        status: 500,
        body: `<p>${sim.credentials.password} ${sim.credentials.httpAuthPassword}</p>`,
      },
    });
    const error: unknown = await rejection(scc.getMeasurement(sim.measurementIds[0]!));
    expect(isSdcError(error)).toBe(true);
    const shown = [...lines, inspect(error, { depth: 9 }), JSON.stringify(error), String((error as Error).stack)].join(
      '\n',
    );
    const basic = Buffer.from(`${sim.credentials.httpAuthUser}:${sim.credentials.httpAuthPassword}`).toString('base64');
    for (const secret of [
      sim.credentials.password,
      sim.credentials.httpAuthPassword,
      basic,
      ...cookies.filter((value) => value.length > 8),
    ]) {
      expect(shown).not.toContain(secret);
    }
  });

  it('go to no other host on a redirect', async () => {
    const { sim, scc } = scene();
    await scc.login();
    sim.faults.add({
      route: 'GET /api/*',
      times: Infinity,
      fault: { kind: 'redirect', location: 'http://other.test/x' },
    });
    await expect(scc.getMeasurement(sim.measurementIds[0]!)).rejects.toMatchObject({ code: 'unexpected-response' });
  });
});

describe('the base URL', () => {
  it.each(['', '/'])('may have a path prefix, with ending %j (pitfall 38)', async (ending) => {
    const { sim } = scene({ basePath: '/scc/' });
    await using scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl.replace(/\/$/u, '') + ending });
    const id = sim.measurementIds[0]!;
    await scc.rerunProcessing(id);
    await scc.deleteMeasurement(id);
    expect(await scc.findMeasurement(id)).toBeUndefined();
    expect(asked(sim).every((line) => line.includes(' /scc/'))).toBe(true);
  });
});
