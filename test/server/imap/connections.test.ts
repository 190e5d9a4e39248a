import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ImapClient, type ImapOptions } from '../../../src/imap/index.js';
import type { TransferProgress } from '../../../src/types.js';
import { cleanUp } from '../../support/clean-up.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { until } from '../../support/until.js';
import { bodyOf } from '../transfer/harness.js';
import {
  archive,
  begin,
  digestOf,
  headersOf,
  MIB,
  NAME,
  PATH,
  rangesOf,
  together,
  type Archive,
} from './ranges-kit.js';

/** By three connections: 8 MiB first, then a third of the whole, then the rest. */
const BODY = bodyOf(18 * MIB);
const OTHER = bodyOf(17 * MIB, 7);

let folder: string;
beforeEach(() => {
  folder = tempDir();
});

function client({ url }: Archive, options: ImapOptions = {}): ImapClient {
  const imap = new ImapClient({ baseUrl: url, apiKey: 'k-secret', dataDir: folder, retries: 0, ...options });
  cleanUp(() => imap.close());
  return imap;
}

const target = (): string => join(folder, PATH);
const names = async (): Promise<string[]> => (await readdir(dirname(target()))).sort();
const expectFile = async (body: Uint8Array): Promise<void> => {
  expect(digestOf(await readFile(target()))).toBe(digestOf(body));
  expect(await names()).toEqual([NAME]);
};

/** What a record says is there. */
async function recorded(): Promise<number> {
  const record = JSON.parse(await readFile(`${target()}.part.json`, 'utf8')) as { written?: [number, number][] };
  return (record.written ?? []).reduce((sum, [from, to]) => sum + to - from, 0);
}

describe('a large file', () => {
  it('comes by ranges side by side, from one address, as one file', async () => {
    const held = await archive(BODY);
    held.script(together(BODY, 3));
    const file = await client(held).download(NAME, { connections: 3 });
    expect(file).toMatchObject({ status: 'downloaded', bytes: BODY.length, sha256: digestOf(BODY), path: target() });
    expect(held.most()).toBe(3);
    expect(rangesOf(held)).toEqual([`0-${8 * MIB}`, `${8 * MIB}-${14 * MIB}`, `${14 * MIB}-${18 * MIB}`]);
    expect(held.addresses()).toBe(1);
    for (const { request, from } of held.asked) {
      expect(request.headers['if-range']).toBe(from === 0 ? undefined : '"one-2"');
      expect(JSON.stringify(request.headers)).not.toContain('k-secret');
    }
    await expectFile(BODY);
  });

  it('comes with one request, and no range, without the option', async () => {
    const held = await archive(BODY);
    for (const options of [{}, { connections: 1 }, { connections: 4, resume: false }]) {
      await client(held).download(NAME, { ...options, overwrite: 'replace' });
      expect(held.asked.splice(0).map(({ request }) => request.headers.range)).toEqual([undefined]);
    }
    await expectFile(BODY);
  });

  it.each([
    [0, 2],
    [1000, 1],
    [8 * MIB, 1],
    [8 * MIB + 1, 2],
  ])('of %i bytes takes %i requests', async (bytes, requests) => {
    const body = BODY.subarray(0, bytes);
    const held = await archive(body, `"${createHash('md5').update(body).digest('hex')}"`);
    // There is no range of nothing.
    held.script(({ request, response }) => {
      if (bytes > 0 || request.headers.range === undefined) return false;
      response.writeHead(416, { 'content-range': 'bytes */0', 'x-amz-request-id': 'R' }).end();
      return true;
    });
    expect(await client(held).download(NAME, { connections: 8 })).toMatchObject({ bytes, status: 'downloaded' });
    expect(held.asked).toHaveLength(requests);
    await expectFile(body);
  });

  it('takes no more places than the client has', async () => {
    const held = await archive(BODY);
    held.script(together(BODY, 2));
    await client(held, { maxConcurrency: 2 }).download(NAME, { connections: 6 });
    expect(held.most()).toBe(2);
    await expectFile(BODY);
  });

  it('comes so in a batch, too', async () => {
    const held = await archive(BODY);
    await client(held).downloadAll([NAME], { connections: 3 }).toArray();
    expect(held.asked).toHaveLength(3);
    await expectFile(BODY);
  });

  it('that is there already takes one request, of which nothing is read', async () => {
    const held = await archive(BODY, `"${createHash('md5').update(BODY).digest('hex')}"`);
    await client(held).download(NAME, { connections: 3 });
    held.asked.splice(0);
    const again = await client(held).download(NAME, { connections: 3, overwrite: 'update' });
    expect(again).toMatchObject({ status: 'skipped' });
    expect(held.asked).toHaveLength(1);
    await expectFile(BODY);
  });
});

