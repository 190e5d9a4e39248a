import { afterEach, describe, expect, it } from 'vitest';
import { SCC, type SccOptions } from '../../../src/scc/index.js';
import { simulateScc } from '../../../src/testing/scc/simulate.js';
import type { SccSimulator, SccSimulatorOptions } from '../../../src/testing/scc/options.js';
import { counted, lookAlike, recordText, replay, withVerdict, type Change } from '../../support/doctor.js';
import { tempDir } from '../../support/temp-dir.js';

const clients: SCC[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((scc) => scc.close()));
});

function client(sim: SccSimulator, options: SccOptions = {}, credentials = sim.credentials): SCC {
  const scc = new SCC(credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0, ...options });
  clients.push(scc);
  return scc;
}

describe('the SCC, met by its doctor', () => {
  it.each<SccSimulatorOptions>([
    { profile: 'legacy' },
    { profile: '3.2' },
    { profile: '5.2' },
    { profile: 'main' },
    { pages: 'ill-formed' },
    { columns: 'old', apiNames: 'is_running' },
    { apiNames: 'v4' },
    { adminLogin: 'accounts', frontLogin: 'in-place', apiLogin: 'basic' },
    { pageSize: 5, showFullResultCount: false },
    { missingProduct: 'html' },
    { missingProduct: 'redirect' },
    { basePath: '/scc/' },
  ])('every generation holds at every point: %o', async (options) => {
    const report = await client(simulateScc(options)).doctor();
    expect(withVerdict(report, 'differs')).toEqual([]);
    expect(withVerdict(report, 'not-asked')).toEqual([]);
    expect(report.points.length).toBeGreaterThan(20);
  });

  it('asks one request at a time, and sends nothing but the login', async () => {
    const sim = simulateScc();
    const { fetch, mostAtOnce } = counted(sim.fetch);
    await client(sim, { fetch }).doctor();
    expect(mostAtOnce()).toBe(1);
    expect(sim.requests.length).toBeLessThanOrEqual(20);
    const sent = sim.requests.filter(({ method }) => method !== 'GET').map(({ path }) => path);
    expect(sent).toEqual(['/accounts/login/']);
    expect(sim.requests.filter(({ path }) => /rerun|delete/u.test(path))).toEqual([]);
  });

  const list = /GET \/admin\/database\/measurements\/$/u;
  const oneMeasurement = /GET \/api\/v1\/measurements\/2\w+\/$/u;
  const page = /GET \/data_processing\/measurements\/2\w+\/$/u;
  it.each<[id: string, change: Change]>([
    ['site-login', { at: /accounts\/login/u, headers: { 'www-authenticate': 'Digest realm="x"' } }],
    ['login.form', { at: /GET \/accounts\/login/u, body: (html) => html.replace('name="username"', 'name="email"') }],
    ['stranger.admin', { at: list, status: 200, headers: { location: undefined }, body: '<h1>Welcome</h1>' }],
    ['stranger.site', { at: /quick/u, status: 200, headers: { location: undefined }, body: '<h1>Welcome</h1>' }],
    ['stranger.api', { at: /api\/v1\/measurements\/$/u, status: 200, body: '{}' }],
    ['login', { at: /POST \/accounts\/login/u, status: 200, body: '<h1>Welcome</h1>' }],
    ['list.table', { at: list, body: (html) => html.replace('id="result_list"', 'id="results"') }],
    ['list.actions', { at: list, body: (html) => html.replaceAll('rerun_all', 'restart') }],
    ['list.cells', { at: list, body: (html) => html.replaceAll('field-stop', 'field-end') }],
    ['list.modules', { at: list, body: (html) => html.replaceAll('_ok_evo', '_status') }],
    ['list.states', { at: list, body: (html) => html.replaceAll('alt="OK"', 'alt="Done"') }],
    ['list.dates', { at: list, body: (html) => html.replaceAll(/(field-start[^>]*>)[^<]*/gu, '$1June 1, midnight') }],
    ['list.page-links', { at: list, body: (html) => html.replaceAll('?p=', '?page=') }],
    ['list.empty', { at: /start__lt=1900/u, body: '<h1>Nothing found</h1>' }],
    ['list.unknown-filter', { at: /sdc_doctor/u, status: 400, headers: { location: undefined } }],
    [
      'lidar-constants',
      { at: /lidarconstant/u, body: (html) => html.replaceAll('field-lidar_constant', 'field-value') },
    ],
    ['api.list', { at: /api\/v1\/measurements\/\?limit/u, body: (json) => json.replace('"meta"', '"paging"') }],
    ['api.dates', { at: oneMeasurement, body: (json) => json.replace('"start"', '"begin"') }],
    ['api.modules', { at: oneMeasurement, body: (json) => json.replaceAll(':127', ':"ok"') }],
    ['api.processing', { at: oneMeasurement, body: (json) => json.replace('is_being_processed', 'state') }],
    ['api.missing', { at: /zzz00/u, status: 200, body: '{"detail":"no such measurement"}' }],
    ['api.ancillary', { at: /sounding_files/u, body: '[]' }],
    ['upload.form', { at: /quick/u, body: (html) => html.replace('name="data"', 'name="file"') }],
    ['measurement.page', { at: page, body: (html) => html.replaceAll('<h3>Measurement', '<h3>Session') }],
    ['product.missing', { at: /zzz00\/download/u, status: 500 }],
  ])('a site that differs in %s is found out', async (id, change) => {
    const sim = simulateScc();
    const report = await client(sim, { fetch: lookAlike(sim.fetch, change) }).doctor();
    expect(withVerdict(report, 'differs')).toContain(id);
  });

  it('a token that comes without a cookie is found out', async () => {
    const sim = simulateScc();
    const change: Change = { at: /GET \/accounts\/login/u, headers: { 'set-cookie': undefined } };
    const report = await client(sim, { fetch: lookAlike(sim.fetch, change) }).doctor();
    expect(withVerdict(report, 'differs')).toContain('login.cookie');
  });

  it('a page without links to downloads is none to judge', async () => {
    const sim = simulateScc();
    const change: Change = { at: page, body: (html) => html.replaceAll('download-', 'fetch-') };
    const report = await client(sim, { fetch: lookAlike(sim.fetch, change) }).doctor();
    expect(withVerdict(report, 'not-asked')).toEqual(['measurement.downloads']);
  });

  it('with a wrong account it says what a stranger sees, and tries no second login', async () => {
    const sim = simulateScc();
    const report = await client(sim, {}, { ...sim.credentials, password: 'wrong-password' }).doctor();
    expect(withVerdict(report, 'differs')).toEqual([]);
    expect(withVerdict(report, 'holds')).toContain('stranger.api');
    expect(report.points.find(({ id }) => id === 'list.table')?.error?.code).toBe('credentials');
    expect(sim.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(JSON.stringify(report)).not.toContain('wrong-password');
  });

  it('what the account may not see is not asked', async () => {
    const report = await client(simulateScc({ permissions: { viewLidarConstants: false } })).doctor();
    expect(withVerdict(report, 'not-asked')).toEqual(['lidar-constants']);
  });
});

describe('a record of the answers of the SCC', () => {
  const PERSON =
    '<p>Maintained by Giovanna Testarossa, g.testarossa@station.example, for <b>Überlingen</b>; system 731</p>';

  it('holds no login, station, system, name or address, and gives the same verdicts again', async () => {
    const sim = simulateScc();
    const record = tempDir();
    const { httpAuthUser, httpAuthPassword, username, password } = sim.credentials;
    const greeting = `${PERSON}<!-- ${username} --><script>user = "${username}"</script><a title="${username}" href="/u/${username}/">x</a>`;
    const fetch = lookAlike(sim.fetch, {
      at: /GET \/(?:admin|data_processing)/u,
      body: (html) => html.replace('</body>', `${greeting}</body>`),
    });
    const scc = client(sim, { fetch });
    const report = await scc.doctor({ record });
    const text = recordText(record);
    const hidden = [httpAuthPassword, username, password, 'Giovanna', 'estarossa', 'station.example', 'berlingen'];
    for (const secret of [...hidden, ...sim.measurementIds]) expect(text).not.toContain(secret);
    for (const station of new Set(sim.measurementIds.map((id) => id.slice(8, 11))))
      expect(text).not.toMatch(new RegExp(`\\d{8}${station}\\d|>${station}<`, 'u'));
    const session = sim.requests.flatMap(
      ({ headers }) => /sessionid=(\w+)/u.exec(String(new Headers(headers).get('cookie')))?.[1] ?? [],
    );
    expect(session.length).toBeGreaterThan(0);
    for (const cookie of session) expect(text).not.toContain(cookie);
    expect(text).not.toContain(Buffer.from(`${httpAuthUser}:${httpAuthPassword}`).toString('base64'));
    const verdicts = (one: typeof report): unknown => one.points.map(({ id, verdict }) => [id, verdict]);
    expect(withVerdict(report, 'differs')).toEqual([]);

    // The login itself is not kept: its answers are nothing but cookies.
    const recorded = replay(record);
    const again = await client(sim, {
      fetch: (input, init) =>
        new Request(input, init).method === 'POST' || isLoginOfSession(input)
          ? sim.fetch(input, init)
          : recorded(input, init),
    }).doctor();
    expect(verdicts(again)).toEqual(verdicts(report));
  });
});

let logins = 0;
/** The third request for the login form is that of the login itself, after the two points about it. */
function isLoginOfSession(input: Parameters<typeof fetch>[0]): boolean {
  const url = input instanceof Request ? input.url : String(input);
  if (!url.endsWith('/accounts/login/')) return false;
  logins += 1;
  return logins > 2;
}
