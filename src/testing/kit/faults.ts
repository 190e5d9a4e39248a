import { gzipSync } from 'node:zlib';

import { sleep } from '../../core/util/time.js';
import { htmlResponse, page, textResponse } from './html.js';
import { rangeFault } from './range-faults.js';
import { chunksOf, readAll, reshape, splitAt, streamOf } from './streams.js';
import type { Fault } from './types.js';
import type { Break, Wire } from './wire.js';

type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>>;
type Run = (request: Request) => Promise<Response>;

/** Carries out a fault on one exchange; `run` is the undisturbed service. */
export async function strike(fault: Fault, request: Request, wire: Wire, run: Run): Promise<Response> {
  switch (fault.kind) {
    case 'drop':
      return withBody(await run(request), (body) => brokenAfter(body, fault.afterBytes, 'drop', wire));
    case 'reset': {
      const { afterBytes } = fault;
      if (afterBytes === undefined) throw await wire.cut('reset');
      return withBody(await run(request), (body) => brokenAfter(body, afterBytes, 'reset', wire));
    }
    case 'stall': {
      const { afterBytes, ms } = fault;
      if (afterBytes !== undefined) {
        return withBody(await run(request), (body) => silentAfter(body, afterBytes, ms, wire));
      }
      readAhead(request);
      await silence(ms, wire);
      return run(request);
    }
    case 'status':
      return textResponse(fault.body ?? '', fault.contentType ?? 'text/html; charset=utf-8', fault.status, {
        ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }),
      });
    case 'html':
      return htmlResponse(fault.body ?? page('Maintenance', '<h1>Down for maintenance</h1>'), fault.status ?? 200);
    case 'length': {
      const response = await run(request);
      const bytes = await readAll(response.body);
      const headers = { 'content-length': String(bytes.length + fault.delta), connection: 'close' };
      // A client that waits for the missing bytes learns that there are none.
      const tail = (body: Chunks): Chunks => (fault.delta > 0 ? brokenAfter(body, bytes.length, 'drop', wire) : body);
      return reshape(response, streamOf(tail(chunksOf(new Response(bytes).body))), headers);
    }
    case 'no-length': {
      const { afterBytes = Number.POSITIVE_INFINITY } = fault;
      const response = await run(request);
      wire.endless();
      const headers = { 'content-length': null, connection: 'close' };
      return reshape(response, streamOf(until(chunksOf(response.body), afterBytes)), headers);
    }
    case 'range':
      return rangeFault(fault, request, run);
    case 'slow':
      return withBody(await run(request), (body) => slowly(body, fault.bytesPerSecond, wire));
    case 'gzip': {
      const response = await run(request);
      const packed = new Uint8Array(gzipSync(await readAll(response.body)));
      const headers = { 'content-encoding': 'gzip', 'content-length': String(packed.length) };
      return reshape(response, packed, headers);
    }
    case 'redirect':
      return redirection(fault.location, fault.status ?? 302);
    case 'redirect-loop':
      return redirection(request.url, 302);
    case 'delay':
      readAhead(request);
      await Promise.race([sleep(fault.ms), wire.gone]);
      return run(request);
    case 'replace':
      return fault.response();
  }
}

function redirection(location: string, status: number): Response {
  return new Response(null, { status, headers: { location, 'content-length': '0' } });
}

function withBody(response: Response, change: (body: Chunks) => Chunks): Response {
  return reshape(response, streamOf(change(chunksOf(response.body))));
}

/**
 * Takes in the body of a request that has to wait, as servers do, and keeps it for the service. A socket that nobody
 * reads does not tell that its client has gone: the exchange would hang for as long as the server lives.
 */
function readAhead(request: Request): void {
  if (request.body !== null) void readAll(request.clone().body).catch(() => undefined);
}

async function silence(ms: number | undefined, wire: Wire): Promise<void> {
  if (ms === undefined) await wire.gone;
  else await Promise.race([sleep(ms), wire.gone]);
}

async function* brokenAfter(body: Chunks, bytes: number, how: Break, wire: Wire): Chunks {
  await wire.flush();
  for await (const { chunk, before } of splitAt(body, bytes)) {
    if (!before) break;
    yield chunk;
  }
  throw await wire.cut(how);
}

async function* until(body: Chunks, bytes: number): Chunks {
  for await (const { chunk, before } of splitAt(body, bytes)) {
    if (!before) return;
    yield chunk;
  }
}

async function* silentAfter(body: Chunks, bytes: number, ms: number | undefined, wire: Wire): Chunks {
  let silent = bytes === 0;
  await wire.flush();
  if (silent) await silence(ms, wire);
  for await (const { chunk, before } of splitAt(body, bytes)) {
    if (!before && !silent) {
      silent = true;
      await wire.flush();
      await silence(ms, wire);
    }
    yield chunk;
  }
}

async function* slowly(body: Chunks, bytesPerSecond: number, wire: Wire): Chunks {
  const slice = Math.max(1, Math.floor(bytesPerSecond / 20));
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length; at += slice) {
      const piece = chunk.subarray(at, at + slice);
      await Promise.race([sleep((piece.length / bytesPerSecond) * 1000), wire.gone]);
      yield piece;
    }
  }
}
