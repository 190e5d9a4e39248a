import type { IncomingMessage } from 'node:http';
import { pipeline, type Duplex, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { UnreadableAnswer } from './handler.js';

/** What changes no byte; S3 tells `aws-chunked` of objects that were sent to it that way. */
const PLAIN = new Set(['', 'identity', 'chunked', 'aws-chunked']);

/**
 * The body of an answer without the codings that it came in (RFC 9110 section 8.4, RFC 9112 section 7).
 *
 * @throws {@link UnreadableAnswer} for a coding that cannot be undone: such a body must not be taken for the file.
 */
export function decoded(incoming: IncomingMessage, method: string): Readable {
  if (method === 'HEAD' || incoming.headers['content-length'] === '0') return incoming;
  const codings = [
    ...codingsIn(incoming.headers['content-encoding']),
    ...codingsIn(incoming.headers['transfer-encoding']),
  ];
  let body: Readable = incoming;
  for (const decoder of codings.reverse().map(decoderFor)) body = pipeline(body, decoder, () => undefined);
  return body;
}

function codingsIn(header: string | undefined): string[] {
  const codings = (header ?? '').split(',').map((coding) => coding.trim().toLowerCase());
  return codings.filter((coding) => !PLAIN.has(coding));
}

function decoderFor(coding: string): Duplex {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new UnreadableAnswer(`it is encoded as ${JSON.stringify(coding.slice(0, 40))}, which was not asked for`);
  }
}
