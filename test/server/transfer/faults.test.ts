import type { RequestListener } from 'node:http';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSdcError, TimeoutError, TransferError } from '../../../src/errors.js';
import { zipCheck, noPageCheck } from '../../../src/core/transfer/body/checks.js';
import { downloadOne } from '../../../src/core/transfer/download.js';
import type { DownloadOptions } from '../../../src/types.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { serve, type ScriptedServer } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { bodyOf, client, file, namesIn, sha256, wanted, type Client } from './harness.js';

const body = bodyOf(300_000);
const half = 150_000;
const target = (): string => join(dir, 'data.bin');

let server: ScriptedServer;
let dir: string;
const clients: Client[] = [];

beforeEach(async () => {
  server = await serve(file(body));
  dir = tempDir();
});
afterEach(async () => {
  for (const { transport } of clients.splice(0)) transport.close();
});

function fetchIt(options: DownloadOptions = {}, more: Parameters<typeof client>[1] = {}, extra = {}) {
  const made = client(server.url, more);
  clients.push(made);
  return downloadOne(made.op, wanted(dir, 'data.bin', extra), options);
}

/** A first call that breaks off half way and leaves its part. */
async function leavePart(options: Parameters<typeof file>[1] = {}): Promise<TransferError> {
  server.script(file(body, { cutAfter: half, ...options }));
  const error = await rejection(fetchIt());
  expect(error).toBeInstanceOf(TransferError);
  return error as TransferError;
}

describe('a whole download', () => {
  it('is placed, digested and described', async () => {
    const done = await fetchIt();
    expect(done).toEqual({
      status: 'downloaded',
      path: target(),
      bytes: body.length,
      sha256: sha256(body),
      url: `${server.url}data.bin`,
      contentType: 'application/octet-stream',
      source: 'data.bin',
    });
    expect(readFileSync(target()).equals(body)).toBe(true);
    expect(namesIn(dir)).toEqual(['data.bin']);
  });

  it('of nothing is an empty file', async () => {
    server.script(file(Buffer.alloc(0)));
    expect(await fetchIt()).toMatchObject({ status: 'downloaded', bytes: 0, sha256: sha256(Buffer.alloc(0)) });
  });

  it('makes the directories that are missing', async () => {
    const deep = join(dir, 'a', 'b');
    const made = client(server.url);
    clients.push(made);
    const done = await downloadOne(made.op, wanted(deep));
    expect(done.path).toBe(join(deep, 'data.bin'));
  });

  it('works without a length', async () => {
    server.script(file(body, { chunked: true }));
    expect(await fetchIt()).toMatchObject({ bytes: body.length, sha256: sha256(body) });
  });

  it('is decoded when the server compresses it, and its length is then not compared', async () => {
    const packed = gzipSync(body);
    server.script((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length, etag: '"z"' }).end(packed);
    });
    expect(await fetchIt()).toMatchObject({ bytes: body.length, sha256: sha256(body) });
  });

  it('reports progress in order and a last time at its end', async () => {
    const seen: number[] = [];
    await fetchIt({ onProgress: ({ bytes }) => seen.push(bytes) });
    expect(seen.at(-1)).toBe(body.length);
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
  });

  it('fails with what its progress callback throws, and goes on from there later', async () => {
    const thrown = new Error('the user stops');
    const error = await rejection(
      fetchIt({
        onProgress: () => {
          throw thrown;
        },
      }),
    );
    expect(error).toBe(thrown);
    expect(existsSync(target())).toBe(false);
    expect(await fetchIt()).toMatchObject({ sha256: sha256(body) });
  });
});

