import { HttpResponse } from 'msw';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  AlreadyExists,
  ConfigError,
  Forbidden,
  NetworkError,
  NotFoundError,
  PageNotAccessible,
  RejectedError,
  RemoteFileNotFound,
  UnexpectedResponse,
  WrongCredentials,
} from '../../../src/errors.js';
import { rejection } from '../../support/rejection.js';
import { BASE, client, seen, serve, simulated, STORAGE, useServer } from './kit.js';

const { folder } = useServer();

const KEY = 'secret-key-1234567890';
const query = { instrument: 'mag', dataLevel: 'l2' } as const;

describe('refused credentials', () => {
  it('a key that the gateway does not know is WrongCredentials', async () => {
    const { sim } = simulated();
    const failure = await rejection(client({ baseUrl: sim.baseUrl, apiKey: KEY }).query(query));
    expect(failure).toBeInstanceOf(WrongCredentials);
    expect(failure).toMatchObject({ layer: 'api-key', status: 403 });
    expect(String(failure)).toContain('IMAP_API_KEY');
    expect(inspect(failure) + JSON.stringify(failure)).not.toContain(KEY);
  });

  it('a bad or expired token is WrongCredentials of layer token', async () => {
    const { sim } = simulated();
    const failure = client({ baseUrl: sim.baseUrl, accessToken: 'expired-token' }).query(query);
    await expect(failure).rejects.toMatchObject({ code: 'credentials', layer: 'token', status: 401 });
  });

  it('a key that may only read is Forbidden', async () => {
    const { sim } = simulated();
    const imap = client({ baseUrl: sim.baseUrl, apiKey: sim.readOnlyApiKey, dataDir: folder() });
    expect((await imap.query(query)).length).toBeGreaterThan(0);
    const path = `${folder()}/imap_mag_l2_x_20260101_v001.0001.cdf`;
    const { writeFile } = await import('node:fs/promises');
    await writeFile(path, 'data');
    await expect(imap.upload(path)).rejects.toThrow(Forbidden);
    await expect(imap.upload(path)).rejects.toThrow(/read-only permissions/);
  });
});

describe('failures of the API (pitfall 26, 37)', () => {
  it.each<[number, string, unknown, RegExp]>([
    [400, '"x is not a valid query parameter"', RejectedError, /x is not a valid query parameter/],
    [400, '{"message":"too much data"}', RejectedError, /too much data/],
    [400, '{"error":"bad"}', RejectedError, /bad/],
    [400, 'plain words', RejectedError, /plain words/],
    [401, '{"message":"Unauthorized"}', WrongCredentials, /requires a login/],
    [403, '"No."', Forbidden, /No\..*API key or access token/],
    [403, '{"message":"Missing Authentication Token"}', NotFoundError, /older generation/],
    [404, '{"message":"Not Found"}', NotFoundError, /no such route/],
    [404, '404 Not Found', NotFoundError, /404/],
    [409, '{"error":"FileAlreadyExists","message":"The file exists."}', AlreadyExists, /The file exists/],
    [418, 'teapot', PageNotAccessible, /418/],
    [502, '{"message":"Internal server error"}', PageNotAccessible, /502.*Internal server error.*imap-sdc@lasp/],
  ])('%d %s (parity 4)', async (status, body, type, message) => {
    serve('get', `${BASE}/query`, () => new HttpResponse(body, { status, headers: { 'content-type': 'text/html' } }));
    const failure = await rejection(client().query(query));
    expect(failure).toBeInstanceOf(type);
    expect(failure).toMatchObject({ centre: 'imap', operation: 'imap.query', status, attempts: 1 });
    expect(String(failure)).toMatch(message);
  });

  it('HTML with status 200 is no answer (pitfall 4)', async () => {
    serve('get', `${BASE}/query`, () => HttpResponse.html('<html><title>Maintenance</title></html>'));
    await expect(client().query(query)).rejects.toThrow(UnexpectedResponse);
  });

  it('a connection that fails is a NetworkError (parity 4)', async () => {
    serve('get', `${BASE}/query`, () => HttpResponse.error());
    await expect(client().query(query)).rejects.toThrow(NetworkError);
  });

  it('calls are repeated on passing faults, with Retry-After, and on nothing else (pitfall 7)', async () => {
    const { sim } = simulated();
    sim.faults.add({ route: '/query', times: 1, fault: { kind: 'status', status: 429, retryAfter: 0 } });
    const imap = client({ baseUrl: sim.baseUrl, retries: 2 });
    expect((await imap.query(query)).length).toBeGreaterThan(0);
    expect(sim.requests).toHaveLength(2);
  });
});

describe('failures of downloads (pitfall 48)', () => {
  it('what is not released is Forbidden and says so; what is missing is RemoteFileNotFound', async () => {
    const { imap } = simulated({}, { dataDir: folder() });
    const hidden = imap.download('imap_mag_l2_norm-gse_20260106_v002.0001.cdf');
    await expect(hidden).rejects.toThrow(Forbidden);
    await expect(hidden).rejects.toThrow(/not released to the public.*IMAP_API_KEY/);
    const missing = imap.download('imap_mag_l2_norm-gse_20990101_v002.0001.cdf');
    await expect(missing).rejects.toThrow(RemoteFileNotFound);
    await expect(missing).rejects.toMatchObject({
      file: 'imap/mag/l2/2099/01/imap_mag_l2_norm-gse_20990101_v002.0001.cdf',
    });
    await expect(imap.download('imap_mag_l1a_norm-mago_20260105_v001.0001.json')).rejects.toThrow(/dependency/);
  });

  it('no signature of a presigned address is ever visible', async () => {
    serve('get', `${BASE}/download/*`, () =>
      HttpResponse.json(
        {},
        { status: 302, headers: { location: `${STORAGE}/k?X-Amz-Signature=deadbeefcafe&X-Amz-Credential=AKIAXYZ` } },
      ),
    );
    serve('get', `${STORAGE}/k`, () =>
      HttpResponse.xml('<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>', {
        status: 403,
      }),
    );
    const logged: unknown[] = [];
    const log = (...all: unknown[]): unknown => logged.push(all);
    const imap = client({ dataDir: folder(), logger: { debug: log, info: log, warn: log, error: log } });
    const failure = await rejection(imap.download('naif0012.tls'));
    expect(failure).toBeInstanceOf(Forbidden);
    expect(String(failure)).toContain('Request has expired');
    const visible = inspect(failure, { depth: 9 }) + JSON.stringify(failure) + inspect(logged, { depth: 9 });
    expect(visible).not.toMatch(/deadbeefcafe|AKIAXYZ/);
    expect(seen.filter(({ url }) => url.startsWith(STORAGE))).toHaveLength(2);
  });
});

it('an upload without a key, where only keys may, names the setting', async () => {
  const { sim } = simulated();
  const path = `${folder()}/imap_mag_l2_x_20260101_v001.0001.cdf`;
  const { writeFile } = await import('node:fs/promises');
  await writeFile(path, 'data');
  for (const options of [{}, { accessToken: sim.credentials.accessToken }]) {
    const failure = client({ baseUrl: sim.baseUrl, ...options }).upload(path);
    await expect(failure).rejects.toThrow(ConfigError);
    await expect(failure).rejects.toThrow(/apiKey or IMAP_API_KEY/);
  }
});
