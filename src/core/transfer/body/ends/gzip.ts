import { createReadStream } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unpackLimit } from '../../zip/unpack-limit.js';
import type { End, EndJudge } from './end-judge.js';
import { StreamJudge } from './judge-stream.js';

/** Whether a body begins as gzip does (RFC 1952), with the one method that there is. */
export function isGzip(first: Uint8Array): boolean {
  return first[0] === 0x1f && first[1] === 0x8b && first[2] === 8;
}

export interface Unpacked {
  /** The end of what is in it; `cut` where gzip itself is not whole, or unpacks to more than is allowed. */
  readonly end: End;
  readonly bytes: number;
}

/** Listens to a body in gzip: whether its own end came, with the right checksum, and what a judge says of what is in it. */
export class GzipJudge {
  readonly #content: StreamJudge;
  readonly #signal: AbortSignal | undefined;
  readonly #wholeBytes: number | undefined;
  readonly #gunzip = createGunzip();
  #packed = 0;
  #unpacked = 0;
  #complaint: string | undefined;
  /** Nothing more will be unpacked. */
  #over = false;
  /** Ends the wait for the write in flight, whose callback does not come after an error or behind the last member. */
  #wake: () => void = () => undefined;

  /** @param wholeBytes - Length of the whole body in gzip, where it is known. */
  constructor(judge: EndJudge, signal?: AbortSignal, wholeBytes?: number) {
    this.#wholeBytes = wholeBytes;
    this.#content = new StreamJudge(judge);
    this.#signal = signal;
    const over = (): void => {
      this.#over = true;
      this.#wake();
    };
    this.#gunzip
      .on('data', (content: Uint8Array) => {
        this.#take(content);
      })
      .on('error', (error) => {
        this.#complaint ??= `its gzip data is incomplete: ${error.message}`;
      })
      .on('end', over)
      .on('close', over);
    if (signal !== undefined) addAbortSignal(signal, this.#gunzip);
  }

  /** Nothing that comes will change the verdict. */
  get isOver(): boolean {
    return this.#over;
  }

  /** The next bytes of the body; fulfilled when they are unpacked, so that no more than these need to be held. */
  async push(chunk: Uint8Array): Promise<void> {
    this.#packed += chunk.byteLength;
    await this.#until((done) => this.#gunzip.write(chunk, done));
  }

  /**
   * The body has ended.
   *
   * @throws the signal's reason after an abort.
   */
  async finish(): Promise<Unpacked> {
    await this.#until(() => this.#gunzip.end());
    this.close();
    this.#signal?.throwIfAborted();
    const end: End = this.#complaint === undefined ? this.#content.end() : { kind: 'cut', why: this.#complaint };
    return { end, bytes: this.#unpacked };
  }

  /** Lets go of what unpacking needs. */
  close(): void {
    this.#over = true;
    this.#gunzip.destroy();
  }

  /** Waits for a step of the unpacking; at once where there is nothing more to unpack. */
  async #until(start: (done: () => void) => unknown): Promise<void> {
    if (this.#over) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      start(resolve);
    });
  }

  #take(content: Uint8Array): void {
    if (this.#over) return;
    this.#unpacked += content.byteLength;
    this.#content.push(content);
    const allowed = unpackLimit(this.#wholeBytes ?? this.#packed);
    if (this.#unpacked > allowed)
      this.#complaint ??= `it would unpack to more than the ${allowed} bytes allowed; unpack it by hand if it can be trusted`;
    if (this.#complaint !== undefined || this.#content.known?.kind === 'cut') this.close();
  }
}

/**
 * Asks a judge about what is in a file in gzip; what is left of it is unpacked on the way, for its checksum.
 *
 * @throws the signal's reason after an abort.
 */
export async function endOfGzip(judge: EndJudge, path: string, bytes: number, signal?: AbortSignal): Promise<Unpacked> {
  const gzip = new GzipJudge(judge, signal, bytes);
  const chunks: AsyncIterable<Uint8Array> = createReadStream(path);
  try {
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      await gzip.push(chunk);
      if (gzip.isOver) break;
    }
    return await gzip.finish();
  } finally {
    gzip.close();
  }
}