describe('a name that is that of another file while it comes', () => {
  const theirs = bodyOf(200_000, 7);

  it('of the server never takes its place', async () => {
    const made = client(server.url);
    clients.push(made);
    let go: () => void = () => undefined;
    const slow: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': body.length });
      response.write(body.subarray(0, half));
      go = () => response.end(body.subarray(half));
    };
    server.script(slow, file(theirs));
    const first = downloadOne(made.op, wanted(dir));
    await until(() => namesIn(dir).includes('data.bin.part') && server.requests.length === 1);
    const name = (): string => 'data.bin.part';
    const second = await downloadOne(made.op, { ...wanted(dir), name }, { overwrite: 'replace' });
    expect(second.path).toBe(join(dir, 'data.bin.part_'));
    go();
    expect(await first).toMatchObject({ sha256: sha256(body) });
    expect(readFileSync(target()).equals(body)).toBe(true);
    expect(readFileSync(second.path).equals(theirs)).toBe(true);
  });

  it.each(['data.bin.part', 'data.bin.part.json', 'data.bin.part.lock'])('is refused: %s', async (name) => {
    const made = client(server.url);
    clients.push(made);
    const error = await rejection(downloadOne(made.op, wanted(dir, name, { exactName: true })));
    expect(error).toBeInstanceOf(TypeError);
    expect(server.requests).toEqual([]);
  });
});

describe('an existing target', () => {
  beforeEach(() => {
    writeFileSync(target(), 'old');
  });

  it('is skipped without a request', async () => {
    expect(await fetchIt()).toMatchObject({ status: 'skipped', bytes: 3, path: target() });
    expect(server.requests).toEqual([]);
  });

  it('is an error before any request when asked for', async () => {
    const error = await rejection(fetchIt({ overwrite: 'error' }));
    expect(error).toBeInstanceOf(TransferError);
    expect(String(error)).toContain('exists');
    expect(server.requests).toEqual([]);
  });

  it('is replaced', async () => {
    expect(await fetchIt({ overwrite: 'replace' })).toMatchObject({ status: 'downloaded', path: target() });
    expect(readFileSync(target()).equals(body)).toBe(true);
  });

  it('stays when a unique name is asked for', async () => {
    expect(await fetchIt({ overwrite: 'unique' })).toMatchObject({ path: join(dir, 'data.1.bin') });
    expect(await fetchIt({ overwrite: 'unique' })).toMatchObject({ path: join(dir, 'data.2.bin') });
    expect(readFileSync(target(), 'utf8')).toBe('old');
  });

  it('with all its numbered names is told as such when a unique name is asked for', async () => {
    for (let number = 1; number < 10_000; number += 1) writeFileSync(join(dir, `data.${number}.bin`), '');
    const error = await rejection(fetchIt({ overwrite: 'unique' }));
    expect(error).toBeInstanceOf(TransferError);
    expect(String(error)).toContain('the numbered names beside it up to 9999; move some of them');
    expect(String(error)).not.toContain("'unique'");
    expect(namesIn(dir)).toHaveLength(10_000);
  });

  it('stays untouched when its replacement fails', async () => {
    server.script(file(body, { cutAfter: half }));
    await rejection(fetchIt({ overwrite: 'replace' }));
    expect(readFileSync(target(), 'utf8')).toBe('old');
  });

  it.each(['skip', 'error', 'unique'] as const)('that appears meanwhile is never clobbered (%s)', async (overwrite) => {
    const made = client(server.url);
    clients.push(made);
    const name = 'late.bin';
    server.script((request, response) => {
      writeFileSync(join(dir, name), 'theirs');
      file(body)(request, response);
    });
    const work = downloadOne(made.op, wanted(dir, name), { overwrite });
    if (overwrite === 'error') expect(String(await rejection(work))).toContain('exists');
    if (overwrite === 'skip') expect(await work).toMatchObject({ status: 'skipped', bytes: 6 });
    if (overwrite === 'unique') expect(await work).toMatchObject({ path: join(dir, 'late.1.bin') });
    expect(readFileSync(join(dir, name), 'utf8')).toBe('theirs');
    expect(namesIn(dir).filter((one) => one.includes('.part'))).toEqual([]);
  });
});

