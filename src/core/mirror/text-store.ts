const CHUNK_BYTES = 1024 * 1024;
/** Each text has its length before it. */
const LENGTH_BYTES = 4;

interface Chunk {
  readonly buffer: Buffer;
  used: number;
}

/** Texts that are only added, and lie outside the heap: there, many of them would make it grow to several times their size. */
export class TextStore {
  readonly #chunks: Chunk[] = [];

  /** @returns the place where the text is from now on. */
  add(text: string): number {
    const bytes = Buffer.byteLength(text);
    const chunk = this.#chunkWith(LENGTH_BYTES + bytes);
    const { buffer, used } = chunk;
    buffer.writeUInt32LE(bytes, used);
    buffer.write(text, used + LENGTH_BYTES);
    chunk.used += LENGTH_BYTES + bytes;
    return (this.#chunks.length - 1) * CHUNK_BYTES + used;
  }

  get(place: number): string {
    const chunk = this.#chunks[Math.floor(place / CHUNK_BYTES)];
    if (chunk === undefined) return '';
    const begin = (place % CHUNK_BYTES) + LENGTH_BYTES;
    return chunk.buffer.toString('utf8', begin, begin + chunk.buffer.readUInt32LE(begin - LENGTH_BYTES));
  }

  /** The places of all texts in the order in which they were added, also of those that are added in the meantime. */
  *places(): Generator<number, void, undefined> {
    for (const [at, chunk] of this.#chunks.entries()) {
      for (let begin = 0; begin < chunk.used; begin += LENGTH_BYTES + chunk.buffer.readUInt32LE(begin))
        yield at * CHUNK_BYTES + begin;
    }
  }

  /** The last chunk, or another one where that has too little room; a text longer than a chunk has one of its own. */
  #chunkWith(bytes: number): Chunk {
    const last = this.#chunks.at(-1);
    if (last !== undefined && last.used + bytes <= last.buffer.length) return last;
    const chunk = { buffer: Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes)), used: 0 };
    this.#chunks.push(chunk);
    return chunk;
  }
}
