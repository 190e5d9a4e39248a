import { DataError } from '../data-error.js';

/** Thrown where the header goes on behind the bytes at hand. */
export class EndOfBytes extends Error {}

/** Reads the fields of a header from front to back. Big-endian throughout. */
export class Cursor {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  readonly #size: number;
  readonly #path: string | undefined;
  /** Whether counts and lengths have 8 bytes. */
  readonly isWide: boolean;
  at = 4;

  /**
   * @param bytes - The beginning of the file.
   * @param file - What all lengths are checked against.
   */
  constructor(bytes: Uint8Array<ArrayBuffer>, { path, size }: { path: string | undefined; size: number }) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
    this.#path = path;
    this.#size = size;
    this.isWide = bytes[3] === 5;
  }

  /** Bytes of a count or a length. */
  get width(): number {
    return this.isWide ? 8 : 4;
  }

  #take(length: number): number {
    const start = this.at;
    if (length > this.#size - start) throw this.damage('the header continues beyond the end of the file');
    if (length > this.#bytes.byteLength - start) throw new EndOfBytes();
    this.at += length;
    return start;
  }

  damage(what: string, offset = this.at): DataError {
    return new DataError(what, { path: this.#path, offset });
  }

  tag(): number {
    return this.#view.getUint32(this.#take(4));
  }

  /** A count, a length, or the number of something. */
  count(): number {
    return this.isWide ? this.wide() : this.tag();
  }

  /** 8 bytes, as far as a number is exact. */
  wide(): number {
    return Number(this.#view.getBigUint64(this.#take(8)));
  }

  /** The length of a list whose entries have so many bytes at least. An absent one has the tag 0. */
  list(tag: number, leastBytes: number): number {
    const start = this.at;
    const seen = this.tag();
    const length = this.count();
    if (length === 0) return 0;
    if (seen !== tag) throw this.damage(`the header has the tag ${seen} instead of ${tag}`, start);
    if (length > (this.#size - this.at) / leastBytes)
      throw this.damage(`the header has a list of ${length} entries, more than the file can hold`, start);
    return length;
  }

  /** Bytes that are filled up to a multiple of 4. */
  padded(length: number): Uint8Array<ArrayBuffer> {
    const start = this.#take(length);
    // The last value of a file may come without its padding.
    this.at = Math.min(Math.ceil(this.at / 4) * 4, this.#size);
    return this.#bytes.subarray(start, start + length);
  }
}