describe('a body that breaks off', () => {
  it.each([
    ['is cut', { cutAfter: half }],
    ['is reset', { resetAfter: half }],
    ['is cut without a length', { cutAfter: half, chunked: true }],
  ])('is a TransferError when it %s', async (_how, fault) => {
    server.script(file(body, fault));
    const error = await rejection(fetchIt());
    expect(error).toBeInstanceOf(TransferError);
    expect(error).toMatchObject({ actual: half, retryable: true, partPath: `${target()}.part` });
    if (!('chunked' in fault)) expect(error).toMatchObject({ expected: body.length });
    expect(existsSync(target())).toBe(false);
    expect(namesIn(dir)).toEqual(['data.bin.part', 'data.bin.part.json']);
  });

  it('goes on where it broke within the same call', async () => {
    server.script(file(body, { cutAfter: half }), file(body, { cutAfter: 50_000 }), file(body));
    const done = await fetchIt({}, { retries: 2 });
    expect(done).toMatchObject({ status: 'downloaded', sha256: sha256(body) });
    expect(server.requests.map(({ headers }) => [headers.range, headers['if-range']])).toEqual([
      [undefined, undefined],
      [`bytes=${half}-`, '"one"'],
      [`bytes=${half + 50_000}-`, '"one"'],
    ]);
  });

  it('is asked for again from the start where nothing proves that the file is the same', async () => {
    server.script(file(body, { cutAfter: half, etag: undefined }), file(body, { etag: undefined }));
    expect(await fetchIt({}, { retries: 1 })).toMatchObject({ sha256: sha256(body) });
    expect(server.requests[1]?.headers.range).toBeUndefined();
  });

  it.each([
    ['another tag', { etag: '"two"' }],
    ['a weak one', { etag: 'W/"one"' }],
    ['none', {}],
    ['a date in its place', { 'last-modified': 'Tue, 01 Jun 2021 00:00:00 GMT' }],
  ])('is never made of two versions: the rest comes with %s', async (_what, headers) => {
    const newer = bodyOf(body.length, 7);
    server.script(
      file(body, { cutAfter: half }),
      (_request, response) => {
        response.writeHead(206, { ...headers, 'content-range': `bytes ${half}-${body.length - 1}/${body.length}` });
        response.end(newer.subarray(half));
      },
      file(newer, { etag: '"two"' }),
    );
    expect(await fetchIt({}, { retries: 1 })).toMatchObject({ bytes: newer.length, sha256: sha256(newer) });
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, `bytes=${half}-`, undefined]);
  });

  it('is asked for whole in each attempt, in this call and the next, where it may not be continued', async () => {
    server.script(file(body, { cutAfter: half }), file(body, { cutAfter: 50_000 }), file(body, { cutAfter: 50_000 }));
    expect(await rejection(fetchIt({ resume: false }, { retries: 2 }))).toMatchObject({ code: 'transfer' });
    expect(namesIn(dir)).toEqual([]);
    server.script(file(body, { cutAfter: half }), file(body));
    expect(await fetchIt({ resume: false }, { retries: 1 })).toMatchObject({
      status: 'downloaded',
      sha256: sha256(body),
    });
    expect(server.requests.map(({ headers }) => headers.range)).toEqual(Array.from({ length: 5 }, () => undefined));
  });

  it('is given up after the allowed attempts', async () => {
    server.script(file(body, { cutAfter: 10 }));
    expect(await rejection(fetchIt({}, { retries: 2 }))).toBeInstanceOf(TransferError);
    expect(server.requests).toHaveLength(3);
  });

  it('is found out when the decoder runs dry', async () => {
    const packed = gzipSync(body).subarray(0, 5000);
    server.script((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    });
    expect(await rejection(fetchIt())).toBeInstanceOf(TransferError);
    expect(namesIn(dir)).toEqual([]);
  });
});

