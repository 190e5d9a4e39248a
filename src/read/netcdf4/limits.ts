import { DataError } from '../data-error.js';
import type { ByteSource } from '../source/byte-source.js';

/** What every file may be read into. */
const LEAST_BYTES = 64 * 1024 * 1024;
/** Deflate makes at most 1032 bytes of one. */
const MOST_RATIO = 1100;

/** Bytes of an attribute at most; HDF5 itself allows 4 GiB. */
export const LONGEST_ATTRIBUTE = 32 * 1024 * 1024;

/** How many bytes the values of one read may have: more than a compressed file can hold is not allocated. */
export const mostBytes = ({ size }: ByteSource): number => Math.max(LEAST_BYTES, size * MOST_RATIO);

/** Memory for the values of one read. */
export function allocate(source: ByteSource, bytes: number, name: string): Uint8Array<ArrayBuffer> {
  if (bytes <= mostBytes(source)) {
    try {
      return new Uint8Array(bytes);
    } catch {
      // More than the machine has.
    }
  }
  throw new DataError(`${name}: ${bytes} bytes are too many to read from this file at once; read it in parts`, {
    path: source.path,
  });
}
