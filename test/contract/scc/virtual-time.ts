import type { Clock } from '../../../src/core/util/time.js';
import type { SimClock } from '../../../src/testing/kit/types.js';

/** After the last request or access to the disk so much real time may be needed for what came with it. */
const QUIET_MS = 5;
/** And this much between two moments, for what else is under way. */
const STEP_MS = 1;

interface Sleeper {
  readonly at: number;
  readonly end: () => void;
}

/** A time in which waits are over as soon as nothing else is to be done for a moment: that of the client, and of a simulator that goes with it. */
export class VirtualTime implements Clock {
  #ms = 0;
  readonly #start = Date.now();
  #sleepers: Sleeper[] = [];
  #isTicking = false;
  #busy = 0;
  #lastMs = 0;
  /** The clock of a simulated centre, which goes with this one. */
  clock: SimClock | undefined;

  get ms(): number {
    return this.#ms;
  }

  now(): number {
    return this.#start + this.#ms;
  }

  monotonic(): number {
    return this.#ms;
  }

  async wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#sleepers.push({ at: this.#ms + ms, end: resolve });
      signal?.addEventListener('abort', () => resolve(), { once: true });
      this.#tick();
    });
  }

  /** The time stands still while requests or accesses to the disk are under way, and a moment longer. */
  watching(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (...request) => {
      this.#busy += 1;
      try {
        return await fetch(...request);
      } finally {
        this.#busy -= 1;
        this.#lastMs = performance.now();
      }
    };
  }

  #tick(): void {
    if (this.#isTicking || this.#sleepers.length === 0) return;
    this.#isTicking = true;
    setTimeout(() => {
      this.#isTicking = false;
      if (this.#isIdle()) this.#wake();
      this.#tick();
    }, STEP_MS);
  }

  #isIdle(): boolean {
    const onDisk = process.getActiveResourcesInfo().some((name) => /^(?:FS|FILE|ZLIB)/u.test(name.toUpperCase()));
    if (this.#busy > 0 || onDisk) this.#lastMs = performance.now();
    return performance.now() - this.#lastMs >= QUIET_MS;
  }

  #wake(): void {
    const at = Math.max(this.#ms, Math.min(...this.#sleepers.map((sleeper) => sleeper.at)));
    const due = this.#sleepers.filter((sleeper) => sleeper.at <= at);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.at > at);
    this.clock?.advance(at - this.#ms);
    this.#ms = at;
    for (const { end } of due) end();
  }
}
