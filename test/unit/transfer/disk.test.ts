import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TransferError } from '../../../src/errors.js';
import { downloadOne } from '../../../src/core/transfer/download.js';
import type { ExpectedFile, TransferRequest } from '../../../src/core/transfer/types.js';
import type { ClientOptions, DownloadOptions } from '../../../src/types.js';
import { bodyOf, client, namesIn, sha256, wanted, type Client } from '../../server/transfer/harness.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { ASIDE, failOnce, mended, once, systemError, UNWRITTEN } from './faulty-disk.js';

vi.mock('node:fs/promises', async (original) => {
  const { faulty } = await import('./faulty-disk.js');
  return faulty(await original<typeof import('node:fs/promises')>());
});

const body = bodyOf(2_000_000);
const half = body.length / 2;
let dir: string;
const target = (): string => join(dir, 'data.bin');
const clients: Client[] = [];

beforeEach(() => {
  dir = tempDir();
});
afterEach(() => {
  vi.useRealTimers();
  for (const { transport } of clients.splice(0)) transport.close();
  expect(mended()).toEqual([]);
});

type Answers = (range: string | undefined) => Response;

function fetchIt(
  answers: Answers = whole,
  options: DownloadOptions = {},
  extra: Partial<TransferRequest<string>> = {},
  more: ClientOptions = {},
): ReturnType<typeof downloadOne<string>> {
  const fetch = (_url: unknown, init?: RequestInit): Promise<Response> =>
    Promise.resolve(answers(new Headers(init?.headers).get('range') ?? undefined));
  const made = client('https://sdc.example/', { fetch, ...more });
  clients.push(made);
  return downloadOne(made.op, wanted(dir, 'data.bin', extra), options);
}

