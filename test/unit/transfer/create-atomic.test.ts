import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAtomic, writeAtomic } from '../../../src/core/files/write-atomic.js';
import { tempDir } from '../../support/temp-dir.js';
import { failOnce, mended, once } from './faulty-disk.js';

vi.mock('node:fs/promises', async (original) => {
  const { faulty } = await import('./faulty-disk.js');
  return faulty(await original<typeof import('node:fs/promises')>());
});

let dir: string;
const path = (): string => join(dir, 'order.cfg');
const create = (): Promise<boolean> => createAtomic(path(), 'content', 0o666);
beforeEach(() => {
  dir = tempDir();
});
afterEach(() => {
  expect(mended()).toEqual([]);
});

describe('a small file that is made all at once', () => {
  it.each(['EPERM', 'ENOTSUP', 'ENOSYS'])('never replaces one, also where links fail with %s', async (code) => {
    failOnce('link', '.tmp', code);
    expect(await create()).toBe(true);
    failOnce('link', '.tmp', code);
    expect(await createAtomic(path(), 'other', 0o666)).toBe(false);
    expect(readFileSync(path(), 'utf8')).toBe('content');
    expect(readdirSync(dir)).toEqual(['order.cfg']);
  });

  it('never replaces one where there are links', async () => {
    writeFileSync(path(), 'old');
    expect(await create()).toBe(false);
    expect(readdirSync(dir)).toEqual(['order.cfg']);
  });

  it('leaves nothing on a disk that fails, and tells why', async () => {
    failOnce('link', '.tmp', 'EIO');
    await expect(create()).rejects.toMatchObject({ code: 'EIO' });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('tells why it failed, also when nothing can be cleared away either', async () => {
    failOnce('handle.sync', '.tmp', 'ENOSPC');
    once('handle.close', '.tmp', async (go) => {
      await go();
      throw new Error('no luck either');
    });
    failOnce('rm', '.tmp', 'EACCES');
    await expect(create()).rejects.toMatchObject({ code: 'ENOSPC' });
  });

  it('is there, even when its other name cannot be removed', async () => {
    failOnce('rm', '.tmp', 'EACCES');
    expect(await create()).toBe(true);
    expect(readFileSync(path(), 'utf8')).toBe('content');
  });
});

describe('a small file that is replaced all at once', () => {
  it('stays as it was on a disk that fails, which is told even when nothing can be cleared away', async () => {
    writeFileSync(path(), 'old');
    failOnce('handle.sync', '.tmp', 'ENOSPC');
    once('handle.close', '.tmp', async (go) => {
      await go();
      throw new Error('no luck either');
    });
    failOnce('rm', '.tmp', 'EACCES');
    await expect(writeAtomic(path(), 'new')).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(readFileSync(path(), 'utf8')).toBe('old');
  });
});
