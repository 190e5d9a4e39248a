import { toDate } from '../../../core/util/dates.js';
import type { LazyBytes } from '../../kit/files.js';
import type { SimClock } from '../../kit/types.js';
import { sampleBody } from '../data/bodies.js';
import { baseName, classify, key2024 } from '../names/classify.js';
import { ARCHIVE_WORDS, type ArchiveWords } from '../names/constants.js';
import type { ArchiveName } from '../names/types.js';
import type { ImapSampleFile } from '../options.js';
import { coverageBetween, coverageOf, type Coverage } from './coverage.js';
import { objectLater, objectOf, type StoredObject } from './objects.js';

/** A file that the database knows. */
export interface IndexedFile {
  readonly file: ArchiveName;
  /** When its row appears, in milliseconds since 1970. */
  readonly ingested: number;
  released: boolean;
  readonly crid: string | null;
  readonly coverage: Coverage | undefined;
}

/** The bucket and the database behind the API. */
export class Archive {
  readonly objects = new Map<string, StoredObject>();
  readonly reprocessQueue: Readonly<Record<string, string>>[] = [];
  readonly #index = new Map<string, IndexedFile>();
  /** All rows by ascending key, until another is indexed. */
  #sorted: IndexedFile[] | undefined;
  readonly #clock: SimClock;
  readonly #generation: '2026' | '2024';
  /** What instruments and levels may be called. */
  readonly words: ArchiveWords;

  constructor(clock: SimClock, generation: '2026' | '2024', words: ArchiveWords = ARCHIVE_WORDS) {
    this.#clock = clock;
    this.#generation = generation;
    this.words = words;
  }

  /** The class of a bare file name; `undefined` when none fits. */
  classify(name: string): ArchiveName | undefined {
    return classify(name, this.words);
  }

  now(): number {
    return this.#clock.now();
  }

  /** The key that an upload of this name gets; `undefined` when no class fits. */
  keyFor(name: string): string | undefined {
    return this.#generation === '2024' ? key2024(name) : this.classify(name)?.key;
  }

  /** Puts a file in place with its row at once. */
  add(sample: ImapSampleFile): void {
    const name = baseName(sample.name);
    const canonical = this.keyFor(name);
    const key = sample.name.includes('/') ? sample.name : canonical;
    if (key === undefined) throw new TypeError(`simulateImap: ${sample.name} is not a file name of the archive`);
    const at = sample.ingestedAt === undefined ? this.now() : toDate(sample.ingestedAt, 'ingestedAt').getTime();
    const options = { key, modified: at };
    const { body } = sample;
    this.objects.set(
      key,
      body === undefined ? objectLater(() => sampleBody(name), options) : objectOf(bytesOf(body), options),
    );
    if (key === canonical) this.index(name, at, sample);
  }

  /** Makes the row of an object, as the indexer does after a PUT; dependency files get none. */
  index(name: string, at: number, flags: Partial<ImapSampleFile> = {}): void {
    const file = this.classify(name);
    if (file === undefined || file.family === 'dependency') return;
    const withheld = file.family === 'science' || file.family === 'quicklook';
    const [begin, end] = flags.coverage?.map((moment) => toDate(moment, 'coverage').getTime()) ?? [];
    const given = begin === undefined || end === undefined ? undefined : coverageBetween(begin, end);
    this.#sorted = undefined;
    this.#index.set(file.key, {
      file,
      ingested: at,
      released: flags.released ?? !withheld,
      crid: flags.crid ?? null,
      coverage: file.family === 'spice' ? (given ?? coverageOf(file)) : undefined,
    });
  }

  /** The row of a key, once it is indexed. */
  row(key: string): IndexedFile | undefined {
    const row = this.#index.get(key);
    return row !== undefined && row.ingested <= this.now() ? row : undefined;
  }

  /** All rows that are indexed by now, by ascending key. */
  rows(): IndexedFile[] {
    const now = this.now();
    this.#sorted ??= [...this.#index.values()].sort((a, b) => (a.file.key < b.file.key ? -1 : 1));
    return this.#sorted.filter((row) => row.ingested <= now);
  }

  /** Sets the release flag; the name is a key or a bare file name. */
  setReleased(name: string, released: boolean): boolean {
    const row = this.#index.get(name) ?? this.#index.get(this.keyFor(baseName(name)) ?? '');
    if (row !== undefined) row.released = released;
    return row !== undefined;
  }

  clear(): void {
    this.objects.clear();
    this.#index.clear();
    this.#sorted = undefined;
    this.reprocessQueue.length = 0;
  }
}

function bytesOf(body: string | Uint8Array | LazyBytes): Uint8Array<ArrayBuffer> | LazyBytes {
  if (typeof body === 'string') return new Uint8Array(Buffer.from(body));
  return body instanceof Uint8Array ? new Uint8Array(body) : body;
}
