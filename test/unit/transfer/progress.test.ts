import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Progress } from '../../../src/core/transfer/progress.js';
import { withProgress } from '../../../src/core/transfer/upload.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A progress that tells, and what it told. */
function told(onTold: () => void = () => undefined) {
  const seen: number[] = [];
  const progress = new Progress(
    ({ bytes }) => {
      seen.push(bytes);
      onTold();
    },
    { done: 0 },
  );
  return { progress, seen };
}

describe('progress', () => {
  it('tells the last state before a silence, once, when its time has come', () => {
    const { progress, seen } = told();
    progress.at(1);
    progress.at(2);
    vi.advanceTimersByTime(60);
    progress.at(3);
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(39);
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual([1, 3]);
    vi.advanceTimersByTime(10_000);
    expect(seen).toEqual([1, 3]);
  });

  it('is told at most every 100 ms, also after one that was told late', () => {
    const { progress, seen } = told();
    const moments: number[] = [];
    for (let ms = 0; ms < 1000; ms += 10) {
      const before = seen.length;
      progress.at(ms);
      vi.advanceTimersByTime(10);
      if (seen.length > before) moments.push(ms);
    }
    expect(moments.length).toBeGreaterThan(8);
    for (const [at, moment] of moments.entries()) expect(moment - (moments[at - 1] ?? -100)).toBeGreaterThanOrEqual(90);
  });

  it('has no timer where nobody listens, while nothing is held back, and after its end', () => {
    const silent = new Progress(undefined, { done: 0 });
    silent.at(1);
    silent.at(2);
    expect(vi.getTimerCount()).toBe(0);
    const { progress, seen } = told();
    progress.at(1);
    expect(vi.getTimerCount()).toBe(0);
    progress.at(2);
    expect(vi.getTimerCount()).toBe(1);
    progress.end(9);
    expect(vi.getTimerCount()).toBe(0);
    progress.at(3);
    progress.stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(seen).toEqual([1, 9]);
  });

  it('whose listener throws in a silence says so at once, and again at the next bytes', () => {
    const own = new Error('the listener does not like it');
    let count = 0;
    const { progress } = told(() => {
      count += 1;
      if (count === 2) throw own;
    });
    const thrown: unknown[] = [];
    progress.onListenerError((error) => thrown.push(error));
    progress.at(1);
    progress.at(2);
    vi.advanceTimersByTime(100);
    expect(thrown).toEqual([own]);
    expect(() => progress.at(3)).toThrow(own);
    expect(() => progress.end(3)).toThrow(own);
  });

  it('of an upload that is given up leaves no timer', async () => {
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) yield new Uint8Array(10);
    };
    const seen: number[] = [];
    const sending = withProgress(chunks(), { name: 'x', bytes: 1000, onProgress: ({ bytes }) => seen.push(bytes) });
    for (let at = 0; at < 5; at += 1) await sending.next();
    expect(seen).toEqual([10]);
    vi.advanceTimersByTime(100);
    expect(seen).toEqual([10, 40]);
    await sending.next();
    expect(vi.getTimerCount()).toBe(1);
    await sending.return();
    expect(vi.getTimerCount()).toBe(0);
  });
});
