import type { DownloadOptions, TransferProgress } from '../../types.js';
import { monotonic } from '../util/time.js';

const EVERY_MS = 100;

/** What all files of one call count together. */
export interface FileCount {
  done: number;
  readonly total?: number | undefined;
}

/** Tells of one file: at most every 100 ms, and once at its end. */
export class Progress {
  readonly #tell: DownloadOptions['onProgress'];
  readonly #files: FileCount;
  #lastMs = Number.NEGATIVE_INFINITY;
  name = '';
  totalBytes: number | undefined;
  resumedFromBytes = 0;

  constructor(tell: DownloadOptions['onProgress'], files: FileCount) {
    this.#tell = tell;
    this.#files = files;
  }

  /** So many bytes are there. */
  at(bytes: number): void {
    if (this.#tell === undefined) return;
    const nowMs = monotonic();
    if (nowMs - this.#lastMs < EVERY_MS) return;
    this.#lastMs = nowMs;
    this.#tell(this.#state(bytes));
  }

  /** The file is done. */
  end(bytes: number): void {
    this.#files.done += 1;
    this.#tell?.(this.#state(bytes));
  }

  #state(bytes: number): TransferProgress {
    const { name, totalBytes, resumedFromBytes } = this;
    const { done, total } = this.#files;
    return {
      name,
      bytes,
      resumedFromBytes,
      filesDone: done,
      ...(totalBytes !== undefined && { totalBytes }),
      ...(total !== undefined && { filesTotal: total }),
    };
  }
}
