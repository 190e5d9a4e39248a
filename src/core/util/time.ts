import { onAbort } from './signal.js';

// The only place that reads the clock or draws random numbers, so that tests can replace it.

/** What tells the time and waits. */
export interface Clock {
  /** Milliseconds since 1970, by the wall clock. */
  now(): number;
  /** Milliseconds by a clock that never jumps. */
  monotonic(): number;
  /** Waits; an abort ends the wait. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

const SYSTEM: Clock = { now: () => Date.now(), monotonic: () => performance.now(), wait: waitFor };
let clock = SYSTEM;

/** Replaces the clock of the whole process, for tests; without an argument it is the system's again. */
export function setClock(other: Clock = SYSTEM): void {
  clock = other;
}

/** Milliseconds since 1970, by the wall clock. */
export function now(): number {
  return clock.now();
}

export function today(): Date {
  return new Date(clock.now());
}

/** Milliseconds by a clock that never jumps; for intervals and deadlines. */
export function monotonic(): number {
  return clock.monotonic();
}

export function random(): number {
  return Math.random();
}

/** A longer timer would fire at once. */
export const MAX_TIMER_MS = 2_147_483_647;

/** Waits, at most some 24 days; an abort ends the wait with the signal's reason. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await clock.wait(ms, signal);
  signal?.throwIfAborted();
}

async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let end: () => void = () => undefined;
  const wait = new Promise<void>((resolve) => {
    end = resolve;
  });
  const timer = setTimeout(end, Math.min(ms, MAX_TIMER_MS));
  const release = onAbort(signal, end);
  await wait;
  clearTimeout(timer);
  release();
}

/** Does a piece of work again and again without keeping the process alive; the result stops it. */
export function every(intervalMs: number, work: () => Promise<void>): () => void {
  const timer = setInterval(() => {
    void work();
  }, intervalMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
