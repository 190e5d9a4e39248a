import { onAbort } from './signal.js';

// The only place that reads the clock or draws random numbers, so that tests can stand in for it.

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

/** A longer timer would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** Waits, at most some 24 days; an abort ends the wait with the signal's reason. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  let end: () => void = () => undefined;
  const wait = new Promise<void>((resolve) => {
    end = resolve;
  });
  const timer = setTimeout(end, Math.min(ms, MAX_TIMER_MS));
  const release = onAbort(signal, end);
  await wait;
  clearTimeout(timer);
  release();
  signal?.throwIfAborted();
}
