import { createHash, type Hash } from 'node:crypto';

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

  /** Starts over; with md5 from now on, if the centre has told one meanwhile. */
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
