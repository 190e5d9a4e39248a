import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Readable } from 'node:stream';

import { untilAborted } from '../../core/util/signal.js';
import type { Engine } from './engine.js';
import { chunksOf, reshape, streamOf } from './streams.js';
import { ConnectionBroken, softWire } from './wire.js';

const MAX_REDIRECTS = 20;
const BODY_HEADERS = ['content-type', 'content-length', 'content-encoding', 'content-language', 'content-location'];
const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'host'];

/** The rejection of Node's own fetch when there is no answer. */
function fetchFailed(code: string, message: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}

/** A `fetch` that ends in the services instead of the network; follows redirects as the real one does. */
export function createFetch(engine: Engine): typeof globalThis.fetch {
  return async (input, init) => {
    let request = new Request(input, { ...init, ...(init?.body instanceof ReadableStream ? { duplex: 'half' } : {}) });
    const mode = request.redirect;
    // A body that must be sent again on 307 and 308 is kept, as fetch does for everything but streams.
    const replayable = init?.body instanceof ReadableStream ? undefined : request.clone();
    for (let hops = 0; ; hops += 1) {
      const answer = await exchange(engine, request);
      const location = isRedirect(answer.status) ? answer.headers.get('location') : null;
      if (location === null || mode === 'manual') return finished(answer, request.url, hops > 0);
      void answer.body?.cancel();
      if (mode === 'error') throw fetchFailed('UND_ERR_REDIRECT', 'unexpected redirect');
      if (hops >= MAX_REDIRECTS) throw fetchFailed('UND_ERR_REDIRECT', 'redirect count exceeded');
      request = nextRequest(request, answer.status, new URL(location, request.url), replayable?.clone());
    }
  };
}

async function exchange(engine: Engine, request: Request): Promise<Response> {
  const { signal } = request;
  signal.throwIfAborted();
  const url = new URL(request.url);
  const name = Object.keys(engine.services).find(
    (key) => new URL(engine.services[key]?.origin ?? '').origin === url.origin,
  );
  if (name === undefined) throw fetchFailed('ENOTFOUND', `getaddrinfo ENOTFOUND ${url.hostname}`);
  try {
    const response = await untilAborted(engine.answer(request, name, {}, softWire('fetch', signal)), signal);
    return guarded(decoded(response), signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ConnectionBroken) throw fetchFailed('ECONNRESET', error.message);
    throw error;
  }
}

/** Body errors as undici reports them, and the signal's reason after an abort. */
function guarded(response: Response, signal: AbortSignal): Response {
  if (response.body === null) return response;
  const source = response.body;
  async function* body(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const chunks = chunksOf(source);
    try {
      for (;;) {
        const next = await untilAborted(chunks.next(), signal);
        if (next.done === true) return;
        yield next.value;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw terminated(error);
    } finally {
      void chunks.return(undefined);
    }
  }
  return reshape(response, streamOf(body()));
}

function terminated(error: unknown): unknown {
  if (!(error instanceof ConnectionBroken)) return error;
  const code = error.how === 'reset' ? 'ECONNRESET' : 'UND_ERR_SOCKET';
  return new TypeError('terminated', { cause: Object.assign(new Error(error.message), { code }) });
}

/** A fetch hands out decoded bodies, but keeps the headers of the encoded one. */
function decoded(response: Response): Response {
  const decoder = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress }[
    response.headers.get('content-encoding') ?? ''
  ];
  if (decoder === undefined || response.body === null) return response;
  const { body } = response;
  async function* plain(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const unpacked = Readable.from(chunksOf(body)).pipe(decoder?.() ?? createGunzip());
    for await (const chunk of unpacked) if (chunk instanceof Uint8Array) yield new Uint8Array(chunk);
  }
  return reshape(response, streamOf(plain()));
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function nextRequest(before: Request, status: number, url: URL, whole: Request | undefined): Request {
  const headers = new Headers(before.headers);
  const toGet = (status === 303 && before.method !== 'HEAD') || (status <= 302 && before.method === 'POST');
  if (toGet) for (const name of BODY_HEADERS) headers.delete(name);
  if (url.origin !== new URL(before.url).origin) for (const name of SECRET_HEADERS) headers.delete(name);
  const { signal } = before;
  const bodiless = toGet || before.method === 'GET' || before.method === 'HEAD';
  if (bodiless) return new Request(url, { method: toGet ? 'GET' : before.method, headers, signal });
  if (whole === undefined) throw fetchFailed('UND_ERR_REDIRECT', 'a stream cannot be sent twice');
  return new Request(url, { method: before.method, headers, signal, body: whole.body, duplex: 'half' });
}

function finished(response: Response, url: string, redirected: boolean): Response {
  Object.defineProperties(response, { url: { value: url }, redirected: { value: redirected } });
  return response;
}