/** A server with ranges. */
const whole: Answers = (range) => {
  const from = Number(/\d+/.exec(range ?? '')?.[0] ?? 0);
  const headers = { etag: '"one"', 'content-length': String(body.length - from) };
  if (from === 0) return new Response(new Uint8Array(body), { headers });
  const partial = { ...headers, 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` };
  return new Response(new Uint8Array(body.subarray(from)), { status: 206, headers: partial });
};

/** A body that breaks off half way. */
const broken: Answers = () => {
  const pieces = [new Uint8Array(body.subarray(0, half))];
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = pieces.shift();
      if (next === undefined) controller.error(new Error('broken'));
      else controller.enqueue(next);
    },
  });
  return new Response(stream, { headers: { etag: '"one"', 'content-length': String(body.length) } });
};

async function leavePart(): Promise<void> {
  expect(await rejection(fetchIt(broken))).toMatchObject({ code: 'transfer', partPath: `${target()}.part` });
}

describe('a disk that fails once', () => {
  const PART = ['data.bin.part', 'data.bin.part.json'];
  it.each([
    ['lstat', 'data.bin', 'EIO', 'data.bin could not be written: the disk failed; check it (EIO)', []],
    ['open', UNWRITTEN, 'EACCES', '.lock could not be written: no permission to write there', []],
    ['open', '.part', 'EMFILE', '.part could not be written: too many open files', []],
    ['writeFile', ASIDE, 'ENOSPC', '.part could not be written: the disk is full; free some space (ENOSPC)', []],
    ['rename', ASIDE, 'EIO', '.part could not be written: the disk failed', []],
    ['handle.writev', '.part', 'ENOSPC', '.part could not be written: the disk is full', []],
    ['handle.datasync', '.part', 'EIO', '.part could not be written: the disk failed', []],
    ['rename', '.part', 'EIO', 'data.bin could not be written: the disk failed', PART],
    ['link', ASIDE, 'EIO', 'data.bin could not be written: the disk failed', PART],
  ])('at %s of …%s with %s is told, leaves no lock and is over with the next call', async (...row) => {
    const [call, path, code, words, left] = row;
    failOnce(call, path, code);
    const error = await rejection(fetchIt());
    expect(error).toBeInstanceOf(TransferError);
    expect(error).toMatchObject({ cause: { code }, retryable: false });
    expect(String(error)).toContain(words);
    expect(namesIn(dir)).toEqual(left);
    expect(await fetchIt()).toMatchObject({ bytes: body.length, sha256: sha256(body) });
    expect(readFileSync(target()).equals(body)).toBe(true);
    expect(namesIn(dir)).toEqual(['data.bin']);
  });

  it('with a lock made but not written leaves none that the next call would have to wait for', async () => {
    failOnce('handle.writeFile', UNWRITTEN, 'ENOSPC');
    expect(String(await rejection(fetchIt()))).toContain('the disk is full; free some space (ENOSPC)');
    expect(namesIn(dir)).toEqual([]);
    failOnce('handle.writeFile', UNWRITTEN, 'ENOSPC');
    failOnce('unlink', UNWRITTEN, 'EIO');
    expect(await rejection(fetchIt())).toMatchObject({ code: 'transfer', cause: { code: 'ENOSPC' } });
  });

  it('while an old part is emptied for a new body', async () => {
    writeFileSync(`${target()}.part`, 'of something else');
    failOnce('handle.truncate', '.part', 'EIO');
    expect(await rejection(fetchIt())).toMatchObject({ code: 'transfer', cause: { code: 'EIO' } });
    expect(existsSync(target())).toBe(false);
  });

  it('while a part is emptied that the server does not continue', async () => {
    await leavePart();
    // The first truncation takes the part up.
    failOnce('handle.truncate', '.part', 'EIO', 1);
    const elsewhere: Answers = () =>
      new Response('x', { status: 206, headers: { etag: '"one"', 'content-range': `bytes 0-0/${body.length}` } });
    expect(await rejection(fetchIt(elsewhere))).toMatchObject({ code: 'transfer', cause: { code: 'EIO' } });
    expect(existsSync(target())).toBe(false);
  });

  it('over the record of a file that has got its name does not undo the download', async () => {
    // Before the part is made, and when the file has its name.
    failOnce('unlink', '.json', 'EACCES', 1);
    expect(await fetchIt()).toMatchObject({ status: 'downloaded', sha256: sha256(body) });
    expect(namesIn(dir)).toEqual(['data.bin', 'data.bin.part.json']);
    expect(await fetchIt(whole, { overwrite: 'replace' })).toMatchObject({ status: 'downloaded' });
    expect(namesIn(dir)).toEqual(['data.bin']);
  });

  it('while the content is read again', async () => {
    const check = {
      expected: 'a file',
      head: () => undefined,
      whole: () => Promise.reject(systemError('EIO', 'read')),
    };
    expect(await rejection(fetchIt(whole, {}, { check }))).toMatchObject({ code: 'transfer', cause: { code: 'EIO' } });
    expect(namesIn(dir)).toEqual([]);
  });
});

describe('a part that is continued where only the answer tells the md5 digest', () => {
  const expected = (): ExpectedFile => ({ md5: createHash('md5').update(body).digest('hex') });

  it('is read again for it', async () => {
    await leavePart();
    expect(await fetchIt(whole, {}, { expected })).toMatchObject({ status: 'resumed', sha256: sha256(body) });
  });

  it('that was spoiled meanwhile is fetched anew', async () => {
    await leavePart();
    writeFileSync(`${target()}.part`, Buffer.alloc(half, 1));
    expect(await fetchIt(whole, {}, { expected })).toMatchObject({ status: 'downloaded', sha256: sha256(body) });
  });
});

describe('a part that becomes shorter while it is taken up', () => {
  it('is dropped, and the whole is asked for', async () => {
    await leavePart();
    once('handle.read', '.part', () => Promise.resolve({ bytesRead: 0 }));
    expect(await fetchIt()).toMatchObject({ status: 'downloaded', sha256: sha256(body) });
    expect(readFileSync(target()).equals(body)).toBe(true);
  });

  it('fails as the disk does, also when it cannot be closed either', async () => {
    await leavePart();
    failOnce('handle.read', '.part', 'EIO');
    once('handle.close', '.part', async (go) => {
      await go();
      throw new Error('no luck either');
    });
    expect(await rejection(fetchIt())).toMatchObject({ code: 'transfer', cause: { code: 'EIO' } });
  });
});

describe('a part that another process took over meanwhile', () => {
  const lock = (): string => `${target()}.part.lock`;
  const theirs = JSON.stringify({ pid: 1, host: 'elsewhere.invalid', token: 'theirs' });
  const later =
    (answers: Answers, validator: boolean): Answers =>
    (range) => {
      const answer = answers(range);
      if (!validator) answer.headers.delete('etag');
      writeFileSync(lock(), theirs);
      vi.advanceTimersByTime(5_000);
      return answer;
    };

  it.each([
    ['that is whole', whole, true],
    ['that is whole, of which nothing proves the source', whole, false],
    ['that broke off, of which nothing proves the source', broken, false],
  ])('is neither given the name nor removed (%s)', async (_what, answers, validator) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const error = await rejection(fetchIt(later(answers, validator)));
    expect(error).toMatchObject({ code: 'transfer', retryable: true });
    if (answers === whole) expect(String(error)).toContain('another process took over');
    expect(existsSync(target())).toBe(false);
    expect(existsSync(`${target()}.part`)).toBe(true);
    expect(readFileSync(lock(), 'utf8')).toBe(theirs);
  });
});

describe('a body longer than its length, from a fetch that does not mind', () => {
  it('never gets the name, and nothing of it is kept', async () => {
    const long: Answers = () => new Response('x'.repeat(150), { headers: { etag: '"one"', 'content-length': '100' } });
    expect(await rejection(fetchIt(long))).toMatchObject({ code: 'transfer', expected: 100, actual: 'more than 100' });
    expect(namesIn(dir)).toEqual([]);
  });
});

describe('a name for which ten thousand numbers are taken', () => {
  it('is told, and nothing of the body is kept', async () => {
    writeFileSync(target(), 'old');
    for (let number = 0; number < 10_000; number += 1) failOnce('link', ASIDE, 'EEXIST');
    const error = await rejection(fetchIt(whole, { overwrite: 'unique' }));
    expect(error).toBeInstanceOf(TransferError);
    expect(String(error)).toContain('exists');
    expect(namesIn(dir)).toEqual(['data.bin']);
  });
});

describe('a server that never continues a part', () => {
  it('has it dropped, is asked for the whole once, and no more often than retries allow', async () => {
    await leavePart();
    const asked: (string | undefined)[] = [];
    const never: Answers = (range) => {
      asked.push(range);
      return range === undefined
        ? broken(range)
        : new Response('x', { status: 206, headers: { etag: '"one"', 'content-range': `bytes 0-0/${body.length}` } });
    };
    expect(await rejection(fetchIt(never, {}, {}, { retries: 2 }))).toMatchObject({ code: 'transfer', attempts: 6 });
    const rest = `bytes=${half}-`;
    expect(asked).toEqual([rest, undefined, rest, undefined, rest, undefined]);
  });

  it('is told so when it refuses a range that it was not asked for', async () => {
    const refusal: Answers = () => new Response(null, { status: 416, headers: { 'content-range': 'bytes */0' } });
    const call = { url: 'data.bin', accept: (status: number) => status === 416 };
    expect(await rejection(fetchIt(refusal, {}, { call }))).toMatchObject({ code: 'unexpected-response' });
    expect(namesIn(dir)).toEqual([]);
  });
});
