import type { FileHandle } from 'node:fs/promises';
import type { Digest } from './digest.js';

/** Chunks come in 64 KiB; one write per chunk would cost as much as the digest. Measured against 1, 2 and 8 MiB (docs/decisions/0030-performance-trials.md). */
const GATHERED_BYTES = 4 * 1024 * 1024;
/** Slow data is written after this time, however little it is: a process that is killed loses no more. */
const GATHERED_MS = 1000;
/** The longest beginning that a check asks for. */
const HEAD_BYTES = 512;

export interface WriteBufferSettings {
  readonly handle: FileHandle;
  /** Where in the file the body begins. */
  readonly position: number;
  readonly digest: Pick<Digest, 'update'>;
  /** Longest body that is allowed, in bytes. */
  readonly maxBytes: number | undefined;
  readonly tooLong: () => Error;
  /** Judges the first bytes, before any of them is written. */
  readonly head: ((first: Uint8Array) => Error | undefined) | undefined;
  /** Called as bytes come, with the count of this body. */
  readonly onBytes: (bytes: number) => void;
  /** Called as bytes are in the file, with the count of this body. */
  readonly onWritten?: ((bytes: number) => void) | undefined;
  /** How many bytes are written at a time; default 4 MiB. Twice as many are held in memory. */
  readonly gatherBytes?: number | undefined;
}

/**
 * Writes a body in large pieces: while one is being written, it is digested and the next one is filled.
 * One write at a time and in order, so that a file that is cut anywhere is a correct beginning.
 */
export class WriteBuffer {
  readonly #settings: WriteBufferSettings;
  #chunks: Uint8Array[] = [];
  #gathered = 0;
  #received = 0;
  #written = 0;
  #headSeen: boolean;
  /** The current write. */
  #writing: Promise<void> | undefined;
  #late: NodeJS.Timeout | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(settings: WriteBufferSettings) {
    this.#settings = settings;
    this.#headSeen = settings.head === undefined;
  }

  /** Bytes of this body that are in the file. */
  get written(): number {
    return this.#written;
  }

  /**
   * Takes the next bytes; throws when they are refused.
   *
   * @returns a promise when no more may come until it is settled.
   */
  take(chunk: Uint8Array): Promise<void> | undefined {
    const { maxBytes, tooLong, onBytes, gatherBytes = GATHERED_BYTES } = this.#settings;
    this.#received += chunk.byteLength;
    if (maxBytes !== undefined && this.#received > maxBytes) throw tooLong();
    this.#chunks.push(chunk);
    this.#gathered += chunk.byteLength;
    onBytes(this.#received);
    if (this.#gathered >= HEAD_BYTES) this.#judgeHead();
    if (this.#gathered >= gatherBytes) return this.#drain();
    this.#late ??= setTimeout(() => {
      this.#late = undefined;
      if (this.#headSeen && this.#writing === undefined) this.#start();
    }, GATHERED_MS);
    return undefined;
  }

  /** Judges a body that has ended and writes the rest of it. */
  async finish(): Promise<void> {
    this.#judgeHead();
    await this.settle();
  }

  /** Writes what has arrived and waits for it; also after the source failed, so that no good data is lost. */
  async settle(): Promise<void> {
    this.#clearLate();
    if (this.#headSeen) await this.#drain();
    await this.#quiet();
  }

  #judgeHead(): void {
    if (this.#headSeen) return;
    const first = Buffer.concat(this.#chunks, Math.min(this.#gathered, HEAD_BYTES));
    const refused = this.#settings.head?.(first);
    if (refused !== undefined) throw refused;
    this.#headSeen = true;
  }

  /** Starts the next write at once, or after the current one. */
  #drain(): Promise<void> | undefined {
    if (this.#writing !== undefined) return this.#quiet().then(() => this.#start());
    this.#throwFailure();
    this.#start();
    return undefined;
  }

  /** Waits until nothing is being written; throws what the disk threw. */
  async #quiet(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    this.#throwFailure();
  }

  /** Writes what is buffered, and digests it at the same time. */
  #start(): void {
    this.#clearLate();
    if (this.#gathered === 0) return;
    const chunks = this.#chunks;
    const bytes = this.#gathered;
    this.#chunks = [];
    this.#gathered = 0;
    this.#writing = this.#write(chunks, bytes);
    for (const chunk of chunks) this.#settings.digest.update(chunk);
  }

  async #write(chunks: Uint8Array[], bytes: number): Promise<void> {
    const { handle, position, onWritten } = this.#settings;
    try {
      let left = chunks;
      for (let done = 0; done < bytes;) {
        const { bytesWritten } = await handle.writev(left, position + this.#written);
        done += bytesWritten;
        this.#written += bytesWritten;
        onWritten?.(this.#written);
        if (done < bytes) left = withoutFirst(left, bytesWritten);
      }
    } catch (error) {
      this.#failure = { error };
    }
    this.#writing = undefined;
  }

  #clearLate(): void {
    clearTimeout(this.#late);
    this.#late = undefined;
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

function withoutFirst(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  const whole = Buffer.concat(chunks);
  return [whole.subarray(bytes)];
}
