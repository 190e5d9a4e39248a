import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HmiClient, type HmiOptions } from '../../../src/hmi/index.js';
import { simulateHmi } from '../../../src/testing/index.js';
import { counted, lookAlike, recordText, replay, withVerdict, type Change } from '../../support/doctor.js';
import { EVERY_GENERATION } from '../../support/generations.js';
import { tempDir } from '../../support/temp-dir.js';

type SimOptions = NonNullable<Parameters<typeof simulateHmi>[0]>;

const client = (sim: ReturnType<typeof simulateHmi>, options: HmiOptions = {}): HmiClient =>
  new HmiClient({ baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0, ...options });

describe('the HMI service, met by its doctor', () => {
  it.each(EVERY_GENERATION)('generation %i holds at every point that applies to it', async (generation) => {
    const report = await client(simulateHmi({ generation })).doctor();
    expect(withVerdict(report, 'differs')).toEqual([]);
    expect(withVerdict(report, 'not-asked')).toEqual(generation === 4 ? [] : ['keywords', 'keywords.batch']);
    expect(report).toMatchObject({ centre: 'hmi', baseUrl: 'http://hmi.simulated:8001/', when: expect.any(Date) });
  });

  it.each<SimOptions>([
    { urlHost: 'echo' },
    { ranges: true },
    { http10: true },
    { debug: false, unknownSeries: 'error' },
    { unknownSeries: 'empty' },
    { unknownSeries: 'message' },
    { unknownSeries: 'bad-request' },
    { metaRoute: 'single' },
    { contentDisposition: 'star' },
    { json: 'indented', gzip: false, shuffle: true },
    { generation: 2, seriesNames: 'strict' },
    { basePath: '/published/hmi/' },
  ])('what is not known of the service does not differ: %o', async (options) => {
    expect(withVerdict(await client(simulateHmi(options)).doctor(), 'differs')).toEqual([]);
  });

  it('asks a handful, one request at a time, and changes nothing', async () => {
    const sim = simulateHmi();
    const { fetch, mostAtOnce } = counted(sim.fetch);
    await client(sim, { fetch }).doctor();
    expect(mostAtOnce()).toBe(1);
    expect(sim.requests.length).toBeLessThanOrEqual(12);
    expect(new Set(sim.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  const list = /sharp_720s\?start=2015.*Z$/u;
  it.each<[id: string, change: Change, options?: SimOptions]>([
    ['ui', { at: /\/ui\//u, status: 404 }],
    ['description', { at: /swagger/u, body: '{"openapi":"3.0.0"}' }],
    ['list.array', { at: list, body: (text) => `{"data":${text}}` }],
    ['list.time', { at: list, body: (text) => text.replaceAll('date__obs', 'dateobs') }],
    ['list.links', { at: list, body: (text) => text.replaceAll('"urls"', '"links"') }],
    ['list.link-form', { at: list, body: (text) => text.replaceAll('/magnetogram.fits', '/r/magnetogram.fits') }],
    ['list.link-host', { at: list, body: (text) => text.replaceAll('cluster-r730-1', 'elsewhere.example') }],
    ['list.empty', { at: /start=1995/u, status: 404 }],
    ['list.start-missing', { at: /sharp_720s\?end=/u, status: 200, body: '[]' }],
    ['list.end-before-start', { at: /start=2015-12-12T00:00:00Z&end=2015-12-11/u, status: 500 }],
    ['list.unknown-series', { at: /sdc_doctor/u, status: 302 }],
    ['unknown-route', { at: /\/sdc-doctor/u, status: 200, body: '<h1>Hello</h1>' }],
    ['keywords', { at: /\/meta\/\d+\?/u, body: (text) => text.replaceAll('"meta"', '"keywords"') }],
    ['keywords.batch', { at: /\/meta\/\d+,\d+/u, body: '{}' }],
    ['file.fits', { at: /\.fits/u, body: '<html>in maintenance</html>' }],
    ['file.name', { at: /\.fits/u, headers: { 'content-disposition': undefined } }],
    ['file.range', { at: /\.fits/u, status: 206 }],
  ])('a service that differs in %s is found out', async (id, change, options) => {
    const sim = simulateHmi(options);
    const report = await client(sim, { fetch: lookAlike(sim.fetch, change) }).doctor();
    expect(withVerdict(report, 'differs')).toContain(id);
    const point = report.points.find((one) => one.id === id);
    expect(point?.seen).not.toBe('');
    expect(point?.seen).not.toBe(point?.known);
  });

  it('an address where nothing answers is asked once, and nothing is known of it', async () => {
    let requests = 0;
    const fetch = (): Promise<Response> => {
      requests += 1;
      return Promise.reject(
        new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }),
      );
    };
    const report = await client(simulateHmi(), { fetch }).doctor();
    expect(requests).toBe(1);
    expect(withVerdict(report, 'not-asked')).toHaveLength(report.points.length);
    expect(report.points[0]?.error?.code).toBe('network');
  });

  it('a busy service is left alone', async () => {
    const sim = simulateHmi();
    const fetch = lookAlike(sim.fetch, { at: /sharp/u, status: 503 });
    const report = await client(sim, { fetch }).doctor();
    expect(withVerdict(report, 'differs')).toEqual([]);
    expect(withVerdict(report, 'not-asked')).toContain('file.fits');
    expect(sim.requests).toHaveLength(3);
  });

  it('an abort and the end of the client reject', async () => {
    const hmi = client(simulateHmi());
    await expect(hmi.doctor({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    await hmi.close();
    await expect(hmi.doctor()).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('a record of the answers', () => {
  it('holds no record or HARP number, and gives the same verdicts again', async () => {
    const sim = simulateHmi();
    const record = join(tempDir(), 'new', 'folder');
    const report = await client(sim).doctor({ record });
    const rows = (await (
      await sim.fetch(`${sim.baseUrl}HMI/hmi.sharp_720s?start=2015-12-11T23:00:00Z&end=2015-12-12T00:00:00Z`)
    ).json()) as { recnum: number; harpnum: number }[];
    const text = recordText(record);
    expect(rows.length).toBeGreaterThan(1);
    for (const { recnum, harpnum } of rows) {
      expect(text).not.toMatch(new RegExp(`\\b${recnum}\\b`, 'u'));
      expect(text).not.toContain(`"harpnum\\":${harpnum},`);
    }
    const again = await client(sim, { fetch: replay(record) }).doctor();
    const verdicts = (one: typeof report): unknown => one.points.map(({ id, verdict }) => [id, verdict]);
    expect(verdicts(again)).toEqual(verdicts(report));
  });

  it('goes into a new or empty folder only', async () => {
    const sim = simulateHmi();
    const record = tempDir();
    writeFileSync(join(record, 'mine.txt'), 'mine');
    await expect(client(sim).doctor({ record })).rejects.toThrow(TypeError);
    expect(sim.requests).toEqual([]);
  });
});
