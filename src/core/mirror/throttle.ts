import { Readable } from 'node:stream';
import type { HttpRequest } from '../http/request.js';
import type { HttpResponse } from '../http/response.js';
import { Mutex } from '../util/locks.js';
import { monotonic, sleep } from '../util/time.js';

/** How much may come at once, as a part of a second: short pauses keep a slow body from being taken for a silent one. */
const BURST_SECONDS = 0.1;

/** Keeps a number of bytes per second over all bodies that pass through it. */
export class TokenBucket {
  readonly #bytesPerMs: number;
  readonly #turns = new Mutex();
  /** The moment from which on there are tokens again. */
  #freeAt = -Infinity;
  /** Bytes that may pass in one step. */
  readonly stepBytes: number;

  constructor(bytesPerSecond: number) {
    this.#bytesPerMs = bytesPerSecond / 1000;
    this.stepBytes = Math.max(1, Math.floor(bytesPerSecond * BURST_SECONDS));
  }

  /** Waits until so many bytes, at most {@link stepBytes}, may pass. */
  async take(bytes: number, signal: AbortSignal | undefined): Promise<void> {
    await this.#turns.run(async () => {
      const now = monotonic();
      const waitMs = this.#freeAt - now;
      // What was not used a while ago is not saved for later.
      this.#freeAt = Math.max(this.#freeAt, now) + bytes / this.#bytesPerMs;
      if (waitMs > 0) await sleep(waitMs, signal);
    }, signal);
  }
}

/** Opens bodies that come no faster than the bucket allows. */
export function throttled(
  open: (call: HttpRequest) => Promise<HttpResponse>,
  bucket: TokenBucket,
): (call: HttpRequest) => Promise<HttpResponse> {
  return async (call) => {
    const response = await open(call);
    let slowed: Readable | undefined;
    return {
      ...response,
      stream: () => (slowed ??= slow(response.stream(), bucket, call.signal)),
      discard: async () => {
        slowed?.destroy();
        await response.discard();
      },
    };
  };
}

function slow(source: Readable, bucket: TokenBucket, signal: AbortSignal | undefined): Readable {
  const stream = Readable.from(pieces(source, bucket, signal), { objectMode: false, highWaterMark: bucket.stepBytes });
  // A body whose failure is not awaited must not end the process.
  return stream.on('error', () => undefined);
}

async function* pieces(
  source: Readable,
  bucket: TokenBucket,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source) {
    if (!(chunk instanceof Uint8Array)) continue;
    for (let at = 0; at < chunk.byteLength; at += bucket.stepBytes) {
      const piece = chunk.subarray(at, at + bucket.stepBytes);
      await bucket.take(piece.byteLength, signal);
      yield piece;
    }
  }
}
