import { untilAborted } from '../util/signal.js';

/** So many at a time, in the order in which they ask. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a slot; the result gives it back, once. */
  async take(signal: AbortSignal): Promise<() => void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return this.#leave();
    }
    let granted: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => {
      granted = resolve;
    });
    this.#waiting.push(granted);
    try {
      await untilAborted(turn, signal);
      return this.#leave();
    } catch (error) {
      const at = this.#waiting.indexOf(granted);
      // Granted in the same moment: the next one gets it.
      if (at === -1) this.#pass();
      else this.#waiting.splice(at, 1);
      throw error;
    }
  }

  #leave(): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#pass();
    };
  }

  #pass(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
