import type { RequestListener } from 'node:http';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TransferError } from '../../../src/errors.js';
import { ImapClient } from '../../../src/imap/index.js';
import { HmiClient } from '../../../src/hmi/index.js';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { zipCheck } from '../../../src/core/transfer/body/checks.js';
import type { TransferRequest } from '../../../src/core/transfer/types.js';
import { makeZip } from '../../../src/testing/kit/zip.js';
import { rejection } from '../../support/rejection.js';
import { serve, type ScriptedServer } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { bodyOf, client, file, namesIn, sha256, wanted } from './harness.js';
import { runs } from '../../support/full.js';

const FORMATS = join(import.meta.dirname, '../../fixtures/formats');
const cdf = readFileSync(join(FORMATS, 'times_a.cdf'));
const packets = readFileSync(join(FORMATS, 'imap_codice_l0_lo-pha_20240429_v001.pkts'));
const zip = Buffer.from(makeZip([{ name: 'a.nc', data: bodyOf(5000) }]));
const fits = Buffer.concat([
  Buffer.from(
    ['SIMPLE  =                    T', 'BITPIX  = 8', 'NAXIS   = 1', 'NAXIS1  = 8640', 'END']
      .map((card) => card.padEnd(80))
      .join('')
      .padEnd(2880),
  ),
  Buffer.alloc(8640, 7),
]);

/** Sends a body that only the end of the connection ends. */
function unbounded(body: Uint8Array, headers: readonly string[] = [], version = '1.0'): RequestListener {
  return (_request, response) => {
    const head = [`HTTP/${version} 200 OK`, 'Connection: close', ...headers, '', ''].join('\r\n');
    response.socket?.write(head);
    response.socket?.end(body);
  };
}

