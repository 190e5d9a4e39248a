import { getEventListeners, getMaxListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { mapConcurrent } from '../../../src/core/util/concurrency.js';
import { every, sleep } from '../../../src/core/util/time.js';
import { linkSignals, onAbort, untilAborted } from '../../../src/core/util/signal.js';
import { Mutex } from '../../../src/core/util/locks.js';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const forever = (signal: AbortSignal, onEnd: () => void): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      onEnd();
      reject(new Error('aborted'));
    });
  });

function source(length: number) {
  const state = { pulled: 0, closed: false };
  function* items(): Generator<number> {
    try {
      for (let at = 0; at < length; at += 1) {
        state.pulled += 1;
        yield at;
      }
    } finally {
      state.closed = true;
    }
  }
  return { state, items: items() };
}

describe('work on several items at a time', () => {
  test('gives all results, never more than the limit at once', async () => {
    let now = 0;
    let most = 0;
    const results: number[] = [];
    for await (const result of mapConcurrent(source(20).items, 3, async (item) => {
      most = Math.max(most, (now += 1));
      await tick();
      now -= 1;
      return item * 2;
    }))
      results.push(result);
    expect(results.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at * 2));
    expect(most).toBe(3);
  });

  test('pulls no further ahead than the limit while the consumer rests', async () => {
    const { state, items } = source(100);
    const results = mapConcurrent(items, 4, async (item) => item);
    expect(state.pulled).toBe(0);
    await results.next();
    await tick();
    expect(state.pulled).toBeLessThanOrEqual(5);
    await results.return();
    expect(state.closed).toBe(true);
  });

  test('gives a result while the source is still busy with the next item', async () => {
    async function* slow(): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => undefined);
    }
    const results = mapConcurrent(slow(), 4, async (item) => item);
    expect(await results.next()).toEqual({ done: false, value: 1 });
    await results.return();
  });

  test('a failure ends the work in flight, closes the source, and is not hidden', async () => {
    const { state, items } = source(9);
    let ended = 0;
    const failure = new Error('the third');
    const results = mapConcurrent(items, 3, (item, signal) =>
      item === 2 ? Promise.reject(failure) : forever(signal, () => (ended += 1)),
    );
    await expect(results.next()).rejects.toBe(failure);
    expect([ended, state.closed]).toEqual([2, true]);
  });

  test('a failure of the source ends the work too, and one of its end is not told', async () => {
    const failure = new Error('the source');
    let ended = 0;
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      throw failure;
    }
    await expect(
      mapConcurrent(broken(), 3, (_item, signal) => forever(signal, () => (ended += 1))).next(),
    ).rejects.toBe(failure);
    expect(ended).toBe(1);
    const stubborn = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false as const, value: 1 }),
        return: () => {
          throw new Error('end');
        },
      }),
    };
    const first = new Error('first');
    await expect(mapConcurrent(stubborn, 1, () => Promise.reject(first)).next()).rejects.toBe(first);
  });

  test('work that throws before it gives a promise is a failure as any other', async () => {
    const failure = new Error('at once');
    const { items, state } = source(5);
    const results = mapConcurrent(items, 2, () => {
      throw failure;
    });
    await expect(results.next()).rejects.toBe(failure);
    expect(state.closed).toBe(true);
  });

  test('an abort rejects with exactly its reason, also while the source hangs', async () => {
    const reason = { not: 'an error' };
    async function* hanging(): AsyncGenerator<number> {
      await new Promise(() => undefined);
      yield 1;
    }
    for (const items of [source(3).items, hanging()]) {
      const controller = new AbortController();
      const outcome = mapConcurrent(
        items,
        2,
        (_item, signal) => forever(signal, () => undefined),
        controller.signal,
      ).next();
      await tick();
      controller.abort(reason);
      await expect(outcome).rejects.toBe(reason);
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    }
    await expect(mapConcurrent([1], 1, async () => 1, AbortSignal.abort(reason)).next()).rejects.toBe(reason);
  });
});

