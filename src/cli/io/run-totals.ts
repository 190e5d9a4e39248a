import { monotonic } from '../../core/util/time.js';
import type { TransferProgress } from '../../types.js';
import { duration } from '../output/duration.js';
import { size } from '../output/size.js';

/** The rate is that of so long. */
const RATE_OVER_MS = 30_000;
const SAMPLED_EVERY_MS = 1000;

interface OneFile {
  /** Bytes that came in this run. */
  readonly bytes: number;
  /** From 0 to 1; 0 where the length is not known. */
  readonly share: number;
}

/** Adds up the progress of the files of a run. */
export class RunTotals {
  readonly #sinceMs = monotonic();
  readonly #files = new Map<string, OneFile>();
  /** What had come at some moments, the newest last. */
  readonly #samples: { readonly atMs: number; readonly bytes: number }[] = [{ atMs: this.#sinceMs, bytes: 0 }];
  #bytes = 0;
  #shares = 0;
  #done = 0;
  #total: number | undefined;

  take({ name, bytes, totalBytes, resumedFromBytes, filesDone, filesTotal }: TransferProgress): void {
    const before = this.#files.get(name);
    // A file that was there already has one report alone, without a length.
    const isFetched = before !== undefined || totalBytes !== undefined;
    const now = {
      bytes: isFetched ? Math.max(0, bytes - resumedFromBytes) : 0,
      share: totalBytes === undefined ? 0 : Math.min(bytes / Math.max(totalBytes, 1), 1),
    };
    this.#files.set(name, now);
    this.#bytes += now.bytes - (before?.bytes ?? 0);
    this.#shares += now.share - (before?.share ?? 0);
    this.#done = Math.max(this.#done, filesDone);
    this.#total = filesTotal;
    this.#sample();
  }

  /** How much of the run is done, from 0 to 1; files count alike, since their lengths are known only when they come. */
  get share(): number {
    if (this.#total === undefined || this.#total === 0) return 0;
    return Math.min(Math.max(this.#done, this.#shares) / this.#total, 1);
  }

  /** `12/400 files, 35.2 MB, 1.2 MB/s, 5.0 min left`. */
  get text(): string {
    const files = this.#total === undefined ? `${this.#done}` : `${this.#done}/${this.#total}`;
    const words = [`${files} ${(this.#total ?? this.#done) === 1 ? 'file' : 'files'}`, size(this.#bytes)];
    const rate = this.#rate();
    if (rate !== undefined) words.push(`${size(Math.round(rate))}/s`);
    const leftSeconds = this.#leftSeconds();
    if (leftSeconds !== undefined) words.push(`${duration(leftSeconds)} left`);
    return words.join(', ');
  }

  #sample(): void {
    const atMs = monotonic();
    if (atMs - (this.#samples.at(-1)?.atMs ?? -Infinity) < SAMPLED_EVERY_MS) return;
    this.#samples.push({ atMs, bytes: this.#bytes });
    while ((this.#samples[1]?.atMs ?? Infinity) < atMs - RATE_OVER_MS) this.#samples.shift();
  }

  /** Bytes per second of the last while; `undefined` before anything is known. */
  #rate(): number | undefined {
    const [first] = this.#samples;
    const overMs = monotonic() - (first?.atMs ?? Infinity);
    return first !== undefined && overMs > 0 ? ((this.#bytes - first.bytes) * 1000) / overMs : undefined;
  }

  /** As if the rest went on like the run so far; never less than a second, which would be known better than it is. */
  #leftSeconds(): number | undefined {
    const { share } = this;
    if (share === 0 || share === 1) return undefined;
    return Math.max(1, ((monotonic() - this.#sinceMs) / 1000) * (1 / share - 1));
  }
}