let server: ScriptedServer;
let dir: string;
const ends: (() => unknown)[] = [];
beforeEach(async () => {
  server = await serve();
  dir = tempDir();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function fetchIt(extra: Partial<TransferRequest<string>> = {}, options: Parameters<typeof client>[1] = {}) {
  const { op, transport } = client(server.url, options);
  ends.push(() => transport.close());
  return downloadOne(op, wanted(dir, 'data', extra));
}

describe('a body that only the end of the connection ends', () => {
  it.each([
    ['CDF', cdf, {}],
    ['netCDF classic', readFileSync(join(FORMATS, 'cdf2_a.nc')), {}],
    ['netCDF-4', readFileSync(join(FORMATS, 'nc4_types_a.nc')), {}],
    ['a zip archive', zip, { check: zipCheck }],
  ])('is placed when its format says that it is whole: %s', async (_what, body, extra) => {
    for (const version of ['1.0', '1.1']) {
      server.script(unbounded(body, [], version));
      expect(await fetchIt({ ...extra, name: `data ${version}` })).toMatchObject({ sha256: sha256(body) });
    }
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: body.length - 1 }), async (length) => {
        server.script(unbounded(body.subarray(0, length)));
        const error = await rejection(fetchIt({ ...extra, name: 'cut' }));
        expect(error).toBeInstanceOf(TransferError);
        expect(namesIn(dir)).toEqual(['data 1.0', 'data 1.1']);
      }),
      { numRuns: runs(12), examples: [[0], [body.length - 1]] },
    );
  });

  it.each([
    ['is empty', Buffer.alloc(0)],
    ['is of no format that tells', Buffer.from('time,value\n1,2\n')],
  ])('is refused when it %s', async (_what, body) => {
    server.script(unbounded(body));
    expect(await rejection(fetchIt())).toMatchObject({ code: 'transfer', retryable: true });
    expect(namesIn(dir)).toEqual([]);
  });

  it('is placed, whatever it is, when its digest is known and fits', async () => {
    const body = bodyOf(5000);
    server.script(unbounded(body));
    expect(await fetchIt({ expected: { sha256: sha256(body) } })).toMatchObject({ bytes: 5000 });
    server.script(unbounded(body.subarray(0, 4000)), unbounded(body));
    const again = { name: 'other', expected: { sha256: sha256(body) } };
    expect(await fetchIt(again, { retries: 1 })).toMatchObject({ bytes: 5000 });
  });

  it('is asked for again within the call, with its rest where that can be had', async () => {
    server.script(unbounded(cdf.subarray(0, 1000)), unbounded(cdf));
    expect(await fetchIt({}, { retries: 1 })).toMatchObject({ sha256: sha256(cdf) });
    server.script(unbounded(cdf.subarray(0, 1000), ['ETag: "one"']), file(cdf));
    expect(await fetchIt({ name: 'again' }, { retries: 1 })).toMatchObject({ sha256: sha256(cdf) });
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([
      undefined,
      undefined,
      undefined,
      'bytes=1000-',
    ]);
  });

  it('and came in gzip is judged by what was packed', async () => {
    const zipped = ['Content-Encoding: gzip'];
    server.script(unbounded(gzipSync(cdf), zipped));
    expect(await fetchIt()).toMatchObject({ sha256: sha256(cdf) });
    server.script(unbounded(gzipSync(cdf.subarray(0, 2000)), zipped));
    expect(await rejection(fetchIt({ name: 'cut' }))).toMatchObject({ code: 'transfer', retryable: true });
    // A length of what was packed says nothing of how much that was.
    const packed = gzipSync(cdf.subarray(0, 2000));
    server.script(unbounded(packed, [...zipped, `Content-Length: ${packed.length}`]));
    expect(await rejection(fetchIt({ name: 'cut' }))).toMatchObject({ code: 'transfer', retryable: true });
    expect(namesIn(dir)).toEqual(['data']);
  });

  it('and one that came in chunks are told apart: the last chunk is the end', async () => {
    const body = bodyOf(5000);
    server.script(file(body, { chunked: true, etag: undefined }));
    expect(await fetchIt()).toMatchObject({ bytes: 5000 });
    server.script(file(body, { chunked: true, cutAfter: 3000, etag: undefined }));
    expect(await rejection(fetchIt({ name: 'cut' }))).toMatchObject({ code: 'transfer' });
    expect(namesIn(dir)).toEqual(['data']);
  });
});

