import { Readable } from 'node:stream';
import { onAbort, reasonOf } from '../../util/signal.js';
import type { HandlerResponse } from '../handlers/handler.js';
import type { HttpResponse } from '../response.js';

/** A longer body is neither a page nor a JSON response of any centre. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** The rest of a body that is no longer is read, where it is not wanted … */
const DRAINED_BYTES = 16 * 1024;
/** … and if it comes within this time. */
const DRAINED_MS = 1_000;

export interface ResponseContext {
  readonly url: string;
  readonly redirected: boolean;
  readonly idleTimeoutMs: number;
  /** Ends the body too; not every fetch respects it once the headers are there. */
  readonly signal: AbortSignal;
  /** Makes the error for silence in the body. */
  readonly silent: () => Error;
  /** Makes the error for a body that broke off or is too long. */
  readonly broken: (cause: unknown) => Error;
  /** Called once, when the body has ended or failed. */
  readonly done: () => void;
}

/** What a handler gave, as a response whose body is bounded and watched. */
export function createResponse(given: HandlerResponse, context: ResponseContext): HttpResponse {
  const contentType = given.headers.get('content-type') ?? undefined;
  let opened: Readable | undefined;
  const open = (): Readable => {
    opened ??= watched(nodeStream(given.body), context);
    return opened;
  };
  return {
    status: given.status,
    headers: given.headers,
    url: context.url,
    redirected: context.redirected,
    contentType,
    untilClose: given.untilClose,
    text: () => readText(open(), context),
    stream: open,
    discard: async () => {
      const body = open();
      if (isShort(given) && !context.signal.aborted) drain(body);
      else body.destroy();
      context.done();
    },
  };
}

/** Whether the rest of a body is cheaper to read than a new connection. */
function isShort({ headers, untilClose }: HandlerResponse): boolean {
  const length = headers.get('content-length');
  return !untilClose && length !== null && Number(length) <= DRAINED_BYTES;
}

/** Reads what nobody wants, so that its connection can be used again; not for long. */
function drain(body: Readable): void {
  if (body.destroyed || body.readableEnded) return;
  const timer = setTimeout(() => body.destroy(), DRAINED_MS);
  timer.unref();
  body.once('close', () => clearTimeout(timer));
  body.resume();
}

/** A body whose failure is not awaited must not end the process. */
function watched(stream: Readable, { signal, done }: ResponseContext): Readable {
  stream.on('error', () => undefined);
  const release = onAbort(signal, () => {
    stream.destroy(reasonOf(signal));
  });
  const onClose = (): void => {
    release();
    done();
  };
  if (stream.closed) onClose();
  else stream.once('close', onClose);
  return stream;
}

function nodeStream(body: HandlerResponse['body']): Readable {
  if (body === null) return Readable.from([]);
  return body instanceof Readable ? body : fromWeb(body);
}

/** Unlike a stream made from a generator, this one can be destroyed while it waits for bytes. */
function fromWeb(body: ReadableStream<Uint8Array>): Readable {
  const reader = body.getReader();
  return new Readable({
    highWaterMark: 1024 * 1024,
    read() {
      reader.read().then(
        ({ done, value }) => this.push(done ? null : value),
        (error: unknown) => this.destroy(error instanceof Error ? error : new Error('the body broke off')),
      );
    },
    destroy(error, callback) {
      reader.cancel().catch(() => undefined);
      callback(error);
    },
  });
}

async function readText(stream: Readable, context: ResponseContext): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
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
