import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyedMutex, Semaphore, SpacedWork } from '../../../src/core/util/locks.js';
import { monotonic } from '../../../src/core/util/time.js';

const { signal } = new AbortController();

describe('the places of a semaphore', () => {
  it('are given in the order of asking', async () => {
    const places = new Semaphore(1);
    const order: number[] = [];
    const first = await places.acquire(signal);
    const others = [1, 2, 3].map(async (number) => {
      const leave = await places.acquire(signal);
      order.push(number);
      leave();
    });
    first();
    await Promise.all(others);
    expect(order).toEqual([1, 2, 3]);
  });

  it('given back twice count once', async () => {
    const places = new Semaphore(1);
    const leave = await places.acquire(signal);
    leave();
    leave();
    await places.acquire(signal);
    const none = new AbortController();
    const third = places.acquire(none.signal);
    none.abort(new Error('still full'));
    await expect(third).rejects.toThrow('still full');
  });

  it('are not lost when the one whose turn has come gave up in the same moment', async () => {
    const places = new Semaphore(1);
    const leave = await places.acquire(signal);
    const quitter = new AbortController();
    const turn = places.acquire(quitter.signal);
    quitter.abort(new Error('gone'));
    leave();
    await expect(turn).rejects.toThrow('gone');
    (await places.acquire(signal))();
  });

  it('are never more than there are, however many come and go', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(3), { maxLength: 30 }),
        async (count, pauses) => {
          const places = new Semaphore(count);
          let busy = 0;
          await Promise.all(
            pauses.map(async (pause) => {
              const leave = await places.acquire(signal);
              busy += 1;
              expect(busy).toBeLessThanOrEqual(count);
              for (let step = 0; step < pause; step += 1) await Promise.resolve();
              busy -= 1;
              leave();
            }),
          );
          expect(busy).toBe(0);
        },
      ),
    );
  });
});

describe('a mutex of keys', () => {
  it('lets one in under each key, also after one that gave up waiting', async () => {
    const locks = new KeyedMutex();
    const first = await locks.acquire('a');
    const other = await locks.acquire('b');
    const quitter = new AbortController();
    const gone = locks.acquire('a', quitter.signal);
    const order: string[] = [];
    const next = locks.acquire('a').then((release) => {
      order.push('next');
      release();
    });
    quitter.abort(new Error('gone'));
    await expect(gone).rejects.toThrow('gone');
    order.push('first');
    first();
    first();
    await next;
    other();
    expect(order).toEqual(['first', 'next']);
    (await locks.acquire('a'))();
  });
});

describe('spaced work', () => {
  it('comes one after the other under its key, with the pause after the end of the one before, failed ones too', async () => {
    const spaced = new SpacedWork();
    const ends: number[] = [];
    const starts: number[] = [];
    const work = (fails: boolean) => async (): Promise<void> => {
      starts.push(monotonic());
      await Promise.resolve();
      ends.push(monotonic());
      if (fails) throw new Error('failed');
    };
    const all = [true, false, false].map((fails) => spaced.run('a', 30, undefined, work(fails)));
    const other = spaced.run('b', 30, undefined, () => Promise.resolve('b'));
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await other).toBe('b');
    for (const at of [1, 2]) expect((starts[at] ?? 0) - (ends[at - 1] ?? 0)).toBeGreaterThanOrEqual(30);
  });

  it('that is given up while it waits is not done, and the next one waits for the one before', async () => {
    const spaced = new SpacedWork();
    await spaced.run('a', 50, undefined, () => Promise.resolve());
    const quitter = new AbortController();
    let done = 0;
    const gone = spaced.run('a', 60_000, quitter.signal, () => Promise.resolve((done += 1)));
    const next = spaced.run('a', 0, undefined, () => Promise.resolve((done += 1)));
    quitter.abort(new Error('gone'));
    await expect(gone).rejects.toThrow('gone');
    expect([await next, done]).toEqual([1, 1]);
  });
});
