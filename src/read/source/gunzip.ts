import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DataError } from '../data-error.js';
import { checkRange, type ByteSource } from './byte-source.js';

const WINDOW_BYTES = 1024 * 1024;
/** No stream of deflate grows by more than this. */
const MAX_RATIO = 1032;
/** More than this is not kept in memory. */
const MAX_BYTES = 4 * 1024 ** 3;

/** Whether the source begins as gzip does. */
export async function isGzip(source: ByteSource): Promise<boolean> {
  if (source.size < 18) return false;
  const [first, second, method] = await source.read(0, 3);
  return first === 0x1f && second === 0x8b && method === 8;
}

/**
 * What a gzip file holds, whole in memory; files joined one after the other are one. The compressed source is closed.
 *
 * @throws `DataError` when it is damaged, cut short, or holds more than 4 GB.
 */
export async function gunzipped(source: ByteSource, signal?: AbortSignal): Promise<ByteSource> {
  const limit = Math.min(MAX_BYTES, source.size * MAX_RATIO + WINDOW_BYTES);
  const pieces: Uint8Array[] = [];
  let size = 0;
  const collect = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > limit)
        throw new DataError(`this gzip file expands to more than ${limit} bytes; decompress it first`, {
          path: source.path,
        });
      pieces.push(chunk);
    }
  };
  try {
    await pipeline(windowsOf(source), createGunzip({ chunkSize: WINDOW_BYTES }), collect, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof DataError) throw error;
    throw new DataError(`this gzip file is damaged or cut short after ${size} bytes of content`, {
      path: source.path,
      cause: error,
    });
  } finally {
    await source.close();
  }
  return piecesSource(pieces, source.path, signal);
}

async function* windowsOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < source.size; offset += WINDOW_BYTES)
    yield await source.read(offset, Math.min(WINDOW_BYTES, source.size - offset));
}

/** Bytes in several pieces, which are not joined: that would take them twice. */
function piecesSource(pieces: readonly Uint8Array[], path: string | undefined, signal?: AbortSignal): ByteSource {
  const starts: number[] = [];
  let size = 0;
  for (const { byteLength } of pieces) {
    starts.push(size);
    size += byteLength;
  }
  const pieceAt = (offset: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const readSync = (offset: number, target: Uint8Array): void => {
    for (let [index, filled] = [pieceAt(offset), 0]; filled < target.byteLength; index += 1) {
      const from = offset + filled - (starts[index] ?? 0);
      const part = (pieces[index] ?? new Uint8Array(0)).subarray(from, from + target.byteLength - filled);
      target.set(part, filled);
      filled += part.byteLength;
    }
  };
  return {
    path,
    size,
    readSync,
    read: async (offset, length) => {
      signal?.throwIfAborted();
      checkRange({ path, size }, offset, length);
      const bytes = new Uint8Array(length);
      readSync(offset, bytes);
      return bytes;
    },
    close: () => Promise.resolve(),
  };
}
