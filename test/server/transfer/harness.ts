import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveClient } from '../../../src/core/config/client.js';
import { Redactor } from '../../../src/core/redact/redactor.js';
import { Transport } from '../../../src/core/http/transport.js';
import { Operation } from '../../../src/core/operation/operation.js';
import type { TransferRequest } from '../../../src/core/transfer/types.js';
import type { ClientOptions } from '../../../src/types.js';

/** A body whose every piece tells where it belongs. */
export function bodyOf(bytes: number, seed = 0): Buffer {
  const body = Buffer.alloc(bytes);
  for (let at = 0; at + 4 <= bytes; at += 4) body.writeUInt32LE((at * 2654435761 + seed) >>> 0, at);
  return body;
}

export function sha256(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

export type Script = (request: IncomingMessage, response: ServerResponse) => void;

export interface Served {
  readonly url: string;
  /** Heads of all requests, in order. */
  readonly requests: { readonly url: string; readonly range?: string; readonly ifRange?: string }[];
  readonly sockets: Set<Socket>;
  /** What answers the coming requests, the last one for good. */
  script(...steps: Script[]): void;
  close(): Promise<void>;
}

/** A server on a real socket whose every answer is scripted. */
export async function serve(...steps: Script[]): Promise<Served> {
  let left = steps;
  const requests: Served['requests'] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    requests.push({
      url: request.url ?? '',
      ...(range !== undefined && { range }),
      ...(typeof ifRange === 'string' && { ifRange }),
    });
    const [step, ...rest] = left;
    if (rest.length > 0) left = rest;
    step?.(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    sockets,
    script: (...more) => {
      left = more;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
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
export function file(body: Buffer, options: FileScript = {}): Script {
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

export function client(url: string, options: ClientOptions = {}): Client {
  const redactor = new Redactor();
  const log: string[] = [];
  const settings = resolveClient(
    { baseUrl: url, retries: 0, logger: { debug: (message) => log.push(message) }, ...options },
    { centre: 'imap', baseUrlVariable: 'NONE' },
    redactor,
  );
  const transport = new Transport({ ...settings, credentialLayer: 'api-key' });
  return { transport, op: new Operation('imap.download', { transport }), log };
}

export function folder(): { readonly path: string; names(): string[]; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'sdc-transfer-'));
  return {
    path,
    names: () => readdirSync(path).sort(),
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export function wanted(
  directory: string,
  name = 'data.bin',
  extra: Partial<TransferRequest<string>> = {},
): TransferRequest<string> {
  return { source: name, call: { url: name }, directory, name, ...extra };
}

/** Waits until a condition holds; fails the test by its own time limit when it never does. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

export async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it should have failed');
}
