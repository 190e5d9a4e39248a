import { monotonic, sleep } from '../core/util/time.js';

/** Keeps a pause between the starts of requests, however many want to start at a time. */
export class Pace {
  readonly #delayMs: number;
  #next = -Infinity;

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  /** Waits for one's turn; an abort ends the wait with the signal's reason. */
  async turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#delayMs === 0) return;
    const now = monotonic();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#delayMs;
    if (at > now) await sleep(at - now, signal);
  }
}