describe('silence', () => {
  it('in the body is a TimeoutError', async () => {
    server.script(file(body, { stallAfter: half }));
    const error = await rejection(fetchIt({ idleTimeoutMs: 2_000 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(isSdcError(error, 'timeout')).toBe(true);
    expect(namesIn(dir)).toEqual(['data.bin.part', 'data.bin.part.json']);
  });

  it('before the headers is a TimeoutError, and leaves nothing', async () => {
    server.script(() => undefined);
    expect(await rejection(fetchIt({ timeoutMs: 100 }))).toBeInstanceOf(TimeoutError);
    expect(namesIn(dir)).toEqual([]);
  });

  it('is mended by asking for the rest', async () => {
    server.script(file(body, { stallAfter: half }), file(body));
    const done = await fetchIt({ idleTimeoutMs: 2_000 }, { retries: 1 });
    expect(done.sha256).toBe(sha256(body));
    expect(server.requests[1]?.headers.range).toBe(`bytes=${half}-`);
  });

  it('of a fetch that ignores aborts does not hang', async () => {
    const stalled: typeof fetch = () =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new Uint8Array(100));
            },
          }),
          { headers: { 'content-length': '200' } },
        ),
      );
    const error = await rejection(fetchIt({ idleTimeoutMs: 100 }, { fetch: stalled }));
    expect(error).toBeInstanceOf(TimeoutError);
  });
});

