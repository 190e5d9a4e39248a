import { readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { checkRange, type ByteSource } from './byte-source.js';

/** Large ranges are read in pieces, several at the same time: new memory costs the system more than the reading. */
const [PIECE_BYTES, AT_ONCE] = [1024 * 1024, 4];

/** A file on the disk. */
export async function fileSource(path: string, signal?: AbortSignal): Promise<ByteSource> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const readInPieces = async (
      offset: number,
      length: number,
      use: (piece: Uint8Array) => void,
    ): Promise<Uint8Array<ArrayBuffer>> => {
      signal?.throwIfAborted();
      checkRange({ path, size }, offset, length);
      const bytes = new Uint8Array(length);
      let next = 0;
      const lane = async (): Promise<void> => {
        while (next < length) {
          const start = next;
          const end = Math.min(length, start + PIECE_BYTES);
          next = end;
          for (let at = start; at < end;) {
            const { bytesRead } = await handle.read(bytes, at, end - at, offset + at);
            if (bytesRead === 0) checkRange({ path, size: offset + at }, offset, length);
            at += bytesRead;
          }
          signal?.throwIfAborted();
          use(bytes.subarray(start, end));
        }
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, Math.ceil(length / PIECE_BYTES)) }, lane));
      return bytes;
    };
    return {
      path,
      size,
      readInPieces,
      read: (offset, length) => readInPieces(offset, length, () => undefined),
      readSync: (offset: number, target: Uint8Array) => {
        let filled = 0;
        while (filled < target.length) {
          const bytesRead = readSync(handle.fd, target, filled, target.length - filled, offset + filled);
          if (bytesRead === 0) checkRange({ path, size: offset + filled }, offset, target.length);
          filled += bytesRead;
        }
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Bytes in memory. */
export function memorySource(content: Uint8Array, path?: string, signal?: AbortSignal): ByteSource {
  const source = {
    path,
    size: content.byteLength,
    read: async (offset: number, length: number) => {
      signal?.throwIfAborted();
      checkRange(source, offset, length);
      // Of a Buffer `slice` would be no copy.
      return new Uint8Array(content.subarray(offset, offset + length));
    },
    readSync: (offset: number, target: Uint8Array) => {
      target.set(content.subarray(offset, offset + target.length));
    },
    close: () => Promise.resolve(),
  };
  return source;
}

/** A `Blob` or `File`. */
export function blobSource(blob: Blob, signal?: AbortSignal): ByteSource {
  const source = {
    path: 'name' in blob && typeof blob.name === 'string' ? blob.name : undefined,
    size: blob.size,
    read: async (offset: number, length: number) => {
      signal?.throwIfAborted();
      checkRange(source, offset, length);
      return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    },
    close: () => Promise.resolve(),
  };
  return source;
}
