import type { ManifestEntry } from './manifest-line.js';
import { originOf, withQuery } from './origin.js';
import { TextTable } from './text-table.js';

/** In none of the fields. */
const BETWEEN = '\0';

/** Marks a path whose file is gone. */
const GONE = '';

/** Entries by their paths, in the order of their lines. */
export class ManifestEntries {
  readonly #packed = new TextTable();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(path: string): ManifestEntry | undefined {
    const packed = this.#packed.get(path) ?? GONE;
    return packed === GONE ? undefined : new PackedEntry(path, packed);
  }

  set(entry: ManifestEntry): void {
    this.#replace(entry.path, pack(entry));
  }

  delete(path: string): void {
    this.#replace(path, GONE);
  }

  *[Symbol.iterator](): Generator<ManifestEntry, void, undefined> {
    for (const [path, packed] of this.#packed) if (packed !== GONE) yield new PackedEntry(path, packed);
  }

  #replace(path: string, packed: string): void {
    const was = this.#packed.set(path, packed) ?? GONE;
    this.#size += Number(packed !== GONE) - Number(was !== GONE);
  }
}

/** The length, then the other fields but the path, the file last and as JSON; one that is named by its path alone is left out, too. */
function pack({ path, bytes, sha256, source, fetchedAt, version = '' }: ManifestEntry): string {
  const { query = '', file } = originOf(source);
  return [bytes, sha256, fetchedAt, version, query, file === path ? '' : JSON.stringify(file ?? null)].join(BETWEEN);
}

/** An entry whose fields are read when they are asked for: most questions are about the length alone. */
class PackedEntry implements ManifestEntry {
  readonly path: string;
  readonly #packed: string;
  #fields: readonly string[] | undefined;

  constructor(path: string, packed: string) {
    this.path = path;
    this.#packed = packed;
  }

  get bytes(): number {
    return Number.parseInt(this.#packed, 10);
  }

  get sha256(): string {
    return this.#field(1);
  }

  get fetchedAt(): string {
    return this.#field(2);
  }

  get version(): string | undefined {
    return this.#field(3) || undefined;
  }

  get source(): unknown {
    const [query, json] = [this.#field(4), this.#field(5)];
    const file: unknown = json === '' ? this.path : JSON.parse(json);
    return query === '' ? file : withQuery(query, file);
  }

  #field(at: number): string {
    this.#fields ??= this.#packed.split(BETWEEN);
    return this.#fields[at] ?? '';
  }
}