test('one signal for thousands of calls at a time is no leak, and no warning', async () => {
  const warnings: string[] = [];
  const onWarning = ({ name }: Error): void => {
    warnings.push(name);
  };
  process.on('warning', onWarning);
  const { signal } = new AbortController();
  const links = Array.from({ length: 3000 }, () => linkSignals(signal));
  expect(getEventListeners(signal, 'abort')).toHaveLength(3000);
  for (const link of links) link.dispose();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

describe('linked signals', () => {
  test('a linked signal tells its limit of listeners: the fetch of the undici package asks for it', () => {
    expect(getMaxListeners(linkSignals(new AbortController().signal).signal)).toBe(Infinity);
  });

  test('abort with the reason of the first, and leave no listener', () => {
    const [a, b] = [new AbortController(), new AbortController()];
    const link = linkSignals(a.signal, undefined, b.signal);
    const reason = { not: 'an error' };
    b.abort(reason);
    expect(link.signal.reason).toBe(reason);
    expect(getEventListeners(a.signal, 'abort')).toHaveLength(0);
    expect(linkSignals(a.signal, b.signal).signal.reason).toBe(reason);
    expect(getEventListeners(a.signal, 'abort')).toHaveLength(0);
  });

  test('let go when disposed of, and abort alone when told to', () => {
    const { signal } = new AbortController();
    const link = linkSignals(signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    link.abort('x');
    expect([link.signal.aborted, signal.aborted]).toEqual([true, false]);
    link.dispose();
    link.dispose();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('what is to happen at an abort', () => {
  test('happens at once where the signal has aborted, and never without a signal', () => {
    const call = vi.fn();
    onAbort(undefined, call)();
    expect(call).not.toHaveBeenCalled();
    onAbort(AbortSignal.abort(), call)();
    expect(call).toHaveBeenCalledOnce();
  });

  test('happens once, and not when it was taken back', () => {
    const controller = new AbortController();
    const [kept, taken] = [vi.fn(), vi.fn()];
    const release = onAbort(controller.signal, kept);
    onAbort(controller.signal, taken)();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort();
    release();
    expect([kept.mock.calls.length, taken.mock.calls.length]).toEqual([1, 0]);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
});

test.each(['an error', 'no error'])('waits end with exactly the reason of their signal (%s)', async (kind) => {
  const reason: unknown = kind === 'an error' ? new Error('x') : { not: 'an error' };
  const aborted = AbortSignal.abort(reason);
  await expect(sleep(1e6, aborted)).rejects.toBe(reason);
  await expect(untilAborted(new Promise(() => undefined), aborted)).rejects.toBe(reason);
  const controller = new AbortController();
  const waits = [sleep(1e6, controller.signal), untilAborted(new Promise(() => undefined), controller.signal)];
  const outcomes = Promise.allSettled(waits);
  controller.abort(reason);
  for (const outcome of await outcomes) expect(outcome).toEqual({ status: 'rejected', reason });
  await sleep(1, new AbortController().signal);
  expect(await untilAborted(Promise.resolve(5), undefined)).toBe(5);
  const { signal } = new AbortController();
  await expect(untilAborted(Promise.reject(new Error('own')), signal)).rejects.toThrow('own');
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('a mutex lets one through at a time, in order; an abort gives up the place', async () => {
  const mutex = new Mutex();
  const order: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    order.push(`${name} in`);
    await tick();
    order.push(`${name} out`);
  };
  const controller = new AbortController();
  const all = [
    mutex.run(work('a')),
    mutex.run(work('b'), controller.signal),
    mutex.run(async () => Promise.reject(new Error('c'))),
    mutex.run(work('d')),
  ];
  const outcomes = Promise.allSettled(all);
  controller.abort('no more');
  expect((await outcomes).map((one) => (one.status === 'rejected' ? one.reason : 'ok'))).toEqual([
    'ok',
    'no more',
    new Error('c'),
    'ok',
  ]);
  expect(order).toEqual(['a in', 'a out', 'd in', 'd out']);
});

test.each([
  ['pauses', (signal: AbortSignal) => sleep(1, signal)],
  ['waits', (signal: AbortSignal) => untilAborted(sleep(1), signal)],
  ['links', async (signal: AbortSignal) => linkSignals(signal).dispose],
])('many %s on one signal are no leak to Node.js', async (_what, wait) => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 50 }, () => wait(signal)));
  expect(warned.mock.calls).toEqual([]);
});

test('what is done every so often stops when told to', async () => {
  let times = 0;
  const stop = every(1, async () => void (times += 1));
  while (times < 2) await sleep(1);
  stop();
  const { length } = { length: times };
  await sleep(20);
  expect(times).toBe(length);
});
