import { reasonOf } from './signal.js';

/** The only place that reads the clock or draws random numbers, so that tests can stand in for it. */

/** Milliseconds since 1970, by the wall clock. */
export function now(): number {
  return Date.now();
}

/** The present moment. */
export function today(): Date {
  return new Date();
}

/** Milliseconds by a clock that never jumps; for intervals and deadlines. */
export function monotonic(): number {
  return performance.now();
}

/** A number from 0 (inclusive) to 1 (exclusive). */
export function random(): number {
  return Math.random();
}

/** Waits; an abort ends the wait with the signal's reason. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      if (signal !== undefined) reject(reasonOf(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