describe('progress', () => {
  it('is one for all ranges, never goes back, and ends at the whole', async () => {
    const held = await archive(BODY);
    const told: TransferProgress[] = [];
    await client(held).download(NAME, { connections: 3, onProgress: (progress) => told.push(progress) });
    const bytes = told.map((progress) => progress.bytes);
    expect(bytes).toEqual([...bytes].sort((one, other) => one - other));
    expect(told.at(-1)).toEqual({
      name: NAME,
      bytes: BODY.length,
      totalBytes: BODY.length,
      resumedFromBytes: 0,
      filesDone: 1,
      filesTotal: 1,
    });
  });

  it('whose listener throws ends all ranges with what it threw', async () => {
    const held = await archive(BODY);
    const thrown = new Error('theirs');
    const error = await rejection(
      client(held).download(NAME, {
        connections: 3,
        onProgress: () => {
          throw thrown;
        },
      }),
    );
    expect(error).toBe(thrown);
    await until(() => held.storage.busy() === 0);
    expect(await names()).not.toContain(NAME);
  });
});

describe('a range that breaks off', () => {
  /** Cuts the answers to one range, so often. */
  const cut = (held: Archive, from: number, times: number): void => {
    let left = times;
    held.script(async (asked) => {
      if (asked.from < from || asked.from >= from + 6 * MIB || left === 0) return false;
      left -= 1;
      begin(asked, BODY, MIB);
      await new Promise((resolve) => setTimeout(resolve, 200));
      asked.response.destroy();
      return true;
    });
  };

  it('is continued by itself, the others go on', async () => {
    const held = await archive(BODY);
    cut(held, 8 * MIB, 1);
    expect(await client(held, { retries: 1 }).download(NAME, { connections: 3 })).toMatchObject({
      status: 'downloaded',
      sha256: digestOf(BODY),
    });
    expect(held.asked).toHaveLength(4);
    expect(held.asked[3]?.from).toBeGreaterThan(8 * MIB);
    expect(held.asked[3]?.to).toBe(14 * MIB);
    await expectFile(BODY);
  });

  it.each([3, 1])(
    'and cannot be continued leaves a part, of which %i connections fetch what is missing',
    async (connections) => {
      const held = await archive(BODY);
      cut(held, 8 * MIB, 1);
      const error = await rejection(client(held).download(NAME, { connections: 3 }));
      expect(error).toMatchObject({ code: 'transfer', retryable: true, partPath: `${target()}.part` });
      expect(await names()).toEqual([`${NAME}.part`, `${NAME}.part.json`]);
      const there = await recorded();
      expect(there).toBeGreaterThan(0);
      const before = held.served();
      held.script(() => false);
      const seen: TransferProgress[] = [];
      const onProgress = (progress: TransferProgress): number => seen.push(progress);
      const done = await client(held).download(NAME, { connections, onProgress });
      expect(done).toMatchObject({ status: 'resumed', bytes: BODY.length, sha256: digestOf(BODY) });
      if (connections > 1) {
        expect(held.served() - before).toBe(BODY.length - there);
        expect(seen.at(-1)).toMatchObject({ resumedFromBytes: there, bytes: BODY.length });
      }
      await expectFile(BODY);
    },
  );

  it('again and again fails after as many attempts as one connection has', async () => {
    const held = await archive(BODY);
    cut(held, 14 * MIB, Infinity);
    expect(await rejection(client(held, { retries: 1 }).download(NAME, { connections: 3 }))).toMatchObject({
      code: 'transfer',
    });
    expect(held.asked.filter(({ from }) => from >= 14 * MIB)).toHaveLength(2);
    expect(await names()).toEqual([`${NAME}.part`, `${NAME}.part.json`]);
  });

  it('with silence is a time-out', async () => {
    const held = await archive(BODY);
    held.script((asked) => {
      if (asked.number !== 2) return false;
      begin(asked, BODY, MIB);
      return true;
    });
    const error = await rejection(client(held).download(NAME, { connections: 3, idleTimeoutMs: 400 }));
    expect(error).toMatchObject({ code: 'timeout' });
    expect(await names()).toEqual([`${NAME}.part`, `${NAME}.part.json`]);
  });

  it('because the file is gone is reported as that', async () => {
    const held = await archive(BODY);
    held.script(({ number, response }) => {
      if (number === 0) return false;
      response.writeHead(404, { 'x-amz-request-id': 'R' }).end('<Error><Code>NoSuchKey</Code></Error>');
      return true;
    });
    expect(await rejection(client(held).download(NAME, { connections: 3 }))).toMatchObject({ code: 'not-found' });
    expect(await names()).not.toContain(NAME);
  });
});

