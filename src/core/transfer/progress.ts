import { defined } from '../util/defined.js';
import type { DownloadOptions, TransferProgress } from '../../types.js';
import { monotonic } from '../util/time.js';

const EVERY_MS = 100;

/** What all files of one call count together. */
export interface FileCount {
  done: number;
  readonly total?: number | undefined;
}

/**
 * Reports the progress of one file: at most every 100 ms, and once at its end. A report that was held back follows when the
 * 100 ms are over, so that the last state before a silence is known. The caller stops it in `finally`.
 */
export class Progress {
  readonly #tell: DownloadOptions['onProgress'];
  readonly #files: FileCount;
  #lastMs = Number.NEGATIVE_INFINITY;
  /** What is reported next. */
  #untold = 0;
  #late: NodeJS.Timeout | undefined;
  readonly #onThrow = new Set<(error: unknown) => void>();
  #thrown: { readonly error: unknown } | undefined;
  name = '';
  totalBytes: number | undefined;
  resumedFromBytes = 0;

  constructor(tell: DownloadOptions['onProgress'], files: FileCount) {
    this.#tell = tell;
    this.#files = files;
  }

  /**
   * Calls back when the listener throws while nothing is coming; what it threw is thrown by the next {@link at} or {@link end},
   * too. Without a listener nothing is kept: it would hold a whole file's work in memory until the next full collection.
   *
   * @returns what takes that back.
   */
  onListenerError(call: (error: unknown) => void): () => void {
    if (this.#tell !== undefined) this.#onThrow.add(call);
    return () => this.#onThrow.delete(call);
  }

  /** Reports how many bytes are there. */
  at(bytes: number): void {
    if (this.#tell === undefined) return;
    this.#throw();
    const nowMs = monotonic();
    const waitMs = this.#lastMs + EVERY_MS - nowMs;
    if (waitMs > 0) {
      this.#untold = bytes;
      this.#late ??= setTimeout(() => {
        this.#tellLate();
      }, waitMs);
      return;
    }
    this.stop();
    this.#lastMs = nowMs;
    this.#tell(this.#state(bytes));
  }

  /** The file is done. */
  end(bytes: number): void {
    this.stop();
    this.#files.done += 1;
    this.#throw();
    this.#tell?.(this.#state(bytes));
  }

  /** Tells no more by itself. */
  stop(): void {
    clearTimeout(this.#late);
    this.#late = undefined;
  }

  #tellLate(): void {
    this.#late = undefined;
    this.#lastMs = monotonic();
    try {
      this.#tell?.(this.#state(this.#untold));
    } catch (error) {
      this.#thrown = { error };
      for (const call of [...this.#onThrow]) call(error);
    }
  }

  #throw(): void {
    if (this.#thrown !== undefined) throw this.#thrown.error;
  }

  #state(bytes: number): TransferProgress {
    const { name, totalBytes, resumedFromBytes } = this;
    const { done, total } = this.#files;
    return defined({
      name,
      bytes,
      resumedFromBytes,
      filesDone: done,
      totalBytes,
      filesTotal: total,
    });
  }
}
