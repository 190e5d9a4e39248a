import { HttpResponse } from 'msw';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, Forbidden } from '../../../src/errors.js';
import type { ReleaseQuery, ReprocessQuery } from '../../../src/imap/index.js';
import { rejection } from '../../support/rejection.js';
import { BASE, client, seen, serve, simulated, STORAGE, useServer } from './kit.js';

const { folder } = useServer();

describe('reprocessing', () => {
  const dates = { startDate: '20260101', endDate: '20260131' };

  it.each<[ReprocessQuery, string]>([
    [
      { ...dates, instrument: 'mag', dataLevel: 'l1a', descriptor: 'norm' },
      'start_date=20260101&end_date=20260131&instrument=mag&data_level=l1a&descriptor=norm&reprocessing=True',
    ],
    [dates, 'start_date=20260101&end_date=20260131&reprocessing=True'],
    [{ ...dates, instrument: 'mag' }, 'start_date=20260101&end_date=20260131&instrument=mag&reprocessing=True'],
  ])('%o (parity 20, pitfall 25)', async (query, expected) => {
    serve('post', `${BASE}/reprocess`, () => HttpResponse.json({ message: 'Reprocess job queued' }));
    expect(await client().reprocess(query)).toBe('Reprocess job queued');
    expect(seen.map(({ url }) => url)).toEqual([`${BASE}/reprocess?${expected}`]);
    expect(seen[0]?.bytes).toBe(0);
  });

  it.each<[Record<string, unknown>]>([
    [{ startDate: '20260101' }],
    [{ ...dates, dataLevel: 'l1a' }],
    [{ ...dates, descriptor: 'x' }],
    [{ ...dates, instrument: 'swapii' }],
    [{ ...dates, instrument: 'mag', descriptor: 'x', dataLevel: 'L1A' }],
    [{ ...dates, startDate: 'soon' }],
    [{ ...dates, start: 1 }],
  ])('%o is refused before any request (parity 21)', async (query) => {
    await expect(client().reprocess(query as unknown as ReprocessQuery)).rejects.toThrow(TypeError);
    await expect(client().reprocess({ ...dates, startDate: '20270101' })).rejects.toThrow(RangeError);
    expect(seen).toEqual([]);
  });

  it('is never repeated once it was sent (pitfall 7)', async () => {
    serve('post', `${BASE}/reprocess`, () => HttpResponse.json({ message: 'Service Unavailable' }, { status: 503 }));
    await expect(client({ retries: 3 }).reprocess(dates)).rejects.toMatchObject({ status: 503 });
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['a page', '<!doctype html><title>Maintenance</title>', 'text/html'],
    ['a page without its type', ' <html></html>', 'text/plain'],
    ['nothing', '', 'application/json'],
  ])('that is answered with %s is not told as taken', async (_what, body, type) => {
    serve('post', `${BASE}/reprocess`, () => new HttpResponse(body, { headers: { 'content-type': type } }));
    await expect(client({}).reprocess(dates)).rejects.toMatchObject({
      code: 'unexpected-response',
      message: expect.stringMatching(/^imap\.reprocess: .*check before/u),
    });
  });

  it('reaches the queue', async () => {
    const { sim } = simulated();
    await client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey }).reprocess(dates);
    expect(sim.reprocessQueue).toEqual([{ start_date: '20260101', end_date: '20260131', reprocessing: 'True' }]);
  });
});

