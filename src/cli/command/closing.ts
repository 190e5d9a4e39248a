import { monotonic } from '../../core/util/time.js';
import type { DownloadedFile, MirroredFile, MirrorSummary } from '../../types.js';
import { duration } from '../output/duration.js';
import { size } from '../output/size.js';

/** The numbers of the closing line, under the names of a summary: what the line calls already there is `unchanged`. */
export type Counts = Readonly<Record<string, number>> & { readonly files: number };

/** What became of a file. */
type Fate = 'new' | 'changed' | 'unchanged' | 'uploaded' | 'removed';

const FATES: Readonly<Record<'downloads' | 'uploads', readonly Fate[]>> = {
  downloads: ['new', 'changed', 'unchanged'],
  uploads: ['uploaded', 'unchanged'],
};

/** Counts the files of a command that transfers some, for the line that closes it. */
export class Closing {
  readonly #sinceMs = monotonic();
  readonly #counts = { new: 0, changed: 0, unchanged: 0, uploaded: 0, removed: 0 };
  #kind: 'downloads' | 'uploads' | undefined;
  #bytes = 0;

  /** The command transfers files, be it none in the end. Downloads that follow uploads are what it is about. */
  begin(kind: 'downloads' | 'uploads'): void {
    this.#kind = kind;
  }

  downloaded({ status, bytes }: Pick<DownloadedFile, 'status' | 'bytes'>): void {
    const fate = fateOf(status);
    this.#count(fate, fate === 'unchanged' ? 0 : bytes);
  }

  /** A file of a mirror that is there, or gone at the centre. */
  mirrored({ status, bytes = 0 }: Pick<MirroredFile, 'status' | 'bytes'>): void {
    if (status === 'new' || status === 'changed') this.#count(status, bytes);
    else if (status === 'unchanged' || status === 'removed') this.#count(status, 0);
  }

  /** What a dry run of a mirror found to do, besides the files that it has named one by one. */
  planned({ new: fresh, changed, bytes }: Pick<MirrorSummary, 'new' | 'changed' | 'bytes'>): void {
    this.#counts.new += fresh;
    this.#counts.changed += changed;
    this.#bytes += bytes;
  }

  uploaded(bytes: number): void {
    this.#count('uploaded', bytes);
  }

  /** A file that the centre held already. */
  existed(): void {
    this.#count('unchanged', 0);
  }

  /** The numbers, with those failures; `undefined` where the command transfers nothing. */
  counts(failed: number): Counts | undefined {
    if (this.#kind === undefined) return undefined;
    const fates = FATES[this.#kind].map((fate) => [fate, this.#counts[fate]] as const);
    const { removed } = this.#counts;
    const files = fates.reduce((sum, [, count]) => sum + count, failed + removed);
    const seconds = Math.round(monotonic() - this.#sinceMs) / 1000;
    // Only a mirror that was asked to look for them has any.
    const gone = removed === 0 ? {} : { removed };
    return { files, ...Object.fromEntries(fates), failed, ...gone, bytes: this.#bytes, seconds };
  }

  #count(fate: Fate, bytes: number): void {
    this.#counts[fate] += 1;
    this.#bytes += bytes;
  }
}

function fateOf(status: string): Fate {
  if (status === 'skipped') return 'unchanged';
  return status === 'updated' ? 'changed' : 'new';
}

/** `12 files: 3 new, 1 changed, 8 already there, 0 failed; 6.0 MB in 4 s`. */
export function closingLine({ files, bytes = 0, seconds = 0, ...fates }: Counts): string {
  const words = Object.entries(fates).map(
    ([fate, count]) => `${count} ${fate === 'unchanged' ? 'already there' : fate}`,
  );
  return `${files} ${files === 1 ? 'file' : 'files'}: ${words.join(', ')}; ${size(bytes)} in ${duration(seconds)}`;
}
