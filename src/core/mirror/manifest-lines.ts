import type { FileHandle } from 'node:fs/promises';
import { readLines } from './line-reader.js';
import { ManifestEntries } from './manifest-entries.js';
import { isRemoved, parseLine, type ManifestLine, type RemovedEntry } from './manifest-line.js';

/** What the lines of a manifest say: the last line of a path counts. */
export class ManifestLines {
  #entries = new ManifestEntries();
  readonly #removed = new Map<string, RemovedEntry>();
  #bytes = 0;
  #count = 0;
  #damaged = 0;

  /** The files that are there. A loop over them goes on with what it has begun with when everything is read again. */
  get entries(): ManifestEntries {
    return this.#entries;
  }

  /** How far the file was read: the bytes of its whole lines. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many lines could not be read. */
  get damaged(): number {
    return this.#damaged;
  }

  /** How many lines a later one of the same path has replaced. */
  get superseded(): number {
    return this.#count - this.entries.size - this.#removed.size;
  }

  /** Where the last line of a path says that there is no file, what it says. */
  removal(path: string): RemovedEntry | undefined {
    return this.#removed.get(path);
  }

  /** The last line of each path. */
  *last(): Generator<ManifestLine, void, undefined> {
    yield* this.entries;
    yield* this.#removed.values();
  }

  /** Reads what follows the lines that were read before. */
  async read(handle: FileHandle): Promise<void> {
    const { end, rest } = await readLines(handle, this.#bytes, (line) => {
      this.#take(line);
    });
    this.#bytes = end;
    // Written by hand, without a line end: the same line is read again when more follows.
    const last = parseLine(rest);
    if (last !== undefined) this.#keep(last);
  }

  clear(): void {
    this.#entries = new ManifestEntries();
    this.#removed.clear();
    [this.#bytes, this.#count, this.#damaged] = [0, 0, 0];
  }

  #take(text: string): void {
    if (text.trim() === '') return;
    this.#count += 1;
    const line = parseLine(text);
    if (line === undefined) this.#damaged += 1;
    else this.#keep(line);
  }

  #keep(line: ManifestLine): void {
    if (isRemoved(line)) {
      this.entries.delete(line.path);
      this.#removed.set(line.path, line);
    } else {
      this.entries.set(line);
      this.#removed.delete(line.path);
    }
  }
}
