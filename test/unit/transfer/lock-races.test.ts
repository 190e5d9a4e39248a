import { readdirSync, readFileSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acquireLock, type Lock } from '../../../src/core/transfer/file/lock.js';
import { thisOwner } from '../../../src/core/transfer/file/lock-owner.js';
import { FileClock, isDead, readLock } from '../../../src/core/transfer/file/lock-file.js';
import { tempDir } from '../../support/temp-dir.js';
import { ASIDE, failOnce, mended, once, systemError } from './faulty-disk.js';

vi.mock('node:fs/promises', async (original) => {
  const { faulty } = await import('./faulty-disk.js');
  return faulty(await original<typeof import('node:fs/promises')>());
});

let dir: string;
const lock = (): string => join(dir, 'a.part.lock');
beforeEach(() => {
  dir = tempDir();
});
afterEach(() => {
  expect(mended()).toEqual([]);
});

const alive = { pid: 1, host: 'elsewhere.invalid', token: 'alive' };
const write = (holder: object): void => writeFileSync(lock(), JSON.stringify(holder));
const leave = (): void => {
  write({ pid: 1, host: 'elsewhere.invalid', token: 'dead' });
  utimesSync(lock(), new Date(Date.now() - 90_000), new Date(Date.now() - 90_000));
};

const take = (patienceMs = 2_000): Promise<Lock> =>
  acquireLock(lock(), {
    signal: new AbortController().signal,
    patienceMs,
    partPath: join(dir, 'a.part'),
    busy: (holder) => new Error(`held by ${holder?.token ?? 'nobody'}`),
  });

describe('a dead lock', () => {
  it('whose place another process cleared in the same moment is free for both', async () => {
    leave();
    once('rename', ASIDE, async () => {
      unlinkSync(lock());
      return Promise.reject(systemError('ENOENT', 'rename'));
    });
    const held = await take();
    expect(await held.isHeld()).toBe(true);
    await held.release();
    expect(readdirSync(dir)).toEqual([]);
  });

  it('in whose place another process puts its own before it is touched is left', async () => {
    leave();
    // The guard is made, then the lock is looked at once more.
    once(
      'open',
      '.lock',
      (go) => {
        write(alive);
        return go();
      },
      1,
    );
    await expect(take(300)).rejects.toThrow('held by alive');
    expect(readdirSync(dir)).toEqual(['a.part.lock']);
    expect(JSON.parse(readFileSync(lock(), 'utf8'))).toEqual(alive);
  });

  it('that cannot be replaced fails as the disk does, and stays', async () => {
    leave();
    failOnce('rename', ASIDE, 'EACCES');
    await expect(take()).rejects.toMatchObject({ code: 'EACCES' });
    expect(readdirSync(dir)).toEqual(['a.part.lock']);
    await (await take()).release();
  });
});

describe('a holder whose thread the system does not show', () => {
  const { system } = thisOwner('x');
  const holder = { pid: process.ppid, host: hostname(), token: 'x', system };
  const isGone = async (silentMs: number): Promise<boolean> => {
    write(holder);
    const at = new Date(Date.now() - silentMs);
    utimesSync(lock(), at, at);
    const seen = await readLock(lock());
    if (seen === undefined) throw new Error('there is a lock');
    return isDead(seen, new FileClock(lock()));
  };

  it.skipIf(system === undefined).each([
    ['is there while its heartbeat is young', 50_000, false],
    ['is gone after a silent minute', 61_000, true],
  ])('%s, since the process runs', async (_what, silentMs, gone) => {
    failOnce('readFile', `/task/${system?.thread ?? 0}/stat`, 'ENOENT');
    failOnce('readFile', `/proc/${process.ppid}/stat`, 'ENOENT');
    expect(await isGone(silentMs)).toBe(gone);
  });

  it.skipIf(system === undefined).each([
    ['another start', `1 (node (x)) ${'S '.repeat(19)}777 0`],
    ['one that is over, and was not collected', `1 (node (x)) Z ${'1 '.repeat(18)}${system?.started ?? ''} 0`],
  ])('is gone at once where the system shows %s', async (_what, stat) => {
    once('readFile', `/task/${system?.thread ?? 0}/stat`, () => Promise.resolve(stat));
    expect(await isGone(0)).toBe(true);
  });
});
