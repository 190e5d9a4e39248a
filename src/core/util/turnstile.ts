import { untilAborted } from './signal.js';

/** Lets one piece of work through at a time, in the order of arrival. */
export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  /** Waits for its turn, then works; an abort while waiting gives up the place. */
  async pass<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const before = this.#last;
    let leave: () => void = () => undefined;
    this.#last = new Promise<void>((resolve) => {
      leave = resolve;
    });
    try {
      await untilAborted(before, signal);
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      void before.then(leave);
    }
  }
}