describe('an abort', () => {
  it('ends all ranges with its reason, and what came is kept', async () => {
    const held = await archive(BODY);
    held.script((asked) => {
      begin(asked, BODY, 2 * MIB);
      return true;
    });
    const controller = new AbortController();
    const running = client(held).download(NAME, { connections: 3, signal: controller.signal });
    await until(() => held.asked.length === 3);
    await until(async () => (await stat(`${target()}.part`)).size > 15 * MIB);
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await rejection(running)).toBe(reason);
    await until(() => held.storage.busy() === 0);
    const there = await recorded();
    expect(there).toBeGreaterThan(MIB);
    held.script(() => false);
    const before = held.served();
    expect(await client(held).download(NAME, { connections: 3 })).toMatchObject({ status: 'resumed' });
    expect(held.served() - before).toBe(BODY.length - there);
    await expectFile(BODY);
  });
});

describe('a presigned address', () => {
  it('that expires in the middle is replaced by a fresh one, for all ranges', async () => {
    const held = await archive(BODY);
    held.script(({ number, request, response }) => {
      if (number === 0 || !(request.url ?? '').endsWith('=s1')) return false;
      response.writeHead(403, { 'x-amz-request-id': 'R' }).end('<Error><Code>AccessDenied</Code></Error>');
      return true;
    });
    expect(await client(held).download(NAME, { connections: 3 })).toMatchObject({ sha256: digestOf(BODY) });
    expect(held.addresses()).toBeGreaterThan(1);
    expect(held.addresses()).toBeLessThanOrEqual(3);
    await expectFile(BODY);
  });

  it('that is refused however fresh is an error', async () => {
    const held = await archive(BODY);
    held.script(({ number, response }) => {
      if (number === 0) return false;
      response.writeHead(403, { 'x-amz-request-id': 'R' }).end('<Error><Code>AccessDenied</Code></Error>');
      return true;
    });
    expect(await rejection(client(held).download(NAME, { connections: 3 }))).toMatchObject({ code: 'forbidden' });
    expect(held.asked.length).toBeLessThanOrEqual(7);
  });
});

