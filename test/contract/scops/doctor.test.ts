import { describe, expect, it } from 'vitest';
import { ScopsClient, type ScopsOptions } from '../../../src/scops/index.js';
import { simulateScops, type ScopsSimulatorOptions } from '../../../src/testing/index.js';
import { counted, lookAlike, recordText, replay, withVerdict, type Change } from '../../support/doctor.js';
import { tempDir } from '../../support/temp-dir.js';

type Sim = ReturnType<typeof simulateScops>;

const client = (sim: Sim, options: ScopsOptions = {}): ScopsClient =>
  new ScopsClient({ ...sim.credentials, baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0, ...options });

describe('SCOPS, met by its doctor', () => {
  it.each<ScopsSimulatorOptions>([
    { generation: 'a' },
    { generation: 'b' },
    { generation: 'c' },
    { host: '2018' },
    { pages: 'ill-formed' },
  ])('every generation holds at every point: %o', async (options) => {
    const report = await client(simulateScops(options)).doctor();
    expect(report.points.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
    expect(report.points.length).toBeGreaterThan(12);
  });

  it('asks one request at a time, confirms nothing and sends nothing', async () => {
    const sim = simulateScops();
    const { fetch, mostAtOnce } = counted(sim.fetch);
    await client(sim, { fetch }).doctor();
    expect(mostAtOnce()).toBe(1);
    expect(sim.requests.length).toBeLessThanOrEqual(12);
    expect(new Set(sim.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(sim.requests.filter(({ path }) => /confirm|bandratio|dem_error/u.test(path))).toEqual([]);
    expect(sim.configs.size).toBe(0);
  });

  const form = /jobrequest\?day=217/u;
  const noFlight = /jobrequest\?day=1&year=1970&project/u;
  it.each<[id: string, change: Change]>([
    ['login', { at: noFlight, headers: { 'www-authenticate': 'Basic realm="all"' } }],
    ['login.project', { at: /jobrequest\?day=1&year=1970$/u, status: 401 }],
    ['login.cookies', { at: noFlight, headers: { 'set-cookie': 'session=abcdefgh; Path=/' } }],
    ['clock', { at: noFlight, headers: { date: undefined } }],
    ['flight.unknown', { at: noFlight, status: 200, body: '<h1>Welcome</h1>' }],
    ['flights', { at: /kmlpage/u, status: 404 }],
    ['request.form', { at: form, body: (html) => html.replace('action="progress"', 'action="orders"') }],
    ['request.fields', { at: form, body: (html) => html.replaceAll('name="email"', 'name="mail"') }],
    ['request.flight', { at: form, body: (html) => html.replaceAll('_band_start', '_first_band') }],
    ['request.masks', { at: form, body: (html) => html.replaceAll('mask_check_q', 'mask_quality') }],
    ['success', { at: /\/success/u, body: '<h1>Thank you</h1>' }],
    ['status.unknown', { at: /processingupdate/u, status: 404 }],
    ['download.unknown', { at: /downloads\/\w+\?/u, status: 404 }],
    ['download.unknown-product', { at: /downloads\/\w+\/f00101/u, body: 'No such product' }],
    ['unknown-route', { at: /sdc-doctor/u, status: 200, body: '<h1>Hello</h1>' }],
  ])('a site that differs in %s is found out', async (id, change) => {
    const sim = simulateScops();
    const report = await client(sim, { fetch: lookAlike(sim.fetch, change) }).doctor();
    expect(withVerdict(report, 'differs')).toContain(id);
  });

  it('where no flight of the project is linked, the form is not asked for', async () => {
    const sim = simulateScops();
    const change: Change = { at: /kmlpage/u, body: (html) => html.replaceAll('project=GB13_08', 'project=XX00_00') };
    const report = await client(sim, { fetch: lookAlike(sim.fetch, change) }).doctor();
    expect(withVerdict(report, 'not-asked')).toEqual([
      'request.form',
      'request.fields',
      'request.flight',
      'request.masks',
    ]);
  });
});

describe('a record of the answers of SCOPS', () => {
  it('holds no project, password, line or address, and gives the same verdicts to the pseudonym of the project', async () => {
    const sim = simulateScops();
    const record = tempDir();
    const { project, password } = sim.credentials;
    const fetch = lookAlike(sim.fetch, {
      at: /jobrequest\?day=217/u,
      body: (html) => html.replace('<form', '<p>Pilot: Ada Quickfeather, ada@flights.example</p><form'),
    });
    const report = await client(sim, { fetch }).doctor({ record });
    const text = recordText(record);
    expect(text).toContain('f');
    for (const secret of [project, password, 'f21701', 'f21702', 'Quickfeather', 'flights.example'])
      expect(text).not.toContain(secret);
    // The same project stands for it everywhere.
    const pseudonym = /realm=\\"([^"\\]+)/u.exec(text)?.[1] ?? '';
    expect(pseudonym).not.toBe('');
    const again = await client(sim, { fetch: replay(record), project: pseudonym }).doctor();
    const verdicts = (one: typeof report): unknown => one.points.map(({ id, verdict }) => [id, verdict]);
    expect(verdicts(again)).toEqual(verdicts(report));
  });
});
