import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { downloadOne } from '../../../src/core/transfer/download.js';
import type { DownloadOptions } from '../../../src/types.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { bodyOf, client, namesIn, sha256, wanted } from '../../server/transfer/harness.js';
import { ASIDE, failOnce, mended, once } from './faulty-disk.js';

vi.mock('node:fs/promises', async (load) => {
  const { faulty } = await import('./faulty-disk.js');
  return faulty(await load<typeof import('node:fs/promises')>());
});

const MIB = 1024 * 1024;
/** By three connections: 8 MiB, 6 MiB and 4 MiB. */
const body = bodyOf(18 * MIB);
let dir: string;
const target = (): string => join(dir, 'data.bin');

beforeEach(() => {
  dir = tempDir();
});
afterEach(() => {
  expect(mended()).toEqual([]);
});

type Answers = (from: number, to: number, number: number) => Response | undefined;

/** A storage with ranges, of which an answer may be another one. */
async function fetchIt(other: Answers = () => undefined, options: DownloadOptions = {}) {
  let number = 0;
  const fetch = (_url: unknown, init?: RequestInit): Promise<Response> => {
    const match = /^bytes=(\d+)-(\d*)$/.exec(new Headers(init?.headers).get('range') ?? '');
    const from = Number(match?.[1] ?? 0);
    const to = match?.[2] ? Math.min(Number(match[2]) + 1, body.length) : body.length;
    const given = other(from, to, number);
    number += 1;
    if (given !== undefined) return Promise.resolve(given);
    const headers = { etag: '"one"', 'content-length': String(to - from) };
    const partial = { ...headers, 'content-range': `bytes ${from}-${to - 1}/${body.length}` };
    const bytes = new Uint8Array(body.subarray(from, to));
    return Promise.resolve(
      match === null ? new Response(bytes, { headers }) : new Response(bytes, { status: 206, headers: partial }),
    );
  };
  const made = client('https://sdc.example/', { fetch, retries: 0 });
  try {
    return await downloadOne(made.op, wanted(dir), { connections: 3, ...options });
  } finally {
    made.transport.close();
  }
}

async function expectPutRight(status: string): Promise<void> {
  expect(await fetchIt()).toMatchObject({ status, sha256: sha256(body) });
  expect(readFileSync(target()).equals(body)).toBe(true);
  expect(namesIn(dir)).toEqual(['data.bin']);
}

describe('a disk that fails while ranges come side by side', () => {
  it('when it is full, ends all of them, and keeps what was written before', async () => {
    failOnce('handle.writev', '.part', 'ENOSPC', 1);
    const error = await rejection(fetchIt());
    expect(error).toMatchObject({ code: 'transfer', retryable: false, cause: { code: 'ENOSPC' } });
    expect(String(error)).toContain('the disk is full');
    expect(namesIn(dir)).toEqual(['data.bin.part', 'data.bin.part.json']);
    await expectPutRight('resumed');
  });

  it('for good, keeps what the last record says that could be written', async () => {
    failOnce('handle.writev', '.part', 'ENOSPC', 1);
    // The first two records are those of the beginning.
    failOnce('writeFile', ASIDE, 'ENOSPC', 2);
    const error = await rejection(fetchIt());
    expect(error).toMatchObject({ cause: { code: 'ENOSPC' } });
    expect(namesIn(dir)).toEqual(['data.bin.part', 'data.bin.part.json']);
    expect(JSON.parse(readFileSync(`${target()}.part.json`, 'utf8'))).toMatchObject({ written: [] });
    await expectPutRight('downloaded');
  });

  it('before the record says that bytes may come anywhere, lets none come', async () => {
    failOnce('writeFile', ASIDE, 'ENOSPC', 1);
    expect(await rejection(fetchIt())).toMatchObject({ code: 'transfer', cause: { code: 'ENOSPC' } });
    expect(namesIn(dir)).toEqual([]);
    await expectPutRight('downloaded');
  });

  it('when the part cannot be read back for its digest', async () => {
    failOnce('handle.read', '.part', 'EIO');
    expect(await rejection(fetchIt())).toMatchObject({ code: 'transfer', cause: { code: 'EIO' } });
    await expectPutRight('resumed');
  });

  it('when the part becomes shorter', async () => {
    once('handle.read', '.part', () => Promise.resolve({ bytesRead: 0 }));
    const error = await rejection(fetchIt());
    expect(error).toMatchObject({ code: 'transfer', retryable: true });
    expect(String(error)).toContain('became shorter while it was being written');
    await expectPutRight('resumed');
  });

  it('when what lies behind a gap is to be cut off', async () => {
    failOnce('handle.truncate', '.part', 'EIO');
    const changed: Answers = (_from, _to, number) =>
      number === 2 ? new Response(null, { status: 416, headers: { 'content-range': 'bytes */5' } }) : undefined;
    expect(await rejection(fetchIt(changed))).toMatchObject({ code: 'transfer', cause: { code: 'EIO' } });
    // Some of the ranges may have come by then.
    await expectPutRight(expect.stringMatching(/^(?:resumed|downloaded)$/u) as string);
  });
});

