import type { FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import type { Digest } from './digest.js';

/** Chunks come in 64 KiB; a write each would cost as much as the digest. Measured: 1 to 4 MiB are equally good. */
const GATHERED_BYTES = 2 * 1024 * 1024;
/** The longest beginning that a check asks for. */
const HEAD_BYTES = 512;

/** What a {@link Gatherer} writes to and whom it tells. */
export interface GathererSettings {
  readonly handle: FileHandle;
  /** Where in the file the body begins. */
  readonly position: number;
  readonly digest: Digest;
  /** Longest body that is allowed, in bytes. */
  readonly maxBytes: number | undefined;
  readonly tooLong: () => Error;
  /** Judges the first bytes, before any of them is written. */
  readonly head: ((first: Uint8Array) => Error | undefined) | undefined;
  /** Called as bytes come, with the count of this body. */
  readonly onBytes: (bytes: number) => void;
  /** Called when the source is waited for (`true`) and when it is not (`false`). */
  readonly onWaiting: (waiting: boolean) => void;
}

/**
 * Writes a body in large pieces: while one is on its way to the disk, it is digested and the next one gathers.
 * One write at a time and in order, so that a file that breaks off anywhere is a true beginning.
 */
export class Gatherer extends Writable {
  readonly #settings: GathererSettings;
  #chunks: Uint8Array[] = [];
  #gathered = 0;
  #received = 0;
  #written = 0;
  #headSeen: boolean;
  #writing: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  constructor(settings: GathererSettings) {
    super({ highWaterMark: GATHERED_BYTES, decodeStrings: false });
    this.#settings = settings;
    this.#headSeen = settings.head === undefined;
  }

  /** Bytes of this body that are in the file. */
  get written(): number {
    return this.#written;
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#received += chunk.byteLength;
    const { maxBytes, tooLong, onBytes, onWaiting } = this.#settings;
    if (maxBytes !== undefined && this.#received > maxBytes) {
      done(tooLong());
      return;
    }
    this.#chunks.push(chunk);
    this.#gathered += chunk.byteLength;
    const refused = this.#told(onBytes) ?? (this.#gathered >= HEAD_BYTES ? this.#judgeHead() : undefined);
    if (refused !== undefined || this.#gathered < GATHERED_BYTES) {
      onWaiting(refused === undefined);
      done(refused);
      return;
    }
    onWaiting(false);
    this.#drain().then(
      () => {
        onWaiting(true);
        done();
      },
      (error: unknown) => {
        done(asError(error));
      },
    );
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#settings.onWaiting(false);
    const refused = this.#judgeHead();
    if (refused === undefined)
      this.settle().then(
        () => done(),
        (error: unknown) => done(asError(error)),
      );
    else done(refused);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#settings.onWaiting(false);
    done(error);
  }

  /** Writes what has come and waits for it; also after the source broke off, so that nothing good is lost. */
  async settle(): Promise<void> {
    if (this.#headSeen && this.#failure === undefined) await this.#drain();
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** What the listener throws ends the transfer, not the process. */
  #told(onBytes: (bytes: number) => void): Error | undefined {
    try {
      onBytes(this.#received);
      return undefined;
    } catch (error) {
      return asError(error);
    }
  }

  #judgeHead(): Error | undefined {
    if (this.#headSeen) return undefined;
    const first = Buffer.concat(this.#chunks, Math.min(this.#gathered, HEAD_BYTES));
    const refused = this.#settings.head?.(first);
    if (refused === undefined) this.#headSeen = true;
    return refused;
  }

  /** Waits for the write before, then starts the next one and digests its bytes meanwhile. */
  async #drain(): Promise<void> {
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#gathered === 0) return;
    const chunks = this.#chunks;
    const bytes = this.#gathered;
    this.#chunks = [];
    this.#gathered = 0;
    this.#writing = this.#write(chunks, bytes);
    for (const chunk of chunks) this.#settings.digest.update(chunk);
  }

  async #write(chunks: Uint8Array[], bytes: number): Promise<void> {
    const { handle, position } = this.#settings;
    try {
      let left = chunks;
      for (let done = 0; done < bytes;) {
        const { bytesWritten } = await handle.writev(left, position + this.#written);
        done += bytesWritten;
        this.#written += bytesWritten;
        if (done < bytes) left = withoutFirst(left, bytesWritten);
      }
    } catch (error) {
      this.#failure = { error };
    }
  }
}

function withoutFirst(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  const whole = Buffer.concat(chunks);
  return [whole.subarray(bytes)];
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('the disk could not be written');
}
