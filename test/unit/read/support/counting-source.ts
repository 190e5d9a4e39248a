import type { ByteSource } from '../../../../src/read/source/byte-source.js';

/** A source that counts the bytes that are read of it. */
export function countingSource(source: ByteSource): ByteSource & { bytesRead: number } {
  const { readSync, readInPieces } = source;
  const counting = {
    ...source,
    bytesRead: 0,
    read: (offset: number, length: number) => {
      counting.bytesRead += length;
      return source.read(offset, length);
    },
    ...(readInPieces && {
      readInPieces: (offset: number, length: number, use: (piece: Uint8Array) => void) => {
        counting.bytesRead += length;
        return readInPieces(offset, length, use);
      },
    }),
    ...(readSync && {
      readSync: (offset: number, target: Uint8Array) => {
        counting.bytesRead += target.byteLength;
        readSync(offset, target);
      },
    }),
  };
  return counting;
}