describe('a record that cannot be believed', () => {
  it.each([[['x', 5]], [[5, 2]], 'all', [[0, 5, 9]]].map((written) => [written]))(
    'with the extents %j is as good as none',
    async (written) => {
      await rejection(
        fetchIt((_from, _to, number) => (number === 2 ? new Response(null, { status: 404 }) : undefined)),
      );
      const record = JSON.parse(readFileSync(`${target()}.part.json`, 'utf8')) as object;
      expect(statSync(`${target()}.part`).size).toBeGreaterThan(0);
      const { writeFileSync } = await import('node:fs');
      writeFileSync(`${target()}.part.json`, JSON.stringify({ ...record, written }));
      await expectPutRight('downloaded');
    },
  );

  it('says more than there is: what the file does not have is fetched', async () => {
    await rejection(fetchIt((_from, _to, number) => (number === 2 ? new Response(null, { status: 404 }) : undefined)));
    const { truncateSync, writeFileSync } = await import('node:fs');
    const record = JSON.parse(readFileSync(`${target()}.part.json`, 'utf8')) as object;
    writeFileSync(`${target()}.part`, body.subarray(0, 10 * MIB));
    truncateSync(`${target()}.part`, 3 * MIB);
    writeFileSync(
      `${target()}.part.json`,
      JSON.stringify({
        ...record,
        written: [
          [0, 5 * MIB],
          [6 * MIB, 9 * MIB],
        ],
      }),
    );
    const ranges: number[] = [];
    const seen: Answers = (from) => void ranges.push(from);
    expect(await fetchIt(seen)).toMatchObject({ status: 'resumed', sha256: sha256(body) });
    expect(Math.min(...ranges)).toBe(3 * MIB);
  });
});

describe('a part that one connection has left', () => {
  it('of a file of unknown length is continued by one', async () => {
    const chunks: Answers = (_from, _to, number) => {
      if (number > 0) return undefined;
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new Uint8Array(body.subarray(0, 4 * MIB)));
        },
        pull(controller) {
          controller.error(new Error('broken'));
        },
      });
      return new Response(stream, { headers: { etag: '"one"', 'transfer-encoding': 'chunked' } });
    };
    await rejection(fetchIt(chunks, { connections: 1 }));
    const ranges: string[] = [];
    const seen: Answers = (from, to) => void ranges.push(`${from}-${to}`);
    expect(await fetchIt(seen)).toMatchObject({ status: 'resumed', sha256: sha256(body) });
    expect(ranges).toEqual([`${4 * MIB}-${body.length}`]);
  });

  it('is continued by several', async () => {
    const cut: Answers = (from) => {
      if (from > 0) return undefined;
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new Uint8Array(body.subarray(0, 4 * MIB)));
        },
        pull(controller) {
          controller.error(new Error('broken'));
        },
      });
      return new Response(stream, { headers: { etag: '"one"', 'content-length': String(body.length) } });
    };
    await rejection(fetchIt(cut, { connections: 1 }));
    const ranges: string[] = [];
    const seen: Answers = (from, to) => void ranges.push(`${from}-${to}`);
    expect(await fetchIt(seen)).toMatchObject({ status: 'resumed', sha256: sha256(body) });
    expect(ranges[0]).toBe(`${4 * MIB}-${12 * MIB}`);
    expect(ranges).toHaveLength(2);
  });
});