describe('a part from an earlier call', () => {
  it('is continued, and the digest covers the whole file', async () => {
    const error = await leavePart();
    expect(error.partPath).toBe(`${target()}.part`);
    server.script(file(body));
    expect(await fetchIt()).toMatchObject({ status: 'resumed', bytes: body.length, sha256: sha256(body) });
    expect(server.requests[1]).toMatchObject({ headers: { range: `bytes=${half}-`, 'if-range': '"one"' } });
    expect(namesIn(dir)).toEqual(['data.bin']);
  });

  it('is continued by date where the date is strong', async () => {
    const lastModified = new Date('2021-01-01T00:00:00Z').toUTCString();
    await leavePart({ etag: undefined, lastModified });
    server.script(file(body, { etag: undefined, lastModified }));
    expect(await fetchIt()).toMatchObject({ status: 'resumed', sha256: sha256(body) });
    expect(server.requests[1]).toMatchObject({ headers: { 'if-range': lastModified } });
  });

  it.each([
    ['a weak tag', { etag: 'W/"one"' }],
    ['no validator', { etag: undefined }],
    ['a date of this very minute', { etag: undefined, lastModified: 'now' }],
  ])('is not kept with %s', async (_what, options) => {
    const now = { lastModified: new Date().toUTCString() };
    const error = await leavePart({ ...options, ...('lastModified' in options && now) });
    expect(error.partPath).toBeUndefined();
    expect(namesIn(dir)).toEqual([]);
  });

  it.each([
    ['the server ignores the range', { ignoreRange: true }],
    ['the file has changed', { etag: '"two"' }],
  ])('is dropped when %s', async (_when, options) => {
    await leavePart();
    const other = bodyOf(290_000, 7);
    server.script(file(other, options));
    expect(await fetchIt()).toMatchObject({ status: 'downloaded', bytes: other.length, sha256: sha256(other) });
  });

  it.each([
    [
      'starts elsewhere',
      { 'content-range': `bytes 0-${body.length - 1}/${body.length}`, 'content-length': String(body.length) },
    ],
    ['speaks of another size', { 'content-range': `bytes ${half}-${body.length - 1}/${body.length + 1}` }],
    ['has another tag', { etag: '"two"' }],
    ['has no readable range', { 'content-range': 'bytes half' }],
    ['is compressed', { 'content-encoding': 'deflate' }],
    ['contradicts its length', { 'content-range': `bytes ${half}-${body.length - 2}/${body.length}` }],
  ])('is dropped when the partial answer %s', async (_how, headers) => {
    await leavePart();
    server.script((_request, response) => {
      response.writeHead(206, {
        etag: '"one"',
        'content-range': `bytes ${half}-${body.length - 1}/${body.length}`,
        'content-length': body.length - half,
        ...headers,
      });
      response.end(body.subarray(half));
    }, file(body));
    expect(await fetchIt()).toMatchObject({ status: 'downloaded', sha256: sha256(body) });
    expect(server.requests.at(-1)?.headers.range).toBeUndefined();
  });

  it('is dropped when the server says that it is too long', async () => {
    await leavePart();
    server.script((_request, response) => {
      response.writeHead(416, { 'content-range': 'bytes */10' }).end();
    }, file(body));
    expect(await fetchIt()).toMatchObject({ status: 'downloaded', sha256: sha256(body) });
  });

  it('that is whole already is vouched for by its last byte', async () => {
    await leavePart();
    writeFileSync(`${target()}.part`, body);
    server.script(file(body));
    expect(await fetchIt()).toMatchObject({ status: 'resumed', sha256: sha256(body) });
    expect(server.requests.at(-1)?.headers.range).toBe(`bytes=${body.length - 1}-`);
  });

  it('of unknown length that is whole already is taken when the server names the same tag', async () => {
    await leavePart({ chunked: true });
    writeFileSync(`${target()}.part`, body);
    server.script(file(body));
    expect(await fetchIt()).toMatchObject({ status: 'resumed', sha256: sha256(body) });
    expect(server.requests.at(-1)?.headers.range).toBe(`bytes=${body.length}-`);
  });

  it.each([
    ['', `/${body.length}`],
    [' and does not repeat how long the whole is', '/*'],
  ])('is asked for piece by piece where the server sends less than the rest%s', async (_how, of) => {
    await leavePart();
    server.script((request, response) => {
      const start = Number(/\d+/.exec(request.headers.range ?? '')?.[0]);
      const end = Math.min(start + 60_000, body.length);
      response.writeHead(206, {
        etag: '"one"',
        'content-range': `bytes ${start}-${end - 1}${of}`,
        'content-length': end - start,
      });
      response.end(body.subarray(start, end));
    });
    expect(await fetchIt()).toMatchObject({ status: 'resumed', sha256: sha256(body) });
  });

  it.each([
    ['another address', { source: 'x' }],
    ['no readable record', undefined],
  ])('of %s is dropped', async (_what, record) => {
    await leavePart();
    writeFileSync(
      `${target()}.part.json`,
      record === undefined ? '{' : JSON.stringify({ ...record, validator: '"one"' }),
    );
    server.script(file(body));
    expect(await fetchIt()).toMatchObject({ status: 'downloaded', sha256: sha256(body) });
    expect(server.requests.at(-1)?.headers.range).toBeUndefined();
  });

  it('is dropped on request', async () => {
    await leavePart();
    server.script(file(body));
    expect(await fetchIt({ resume: false })).toMatchObject({ status: 'downloaded' });
    expect(server.requests.at(-1)?.headers.range).toBeUndefined();
  });

  it('that was spoiled meanwhile is found out by the digest and fetched anew', async () => {
    await leavePart();
    writeFileSync(`${target()}.part`, Buffer.alloc(half, 1));
    server.script(file(body));
    const done = await fetchIt({}, {}, { expected: { sha256: sha256(body) } });
    expect(done).toMatchObject({ status: 'downloaded', sha256: sha256(body) });
  });

  it('survives a server that refuses for the moment', async () => {
    await leavePart();
    server.script((_request, response) => {
      response.writeHead(500).end();
    });
    await rejection(fetchIt());
    server.script(file(body));
    expect(await fetchIt()).toMatchObject({ status: 'resumed', sha256: sha256(body) });
  });
});

