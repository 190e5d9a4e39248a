import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TransferError } from '../../../src/errors.js';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { downloadMany } from '../../../src/core/transfer/download-many.js';
import type { TransferRequest } from '../../../src/core/transfer/types.js';
import type { DownloadOptions } from '../../../src/types.js';
import { rejection } from '../../support/rejection.js';
import { serve, type ScriptedServer } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { bodyOf, client, file, namesIn, sha256, wanted, type Client } from './harness.js';

const body = bodyOf(300_000);
const old = bodyOf(300_000, 9);
const md5 = createHash('md5').update(body).digest('hex');

let server: ScriptedServer;
let dir: string;
let made: Client;
const target = (): string => join(dir, 'data.bin');
beforeEach(async () => {
  server = await serve(file(body));
  dir = tempDir();
  made = client(server.url);
});
afterEach(async () => {
  made.transport.close();
});

const update = (extra: Partial<TransferRequest<string>> = {}, options: DownloadOptions = {}) =>
  downloadOne(made.op, wanted(dir, 'data.bin', extra), { overwrite: 'update', ...options });

/** What would show that a file was written again. */
const identity = (path = target()) => {
  const { ino, mtimeMs } = statSync(path);
  return { ino, mtimeMs, digest: sha256(readFileSync(path)) };
};

/** The digest that the server tells with its answer. */
const tagged: Partial<TransferRequest<string>> = {
  expected: ({ headers }) => ({ md5: /[0-9a-f]{32}/.exec(headers.get('etag') ?? '')?.[0] ?? '' }),
};

describe('an update', () => {
  it('of nothing is a download', async () => {
    expect(await update()).toMatchObject({ status: 'downloaded', sha256: sha256(body) });
    expect(namesIn(dir)).toEqual(['data.bin']);
  });

  it('replaces another body of the same length, and says so', async () => {
    writeFileSync(target(), old);
    expect(await update()).toMatchObject({
      status: 'updated',
      path: target(),
      bytes: body.length,
      sha256: sha256(body),
    });
    expect(readFileSync(target()).equals(body)).toBe(true);
    expect(namesIn(dir)).toEqual(['data.bin']);
  });

  it('leaves the same body as it is, with its inode and its date', async () => {
    writeFileSync(target(), body);
    const before = identity();
    expect(await update()).toMatchObject({ status: 'skipped', path: target(), bytes: body.length });
    expect(identity()).toEqual(before);
    expect(namesIn(dir)).toEqual(['data.bin']);
    expect(server.requests).toHaveLength(1);
  });

  it('that breaks off leaves the target, and the next one goes on from its part', async () => {
    writeFileSync(target(), old);
    server.script(file(body, { cutAfter: 150_000 }));
    expect(await rejection(update())).toBeInstanceOf(TransferError);
    expect(readFileSync(target()).equals(old)).toBe(true);
    server.script(file(body));
    expect(await update()).toMatchObject({ status: 'updated' });
    expect(server.requests.at(-1)?.headers.range).toBe('bytes=150000-');
    expect(readFileSync(target()).equals(body)).toBe(true);
  });

  it('refuses a directory in the place, before any request', async () => {
    mkdirSync(target());
    expect(await rejection(update())).toBeInstanceOf(TransferError);
    expect(server.requests).toEqual([]);
  });

  it('never writes through a link: what it leads to stays, and the name holds the new body', async () => {
    const other = join(dir, 'other');
    writeFileSync(other, old);
    symlinkSync(other, target());
    expect(await update()).toMatchObject({ status: 'updated' });
    expect(readFileSync(target()).equals(body)).toBe(true);
    expect(readFileSync(other).equals(old)).toBe(true);
    rmSync(target());
    linkSync(other, target());
    expect(await update()).toMatchObject({ status: 'updated' });
    expect(readFileSync(other).equals(old)).toBe(true);
    expect(statSync(other).nlink).toBe(1);
  });
});

