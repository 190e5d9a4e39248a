import type { IncomingMessage, Agent } from 'node:http';
import { pipeline, type Duplex, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { OnReadOpts } from 'node:net';
import type { ResponseHeaders } from '../response.js';
import { UnreadableAnswer } from './handler.js';

/** The headers of an answer of `node:http`, read as those of `fetch` are; without `fetch`, whose loading takes 20 ms. */
export class NodeHeaders implements ResponseHeaders {
  readonly #values = new Map<string, string[]>();

  constructor({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>) {
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
      const name = (rawHeaders[at] ?? '').toLowerCase();
      const value = rawHeaders[at + 1] ?? '';
      const values = this.#values.get(name);
      if (values === undefined) this.#values.set(name, [value]);
      else values.push(value);
    }
  }

  /** Several headers of one name are one text, joined by commas. */
  get(name: string): string | null {
    return this.#values.get(name.toLowerCase())?.join(', ') ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  /** Cookies cannot be joined: their dates hold commas. */
  getSetCookie(): string[] {
    return [...(this.#values.get('set-cookie') ?? [])];
  }
}

/** Encodings that change no byte; S3 reports `aws-chunked` for objects that were sent to it that way. */
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
      throw new UnreadableAnswer(`it is encoded as ${JSON.stringify(coding.slice(0, 40))}, which was not requested`);
  }
}

/** Memory that a connection reads into, piece by piece; what is read is never written over. */
const SLAB_BYTES = 64 * 1024;
/** The same after a read that filled what there was. */
const LARGE_SLAB_BYTES = 1024 * 1024;
/** A read that could bring less than this gets a new slab. */
const LEAST_READ_BYTES = 16 * 1024;

/** On Node.js 20: later versions hold what was read for longer, up to 90 MB more of it on 24 (docs/decisions/0014). */
const READS_LARGE = Number(process.versions.node.split('.')[0]) < 22;

/**
 * Lets the connections of an agent take in one read what is available, up to 1 MiB, where Node.js takes 64 KiB: with a
 * sixteenth of the reads, a large file comes in a fifth less time (docs/decisions/0030-performance-trials.md). From Node.js 22 on nothing is changed.
 */
export function readLarge<A extends Agent>(agent: A): A {
  if (!READS_LARGE) return agent;
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const withReads = { ...options, onread: largeReads((bytes) => socket?.push(bytes) ?? false) };
    const socket: Duplex | null | undefined = connect(withReads, callback);
    return socket;
  };
  return agent;
}

/** @param push - Hands on what was read, as Node.js does by itself; `false` holds the connection until it is asked for more. */
function largeReads(push: (bytes: Uint8Array) => boolean): OnReadOpts {
  let slab = Buffer.alloc(0);
  let used = 0;
  let large = false;
  return {
    buffer: () => {
      if (slab.length - used < LEAST_READ_BYTES) {
        slab = Buffer.allocUnsafeSlow(large ? LARGE_SLAB_BYTES : SLAB_BYTES);
        used = 0;
      }
      return slab.subarray(used);
    },
    callback: (bytes, buffer) => {
      used += bytes;
      large = bytes === buffer.length;
      return push(buffer.subarray(0, bytes));
    },
  };
}