describe('a wrong body', () => {
  it('longer than its length says never gets the name', async () => {
    server.script((_request, response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\nContent-Length: 100\r\nETag: "a"\r\n\r\n${'x'.repeat(150)}`);
    });
    const error = await rejection(fetchIt());
    expect(error).toBeInstanceOf(TransferError);
    expect(String(error)).toMatch(/\(HPE_\w+: what arrived is not HTTP, or is longer than announced\)/u);
    expect(existsSync(target())).toBe(false);
  });

  it('shorter than its length says never gets the name', async () => {
    server.script((_request, response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n${'x'.repeat(50)}`);
    });
    expect(await rejection(fetchIt())).toMatchObject({ code: 'transfer', expected: 100, actual: 50 });
    expect(namesIn(dir)).toEqual([]);
  });

  it.each([
    ['length', { bytes: 5 }],
    ['sha256', { sha256: 'ab'.repeat(32) }],
    ['md5', { md5: 'ab'.repeat(16) }],
  ])('with another %s than the centre tells is refused and not kept', async (_what, expected) => {
    const error = await rejection(fetchIt({}, {}, { expected }));
    expect(error).toBeInstanceOf(TransferError);
    expect(error).toMatchObject({ expected: Object.values(expected)[0] });
    expect(namesIn(dir)).toEqual([]);
  });

  it('with another length than expected is refused also where the server tells none', async () => {
    server.script(file(body, { chunked: true }));
    expect(await rejection(fetchIt({}, {}, { expected: { bytes: 5 } }))).toMatchObject({
      expected: 5,
      actual: body.length,
    });
    expect(namesIn(dir)).toEqual([]);
  });

  it('with the right digests is taken, in any case of letters', async () => {
    const { createHash } = await import('node:crypto');
    const md5 = createHash('md5').update(body).digest('hex').toUpperCase();
    const expected = { md5, sha256: sha256(body).toUpperCase(), bytes: body.length };
    expect(await fetchIt({}, {}, { expected })).toMatchObject({ status: 'downloaded' });
    expect(await fetchIt({ overwrite: 'replace' }, {}, { expected: () => expected })).toMatchObject({
      status: 'downloaded',
    });
  });

  it('that is a web page is refused before a byte of it is written', async () => {
    const page = Buffer.from('<!DOCTYPE html><title>Log in</title>');
    server.script(file(page, { type: 'text/html' }));
    for (const check of [zipCheck, noPageCheck]) {
      const error = await rejection(fetchIt({}, {}, { check }));
      expect(error).toBeInstanceOf(TransferError);
      expect(String(error)).toContain('web page with the title "Log in"');
    }
    expect(namesIn(dir)).toEqual([]);
  });

  it('that fails the check of the whole is refused and not kept', async () => {
    server.script(file(Buffer.concat([Buffer.from('PK\x03\x04'), body])));
    const error = await rejection(fetchIt({}, {}, { check: zipCheck }));
    expect(error).toBeInstanceOf(TransferError);
    expect(namesIn(dir)).toEqual([]);
  });

  it('that comes as part of something although the whole was asked for is refused', async () => {
    server.script((_request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-9/20', 'content-length': 10 }).end('0123456789');
    });
    expect(await rejection(fetchIt())).toMatchObject({ code: 'unexpected-response' });
    expect(namesIn(dir)).toEqual([]);
  });

  it('that comes whole as a partial answer is taken', async () => {
    server.script((_request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-9/10', 'content-length': 10 }).end('0123456789');
    });
    expect(await fetchIt()).toMatchObject({ bytes: 10 });
  });
});

describe('the disk', () => {
  it('refuses a target that is a directory, before any request', async () => {
    mkdirSync(target());
    for (const overwrite of ['skip', 'replace', 'unique', 'error'] as const) {
      const error = await rejection(fetchIt({ overwrite }));
      expect(error).toBeInstanceOf(TransferError);
      expect(String(error)).toContain('is a directory');
    }
    expect(server.requests).toEqual([]);
  });

  it('refuses a directory that is a file', async () => {
    writeFileSync(join(dir, 'plain'), '');
    const made = client(server.url);
    clients.push(made);
    const error = await rejection(downloadOne(made.op, wanted(join(dir, 'plain'))));
    expect(error).toBeInstanceOf(TransferError);
    expect(String(error)).toContain('ENOTDIR');
  });

  it('refuses a folder where nothing can be written', async () => {
    const made = client(server.url);
    clients.push(made);
    const error = await rejection(downloadOne(made.op, wanted('/proc/sdc-not-here')));
    expect(error).toBeInstanceOf(TransferError);
    expect(error).toMatchObject({ retryable: false });
  });

  it('never writes through a link that lies in the part’s place', async () => {
    const outside = tempDir();
    writeFileSync(join(outside, 'victim'), 'untouched');
    symlinkSync(join(outside, 'victim'), `${target()}.part`);
    expect(await fetchIt()).toMatchObject({ status: 'downloaded', sha256: sha256(body) });
    expect(readFileSync(join(outside, 'victim'), 'utf8')).toBe('untouched');
  });

  it('takes a link to a file for that file, and a link to nowhere for an obstacle', async () => {
    writeFileSync(join(dir, 'real'), 'abc');
    symlinkSync(join(dir, 'real'), target());
    expect(await fetchIt()).toMatchObject({ status: 'skipped', bytes: 3 });
    const made = client(server.url);
    clients.push(made);
    symlinkSync(join(dir, 'missing'), join(dir, 'dangling'));
    const error = await rejection(downloadOne(made.op, wanted(dir, 'dangling')));
    expect(error).toBeInstanceOf(TransferError);
  });
});