describe('a target whose digest is known', () => {
  it('beforehand is kept without a request', async () => {
    writeFileSync(target(), body);
    const expected = { bytes: body.length, sha256: sha256(body).toUpperCase() };
    expect(await update({ expected })).toMatchObject({ status: 'skipped' });
    expect(server.requests).toEqual([]);
    writeFileSync(target(), old);
    expect(await update({ expected })).toMatchObject({ status: 'updated' });
  });

  it('from the head of the answer is kept without its body, though it is never sent', async () => {
    writeFileSync(target(), body);
    const before = identity();
    server.script(file(body, { etag: `"${md5}"`, stallAfter: 100 }));
    expect(await update(tagged)).toMatchObject({ status: 'skipped', bytes: body.length });
    expect(identity()).toEqual(before);
    expect(namesIn(dir)).toEqual(['data.bin']);
  });

  it('from the head of the answer and is another one is replaced', async () => {
    writeFileSync(target(), old);
    server.script(file(body, { etag: `"${md5}"` }));
    expect(await update(tagged)).toMatchObject({ status: 'updated', sha256: sha256(body) });
  });

  it('is kept where a part of an older try lies beside it, and the part goes', async () => {
    server.script(file(body, { cutAfter: 150_000, etag: `"${md5}"` }));
    await rejection(update(tagged));
    writeFileSync(target(), body);
    server.script(file(body, { etag: `"${md5}"` }));
    expect(await update(tagged)).toMatchObject({ status: 'skipped' });
    expect(namesIn(dir)).toEqual(['data.bin']);
  });

  it('counts where only the answer tells the name', async () => {
    writeFileSync(target(), body);
    server.script(file(body, { etag: `"${md5}"`, stallAfter: 100 }));
    expect(await update({ ...tagged, name: () => 'data.bin' })).toMatchObject({ status: 'skipped' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a room that knows', () => {
  it('by dates keeps a target before any request', async () => {
    writeFileSync(target(), old);
    const isCurrent = vi.fn(() => true);
    expect(await update({ isCurrent })).toMatchObject({ status: 'skipped' });
    expect(isCurrent).toHaveBeenCalledExactlyOnceWith(
      { path: target(), bytes: old.length, modifiedAt: statSync(target()).mtime },
      undefined,
    );
    expect(server.requests).toEqual([]);
  });

  it('by a validator keeps it by the head of the answer', async () => {
    writeFileSync(target(), old);
    server.script(file(body, { stallAfter: 100 }));
    const isCurrent: TransferRequest<string>['isCurrent'] = (_existing, head) =>
      Promise.resolve(head?.headers.get('etag') === '"one"');
    expect(await update({ isCurrent })).toMatchObject({ status: 'skipped' });
  });

  it('of another length is not heard once the answer has one', async () => {
    writeFileSync(target(), 'short');
    expect(await update({ isCurrent: (_existing, head) => head !== undefined })).toMatchObject({ status: 'updated' });
  });

  it('is not asked with other modes, and its failure is that of the file', async () => {
    writeFileSync(target(), old);
    const wrong = new TransferError('the list of changes is not there', { centre: 'imap', operation: 'imap.download' });
    const isCurrent = (): Promise<boolean> => Promise.reject(wrong);
    expect(await rejection(update({ isCurrent }))).toBe(wrong);
    expect(await update({ isCurrent }, { overwrite: 'replace' })).toMatchObject({ status: 'downloaded' });
  });
});

describe('a target that changes while an update comes', () => {
  const during = (work: () => void): void => {
    server.script((request, response) => {
      work();
      file(body)(request, response);
    });
  };

  it('to the same body is kept', async () => {
    writeFileSync(target(), old);
    during(() => writeFileSync(target(), body));
    expect(await update()).toMatchObject({ status: 'skipped' });
    expect(namesIn(dir)).toEqual(['data.bin']);
  });

  it('to another body is replaced, also where there was none before', async () => {
    during(() => writeFileSync(target(), old));
    expect(await update()).toMatchObject({ status: 'updated' });
    expect(readFileSync(target()).equals(body)).toBe(true);
  });

  it('and goes away is downloaded', async () => {
    writeFileSync(target(), old);
    during(() => rmSync(target()));
    expect(await update()).toMatchObject({ status: 'downloaded' });
    expect(existsSync(target())).toBe(true);
  });
});

it('many files are updated, each for itself', async () => {
  for (const [name, content] of [
    ['a', body],
    ['b', old],
  ] as const)
    writeFileSync(join(dir, name), content);
  const requests = ['a', 'b', 'c'].map((name) => wanted(dir, name));
  const files = await downloadMany(made.op, requests, { overwrite: 'update' }).toArray();
  expect(files.map(({ source, status }) => [source, status]).sort()).toEqual([
    ['a', 'skipped'],
    ['b', 'updated'],
    ['c', 'downloaded'],
  ]);
});
