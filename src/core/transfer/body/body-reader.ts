import type { Readable } from 'node:stream';
import { SdcError, type SdcErrorInit } from '../../../errors.js';
import { onAbort } from '../../util/signal.js';
import { truncatedBody, bodyTimeout } from '../failures.js';

export interface BodyReaderSettings {
  readonly init: SdcErrorInit;
  /** Length of the body, where it is known. */
  readonly bytes: number | undefined;
  readonly idleTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Called once, when the body has ended or failed. */
  readonly done: () => void;
}

/** Reads a body chunk by chunk; silence counts only while a chunk is waited for. */
export class BodyReader {
  readonly #source: Readable;
  readonly #settings: BodyReaderSettings;
  readonly #chunks: AsyncIterator<unknown>;
  readonly #release: () => void;
  #received = 0;
  #over = false;

  constructor(source: Readable, settings: BodyReaderSettings) {
    this.#source = source;
    this.#settings = settings;
    this.#chunks = source[Symbol.asyncIterator]();
    this.#release = onAbort(settings.signal, () => {
      source.destroy();
    });
  }

  /** The next bytes; `undefined` at the end. */
  async next(): Promise<Uint8Array | undefined> {
    const { init, bytes, idleTimeoutMs, signal } = this.#settings;
    const timer = setTimeout(() => {
      this.#source.destroy(bodyTimeout(init, idleTimeoutMs, this.#received));
    }, idleTimeoutMs);
    try {
      const next = await this.#chunks.next();
      const value: unknown = next.value;
      signal.throwIfAborted();
      if (next.done !== true && value instanceof Uint8Array) {
        this.#received += value.byteLength;
        return value;
      }
      this.close();
      if (bytes !== undefined && this.#received < bytes) throw truncatedBody(init, undefined, this.#received, bytes);
      return undefined;
    } catch (error) {
      this.close();
      signal.throwIfAborted();
      throw error instanceof SdcError ? error : truncatedBody(init, error, this.#received, bytes);
    } finally {
      clearTimeout(timer);
    }
  }

  /** At least this many bytes, fewer only when the body ends before. */
  async atLeast(bytes: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for (let have = 0; have < bytes;) {
      const chunk = await this.next();
      if (chunk === undefined) break;
      chunks.push(chunk);
      have += chunk.byteLength;
    }
    return Buffer.concat(chunks);
  }

  /** Ends the connection, unless the body has ended already. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#release();
    this.#source.destroy();
    this.#settings.done();
  }
}
