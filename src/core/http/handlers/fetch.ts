import { Readable } from 'node:stream';
import { lazy } from '../../util/lazy.js';
import { onAbort } from '../../util/signal.js';
import type { UploadBody } from '../request.js';
import { bodyFailure, toBytes, type HttpHandler, type HandlerResponse, type HandlerRequest } from './handler.js';

type Fetch = typeof globalThis.fetch;

/** The built-in handler for small requests: ky, without its own retries, time-outs and errors, which print secrets. */
export function fetchHandler(): HttpHandler {
  return async (url, request) => {
    if (request === undefined) throw new TypeError('a handler needs a request');
    // Without it `fetch` alone does as well.
    const ky = await loadKy().catch(() => undefined);
    request.onHandedOver?.(false);
    const init = initOf(request);
    if (ky === undefined) return answerOf(await globalThis.fetch(url, init), url);
    return answerOf(await ky(url, { ...init, retry: 0, throwHttpErrors: false, timeout: false }), url);
  };
}

const loadKy = lazy(async () => (await import('ky')).default);

/**
 * A fetch that the caller injected. It gets address and init, never a `Request`: another undici copy refuses
 * the objects of this one.
 */
export function injectedHandler(fetch: Fetch): HttpHandler {
  return async (url, request) => {
    if (request === undefined) throw new TypeError('a handler needs a request');
    request.onHandedOver?.(false);
    return answerOf(await fetch(url, initOf(request)), url);
  };
}

/** A hand-made `Response` has no address; the cookie jar needs one. */
function answerOf({ status, headers, body }: Response, url: string): HandlerResponse {
  return { status, url, headers, body };
}

function initOf(request: HandlerRequest): RequestInit {
  const { method, headers, body, signal, redirect } = request;
  if (body === undefined) return { method, headers, signal, redirect };
  if (typeof body === 'string') return { method, headers, signal, redirect, body };
  const streamed = { method, headers, signal, redirect, body: webBody(body, request), duplex: 'half' as const };
  return streamed;
}

function webBody(body: UploadBody, request: HandlerRequest): ReadableStream<Uint8Array> {
  let source: ReturnType<UploadBody['open']> | undefined;
  let iterator: AsyncIterator<unknown> | undefined;
  const close = async (): Promise<void> => {
    if (source instanceof Readable) source.destroy();
    await iterator?.return?.();
  };
  onAbort(request.signal, () => void close().catch(() => undefined));
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          source ??= body.open();
          iterator ??= source[Symbol.asyncIterator]();
          const next = await iterator.next();
          request.onSending?.(next.done === true);
          if (next.done === true) controller.close();
          else controller.enqueue(new Uint8Array(toBytes(next.value)));
        } catch (error) {
          throw bodyFailure(error);
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}
