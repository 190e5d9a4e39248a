import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** Digests as lower-case hexadecimal. */
export interface Digests {
  readonly sha256: string;
  readonly md5?: string;
}

/** The running digest of one file: always sha256, and md5 where the centre tells one. */
export class Digest {
  #withMd5: boolean;
  #sha256: Hash;
  #md5: Hash | undefined;

  constructor(withMd5: boolean) {
    this.#withMd5 = withMd5;
    this.#sha256 = createHash('sha256');
    this.#md5 = withMd5 ? createHash('md5') : undefined;
  }

  /** Starts over; with md5 from now on, if the centre has announced one. */
  reset(withMd5 = false): void {
    this.#withMd5 ||= withMd5;
    this.#sha256 = createHash('sha256');
    this.#md5 = this.#withMd5 ? createHash('md5') : undefined;
  }

  update(chunk: Uint8Array): void {
    this.#sha256.update(chunk);
    this.#md5?.update(chunk);
  }

  /** The digests of what came so far; more may come. */
  soFar(): Digests {
    const sha256 = this.#sha256.copy().digest('hex');
    return this.#md5 === undefined ? { sha256 } : { sha256, md5: this.#md5.copy().digest('hex') };
  }

  finish(): Digests {
    const sha256 = this.#sha256.digest('hex');
    return this.#md5 === undefined ? { sha256 } : { sha256, md5: this.#md5.digest('hex') };
  }
}

const PIECE_BYTES = 512 * 1024;

/** A digest of a file on the disk as lower-case hexadecimal; an abort ends the reading. */
export async function digestOfFile(path: string, algorithm: 'md5' | 'sha256', signal?: AbortSignal): Promise<string> {
  const hash = createHash(algorithm);
  signal?.throwIfAborted();
  const file = await open(path);
  try {
    // One piece is digested while the next one is read; two buffers are enough for a file of any length.
    let filled = Buffer.allocUnsafeSlow(PIECE_BYTES);
    let free = Buffer.allocUnsafeSlow(PIECE_BYTES);
    let { bytesRead } = await file.read(filled);
    while (bytesRead > 0) {
      signal?.throwIfAborted();
      const next = file.read(free);
      hash.update(bytesRead === filled.length ? filled : filled.subarray(0, bytesRead));
      ({ bytesRead } = await next);
      [filled, free] = [free, filled];
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
