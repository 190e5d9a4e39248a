import { HttpResponse } from 'msw';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AlreadyExists, TransferError, UnexpectedResponse, WaitTimeout } from '../../../src/errors.js';
import { generateImapInput, InvalidImapFileName, ProcessingInputCollection } from '../../../src/imap/index.js';
import { until } from '../../support/until.js';
import { BASE, client, expectNoSecrets, seen, serve, simulated, STORAGE, useServer } from './kit.js';

const { folder, files } = useServer();

/** A local file to be uploaded. */
const write = async (file: string, body = 'the bytes'): Promise<string> => {
  const path = join(folder(), file);
  await writeFile(path, body);
  return path;
};

const MAG = 'imap_mag_l2_norm-gse_20260105_v001.0002.cdf';
const MAG_PATH = `imap/mag/l2/2026/01/${MAG}`;

describe('downloads', () => {
  it.each([
    ['imap_mag_l1a_burst_20210101_v001.0001.cdf', 'imap/mag/l1a/2021/01/'],
    ['imap/mag/l1a/2021/01/imap_mag_l1a_burst_20210101_v001.0001.cdf', 'imap/mag/l1a/2021/01/'],
    ['anywhere/else/imap_mag_l1a_burst_20210101_v001.0001.cdf', 'imap/mag/l1a/2021/01/'],
    ['imap_mag_test_20210101_v001.csv', 'imap/ancillary/mag/'],
    ['imap_mag_test_20210101_20210102_v001.cdf', 'imap/ancillary/mag/'],
    ['imap_1000_100_1000_100_01.ap.bc', 'imap/spice/ck/'],
    ['ck/imap_1000_100_1000_100_01.ap.bc.bak', 'imap/spice/ck/'],
  ])('%s goes to its canonical path with one request (parity 5)', async (given, directory) => {
    const name = given.slice(given.lastIndexOf('/') + 1);
    serve('get', `${BASE}/download/*`, () => new HttpResponse('Mock file content'));
    const file = await client({ dataDir: folder() }).download(given);
    expect(file).toMatchObject({
      status: 'downloaded',
      bytes: 17,
      source: given,
      path: join(folder(), directory, name),
    });
    expect(file.sha256).toBe(createHash('sha256').update('Mock file content').digest('hex'));
    expect(await readFile(file.path, 'utf8')).toBe('Mock file content');
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${BASE}/download/${directory}${name}`]);
    expect(await files()).toEqual([directory + name]);
  });

  it('what is there already costs no request (parity 6)', async () => {
    const path = join(folder(), MAG_PATH);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'old');
    const imap = client({ dataDir: folder() });
    expect(await imap.download(MAG)).toMatchObject({ status: 'skipped', path, bytes: 3 });
    await expect(imap.download(MAG, { overwrite: 'error' })).rejects.toThrow(TransferError);
    expect(seen).toEqual([]);
  });

  it('the redirect to the storage carries no credential of any kind (pitfall 9, 10)', async () => {
    const { sim } = simulated();
    for (const options of [{ apiKey: sim.credentials.apiKey }, { accessToken: sim.credentials.accessToken }]) {
      const imap = client({ baseUrl: sim.baseUrl, dataDir: folder(), ...options });
      const file = await imap.download(MAG, { overwrite: 'replace' });
      expect(file.status).toBe('downloaded');
    }
    const stored = sim.requests.filter(({ service }) => service === 'storage');
    expect(stored).toHaveLength(2);
    expectNoSecrets(stored, Object.values(sim.credentials));
  });

  it('nor does it where API and storage share an origin', async () => {
    serve(
      'get',
      `${BASE}/api-key/download/*`,
      () => new HttpResponse(null, { status: 302, headers: { location: '/bucket?X-Amz-Signature=1' } }),
    );
    serve('get', `${BASE}/bucket`, () => new HttpResponse('bytes'));
    await client({ dataDir: folder(), apiKey: 'a-secret-key' }).download(MAG);
    expect(seen.map(({ headers }) => headers.get('x-api-key'))).toEqual(['a-secret-key', null]);
  });

  it('HTTPS is never left for HTTP, and an address must be one', async () => {
    let location: string | undefined = 'http://s3-test-bucket.com/k';
    serve(
      'get',
      `${BASE}/download/*`,
      () => new HttpResponse(null, { status: 302, headers: location === undefined ? {} : { location } }),
    );
    await expect(client({ dataDir: folder() }).download(MAG)).rejects.toThrow(UnexpectedResponse);
    location = undefined;
    await expect(client({ dataDir: folder() }).download(MAG)).rejects.toThrow(/with a storage address/);
    expect(await files()).toEqual([]);
  });

  it('the address in the body is used where the header is hidden', async () => {
    serve('get', `${BASE}/download/*`, () =>
      HttpResponse.json({ download_url: `${STORAGE}/k?X-Amz-Signature=1` }, { status: 302 }),
    );
    serve('get', `${STORAGE}/k`, () => new HttpResponse('bytes'));
    expect(await client({ dataDir: folder() }).download(MAG)).toMatchObject({ bytes: 5 });
  });

  it('an address that has expired is replaced by a fresh one (pitfall 46)', async () => {
    let given = 0;
    serve('get', `${BASE}/download/*`, () => {
      given += 1;
      return new HttpResponse(null, { status: 302, headers: { location: `${STORAGE}/k?X-Amz-Signature=${given}` } });
    });
    serve('get', `${STORAGE}/k`, ({ request }) =>
      request.url.endsWith('=1')
        ? new HttpResponse('<Error><Code>AccessDenied</Code></Error>', { status: 403 })
        : new HttpResponse('bytes'),
    );
    expect(await client({ dataDir: folder() }).download(MAG)).toMatchObject({ status: 'downloaded', bytes: 5 });
    expect(given).toBe(2);
  });

  it.each([
    '<!DOCTYPE html><html><title>Sign in</title>',
    '<?xml version="1.0"?><Error><Code>InternalError</Code></Error>',
    '{"message":"Internal Server Error"}',
  ])('status 200 with %s never becomes a file (pitfall 4)', async (body) => {
    serve('get', `${BASE}/download/*`, () => new HttpResponse(body));
    await expect(client({ dataDir: folder() }).download(MAG)).rejects.toThrow(TransferError);
    expect(await files()).toEqual([]);
  });

  it('the format is asked for on request (pitfall 4)', async () => {
    serve('get', `${BASE}/download/*`, () => new HttpResponse('no CDF'));
    const imap = client({ dataDir: folder() });
    await expect(imap.download(MAG, { checkFormat: true })).rejects.toThrow(/bytes 6e6f20434446/);
    expect(await imap.download(MAG)).toMatchObject({ status: 'downloaded' });
  });

  it('a body whose digest is not the ETag’s is refused (pitfall 5)', async () => {
    const etag = `"${createHash('md5').update('right').digest('hex')}"`;
    let headers: Record<string, string> = { etag, 'x-amz-request-id': '1' };
    serve('get', `${BASE}/download/*`, () => new HttpResponse('wrong', { headers }));
    const imap = client({ dataDir: folder() });
    await expect(imap.download(MAG)).rejects.toThrow(/md5 digest/);
    expect(await files()).toEqual([]);
    headers = { ...headers, 'x-amz-server-side-encryption': 'aws:kms' };
    expect(await imap.download(MAG)).toMatchObject({ status: 'downloaded' });
    headers = { etag: `"${'a'.repeat(32)}-3"`, 'x-amz-request-id': '1' };
    expect(await imap.download(MAG, { overwrite: 'replace' })).toMatchObject({ status: 'downloaded' });
  });

  it('names are escaped part by part (pitfall 20)', async () => {
    serve('get', `${BASE}/download/*`, () => new HttpResponse('x'));
    const file = await client({ dataDir: folder() }).download('imap_mag_l1a_a.b%20c#d?_20210101_v001.0001.cdf');
    expect(seen[0]?.url).toBe(
      `${BASE}/download/imap/mag/l1a/2021/01/imap_mag_l1a_a.b%2520c%23d%3F_20210101_v001.0001.cdf`,
    );
    expect(file.path.endsWith('imap_mag_l1a_a.b%20c#d?_20210101_v001.0001.cdf')).toBe(true);
  });

  it.each(['bytes 1-8/9', 'bytes 0-7/9', 'nonsense'])(
    'a stream of a part that nobody asked for is refused: %s',
    async (range) => {
      const body = 'Mock file content'.slice(0, 8);
      serve(
        'get',
        `${BASE}/download/*`,
        () => new HttpResponse(body, { status: 206, headers: { 'content-range': range } }),
      );
      await expect(client().open(MAG)).rejects.toBeInstanceOf(UnexpectedResponse);
    },
  );

  it('names of no class and things that are no file are refused before any request', async () => {
    const imap = client({ dataDir: folder() });
    await expect(imap.download('test.txt')).rejects.toThrow(InvalidImapFileName);
    await expect(imap.download(7 as unknown as string)).rejects.toThrow(TypeError);
    await expect(imap.download({ filePath: '../x' } as never)).rejects.toThrow(TypeError);
    expect(() => imap.downloadAll(['test.txt'])).toThrow(InvalidImapFileName);
    expect(() => imap.downloadAll([MAG], { concurrency: 0 })).toThrow(/^imap\.downloadAll: concurrency/u);
    expect(seen).toEqual([]);
  });

  it('rows go where the server says, their names where ours belong', async () => {
    serve('get', `${BASE}/download/*`, () => new HttpResponse('x'));
    const imap = client({ dataDir: folder() });
    await imap.download({ filePath: 'spice/ck/imap_2025_118_2025_120_009.ah.bc' } as never);
    await imap.download({ filePath: 'packets/raw/apid_1068:1.bin' } as never);
    expect(seen.map(({ url }) => url.slice(BASE.length))).toEqual([
      '/download/spice/ck/imap_2025_118_2025_120_009.ah.bc',
      '/download/packets/raw/apid_1068%3A1.bin',
    ]);
    expect(await files()).toEqual(['imap/spice/ck/imap_2025_118_2025_120_009.ah.bc', 'packets/raw/apid_1068_1.bin']);
  });

  it('a folder of one’s own is flat', async () => {
    serve('get', `${BASE}/download/*`, () => new HttpResponse('x'));
    const file = await client().download(MAG, { directory: pathToFileURL(folder()) });
    expect(file.path).toBe(join(folder(), MAG));
  });
});

describe('many downloads', () => {
  it('each file once, one result each; a failed one is an element on request (pitfall 28)', async () => {
    const { imap } = simulated({}, { dataDir: folder() });
    const rows = await imap.query({ instrument: 'mag', dataLevel: 'l2', version: 'latest' });
    const wanted = [...rows, MAG, 'imap_mag_l2_norm-gse_20990101_v001.0001.cdf'];
    const results = await imap.downloadAll(wanted, { onFailure: 'yield', concurrency: 2 }).toArray();
    expect(results.map(({ status }) => status).sort()).toEqual(['downloaded', 'downloaded', 'downloaded', 'failed']);
    expect(results.find(({ status }) => status === 'failed')).toMatchObject({ error: { code: 'not-found' } });
    await expect(imap.downloadAll(wanted).toArray()).rejects.toMatchObject({ code: 'not-found' });
    expect(await files()).toHaveLength(3);
  });

  it.each<[string, { kind: 'html' } | { kind: 'status'; status: number } | { kind: 'range'; mode: '416' }, string]>([
    ['a page of maintenance', { kind: 'html' }, 'GET /*'],
    ['nothing at all', { kind: 'status', status: 200 }, 'GET /*'],
    ['a refusal of the range that is not of the storage', { kind: 'range', mode: '416' }, 'GET */download/*'],
  ])('verify says nothing of a file when the answer is %s', async (_what, fault, route) => {
    const { sim, imap } = simulated({}, { dataDir: folder() });
    const name = 'imap_mag_l2_norm-gse_20260105_v001.0002.cdf';
    const { path } = await imap.download(name);
    const original = await readFile(path);
    sim.faults.add({ route, times: Infinity, fault });
    await expect(imap.verify(name)).rejects.toMatchObject({ code: 'unexpected-response', operation: 'imap.verify' });
    await expect(imap.download(name, { verify: true })).rejects.toMatchObject({ code: 'unexpected-response' });
    expect(await readFile(path)).toEqual(original);
  });

  it('verify takes the length of an archive that knows no ranges', async () => {
    const { sim, imap } = simulated({}, { dataDir: folder() });
    const name = 'imap_mag_l2_norm-gse_20260105_v001.0002.cdf';
    const { bytes } = await imap.download(name);
    sim.faults.add({ route: 'GET /sds-data*', times: Infinity, fault: { kind: 'range', mode: 'ignore' } });
    expect(await imap.verify(name)).toMatchObject({ status: 'same', digest: true, remoteBytes: bytes });
  });

  it('verify compares with the archive and fetches again what differs (pitfall 3)', async () => {
    const { sim, imap } = simulated({}, { dataDir: folder() });
    const names = ['20260105', '20260106', '20260107'].map((day) => `imap_mag_l2_norm-gse_${day}_v001.0002.cdf`);
    const paths = (await imap.downloadAll(names).toArray()).map(({ path }) => path).sort();
    const original = await readFile(paths[1] ?? '');
    await writeFile(paths[0] ?? '', 'short');
    await writeFile(paths[1] ?? '', Buffer.alloc(original.length, 7));
    const checks = await Promise.all(
      [...names, 'imap_swe_l2_sci_20260105_v001.0002.cdf'].map((name) => imap.verify(name)),
    );
    expect(checks.map(({ status, digest }) => [status, digest])).toEqual([
      ['different', false],
      ['different', true],
      ['same', true],
      ['missing', false],
    ]);
    expect(checks[0]?.reason).toMatch(/5 bytes here, \d+ in the archive/);
    const before = sim.requests.length;
    expect((await imap.downloadAll(names).toArray()).every(({ status }) => status === 'skipped')).toBe(true);
    expect(sim.requests).toHaveLength(before);
    const done: number[] = [];
    const again = await imap
      .downloadAll([...names, 'imap_mag_l2_norm-gse_20990101_v001.0001.cdf'], {
        verify: true,
        onFailure: 'yield',
        onProgress: ({ filesDone }) => done.push(filesDone),
      })
      .toArray();
    expect(again.map(({ status }) => status).sort()).toEqual(['downloaded', 'downloaded', 'failed', 'skipped']);
    expect(await readFile(paths[1] ?? '')).toEqual(original);
    expect(Math.max(...done)).toBeGreaterThanOrEqual(3);
    expect(await imap.download(names[0] ?? '', { verify: true })).toMatchObject({ status: 'skipped' });
  });

  it('opens a file as a stream', async () => {
    const { imap } = simulated();
    const opened = await imap.open(MAG);
    expect(opened).toMatchObject({ name: MAG });
    const bytes = new Uint8Array(await new Response(opened.stream).arrayBuffer());
    expect(bytes.byteLength).toBe(opened.bytes);
    expect(opened.url).toContain('Signature=***');
  });
});

it('all files of a collection of inputs arrive in the layout of the archive (parity 51)', async () => {
  const { imap } = simulated({}, { dataDir: folder() });
  const inputs = new ProcessingInputCollection(generateImapInput(MAG), generateImapInput('naif0012.tls'));
  const made = await inputs.downloadAllFiles(imap).toArray();
  expect(made.map(({ path }) => path).sort()).toEqual(inputs.getFilePaths({}, imap.dataDir).sort());
  expect(await files()).toEqual([MAG_PATH, 'imap/spice/lsk/naif0012.tls'].sort());
});

describe('uploads', () => {
  const name = 'imap_swe_l1a_sci_20260201_v001.0001.cdf';
  it.each([
    ['no credential', {}, '', {}],
    ['a key', { apiKey: 'test-api-key' }, '/api-key', { 'x-api-key': 'test-api-key' }],
    ['a token', { accessToken: 'test-token' }, '/authorized', { authorization: 'Bearer test-token' }],
    ['both', { apiKey: 'test-api-key', accessToken: 'test-token' }, '/api-key', { 'x-api-key': 'test-api-key' }],
  ])(
    'with %s: one question, one PUT without credential (parity 17, 19; pitfall 10, 47)',
    async (_what, options, prefix, headers) => {
      for (const asUrl of [false, true]) {
        seen.length = 0;
        serve('get', `${BASE}${prefix}/upload/test-file.txt`, () => HttpResponse.json(STORAGE));
        serve('put', `${STORAGE}/`, () => new HttpResponse(null, { status: 200 }));
        const path = await write('test-file.txt');
        const result = await client(options).upload(asUrl ? pathToFileURL(path) : path);
        expect(result).toEqual({ name: 'test-file.txt', bytes: 9, status: 'uploaded' });
        expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
          `GET ${BASE}${prefix}/upload/test-file.txt`,
          `PUT ${STORAGE}/`,
        ]);
        for (const [header, value] of Object.entries(headers)) expect(seen[0]?.headers.get(header)).toBe(value);
        expectNoSecrets(seen.slice(1), ['test-api-key', 'test-token']);
        expect(seen[1]?.headers.get('content-length')).toBe('9');
        expect(seen[1]?.headers.get('content-type')).toBeNull();
        expect(seen[1]?.headers.get('transfer-encoding')).toBeNull();
        expect(seen[1]?.text).toBe('the bytes');
      }
    },
  );

  it('what cannot be uploaded is refused before any request (parity 16, 18)', async () => {
    const imap = client();
    await expect(imap.upload(await write('imap_swe_l1a_sci_20260201_v001.cdf'))).rejects.toThrow(
      /Invalid science file/,
    );
    await expect(imap.upload(join(folder(), name))).rejects.toThrow(TypeError);
    await expect(imap.upload(folder())).rejects.toThrow(TypeError);
    await expect(imap.upload(await write('empty.txt', ''))).rejects.toThrow(RangeError);
    expect(seen).toEqual([]);
  });

  it('the file is found again; a second one of that name is AlreadyExists (pitfall 34)', async () => {
    const { sim } = simulated();
    const imap = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
    const path = await write(name);
    expect(await imap.upload(path)).toMatchObject({ status: 'uploaded' });
    expect((await imap.query({ filePath: name })).map(({ version }) => version)).toEqual(['v001.0001']);
    await expect(imap.upload(path)).rejects.toThrow(AlreadyExists);
    expect(await imap.upload(path, { existing: 'accept-identical' })).toMatchObject({ status: 'exists' });
    await write(name, 'other bits');
    await expect(imap.upload(path, { existing: 'accept-identical' })).rejects.toThrow(AlreadyExists);
    expect(new TextDecoder().decode(sim.read(`imap/swe/l1a/2026/02/${name}`))).toBe('the bytes');
  });

  it('names are escaped (pitfall 20)', async () => {
    serve('get', `${BASE}/upload/*`, () => HttpResponse.json(STORAGE));
    serve('put', `${STORAGE}/`, () => new HttpResponse(null));
    await client().upload(await write('a#b?c%d.txt'));
    expect(seen[0]?.url).toBe(`${BASE}/upload/a%23b%3Fc%25d.txt`);
  });

  it('503 SlowDown asks for a fresh address for every attempt (pitfall 7)', async () => {
    const { sim } = simulated();
    sim.slowDown(2, 'PUT');
    const imap = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey, retries: 2 });
    await imap.upload(await write(name));
    expect(sim.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'GET 200',
      'PUT 503',
      'GET 200',
      'PUT 503',
      'GET 200',
      'PUT 200',
    ]);
    sim.slowDown(9, 'PUT');
    await expect(imap.upload(await write('imap_swe_l1a_sci_20260202_v001.0001.cdf'))).rejects.toMatchObject({
      status: 503,
      retryable: true,
    });
  });

  it('when an attempt may have arrived, the archive is asked, and nothing is sent twice', async () => {
    const { sim } = simulated();
    const imap = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey, retries: 2 });
    const path = await write(name);
    const stored = 'the bytes';
    sim.faults.add({ route: 'PUT /*', fault: { kind: 'reset' } });
    sim.faults.add({ route: 'PUT /*', fault: { kind: 'status', status: 500 } });
    const counted = sim.requests;
    const uploading = imap.upload(path);
    // Someone (our own first attempt, whose answer was lost) has stored the file meanwhile.
    await until(() => counted.some(({ method }) => method === 'PUT'));
    sim.addFile({ name, body: stored });
    expect(await uploading).toMatchObject({ status: 'uploaded' });
    expect(counted.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('headers that are signed are sent, no others (pitfall 46, 47)', async () => {
    const { sim } = simulated({ signedHeaders: { 'x-amz-tagging': '' } });
    const imap = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
    await imap.upload(await write(name));
    await imap.upload(await write('imap_glows_exclude_20240310_v002.csv'), { manuallyReprocessed: true });
    const puts = sim.requests.filter(({ method }) => method === 'PUT');
    expect(puts.map(({ headers }) => headers.get('x-amz-tagging'))).toEqual(['', 'manually_reprocessed=true']);
    serve('get', `${BASE}/upload/*`, ({ request }) =>
      HttpResponse.json(
        request.url.endsWith('marked.txt?manually_reprocessed=true')
          ? `${STORAGE}/?X-Amz-SignedHeaders=content-md5%3Bcontent-type%3Bhost%3Bif-none-match%3Bx-amz-content-sha256%3Bx-amz-meta-a%3Bx-amz-tagging&x-amz-meta-a=b`
          : `${STORAGE}/?X-Amz-SignedHeaders=host%3Bx-amz-moon`,
      ),
    );
    serve('put', `${STORAGE}/`, () => new HttpResponse(null));
    await client().upload(await write('marked.txt'), { manuallyReprocessed: true });
    const { headers } = seen.at(-1) ?? { headers: new Headers() };
    expect(
      Object.fromEntries(
        ['content-md5', 'content-type', 'if-none-match', 'x-amz-content-sha256', 'x-amz-meta-a', 'x-amz-tagging'].map(
          (one) => [one, headers.get(one)],
        ),
      ),
    ).toEqual({
      'content-md5': createHash('md5').update('the bytes').digest('base64'),
      'content-type': 'application/octet-stream',
      'if-none-match': '*',
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-amz-meta-a': 'b',
      'x-amz-tagging': 'manually_reprocessed=true',
    });
    await expect(client().upload(await write('moon.txt'))).rejects.toThrow(/signs the header "x-amz-moon"/);
  });

  it('a 307 of a new bucket is followed with method and body (parity 3)', async () => {
    serve('get', `${BASE}/api-key/upload/*`, () => HttpResponse.json(`${STORAGE}/a`));
    serve(
      'put',
      `${STORAGE}/a`,
      () => new HttpResponse(null, { status: 307, headers: { location: 'https://s3.region.test/b' } }),
    );
    serve('put', 'https://s3.region.test/b', () => new HttpResponse(null));
    await client({ apiKey: 'test-api-key' }).upload(await write('x.txt'));
    expect(seen.map(({ method, url, text }) => [method, url, text])).toEqual([
      ['GET', `${BASE}/api-key/upload/x.txt`, ''],
      ['PUT', `${STORAGE}/a`, 'the bytes'],
      ['PUT', 'https://s3.region.test/b', 'the bytes'],
    ]);
    expectNoSecrets(seen.slice(1), ['test-api-key']);
  });

  it('after a 307 the headers are those that the next address signs, and its receipt is compared', async () => {
    serve('get', `${BASE}/upload/*`, () =>
      HttpResponse.json(`${STORAGE}/a?X-Amz-Signature=1&X-Amz-SignedHeaders=content-type%3Bhost`),
    );
    const region = 'https://s3.region.test/b?X-Amz-Signature=2&X-Amz-SignedHeaders=host%3Bx-amz-tagging';
    serve('put', `${STORAGE}/a`, () => new HttpResponse(null, { status: 307, headers: { location: region } }));
    const etags = [`"${createHash('md5').update('the bytes').digest('hex')}"`, `"${'0'.repeat(32)}"`];
    serve('put', 'https://s3.region.test/b', () => new HttpResponse(null, { headers: { etag: etags.shift() ?? '' } }));
    await client().upload(await write('x.txt'), { manuallyReprocessed: true });
    const sent = seen.map(({ headers }) => [headers.get('content-type'), headers.get('x-amz-tagging')]);
    expect(sent.slice(1)).toEqual([
      ['application/octet-stream', null],
      [null, 'manually_reprocessed=true'],
    ]);
    await expect(client().upload(await write('x.txt'))).rejects.toThrow(/different bytes than were sent/);
  });

  it.each([301, 302, 303])('a storage that answers %i took nothing, and says so', async (status) => {
    serve('get', `${BASE}/upload/*`, () => HttpResponse.json(`${STORAGE}/a`));
    serve('put', `${STORAGE}/a`, () => new HttpResponse(null, { status, headers: { location: `${STORAGE}/done` } }));
    serve('get', `${STORAGE}/done`, () => new HttpResponse('all is well', { headers: { etag: '"1"' } }));
    const upload = client({ retries: 3 }).upload(await write('x.txt'));
    await expect(upload).rejects.toThrow(new RegExp(`redirects the upload with ${status}`, 'u'));
    await expect(upload).rejects.toBeInstanceOf(UnexpectedResponse);
    expect(seen.map(({ method }) => method)).toEqual(['GET', 'PUT']);
  });

  it('a storage that holds other bytes than were sent is told (pitfall 5)', async () => {
    serve('get', `${BASE}/upload/*`, () => HttpResponse.json(`${STORAGE}/a?X-Amz-Signature=1`));
    serve(
      'put',
      `${STORAGE}/a`,
      () => new HttpResponse(null, { headers: { etag: `"${'0'.repeat(32)}"`, 'x-amz-request-id': '1' } }),
    );
    await expect(client().upload(await write('x.txt'))).rejects.toThrow(/different bytes than were sent/);
  });

  it('a refused address is asked for anew once, and then refused for good (pitfall 46)', async () => {
    serve('get', `${BASE}/upload/*`, () => HttpResponse.json(`${STORAGE}/a`));
    serve('put', `${STORAGE}/a`, () =>
      HttpResponse.xml('<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>', { status: 403 }),
    );
    await expect(client({ retries: 3 }).upload(await write('x.txt'))).rejects.toThrow(/SignatureDoesNotMatch/);
    expect(seen.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });

  it.each(['not an address', 'ftp://x', 'http://s3-test-bucket.com/k', 7])(
    'an answer of %o is no address',
    async (answer) => {
      serve('get', `${BASE}/upload/*`, () => HttpResponse.json(answer as string));
      await expect(client().upload(await write('x.txt'))).rejects.toThrow(UnexpectedResponse);
    },
  );

  it('waits until the file is listed, on request (pitfall 44)', async () => {
    const { sim } = simulated({ indexingDelayMs: 5_000, clock: { perRequestMs: 1_000 } });
    const imap = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
    const wait = { waitUntilIndexed: true, pollIntervalMs: 1 } as const;
    for (const file of [
      name,
      'imap_mag_l1b-cal_20260101_v009.csv',
      'naif0099.tls',
      'imap_mag_l1a_x_20260105_v001.0001.json',
      'imap_swe_l1b_sci_20260105_v001.0009.jpg',
    ]) {
      await imap.upload(await write(file), wait);
      expect(sim.requests.at(-1)?.path).toMatch(/query$|download/);
    }
    const slow = simulated({ indexingDelayMs: 1e9 });
    const waiting = client({ baseUrl: slow.sim.baseUrl, apiKey: slow.sim.credentials.apiKey });
    await expect(waiting.upload(await write(name), { ...wait, deadlineMs: 20 })).rejects.toMatchObject({
      code: 'wait-timeout',
    });
  });
});

describe('objects that are stored with a content coding', () => {
  const text = 'a,b\n1,2\n'.repeat(500);
  const stored = gzipSync(text);
  const csv = 'imap_mag_test_20210101_v001.csv';

  function coded(): void {
    serve(
      'get',
      `${BASE}/download/*`,
      () => new HttpResponse(null, { status: 302, headers: { location: `${STORAGE}/k?X-Amz-Signature=a` } }),
    );
    serve('get', `${STORAGE}/k`, ({ request }) => {
      const partial = request.headers.get('range') === 'bytes=0-0';
      return new HttpResponse(partial ? stored.subarray(0, 1) : stored, {
        status: partial ? 206 : 200,
        headers: {
          'content-encoding': 'gzip',
          'content-type': 'text/csv',
          'x-amz-request-id': '1',
          etag: `"${createHash('md5').update(stored).digest('hex')}"`,
          ...(partial && { 'content-range': `bytes 0-0/${stored.byteLength}` }),
        },
      });
    });
  }

  it('are decoded; digest and length of the coded bytes are compared with nothing', async () => {
    coded();
    const imap = client({ dataDir: folder() });
    const { bytes, path } = await imap.download(csv);
    expect(bytes).toBe(text.length);
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(await imap.verify(csv)).toEqual({
      path,
      status: 'same',
      digest: true,
      bytes: text.length,
      remoteBytes: text.length,
    });
    expect(await imap.download(csv, { verify: true })).toMatchObject({ status: 'skipped' });
    expect(await imap.download(csv, { overwrite: 'update' })).toMatchObject({ bytes: text.length });
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('are compared by their content: a spoiled copy is found and replaced', async () => {
    coded();
    const imap = client({ dataDir: folder() });
    const { path } = await imap.download(csv);
    await writeFile(path, text.replace('1,2', '1,3'));
    expect(await imap.verify(csv)).toMatchObject({ status: 'different', digest: true });
    await imap.download(csv, { verify: true });
    expect(await readFile(path, 'utf8')).toBe(text);
    await writeFile(path, 'short');
    expect(await imap.verify(csv)).toMatchObject({ status: 'different', bytes: 5, remoteBytes: text.length });
  });
});

describe('messages of the API under the name of a JSON file', () => {
  const json = 'imap_mag_l1a_test_20210101_v001.0001.json';

  it.each([
    '{"message": "Service Unavailable"}',
    '{"download_url": "https://x"}',
    '{"error":"no","message":"busy"}',
    '"File not found"',
  ])('%s is never stored', async (body) => {
    serve('get', `${BASE}/download/*`, () => HttpResponse.text(body));
    await expect(client({ dataDir: folder() }).download(json)).rejects.toMatchObject({ code: 'transfer' });
    expect(await files()).toEqual([]);
  });

  it('a file that is JSON itself is', async () => {
    serve('get', `${BASE}/download/*`, () => HttpResponse.text('[{"type": "science", "files": []}]'));
    await client({ dataDir: folder() }).download(json);
    expect(await files()).toHaveLength(1);
  });
});

describe('files that lie elsewhere', () => {
  it('kernels of the server of 2024, by name and by path', async () => {
    for (const asked of ['spice/lsk/naif0012.tls', 'naif0012.tls', 'spice/spk/de440s.bsp']) {
      const { sim } = simulated({
        generation: '2024',
        data: { files: [{ name: 'naif0012.tls' }, { name: 'de440s.bsp' }] },
      });
      const imap = client({ baseUrl: sim.baseUrl, dataDir: folder() });
      expect(await imap.download(asked, { overwrite: 'replace' })).toMatchObject({ status: 'downloaded' });
    }
    expect(await files()).toEqual(['imap/spice/lsk/naif0012.tls', 'spice/spk/de440s.bsp']);
  });

  it('of an instrument that this version does not know, by its whole path', async () => {
    const file = 'imap_newinst_l4_x_20260101_v001.0001.cdf';
    const words = { instruments: ['newinst'], dataLevels: ['l4'] };
    const { imap } = simulated({ words, data: { files: [{ name: file, released: true }] } }, { dataDir: folder() });
    await imap.download(`imap/newinst/l4/2026/01/${file}`);
    expect(await files()).toEqual([`imap/newinst/l4/2026/01/${file}`]);
    expect(await imap.query({ filePath: `/imap/newinst/l4/2026/01/${file}` })).toHaveLength(1);
    await expect(imap.download(file)).rejects.toThrow(TypeError);
  });

  it('of I-ALiRT: the words name the other service', async () => {
    serve('get', `${BASE}/download/*`, () => HttpResponse.json('File not found', { status: 404 }));
    await expect(client().download('imap_ialirt_l1_realtime_20260101_v001.cdf')).rejects.toThrow(/ialirt-data-access/);
    await expect(client().download('imap_ialirt_realtime.nc')).rejects.toThrow(/ialirt-data-access/);
  });
});

describe('what an upload says when it is not all well', () => {
  it('at the deadline: that the file was uploaded, and which is not listed', async () => {
    const { sim } = simulated({ indexingDelayMs: 3_600_000 });
    const imap = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
    const options = { waitUntilIndexed: true, deadlineMs: 30, pollIntervalMs: 5 } as const;
    const failure = imap.upload(await write('imap_mag_wait_20240401_v001.csv'), options);
    await expect(failure).rejects.toThrow(/imap_mag_wait_20240401_v001.csv was uploaded, but is not listed/);
    await expect(failure).rejects.toBeInstanceOf(WaitTimeout);
  });

  it('accept-identical: that the content differs, or why it cannot be compared', async () => {
    const { sim } = simulated({ stage: 'dev' });
    const keyed = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
    const accept = { existing: 'accept-identical' } as const;
    sim.addFile({ name: 'imap_mag_one_20240401_v001.csv', body: 'other bytes' });
    const path = await write('imap_mag_one_20240401_v001.csv');
    await expect(keyed.upload(path, accept)).rejects.toMatchObject({
      code: 'exists',
      message: expect.stringMatching(/differs from the local file/),
    });
    const cdf = await write('imap_mag_l1a_one_20240401_v001.0001.cdf');
    sim.addFile({ name: 'imap_mag_l1a_one_20240401_v001.0001.cdf', body: 'the bytes' });
    await expect(client({ baseUrl: sim.baseUrl }).upload(cdf, accept)).rejects.toMatchObject({
      code: 'exists',
      message: expect.stringMatching(/cannot be compared without apiKey/),
    });
  });

  it('reprocess without an API key names it', async () => {
    const { sim } = simulated();
    const days = { startDate: '20240101', endDate: '20240102' };
    for (const more of [{}, { accessToken: sim.credentials.accessToken }])
      await expect(client({ baseUrl: sim.baseUrl, ...more }).reprocess(days)).rejects.toThrow(/apiKey or IMAP_API_KEY/);
  });
});

describe('what is there already, with overwrite: update', () => {
  it('is kept where the archive tells the same digest, and replaced where it differs', async () => {
    const { sim } = simulated();
    const imap = client({ baseUrl: sim.baseUrl, dataDir: folder(), apiKey: sim.credentials.apiKey });
    const first = await imap.download(MAG);
    expect(await imap.download(MAG, { overwrite: 'update' })).toMatchObject({ status: 'skipped' });
    await writeFile(first.path, 'x'.repeat(first.bytes));
    expect(await imap.download(MAG, { overwrite: 'update' })).toMatchObject({
      status: 'updated',
      sha256: first.sha256,
    });
    expect(await imap.verify(MAG)).toMatchObject({ status: 'same', digest: true });
  });
});

it('progress of verified downloads counts all files, as that of others does', async () => {
  const { sim } = simulated();
  const totals = new Set<unknown>();
  const imap = client({ baseUrl: sim.baseUrl, dataDir: folder(), apiKey: sim.credentials.apiKey });
  const onProgress = ({ filesTotal }: { filesTotal?: number }): void => void totals.add(filesTotal);
  await imap.downloadAll([MAG, 'naif0012.tls'], { verify: true, onProgress }).toArray();
  expect([...totals]).toEqual([2]);
});
