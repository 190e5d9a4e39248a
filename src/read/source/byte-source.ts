import { DataError } from '../data-error.js';

/** The bytes of a file, wherever they lie, read by ranges. */
export interface ByteSource {
  /** For messages, and for files that lie beside it; `undefined` where the bytes have no name. */
  readonly path: string | undefined;
  readonly size: number;
  /** Exactly these bytes, in memory of their own that begins at a multiple of 8. The range is checked before anything is allocated. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * As `read`, where a large range comes in pieces: `use` gets each as soon as it is there, while others are on their way. All but the
   * last have a multiple of 8 bytes.
   */
  readonly readInPieces?:
    | ((offset: number, length: number, use: (piece: Uint8Array) => void) => Promise<Uint8Array<ArrayBuffer>>)
    | undefined;
  /** Fills the target from this byte on at once, where the bytes lie on the disk or in memory; the range has been checked. */
  readonly readSync?: ((offset: number, target: Uint8Array) => void) | undefined;
  close(): Promise<void>;
}

/** Throws unless a range lies within a source. */
export function checkRange(source: Pick<ByteSource, 'path' | 'size'>, offset: number, length: number): void {
  const { path, size } = source;
  if (
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(length) &&
    offset >= 0 &&
    length >= 0 &&
    offset + length <= size
  )
    return;
  throw new DataError(`${length} bytes are expected here, but the file ends at byte ${size}`, { path, offset });
}
