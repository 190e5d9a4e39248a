import { untilAborted } from './signal.js';
import { monotonic, sleep } from './time.js';

/** What is given back once; a second time does nothing. */
export type Release = () => void;

/** At most this many at a time. Those who wait take turns; each gets its slots in the order in which it asked for them. */
export class Semaphore {
  #free: number;
  /** By whose they are, the next one first. */
  readonly #waiting = new Map<unknown, (() => void)[]>();

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Waits for a slot; an abort ends the wait, with the signal's reason.
   *
   * @param whose - Who asks; default: all are one, and served in the order of their requests.
   */
  async acquire(signal?: AbortSignal, whose?: unknown): Promise<Release> {
    if (this.#free > 0) {
      this.#free -= 1;
      return this.#release();
    }
    let granted: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => {
      granted = resolve;
    });
    const own = this.#waiting.get(whose) ?? [];
    own.push(granted);
    this.#waiting.set(whose, own);
    try {
      await untilAborted(turn, signal);
      return this.#release();
    } catch (error) {
      const at = own.indexOf(granted);
      // Granted in the same moment: the next one gets it.
      if (at === -1) this.#pass();
      else own.splice(at, 1);
      if (own.length === 0 && this.#waiting.get(whose) === own) this.#waiting.delete(whose);
      throw error;
    }
  }

  #release(): Release {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#pass();
    };
  }

  #pass(): void {
    const [turn] = this.#waiting;
    if (turn === undefined) {
      this.#free += 1;
      return;
    }
    const [whose, own] = turn;
    const next = own.shift();
    this.#waiting.delete(whose);
    if (own.length > 0) this.#waiting.set(whose, own);
    next?.();
  }
}

/** One piece of work at a time, in the order of arrival. */
export class Mutex {
  readonly #place = new Semaphore(1);

  acquire(signal?: AbortSignal): Promise<Release> {
    return this.#place.acquire(signal);
  }

  /** Waits, then works; an abort while waiting leaves the queue, and work that an abort ends rejects with its reason. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const release = await this.acquire(signal);
    try {
      signal?.throwIfAborted();
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      release();
    }
  }
}

/** One at a time under each key; a key is forgotten when the last of its users has left. */
export class KeyedMutex {
  readonly #locks = new Map<string, { readonly mutex: Mutex; users: number }>();

  async acquire(key: string, signal?: AbortSignal): Promise<Release> {
    const lock = this.#locks.get(key) ?? { mutex: new Mutex(), users: 0 };
    this.#locks.set(key, lock);
    lock.users += 1;
    const leave = (): void => {
      lock.users -= 1;
      if (lock.users === 0) this.#locks.delete(key);
    };
    let release: Release;
    try {
      release = await lock.mutex.acquire(signal);
    } catch (error) {
      leave();
      throw error;
    }
    let left = false;
    return () => {
      if (left) return;
      left = true;
      release();
      leave();
    };
  }
}

/** Keeps a pause between the beginnings of requests, however many are to begin at a time. */
export class RateLimiter {
  readonly #pauseMs: number;
  #next = -Infinity;

  /** @param pauseMs - 0: none. */
  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs;
  }

  /** Waits for its turn; an abort ends the wait with the signal's reason. */
  async turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#pauseMs === 0) return;
    const now = monotonic();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#pauseMs;
    if (at > now) await sleep(at - now, signal);
  }
}

/** One piece of work at a time under each key, with a pause between the end of one and the beginning of the next. */
export class SpacedWork {
  readonly #locks = new KeyedMutex();
  readonly #ended = new Map<string, number>();
  #longestPauseMs = 0;

  /** An abort while waiting does nothing, and leaves the distances of the others as they are. */
  async run<T>(key: string, pauseMs: number, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    this.#longestPauseMs = Math.max(this.#longestPauseMs, pauseMs);
    const release = await this.#locks.acquire(key, signal);
    try {
      const from = (this.#ended.get(key) ?? -Infinity) + pauseMs;
      // A timer may end a little early.
      for (let waitMs = from - monotonic(); waitMs > 0; waitMs = from - monotonic()) await sleep(waitMs, signal);
      signal?.throwIfAborted();
      return await work().finally(() => {
        this.#end(key);
      });
    } finally {
      release();
    }
  }

  /** What ended longer ago than any pause is forgotten. */
  #end(key: string): void {
    const now = monotonic();
    for (const [other, ended] of this.#ended) if (now - ended > this.#longestPauseMs) this.#ended.delete(other);
    this.#ended.set(key, now);
  }
}