describe('releases', () => {
  const name = 'imap_hit_data-release-001_20260101_20260131_v001.txt';
  const manifest = async (
    text = 'imap_hit_l2_macropixel-intensity_20260110_v001.0002.cdf\n',
    file = name,
  ): Promise<string> => {
    const path = join(folder(), file);
    await writeFile(path, text);
    return path;
  };

  it('manifest, wait, request: in this order, and the answer comes back (parity 22, pitfall 24)', async () => {
    let looks = 0;
    serve('get', `${BASE}/api-key/upload/${name}`, () => HttpResponse.json(`${STORAGE}/m`));
    serve('put', `${STORAGE}/m`, () => new HttpResponse(null));
    serve('get', `${BASE}/api-key/query`, () => {
      looks += 1;
      const row = {
        file_path: `imap/release/hit/${name}`,
        instrument: 'hit',
        descriptor: 'data-release-001',
        start_date: '20260101',
        version: 'v001',
      };
      return HttpResponse.json(looks < 3 ? [] : [row]);
    });
    serve('get', `${BASE}/api-key/release`, () =>
      HttpResponse.json('Successfully released 2 science files and 0 ancillary files.'),
    );
    const said = await client({ apiKey: 'k-1' }).release(
      { releaseType: 'release', manifestFile: await manifest() },
      { pollIntervalMs: 1 },
    );
    expect(said).toBe('Successfully released 2 science files and 0 ancillary files.');
    expect(seen.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`)).toEqual([
      `GET ${BASE}/api-key/upload/${name}`,
      `PUT ${STORAGE}/m`,
      ...Array.from(
        { length: 3 },
        () => `GET ${BASE}/api-key/query?table=ancillary&file_path=imap/release/hit/${name}`,
      ),
      `GET ${BASE}/api-key/release?release_type=release&manifest_file=${name}`,
    ]);
  });

  it.each<[string, Record<string, unknown>, unknown, RegExp]>([
    ['no key', { releaseType: 'release', manifestFile: name }, ConfigError, /API key is required.*IMAP_API_KEY/],
    ['unknown type', { releaseType: 'publish', manifestFile: name }, TypeError, /release, early-release, unrelease/],
    ['no manifest', { releaseType: 'release' }, TypeError, /manifest file is required/],
    ['a name of another class', { releaseType: 'release', manifestFile: 'naif0012.tls' }, TypeError, /does not match/],
    ['a file that is missing', { releaseType: 'release', manifestFile: name }, TypeError, /does not exist/],
  ])('%s is refused before any request (parity 23)', async (what, query, type, message) => {
    const imap = client(what === 'no key' ? { accessToken: 'only-a-token' } : { apiKey: 'k-1' });
    const failure = await rejection(imap.release(query as unknown as ReleaseQuery));
    expect(failure).toBeInstanceOf(type);
    expect(String(failure)).toMatch(message);
    expect(seen).toEqual([]);
  });

  it('changes flags, waits for the index, and may be called again after a break (pitfall 24)', async () => {
    const { sim } = simulated({ indexingDelayMs: 4_000, clock: { perRequestMs: 1_000 } });
    const imap = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
    const hidden = { instrument: 'hit', dataLevel: 'l2', released: true } as const;
    expect(await imap.query(hidden)).toEqual([]);
    const release = { releaseType: 'release', manifestFile: await manifest() } as const;
    expect(await imap.release(release, { pollIntervalMs: 1 })).toMatch(/^Successfully released [1-9]/);
    expect((await imap.query(hidden)).length).toBeGreaterThan(0);
    const asked = sim.requests.findIndex(({ path }) => path.endsWith('/release'));
    expect(sim.requests.slice(0, asked).filter(({ path }) => path.endsWith('/query')).length).toBeGreaterThan(2);
    expect(await imap.release(release, { pollIntervalMs: 1 })).toMatch(/^Successfully released/);
    await expect(
      imap.release({ ...release, manifestFile: await manifest('other\n') }, { pollIntervalMs: 1 }),
    ).rejects.toMatchObject({ code: 'exists' });
  });

  it('a failure while the manifest is looked for is one of the release', async () => {
    serve('get', `${BASE}/api-key/upload/${name}`, () => HttpResponse.json(`${STORAGE}/m`));
    serve('put', `${STORAGE}/m`, () => new HttpResponse(null));
    serve('get', `${BASE}/api-key/query`, () => HttpResponse.json({ message: 'Forbidden' }, { status: 403 }));
    const failure = client({ apiKey: 'k-1' }).release({ releaseType: 'release', manifestFile: await manifest() });
    await expect(failure).rejects.toMatchObject({
      operation: 'imap.release',
      message: expect.stringMatching(/^imap\.release: /u),
    });
  });

  it('refusals of the server come through in its own words', async () => {
    const { sim } = simulated({ releaseContract: 'number' });
    const imap = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
    const release = { releaseType: 'release', manifestFile: await manifest() } as const;
    await expect(imap.release(release, { pollIntervalMs: 1 })).rejects.toThrow(
      /'release_number' query parameter is required/,
    );
    const reader = client({ baseUrl: sim.baseUrl, apiKey: sim.readOnlyApiKey });
    await expect(reader.release(release)).rejects.toThrow(Forbidden);
  });

  it('the request itself is never repeated: it has side effects', async () => {
    const { sim } = simulated();
    sim.faults.add({ route: '/api-key/release*', times: 5, fault: { kind: 'status', status: 503 } });
    const imap = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey, retries: 3 });
    await expect(
      imap.release({ releaseType: 'unrelease', manifestFile: await manifest() }, { pollIntervalMs: 1 }),
    ).rejects.toMatchObject({ status: 503 });
    expect(sim.requests.filter(({ path }) => path.endsWith('/release'))).toHaveLength(1);
  });

  it('a manifest that is not listed in time is WaitTimeout, and nothing is released', async () => {
    const { sim } = simulated({ indexingDelayMs: 1e9 });
    const imap = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
    const failure = imap.release(
      { releaseType: 'release', manifestFile: await manifest() },
      { pollIntervalMs: 1, deadlineMs: 30 },
    );
    await expect(failure).rejects.toMatchObject({ code: 'wait-timeout' });
    expect(sim.requests.some(({ path }) => path.endsWith('/release'))).toBe(false);
  });
});
