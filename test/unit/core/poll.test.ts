import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { safeLogger } from '../../../src/core/log/logger.js';
import { Redactor } from '../../../src/core/redact/redactor.js';
import { poll, type PollSpec } from '../../../src/core/polling/poll.js';
import { Forbidden, NetworkError, RateLimited, WaitTimeout } from '../../../src/errors.js';

const init = { centre: 'scops', operation: 'scops.watch' } as const;
type Look = string | undefined | Error;

function watched(looks: readonly Look[], options: PollSpec<string>['options'] = {}) {
  const times: number[] = [];
  const started = performance.now();
  const warnings: string[] = [];
  const spec: PollSpec<string> = {
    init,
    log: safeLogger({ warn: (message) => warnings.push(message) }, new Redactor()),
    read: async () => {
      const look = looks[Math.min(times.length, looks.length - 1)];
      times.push(Math.round(performance.now() - started));
      if (look instanceof Error) throw look;
      return look;
    },
    isFinal: (state) => state === 'done',
    changed: (before, after) => before !== after,
    describe: (state) => `it is ${state}`,
    absent: () => new Error('never appeared'),
    options: { pollIntervalMs: 1000, deadlineMs: 60_000, appearMs: 5000, ...options },
  };
  return { spec, times, warnings };
}

/** Runs a wait on the false clock. */
async function outcome(spec: PollSpec<string>): Promise<{ states: string[]; error: unknown }> {
  const states: string[] = [];
  let error: unknown;
  let over = false;
  void (async () => {
    try {
      for await (const state of poll(spec)) states.push(state);
    } catch (thrown) {
      error = thrown;
    }
    over = true;
  })();
  for (let step = 0; step < 2000 && !over; step += 1) await vi.advanceTimersByTimeAsync(100);
  expect(over).toBe(true);
  return { states, error };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a wait', () => {
  test('yields each change, the last one included, and tells the callback the same', async () => {
    const told: string[] = [];
    const { spec, times } = watched(['a', 'a', 'b', 'b', 'done'], { onState: (state) => told.push(state) });
    expect(await outcome(spec)).toEqual({ states: ['a', 'b', 'done'], error: undefined });
    expect(told).toEqual(['a', 'b', 'done']);
    expect(times).toEqual([0, 1000, 2000, 3000, 4000]);
  });

  test('forgives passing faults and logs them', async () => {
    const { spec, warnings } = watched([new NetworkError('x', init), 'a', new NetworkError('y', init), 'done']);
    expect(await outcome(spec)).toEqual({ states: ['a', 'done'], error: undefined });
    expect(warnings).toHaveLength(2);
  });

  test('does not forgive what will not pass', async () => {
    const failure = new Forbidden('x', init);
    expect((await outcome(watched(['a', failure]).spec)).error).toBe(failure);
    const bug = new TypeError('x');
    expect((await outcome(watched([bug]).spec)).error).toBe(bug);
  });

  test('waits as long as the centre asks', async () => {
    const { spec, times } = watched([new RateLimited('x', { ...init, retryAfterMs: 9000 }), 'done']);
    await outcome(spec);
    expect(times).toEqual([0, 9000]);
    const unsaid = watched([new RateLimited('x', init), 'done']);
    await outcome(unsaid.spec);
    expect(unsaid.times[1]! - unsaid.times[0]!).toBe(1000);
  });

  test('ends at the deadline with the last state', async () => {
    const { error, states } = await outcome(watched(['a'], { deadlineMs: 3500 }).spec);
    expect(states).toEqual(['a']);
    expect(error).toBeInstanceOf(WaitTimeout);
    expect(error).toMatchObject({ state: 'a', retryable: true });
    expect(String(error)).toMatch(/not finished after 4 s \(it is a\)/u);
    const unseen = await outcome(watched([undefined], { deadlineMs: 2000 }).spec);
    expect(String(unseen.error)).toMatch(/not seen yet/u);
    expect(unseen.error).toMatchObject({ state: undefined });
  });

  test.each([true, false])('ends at the deadline although a look hangs (it minds its signal: %s)', async (minds) => {
    const { spec } = watched([], { deadlineMs: 2000 });
    const hanging: PollSpec<string>['read'] = (signal) =>
      new Promise((_resolve, reject) => {
        if (minds) signal.addEventListener('abort', () => reject(new NetworkError('aborted', init)));
      });
    expect((await outcome({ ...spec, read: hanging })).error).toBeInstanceOf(WaitTimeout);
  });

  test('gives a job its time to appear, then tells that it did not', async () => {
    expect(await outcome(watched([undefined, undefined, 'done']).spec)).toEqual({ states: ['done'], error: undefined });
    const never = watched([undefined]);
    expect(String((await outcome(never.spec)).error)).toMatch(/never appeared/u);
    expect(never.times.at(-1)).toBe(5000);
  });

  test.each(['in the pause', 'in a look'])('an abort %s ends it with exactly its reason', async (when) => {
    const controller = new AbortController();
    const { signal } = controller;
    const { spec } = watched(['a'], { signal });
    const read: PollSpec<string>['read'] = when === 'in a look' ? () => new Promise(() => undefined) : spec.read;
    const reason = { not: 'an error' };
    setTimeout(() => controller.abort(reason), 1500);
    expect((await outcome({ ...spec, read })).error).toBe(reason);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
    expect((await outcome(watched(['a'], { signal }).spec)).error).toBe(reason);
  });

  test('leaving the loop leaves no timer', async () => {
    for await (const state of poll(watched(['a']).spec)) {
      expect(state).toBe('a');
      break;
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  test('without end does not look without pause', async () => {
    const { spec, times } = watched(['a', 'done'], { deadlineMs: Infinity, pollIntervalMs: 3e9 });
    const looking = poll(spec);
    await looking.next();
    const next = looking.next();
    await vi.advanceTimersByTimeAsync(1e9);
    expect(times).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2e9);
    await next;
  });

  test.each([{ pollIntervalMs: -1 }, { deadlineMs: Number.NaN }, { appearMs: -5 }])('refuses %o', async (options) => {
    const { spec, times } = watched(['done'], options);
    expect((await outcome(spec)).error).toBeInstanceOf(RangeError);
    expect(times).toEqual([]);
  });

  test('has defaults', async () => {
    const { spec, times } = watched(['a', 'done']);
    await outcome({ ...spec, options: {} });
    expect(times).toEqual([0, 10_000]);
    const room = watched(['a', 'done']);
    await outcome({ ...room.spec, options: {}, defaults: { pollIntervalMs: 500 } });
    expect(room.times[1]! - room.times[0]!).toBe(500);
  });
});
