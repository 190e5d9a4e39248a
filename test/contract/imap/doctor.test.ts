import { describe, expect, it } from 'vitest';
import { ImapClient, type ImapOptions } from '../../../src/imap/index.js';
import { simulateImap } from '../../../src/testing/index.js';
import { counted, lookAlike, recordText, replay, withVerdict, type Change } from '../../support/doctor.js';
import { tempDir } from '../../support/temp-dir.js';

type SimOptions = NonNullable<Parameters<typeof simulateImap>[0]>;
type Sim = ReturnType<typeof simulateImap>;

const client = (sim: Sim, options: ImapOptions = {}): ImapClient =>
  new ImapClient({ baseUrl: sim.baseUrl, webpodaUrl: sim.webpodaUrl, fetch: sim.fetch, retries: 0, ...options });
const { webpodaToken } = simulateImap().credentials;

describe('the Science Data Center, met by its doctor', () => {
  it.each<[name: string, options: SimOptions, who: 'public' | 'apiKey' | 'accessToken']>([
    ['production', {}, 'public'],
    ['production', {}, 'apiKey'],
    ['production', {}, 'accessToken'],
    ['dev', { stage: 'dev' }, 'public'],
    ['kernels for the public only', { spicePrefixes: 'public' }, 'apiKey'],
  ])('%s holds at every point: %o as %s', async (_name, options, who) => {
    const sim = simulateImap(options);
    const credential = who === 'public' ? {} : { [who]: sim.credentials[who] };
    const report = await client(sim, { ...credential, webpodaToken }).doctor();
    expect(report.points.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
    expect(report.points.length).toBeGreaterThan(15);
  });

  it('the server of 2024 holds at every point that it has', async () => {
    const report = await client(simulateImap({ generation: '2024' }), { webpodaToken }).doctor();
    expect(withVerdict(report, 'differs')).toEqual([]);
    expect(withVerdict(report, 'not-asked').filter((id) => !id.startsWith('kernels.'))).toEqual([]);
  });

  it('asks one request at a time, changes nothing, and shows no credential to another host', async () => {
    const sim = simulateImap();
    const { fetch, mostAtOnce } = counted(sim.fetch);
    const { apiKey } = sim.credentials;
    await client(sim, { fetch, apiKey, webpodaToken }).doctor();
    expect(mostAtOnce()).toBe(1);
    expect(sim.requests.length).toBeLessThanOrEqual(15);
    expect(new Set(sim.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    const keyed = sim.requests.filter(({ headers }) => new Headers(headers).has('x-api-key'));
    expect(keyed.length).toBeGreaterThan(3);
    expect(new Set(keyed.map(({ url }) => new URL(url).origin))).toEqual(new Set([new URL(sim.baseUrl).origin]));
  });

  const files = /\/query\?[^?]*end_date=\d{8}$/u;
  const kernels = /spice-query\?type=leapseconds$/u;
  const download = /\/download\/.*_2026/u;
  const storage = /Amz-Signature/iu;
  it.each<[id: string, change: Change]>([
    ['query.array', { at: files, body: (json) => `{"items":${json}}` }],
    ['query.columns', { at: files, body: (json) => json.replaceAll('"descriptor"', '"product"') }],
    ['query.path', { at: files, body: (json) => json.replaceAll('"imap/mag/', '"mag/') }],
    [
      'query.version',
      { at: files, body: (json) => json.replaceAll(/"minor_version":\d+,"version":"[^"]*"/gu, '"version":"newest"') },
    ],
    ['query.order', { at: files, body: (json) => JSON.stringify((JSON.parse(json) as unknown[]).reverse()) }],
    ['query.unknown-parameter', { at: /sdc_doctor/u, status: 200, body: '[]' }],
    ['kernels.array', { at: kernels, body: '{}' }],
    ['kernels.columns', { at: kernels, body: (json) => json.replaceAll('"file_name"', '"name"') }],
    ['kernels.start-date', { at: /spice-query\?.*start_date/u, status: 200, body: '[]' }],
    ['unknown-route', { at: /\/sdc-doctor/u, status: 200, body: 'Hello' }],
    ['door.api-key', { at: /\/api-key\/query/u, status: 200, body: '[]' }],
    ['door.token', { at: /\/authorized\/query/u, status: 403, body: '{"message":"no"}' }],
    ['download.redirect', { at: download, status: 200 }],
    ['download.body', { at: download, body: '{}' }],
    [
      'download.signature',
      { at: download, headers: { location: 'https://s3.imap.simulated/a?AWSAccessKeyId=AKIA&Signature=abc' } },
    ],
    ['download.missing', { at: /download\/.*sdc-doctor/u, status: 200, body: '' }],
    ['storage.range', { at: storage, status: 200, headers: { 'content-range': undefined } }],
    ['storage.validator', { at: storage, headers: { etag: undefined } }],
    ['packets.login', { at: /poda/u, status: 200, body: '' }],
    ['packets.empty', { at: /poda/u, status: 200, body: '2026-01-05T00:00:00' }],
  ])('a server that differs in %s is found out', async (id, change) => {
    const sim = simulateImap();
    const report = await client(sim, { webpodaToken, fetch: lookAlike(sim.fetch, change) }).doctor();
    expect(withVerdict(report, 'differs')).toContain(id);
  });

  it('without a token for packets their times are not asked for', async () => {
    const report = await client(simulateImap()).doctor();
    expect(withVerdict(report, 'not-asked')).toEqual(['packets.empty']);
  });
});

describe('a record of the answers of the Science Data Center', () => {
  it('holds no key, signature, run or account, and gives the same verdicts again', async () => {
    const sim = simulateImap();
    const record = tempDir();
    const { apiKey } = sim.credentials;
    const addresses: string[] = [];
    const fetch: typeof sim.fetch = async (input, init) => {
      const request = new Request(input, init);
      addresses.push(request.url);
      const answer = await sim.fetch(request);
      if (!/\/query\?[^?]*end_date=\d{8}$/u.test(request.url)) return answer;
      const text = (await answer.text()).replaceAll('"crid":null', '"crid":"run-of-tina-77"');
      return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } });
    };
    const report = await client(sim, { fetch, apiKey, webpodaToken }).doctor({ record });
    const text = recordText(record);
    const signed = addresses
      .map((url) => new URL(url))
      .filter(({ searchParams }) => searchParams.has('X-Amz-Signature'));
    expect(signed).toHaveLength(1);
    const parts = signed.flatMap(({ searchParams }) => [
      searchParams.get('X-Amz-Signature'),
      searchParams.get('X-Amz-Credential')?.split('/', 1)[0],
    ]);
    for (const secret of [apiKey, webpodaToken, 'run-of-tina', 'tina', ...parts]) expect(text).not.toContain(secret);

    const again = await client(sim, { fetch: replay(record), apiKey, webpodaToken }).doctor();
    const verdicts = (one: typeof report): unknown => one.points.map(({ id, verdict }) => [id, verdict]);
    expect(verdicts(again)).toEqual(verdicts(report));
  });
});
