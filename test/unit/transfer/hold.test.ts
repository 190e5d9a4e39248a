import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acquireLock, type Lock } from '../../../src/core/transfer/file/lock.js';
import { thisOwner } from '../../../src/core/transfer/file/lock-owner.js';
import { FileClock, isDead, readLock, takeOver } from '../../../src/core/transfer/file/lock-file.js';
import { Semaphore } from '../../../src/core/util/locks.js';
import { tempDir } from '../../support/temp-dir.js';

let dir: string;
const lock = (): string => join(dir, 'deep', 'a.part.lock');
beforeEach(() => {
  dir = tempDir();
});
afterEach(() => {
  vi.useRealTimers();
});

const take = (path = lock(), patienceMs = 1000): Promise<Lock> =>
  acquireLock(path, {
    signal: new AbortController().signal,
    patienceMs,
    partPath: join(dir, 'a.part'),
    busy: (holder) => new Error(`held by ${String(holder?.pid)}`),
  });

describe('a hold', () => {
  it('names its process, makes its directory, and is gone when it is released', async () => {
    const held = await take();
    expect(await readLock(lock())).toMatchObject({ holder: { pid: process.pid, host: hostname() } });
    expect(await held.isHeld()).toBe(true);
    await held.release();
    expect(readdirSync(join(dir, 'deep'))).toEqual([]);
  });

  it('is given to one after the other within a process', async () => {
    const order: string[] = [];
    const first = await take();
    const second = take().then(async (held) => {
      order.push('second');
      await held.release();
    });
    order.push('first');
    await first.release();
    await second;
    expect(order).toEqual(['first', 'second']);
  });

  it('that another process took over is neither ours nor removed by us', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const held = await take();
    writeFileSync(lock(), JSON.stringify({ pid: 1, host: 'x', token: 'theirs' }));
    vi.advanceTimersByTime(5_000);
    expect(await held.isHeld()).toBe(false);
    await held.release();
    expect(JSON.parse(readFileSync(lock(), 'utf8'))).toMatchObject({ token: 'theirs' });
  });

  it('whose lock was removed can be released all the same', async () => {
    const held = await take();
    rmSync(lock());
    await held.release();
    await (await take()).release();
  });

  it('shows that it lives', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const held = await take();
    const old = new Date(Date.now() - 50_000);
    utimesSync(lock(), old, old);
    vi.advanceTimersByTime(15_000);
    await vi.waitUntil(() => statSync(lock()).mtimeMs > old.getTime(), 10_000);
    await held.release();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that cannot be taken fails as the disk does, and blocks nobody', async () => {
    writeFileSync(join(dir, 'plain'), '');
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(take(join(dir, 'plain', 'a.lock'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(take(join('/proc', 'nowhere', 'a.lock'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('of a living process is waited for while its part grows, and no longer', async () => {
    await (await take()).release();
    // Process 1 lives as long as the machine; its start is not known to the lock, so its heartbeat counts.
    writeFileSync(lock(), JSON.stringify({ pid: 1, host: hostname(), token: 'other' }));
    let size = 0;
    const growing = setInterval(() => {
      size += 1;
      if (size < 8) writeFileSync(join(dir, 'a.part'), 'x'.repeat(size));
    }, 60);
    try {
      await expect(take(lock(), 1_500)).rejects.toThrow('held by 1');
      expect(size).toBeGreaterThanOrEqual(8);
    } finally {
      clearInterval(growing);
    }
    expect(existsSync(lock())).toBe(true);
  });
});

describe('a holder', () => {
  const { system } = thisOwner('x');
  const host = hostname();
  const none = 2 ** 22 + 7;
  const path = (): string => join(dir, 'lock');
  /** Whether a lock with this text that was silent for so long is taken for dead. */
  const judged = async (text: string, silentMs: number): Promise<boolean> => {
    writeFileSync(path(), text);
    const at = new Date(Date.now() - silentMs);
    utimesSync(path(), at, at);
    const seen = await readLock(path());
    if (seen === undefined) throw new Error('there is a lock');
    return isDead(seen, new FileClock(path()));
  };
  const minute: [string, object][] = [
    ['elsewhere', { pid: 1, host: 'elsewhere', token: 'x' }],
    ['of this machine of which only number and host are known', { pid: none, host, token: 'x' }],
    ['of another boot', { pid: none, host, token: 'x', system: { ...system, boot: 'another' } }],
    ['of another namespace', { pid: none, host, token: 'x', system: { ...system, namespace: 'pid:[1]' } }],
  ];

  it.skipIf(system === undefined).each(minute)('%s is there for a minute of silence', async (_what, holder) => {
    expect(await judged(JSON.stringify(holder), 50_000)).toBe(false);
    expect(await judged(JSON.stringify(holder), 61_000)).toBe(true);
    expect(readdirSync(dir)).toEqual(['lock']);
  });

  it.each(['', '{', 'null', '{"pid":"x"}', '{"pid":-1,"host":"x","token":"x"}'])(
    'that nothing tells (%j) is there for a minute without a change',
    async (text) => {
      expect(await judged(text, 50_000)).toBe(false);
      expect(await judged(text, 61_000)).toBe(true);
    },
  );

  it.skipIf(system === undefined).each([
    ['whose process does not run', { pid: none, host, token: 'x', system }],
    [
      'whose process is a later one of its number',
      { pid: process.pid, host, token: 'x', system: { ...system, started: '1' } },
    ],
    ['whose thread has ended', { pid: process.pid, host, token: 'x', system: { ...system, thread: none } }],
    ['in a container of another host name', { pid: none, host: 'elsewhere', token: 'x', system }],
  ])('%s is gone at once', async (_what, holder) => {
    expect(await judged(JSON.stringify(holder), 0)).toBe(true);
  });

  it.skipIf(system === undefined)('that runs is there, however long it is silent', async () => {
    expect(await judged(JSON.stringify(thisOwner('x')), 600_000)).toBe(false);
  });

  it('is not told by a link, a pipe or a directory in the place of the lock, which have an age all the same', async () => {
    symlinkSync('/dev/zero', path());
    expect(await readLock(path())).toMatchObject({ holder: undefined });
    rmSync(path());
    mkdirSync(path());
    expect(await readLock(path())).toMatchObject({ holder: undefined });
    expect(await readLock(join(dir, 'none'))).toBeUndefined();
  });
});

describe('a lock of a dead holder', () => {
  const dead = JSON.stringify({ pid: 1, host: 'elsewhere.invalid', token: 'dead' });
  const leave = (text = dead): void => {
    mkdirSync(join(dir, 'deep'), { recursive: true });
    writeFileSync(lock(), text);
    utimesSync(lock(), new Date(Date.now() - 90_000), new Date(Date.now() - 90_000));
  };

  it.each([dead, ''])('(%j) is taken over by one of many, and what lay beside it goes', async (text) => {
    leave(text);
    for (const name of ['0123456789ab', '0a1b2c3d']) writeFileSync(`${lock()}.${name}`, 'left');
    const held = await take();
    expect([held.tookOver, await held.isHeld()]).toEqual([true, true]);
    expect(readdirSync(join(dir, 'deep'))).toEqual(['a.part.lock']);
    await held.release();
    expect(readdirSync(join(dir, 'deep'))).toEqual([]);
  });

  it('is taken over where the one who was at it died, too', async () => {
    leave();
    const seen = await readLock(lock());
    writeFileSync(`${lock()}.${seen?.state ?? ''}`, dead);
    utimesSync(`${lock()}.${seen?.state ?? ''}`, new Date(0), new Date(0));
    const held = await take();
    await held.release();
    expect(readdirSync(join(dir, 'deep'))).toEqual([]);
  });

  it('is left to the one who is at it', async () => {
    leave();
    const seen = await readLock(lock());
    const guard = `${lock()}.${seen?.state ?? ''}`;
    writeFileSync(guard, JSON.stringify(thisOwner('another')));
    await expect(take(lock(), 300)).rejects.toThrow('held by 1');
    expect(readdirSync(join(dir, 'deep')).sort()).toEqual(['a.part.lock', basename(guard)]);
    expect(readFileSync(lock(), 'utf8')).toBe(dead);
  });

  it('that shows a sign of life in the last moment is left', async () => {
    leave();
    const seen = await readLock(lock());
    if (seen === undefined) throw new Error('there is a lock');
    utimesSync(lock(), new Date(), new Date());
    expect(await takeOver(lock(), seen, 'mine', new FileClock(lock()))).toBeUndefined();
    expect(readdirSync(join(dir, 'deep'))).toEqual(['a.part.lock']);
  });
});

describe('a place on the network', () => {
  it('is not held while another one has the lock', async () => {
    mkdirSync(join(dir, 'deep'));
    writeFileSync(lock(), JSON.stringify(thisOwner('another')));
    const slots = new Semaphore(1);
    const { signal } = new AbortController();
    const busy = (): Error => new Error('busy');
    const waiting = acquireLock(lock(), {
      signal,
      patienceMs: 20_000,
      partPath: join(dir, 'a.part'),
      busy,
      takeSlot: () => slots.acquire(signal),
    });
    (await slots.acquire(signal))();
    rmSync(lock());
    const held = await waiting;
    let free = false;
    const next = slots.acquire(signal).then((leave) => {
      free = true;
      leave();
    });
    expect(free).toBe(false);
    held.leaveSlot();
    await next;
    await held.release();
  });
});
