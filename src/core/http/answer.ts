import { Readable } from 'node:stream';
import type { Answer } from './call.js';
import type { WireAnswer } from './wire.js';

/** A body longer than this is no page and no JSON answer of any centre. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** What an answer needs to know of the call it belongs to. */
export interface AnswerContext {
  readonly url: string;
  readonly redirected: boolean;
  readonly idleTimeoutMs: number;
  /** Makes the error for silence in the body. */
  readonly silent: () => Error;
  /** Makes the error for a body that broke off or is too long. */
  readonly broken: (cause: unknown) => Error;
  /** Called once, when the body is over in whatever way. */
  readonly done: () => void;
}

/** Dresses the answer of a wire. */
export function createAnswer(wire: WireAnswer, context: AnswerContext): Answer {
  const contentType = wire.headers.get('content-type') ?? undefined;
  return {
    status: wire.status,
    headers: wire.headers,
    url: context.url,
    redirected: context.redirected,
    ...(contentType === undefined ? {} : { contentType }),
    text: () => readText(wire, context),
    stream: () => bodyStream(wire, context),
    discard: () => discard(wire, context),
  };
}

function bodyStream(wire: WireAnswer, context: AnswerContext): Readable {
  const stream = nodeStream(wire.body);
  stream.once('close', context.done);
  return stream;
}

function nodeStream(body: WireAnswer['body']): Readable {
  if (body === null) return Readable.from([]);
  if (body instanceof Readable) return body;
  return Readable.from(chunksOf(body), { objectMode: false, highWaterMark: 1024 * 1024 });
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        finished = true;
        return;
      }
      if (value.byteLength > 0) yield value;
    }
  } finally {
    if (!finished) reader.cancel().catch(() => undefined);
  }
}

async function readText(wire: WireAnswer, context: AnswerContext): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const stream = nodeStream(wire.body);
  const timer = setTimeout(() => stream.destroy(context.silent()), context.idleTimeoutMs);
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) continue;
      timer.refresh();
      bytes += chunk.byteLength;
      if (bytes > MAX_TEXT_BYTES) throw new RangeError(`longer than ${MAX_TEXT_BYTES} bytes`);
      chunks.push(chunk);
    }
    return new TextDecoder().decode(Buffer.concat(chunks));
  } catch (error) {
    throw context.broken(error);
  } finally {
    clearTimeout(timer);
    stream.destroy();
    context.done();
  }
}

function discard(wire: WireAnswer, context: AnswerContext): Promise<void> {
  // Nobody waits for the cancel: behind msw it never settles. A body that broke off already is discarded all the same.
  if (wire.body instanceof Readable) wire.body.destroy();
  else wire.body?.cancel().catch(() => undefined);
  context.done();
  return Promise.resolve();
}