describe('a storage that does not serve ranges as it should', () => {
  const lies: readonly (readonly [
    string,
    (headers: Record<string, string>, from: number, to: number) => [number, Record<string, string>],
  ])[] = [
    [
      'another beginning',
      (headers, from, to) => [206, { ...headers, 'content-range': `bytes ${from - 1}-${to - 2}/${BODY.length}` }],
    ],
    [
      'another length of the file',
      (headers, from, to) => [206, { ...headers, 'content-range': `bytes ${from}-${to - 1}/${BODY.length + 1}` }],
    ],
    [
      'a length that contradicts the body',
      (headers, from, to) => [206, { ...headers, 'content-range': `bytes ${from}-${to - 2}/${BODY.length}` }],
    ],
    ['no Content-Range', ({ 'content-range': _none, ...headers }) => [206, headers]],
    ['another validator', (headers) => [206, { ...headers, etag: '"other"' }]],
    ['no validator', ({ etag: _none, ...headers }) => [206, headers]],
    ['a content coding', (headers) => [206, { ...headers, 'content-encoding': 'br' }]],
    [
      'more than was requested',
      ({ 'content-length': _none, ...headers }, from) => [
        206,
        { ...headers, 'content-range': `bytes ${from}-${BODY.length - 1}/${BODY.length}` },
      ],
    ],
    ['416', () => [416, { 'content-range': `bytes */${BODY.length}` }]],
  ];
  it.each(lies)('but says %s: the file comes whole by one connection', async (_what, lie) => {
    const held = await archive(BODY);
    let lied = 0;
    held.script((asked) => {
      const { from, to, ranged, response, number } = asked;
      if (number === 0 || lied > 0 || !ranged) return false;
      lied += 1;
      const [status, headers] = lie(headersOf(asked, BODY.length, '"one-2"'), from, to);
      response.writeHead(status, headers).end(status === 416 ? undefined : BODY.subarray(from, to));
      return true;
    });
    expect(await client(held).download(NAME, { connections: 3 })).toMatchObject({
      bytes: BODY.length,
      sha256: digestOf(BODY),
    });
    expect(lied).toBe(1);
    // No range with an end comes after it: one connection asks for the rest, or for the whole.
    expect(held.asked.at(-1)?.request.headers.range ?? '').not.toMatch(/-\d+$/u);
    await expectFile(BODY);
  });

  it.each(['"one-2"', undefined, 'W/"one"'])(
    'but sends the whole (validator %s): one request is enough',
    async (etag) => {
      const held = await archive(BODY);
      held.script(({ response }) => {
        response
          .writeHead(200, { 'content-length': String(BODY.length), ...(etag !== undefined && { etag }) })
          .end(BODY);
        return true;
      });
      expect(await client(held).download(NAME, { connections: 3 })).toMatchObject({ sha256: digestOf(BODY) });
      expect(held.asked).toHaveLength(1);
      await expectFile(BODY);
    },
  );

  it('any more sends the whole once more', async () => {
    const held = await archive(BODY);
    held.script(({ response, number }) => {
      if (number === 0) return false;
      response.writeHead(200, { 'content-length': String(BODY.length), etag: '"one-2"' }).end(BODY);
      return true;
    });
    expect(await client(held).download(NAME, { connections: 3 })).toMatchObject({ sha256: digestOf(BODY) });
    await expectFile(BODY);
  });

  it('and does not say how long the file is, is asked for the whole', async () => {
    const held = await archive(BODY);
    held.script((asked) => {
      if (!asked.ranged) return false;
      const range = `bytes ${asked.from}-${asked.to - 1}/*`;
      asked.response.writeHead(206, { ...headersOf(asked, BODY.length, '"one-2"'), 'content-range': range });
      asked.response.end(BODY.subarray(asked.from, asked.to));
      return true;
    });
    expect(await client(held).download(NAME, { connections: 3 })).toMatchObject({ sha256: digestOf(BODY) });
    expect(held.asked.map(({ ranged }) => ranged)).toEqual([true, false]);
    await expectFile(BODY);
  });

  it.each([undefined, 'W/"one"'])(
    'without a proof that ranges are of one file (%s) is asked for the whole',
    async (etag) => {
      const held = await archive(BODY);
      held.hold(BODY, etag);
      expect(await client(held).download(NAME, { connections: 3 })).toMatchObject({ sha256: digestOf(BODY) });
      expect(held.asked.map(({ ranged }) => ranged)).toEqual([true, false]);
      await expectFile(BODY);
    },
  );
});

describe('a file that changes while its ranges come', () => {
  it('is the new one, whole', async () => {
    const held = await archive(BODY);
    held.script(({ number }) => {
      if (number === 1) held.hold(OTHER, '"two-2"');
      return false;
    });
    const file = await client(held).download(NAME, { connections: 3 });
    expect(file).toMatchObject({ status: 'downloaded', bytes: OTHER.length, sha256: digestOf(OTHER) });
    await expectFile(OTHER);
  });

  it('after a run that broke off is the new one, too', async () => {
    const held = await archive(BODY);
    held.script((asked) => {
      if (asked.number < 2) return false;
      begin(asked, BODY, MIB);
      asked.response.destroy();
      return true;
    });
    await rejection(client(held).download(NAME, { connections: 3 }));
    expect(await recorded()).toBeGreaterThan(0);
    held.script(() => false);
    held.hold(OTHER, '"two-2"');
    const file = await client(held).download(NAME, { connections: 3 });
    expect(file).toMatchObject({ status: 'downloaded', bytes: OTHER.length, sha256: digestOf(OTHER) });
    await expectFile(OTHER);
  });
});

describe('bytes that are not those of the digest', () => {
  it('are fetched once more, by one connection', async () => {
    const etag = `"${createHash('md5').update(BODY).digest('hex')}"`;
    const held = await archive(BODY, etag);
    held.script((asked) => {
      if (asked.number !== 1) return false;
      asked.response.writeHead(206, headersOf(asked, BODY.length, etag)).end(Buffer.alloc(asked.to - asked.from, 1));
      return true;
    });
    const file = await client(held).download(NAME, { connections: 3 });
    expect(file).toMatchObject({ status: 'downloaded', sha256: digestOf(BODY) });
    expect(held.asked.at(-1)?.ranged).toBe(false);
    await expectFile(BODY);
  });

  it('twice are no file', async () => {
    const held = await archive(BODY, `"${'ab'.repeat(16)}"`);
    const error = await rejection(client(held).download(NAME, { connections: 3 }));
    expect(error).toMatchObject({ code: 'transfer' });
    expect(String(error)).toContain('md5 digest');
    expect(await names()).toEqual([]);
  });
});
