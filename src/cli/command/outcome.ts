/** One thing that could not be done. */
export interface Failure {
  readonly what: string;
  readonly error: unknown;
}

/** Counts what was asked for and what became of it. */
export class Outcome {
  readonly failures: Failure[] = [];
  #done = 0;

  done(count = 1): void {
    this.#done += count;
  }

  failed(what: string, error: unknown): void {
    this.failures.push({ what, error });
  }

  get total(): number {
    return this.#done + this.failures.length;
  }

  /** Runs one piece of a larger work: its failure is kept for the summary, and the rest goes on. Aborts end everything. */
  async attempt<T>(what: string, signal: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
    signal.throwIfAborted();
    try {
      const result = await work();
      this.done();
      return result;
    } catch (error) {
      signal.throwIfAborted();
      this.failed(what, error);
      return undefined;
    }
  }
}