describe('a name from the server', () => {
  const named = (head: { headers: Headers }): string => head.headers.get('x-name') ?? '';

  it.each([
    ['../../escape.bin', 'escape.bin'],
    ['/etc/passwd', 'passwd'],
    ['..', 'download'],
    ['con.txt', 'con_.txt'],
    ['', 'download'],
  ])('%j becomes %j inside the directory', async (given, expected) => {
    server.script(file(body, { headers: { 'x-name': given } }));
    expect(await fetchIt({}, {}, { name: named })).toMatchObject({ path: join(dir, expected) });
  });

  it('that is there already is skipped without its body', async () => {
    writeFileSync(target(), 'old');
    server.script(file(body, { headers: { 'x-name': 'data.bin' } }));
    expect(await fetchIt({}, {}, { name: named })).toMatchObject({ status: 'skipped' });
  });

  it('is asked for once when there is no part', async () => {
    server.script(file(body, { headers: { 'x-name': 'data.bin' } }));
    expect(await fetchIt({}, {}, { name: named })).toMatchObject({ status: 'downloaded', sha256: sha256(body) });
    expect(server.requests).toHaveLength(1);
  });

  it('finds its part again', async () => {
    server.script(file(body, { headers: { 'x-name': 'data.bin' }, cutAfter: half }));
    await rejection(fetchIt({}, {}, { name: named }));
    server.script(file(body, { headers: { 'x-name': 'data.bin' } }));
    expect(await fetchIt({}, {}, { name: named })).toMatchObject({ status: 'resumed', sha256: sha256(body) });
    expect(server.requests.at(-1)?.headers.range).toBe(`bytes=${half}-`);
  });

  it('drops its part when the file has changed', async () => {
    server.script(file(body, { headers: { 'x-name': 'data.bin' }, cutAfter: half }));
    await rejection(fetchIt({}, {}, { name: named }));
    const other = bodyOf(1000, 3);
    server.script(file(other, { headers: { 'x-name': 'data.bin' }, etag: '"two"' }));
    expect(await fetchIt({}, {}, { name: named })).toMatchObject({ status: 'downloaded', sha256: sha256(other) });
  });
});

describe('bad options', () => {
  it.each([
    [{ overwrite: 'maybe' }, TypeError],
    [{ idleTimeoutMs: 0 }, RangeError],
    [{ timeoutMs: Number.NaN }, TypeError],
    [{ onProgress: 'yes' }, TypeError],
  ])('%j is refused before any request', async (options, kind) => {
    expect(await rejection(fetchIt(options as DownloadOptions))).toBeInstanceOf(kind);
    expect(server.requests).toEqual([]);
  });

  it.each(['', '.', '..', 'a/b'])('the exact name %j is refused', async (name) => {
    expect(await rejection(fetchIt({}, {}, { name, exactName: true }))).toBeInstanceOf(TypeError);
  });

  it('an exact name is taken as it is', async () => {
    expect(await fetchIt({}, {}, { name: 'a:b?.bin', exactName: true })).toMatchObject({
      path: join(dir, 'a:b?.bin'),
    });
  });
});
