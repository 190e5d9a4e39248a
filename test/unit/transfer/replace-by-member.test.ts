import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TransferError } from '../../../src/errors.js';
import { unpackZip } from '../../../src/core/transfer/zip/unpack.js';
import { replaceByMember } from '../../../src/core/transfer/zip/replace-by-member.js';
import { makeZip, type ZipInput } from '../../../src/testing/kit/zip.js';
import { sha256 } from '../../server/transfer/harness.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { failOnce, mended } from './faulty-disk.js';

vi.mock('node:fs/promises', async (original) => {
  const { faulty } = await import('./faulty-disk.js');
  return faulty(await original<typeof import('node:fs/promises')>());
});

const init = { centre: 'scc', operation: 'scc.downloadFile' } as const;
const { signal } = new AbortController();
let dir: string;
const path = (): string => join(dir, 'a.nc.part');
beforeEach(() => {
  dir = tempDir();
});
afterEach(() => {
  expect(mended()).toEqual([]);
});

const archive = (members: readonly ZipInput[]): void => writeFileSync(path(), makeZip(members));
const replace = () => replaceByMember(path(), (name) => name.endsWith('.nc'), init, signal);

describe('an archive that was fetched for one file', () => {
  it('is replaced by it', async () => {
    archive([
      { name: 'read me.txt', data: 'x' },
      { name: 'deep/a.nc', data: 'the file' },
    ]);
    expect(await replace()).toEqual({ bytes: 8, sha256: sha256(Buffer.from('the file')) });
    expect(readFileSync(path(), 'utf8')).toBe('the file');
    expect(readdirSync(dir)).toEqual(['a.nc.part']);
  });

  it('is left when it is none', async () => {
    writeFileSync(path(), 'CDF\u0001');
    expect(await replace()).toBeUndefined();
    expect(readFileSync(path(), 'utf8')).toBe('CDF\u0001');
  });

  it.each([
    ['nothing', [], 'it holds nothing'],
    [
      'other files only',
      Array.from({ length: 7 }, (_, at) => ({ name: `deep/${at}.txt`, data: 'x' })),
      'it holds 0.txt, 1.txt, 2.txt, 3.txt, 4.txt)',
    ],
  ])('is refused when it holds %s', async (_what, members, words) => {
    archive(members);
    const error = await rejection(replace());
    expect(error).toBeInstanceOf(TransferError);
    expect(String(error)).toContain(words);
    expect(readdirSync(dir)).toEqual(['a.nc.part']);
  });
});

describe('a disk that fails meanwhile', () => {
  it.each([
    ['open', '.part', 'EIO', 0],
    ['mkdir', '.tmp', 'ENOSPC', 0],
    ['rename', 'a.nc', 'EROFS', 0],
  ])('at %s of …%s is a TransferError that leaves nothing else', async (call, ending, code, skip) => {
    archive([{ name: 'a.nc', data: 'the file' }]);
    failOnce(call, ending, code, skip);
    const error = await rejection(replace());
    expect(error).toBeInstanceOf(TransferError);
    expect(error).toMatchObject({ cause: { code } });
    expect(readdirSync(dir)).toEqual(['a.nc.part']);
  });

  it('at removing what was unpacked does not hide why', async () => {
    archive([{ name: 'a.txt', data: 'x' }]);
    failOnce('rm', '.unpacked', 'EBUSY', 1);
    expect(String(await rejection(replace()))).toContain('holds none of the requested files');
  });

  it('at removing what was unpacked does not undo what was done', async () => {
    archive([{ name: 'a.nc', data: 'the file' }]);
    failOnce('rm', '.unpacked', 'EBUSY', 1);
    expect(await replace()).toMatchObject({ bytes: 8 });
  });
});

describe('an archive that is unpacked', () => {
  it('where a file has the name of the folder is a TransferError', async () => {
    archive([{ name: 'a.nc', data: 'x' }]);
    writeFileSync(join(dir, 'out'), 'a file');
    const error = await rejection(unpackZip(path(), join(dir, 'out'), { init }));
    expect(error).toBeInstanceOf(TransferError);
    expect(String(error)).toContain('out could not be written');
    expect(readFileSync(join(dir, 'out'), 'utf8')).toBe('a file');
  });

  it('where a folder has the name of a file is a TransferError', async () => {
    archive([{ name: 'a.nc', data: 'x' }]);
    mkdirSync(join(dir, 'out', 'a.nc'), { recursive: true });
    expect(await rejection(unpackZip(path(), join(dir, 'out'), { init }))).toMatchObject({ cause: { code: 'EISDIR' } });
    expect(readdirSync(dir)).toEqual(['a.nc.part', 'out']);
  });

  it('on a disk that refuses the folder of a member is a TransferError', async () => {
    archive([{ name: 'deep/a.nc', data: 'x' }]);
    failOnce('mkdir', 'deep', 'EDQUOT');
    expect(await rejection(unpackZip(path(), join(dir, 'out'), { init }))).toMatchObject({ cause: { code: 'EDQUOT' } });
    expect(readdirSync(dir)).toEqual(['a.nc.part']);
  });

  it('whose squeezed member is damaged tells the member', async () => {
    const zip = Buffer.from(makeZip([{ name: 'a.nc', data: 'squeeze '.repeat(100) }]));
    const start = 30 + 'a.nc'.length;
    // The first two bits of a deflate block are its type; 11 is none (RFC 1951, section 3.2.3).
    zip[start] = (zip[start] ?? 0) | 0b110;
    writeFileSync(path(), zip);
    const error = await rejection(unpackZip(path(), join(dir, 'out'), { init }));
    expect(error).toBeInstanceOf(TransferError);
    expect(String(error)).toContain('member "a.nc" cannot be unpacked (');
    expect(readdirSync(dir)).toEqual(['a.nc.part']);
  });
});