describe('in the rooms, without a length', () => {
  const CDF = 'imap_mag_l1a_norm-mago_20260105_v001.0001.cdf';
  const PACKETS = 'imap_swapi_l0_raw_20260105_v001.0001.pkts';
  const DOCUMENT = 'imap_mag_some-limits_20260105_v001.json';
  const json = Buffer.from('{"a": [1, 2], "b": "}"}');

  const imap = (fetch?: typeof globalThis.fetch): ImapClient => {
    const made = new ImapClient({
      baseUrl: server.url,
      apiKey: 'k',
      dataDir: dir,
      retries: 0,
      ...(fetch && { fetch }),
    });
    ends.push(() => made.close());
    return made;
  };
  const hmi = (): HmiClient => {
    const made = new HmiClient({ baseUrl: server.url, retries: 0 });
    ends.push(() => made.close());
    return made;
  };
  const read = async ({ stream }: { stream: ReadableStream<Uint8Array> }): Promise<Buffer> =>
    Buffer.from(await new Response(stream).arrayBuffer());

  it.each([
    [CDF, cdf],
    [PACKETS, packets],
    [DOCUMENT, json],
  ])('IMAP takes %s when it is whole, and refuses it when it was cut', async (name, body) => {
    for (const fetch of name === CDF ? [undefined, globalThis.fetch] : [undefined]) {
      const client = imap(fetch);
      server.script(unbounded(body.subarray(0, -3)));
      expect(await rejection(client.download(name, { overwrite: 'replace' }))).toMatchObject({
        code: 'transfer',
        retryable: true,
      });
      expect(await rejection(client.open(name).then(read))).toMatchObject({ code: 'transfer', retryable: true });
      server.script(unbounded(body));
      expect(await client.download(name, { overwrite: 'replace' })).toMatchObject({ sha256: sha256(body) });
      expect(await read(await client.open(name))).toEqual(body);
    }
  });

  it('HMI takes FITS when it is whole, and refuses it when it was cut', async () => {
    const client = hmi();
    const url = `${server.url}HMI/a.fits`;
    for (const body of [fits.subarray(0, 2880), fits.subarray(0, 8640), fits.subarray(0, 11_000)]) {
      server.script(unbounded(body));
      expect(await rejection(client.downloadFile(url, dir))).toMatchObject({ code: 'transfer', retryable: true });
      expect(await rejection(client.open(url).then(read))).toMatchObject({ code: 'transfer', retryable: true });
    }
    expect(namesIn(dir)).toEqual([]);
    server.script(unbounded(fits));
    expect(await client.downloadFile(url, dir)).toMatchObject({ sha256: sha256(fits) });
    expect(await read(await client.open(url))).toEqual(fits);
  });

  it('HMI takes FITS in gzip when it is whole, and refuses it when it was cut, packed or before', async () => {
    const client = hmi();
    const url = `${server.url}HMI/a.fits.gz`;
    const packed = gzipSync(fits);
    const cuts = [1, 8].map((missing) => packed.subarray(0, -missing));
    for (const body of [...cuts, packed.subarray(0, packed.length / 2), gzipSync(fits.subarray(0, 11_000))]) {
      server.script(unbounded(body));
      expect(await rejection(client.downloadFile(url, dir))).toMatchObject({ code: 'transfer', retryable: true });
      expect(await rejection(client.open(url).then(read))).toMatchObject({ code: 'transfer', retryable: true });
    }
    expect(namesIn(dir)).toEqual([]);
    for (const body of [packed, Buffer.concat([packed, Buffer.alloc(9000)])]) {
      server.script(unbounded(body));
      expect(await client.downloadFile(url, dir, { overwrite: 'replace' })).toMatchObject({
        sha256: sha256(body),
      });
      expect(await read(await client.open(url))).toEqual(body);
    }
  });

  it('HMI lets go of a stream in gzip that its reader leaves, or whose client is closed', async () => {
    const client = hmi();
    const url = `${server.url}HMI/a.fits.gz`;
    const packed = gzipSync(Buffer.concat([fits, randomBytes(500_000)]));
    server.script(unbounded(packed));
    const left = (await client.open(url)).stream.getReader();
    await left.read();
    await left.cancel();
    expect(await left.read()).toEqual({ done: true, value: undefined });
    const open = (await client.open(url)).stream.getReader();
    await open.read();
    await client.close();
    const goOn = async (): Promise<void> => {
      while (!(await open.read()).done);
    };
    expect(await rejection(goOn())).toMatchObject({ code: 'closed' });
  });

  it('a stream of a format that tells no end is judged by the digest that the storage tells', async () => {
    const table = Buffer.from('time,value\n1,2\n3,4\n');
    const headers = [`ETag: "${createHash('md5').update(table).digest('hex')}"`, 'x-amz-request-id: 1'];
    const name = 'imap_mag_some-limits_20260105_v001.csv';
    const client = imap();
    server.script(unbounded(table.subarray(0, 12), headers));
    expect(await rejection(client.open(name).then(read))).toMatchObject({ code: 'transfer', retryable: true });
    server.script(unbounded(table, headers));
    expect(await read(await client.open(name))).toEqual(table);
  });

  it('a stream of a format that tells no end ends as the connection does', async () => {
    server.script(unbounded(Buffer.from('1,2\n')));
    expect((await read(await imap().open('imap_mag_some-limits_20260105_v001.csv'))).toString()).toBe('1,2\n');
  });
});
