import { readRange } from '../../core/files/read-range.js';

/** Where the bytes of a FITS file come from; read from front to back. */
export interface FitsBytes {
  /** At most so many bytes from there on; fewer where the file ends. */
  read(at: number, length: number): Promise<Uint8Array>;
  /** Whether the file is at least so long. */
  reaches(length: number): Promise<boolean>;
}

/** A file on the disk, of which only what is asked for is read. */
export function bytesOfFile(path: string, bytes: number): FitsBytes {
  return {
    read: (at, length) => readRange(path, at, length),
    reaches: (length) => Promise.resolve(length <= bytes),
  };
}

/** A stream, of which no more is kept than is asked for. */
export class StreamedBytes implements FitsBytes {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  /** Where the chunk begins. */
  #start = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async read(at: number, length: number): Promise<Uint8Array> {
    await this.#skipTo(at);
    while (this.#end < at + length && (await this.#more()));
    const from = Math.min(this.#chunk.byteLength, at - this.#start);
    return this.#chunk.subarray(from, from + length);
  }

  async reaches(length: number): Promise<boolean> {
    await this.#skipTo(length);
    return this.#end >= length;
  }

  get #end(): number {
    return this.#start + this.#chunk.byteLength;
  }

  async #skipTo(at: number): Promise<void> {
    for (;;) {
      if (at <= this.#end) {
        if (at > this.#start) this.#drop(at - this.#start);
        return;
      }
      this.#drop(this.#chunk.byteLength);
      if (!(await this.#more())) return;
    }
  }

  #drop(bytes: number): void {
    this.#start += bytes;
    this.#chunk = this.#chunk.subarray(bytes);
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#chunk = this.#chunk.byteLength === 0 ? next.value : Buffer.concat([this.#chunk, next.value]);
    return true;
  }
}
