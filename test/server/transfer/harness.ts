import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import type { Transport } from '../../../src/core/http/transport.js';
import { Operation } from '../../../src/core/operation/operation.js';
import type { TransferRequest } from '../../../src/core/transfer/types.js';
import type { ClientOptions } from '../../../src/types.js';
import { makeTransport } from '../../support/transport.js';

/** A body whose every piece tells where it belongs. */
export function bodyOf(bytes: number, seed = 0): Buffer {
  const body = Buffer.alloc(bytes);
  for (let at = 0; at + 4 <= bytes; at += 4) body.writeUInt32LE((at * 2654435761 + seed) >>> 0, at);
  return body;
}

export function sha256(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

export interface FileScript {
  readonly etag?: string | undefined;
  readonly lastModified?: string;
  readonly type?: string;
  /** Ignore `Range`. */
  readonly ignoreRange?: boolean;
  /** Destroy the socket after so many bytes of this answer. */
  readonly cutAfter?: number;
  readonly resetAfter?: number;
  /** Go silent after so many bytes of this answer. */
  readonly stallAfter?: number;
  readonly headers?: Record<string, string>;
  /** Send no length. */
  readonly chunked?: boolean;
}

/** A static file, with faults on request. */
export function file(body: Buffer, options: FileScript = {}): RequestListener {
  return (request, response) => {
    const etag = 'etag' in options ? options.etag : '"one"';
    const match = options.ignoreRange ? null : /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const fresh =
      request.headers['if-range'] === undefined || request.headers['if-range'] === (etag ?? options.lastModified);
    const start = match !== null && fresh ? Number(match[1]) : 0;
    const partial = match !== null && fresh;
    const headers: Record<string, string> = {
      'content-type': options.type ?? 'application/octet-stream',
      ...(options.chunked ? {} : { 'content-length': String(body.length - start) }),
      ...(etag !== undefined && { etag }),
      ...(options.lastModified !== undefined && { 'last-modified': options.lastModified }),
      ...(partial && { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` }),
      ...options.headers,
    };
    if (partial && start >= body.length) {
      response.writeHead(416, { 'content-range': `bytes */${body.length}`, ...(etag !== undefined && { etag }) }).end();
      return;
    }
    response.writeHead(partial ? 206 : 200, headers);
    const limit = options.cutAfter ?? options.resetAfter ?? options.stallAfter;
    if (limit === undefined) {
      response.end(body.subarray(start));
      return;
    }
    response.write(body.subarray(start, start + limit), () => {
      if (options.stallAfter !== undefined) return;
      // The client must have read the bytes before the connection ends: it drops what it still holds then.
      setTimeout(() => {
        if (options.resetAfter !== undefined) request.socket.resetAndDestroy();
        else request.socket.destroy();
      }, 250);
    });
  };
}

export interface Client {
  readonly transport: Transport;
  /** A call of its own. */
  readonly op: Operation;
  readonly log: string[];
}

export function client(baseUrl: string, options: ClientOptions = {}): Client {
  const log: string[] = [];
  const transport = makeTransport({ baseUrl, logger: { debug: (message) => log.push(message) }, ...options });
  return { transport, op: new Operation('imap.download', { transport }), log };
}

/** Names of what a folder holds, in order. */
export function namesIn(directory: string): string[] {
  return readdirSync(directory).sort();
}

export function wanted(
  directory: string,
  name = 'data.bin',
  extra: Partial<TransferRequest<string>> = {},
): TransferRequest<string> {
  return { source: name, call: { url: name }, directory, name, ...extra };
}
