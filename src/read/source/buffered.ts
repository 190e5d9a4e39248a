import { checkRange, type ByteSource } from './byte-source.js';

const BLOCK_BYTES = 64 * 1024;
const BLOCKS = 32;

/** The same source with its last blocks kept in memory, for the many small reads of headers. Large ranges pass through. */
export function buffered(source: ByteSource): ByteSource {
  const blocks = new Map<number, Promise<Uint8Array>>();
  const block = (index: number): Promise<Uint8Array> => {
    const offset = index * BLOCK_BYTES;
    const found = blocks.get(index) ?? source.read(offset, Math.min(BLOCK_BYTES, source.size - offset));
    blocks.delete(index);
    blocks.set(index, found);
    found.catch(() => blocks.delete(index));
    for (const oldest of blocks.keys()) {
      if (blocks.size <= BLOCKS) break;
      blocks.delete(oldest);
    }
    return found;
  };
  return {
    path: source.path,
    size: source.size,
    read: async (offset, length) => {
      checkRange(source, offset, length);
      if (length >= BLOCK_BYTES) return source.read(offset, length);
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const at = offset + filled;
        const index = Math.floor(at / BLOCK_BYTES);
        const piece = (await block(index)).subarray(at - index * BLOCK_BYTES).subarray(0, length - filled);
        bytes.set(piece, filled);
        filled += piece.byteLength;
      }
      return bytes;
    },
    close: () => source.close(),
  };
}
