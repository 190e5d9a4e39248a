import { gzipSync } from 'node:zlib';

import type { SimContext } from '../kit/types.js';
import type { HmiArchive } from './archive.js';
import { pythonJson } from './oddities.js';
import type { HmiSettings } from './options.js';

/** What every handler gets. */
export interface HmiContext {
  readonly sim: SimContext;
  readonly settings: HmiSettings;
  readonly archive: HmiArchive;
}

/** An answer with a text as body. */
export interface TextAnswer {
  readonly status?: number;
  readonly type: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Flask-Compress knows these types, and no others. */
const COMPRESSED = new Set(['text/html', 'text/css', 'text/xml', 'application/json', 'application/javascript']);
const COMPRESSED_FROM_BYTES = 500;

/** Sends a text, compressed as Flask-Compress does: 2xx, at least 500 bytes, accepted, of a listed type. */
export function reply({ sim, settings }: HmiContext, answer: TextAnswer): Response {
  const { status = 200, type, text } = answer;
  const plain = new TextEncoder().encode(text);
  const headers = new Headers(answer.headers);
  headers.set('content-type', type);
  const known = COMPRESSED.has(type.replace(/;.*$/, ''));
  const packs =
    settings.gzip && known && status < 300 && plain.length >= COMPRESSED_FROM_BYTES && acceptsGzip(sim.request);
  const body = packs ? new Uint8Array(gzipSync(plain, { level: 6 })) : plain;
  if (packs) {
    headers.set('content-encoding', 'gzip');
    headers.set('vary', 'Accept-Encoding');
  }
  headers.set('content-length', String(body.length));
  return new Response(sim.request.method === 'HEAD' ? null : body, { status, headers });
}

/** Sends JSON; keys keep their order. */
export function replyJson(context: HmiContext, value: unknown, status = 200, type = 'application/json'): Response {
  const indent = context.settings.json === 'indented' ? 2 : undefined;
  const end = indent === undefined ? '' : '\n';
  return reply(context, { status, type, text: `${pythonJson(value, indent)}${end}` });
}

function acceptsGzip(request: Request): boolean {
  const accepted = request.headers.get('accept-encoding') ?? '';
  return accepted.split(',').some((entry) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(entry));
}

/** Flask-Cors on every answer, and what a server of HTTP/1.0 does with it. */
export function finish({ sim, settings }: HmiContext, response: Response): Response {
  const { headers } = response;
  headers.set('access-control-allow-origin', '*');
  headers.set('access-control-expose-headers', 'content-type, content-disposition');
  headers.set('server', 'Werkzeug/0.11.10 Python/2.7.9');
  headers.set('date', new Date(sim.clock.now()).toUTCString());
  if (settings.http10) {
    headers.set('connection', 'close');
    headers.delete('content-length');
    // Node would send chunks to a client of HTTP/1.1; so the body ends with the connection.
    if (sim.viaSocket && response.body !== null) headers.set('transfer-encoding', 'identity');
  }
  return response;
}
