import http, { type ClientRequest } from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { onAbort, reasonOf } from '../../util/signal.js';
import { isFramed } from '../response.js';
import type { UploadBody } from '../request.js';
import { decoded } from './decoding.js';
import { readLarge } from './large-reads.js';
import { NodeHeaders } from './node-headers.js';
import { bodyFailure, toBytes, type NodeHandler, type HandlerResponse, type HandlerRequest } from './handler.js';

const SOCKET_BUFFER_BYTES = 128 * 1024;

export function createNodeHandler(): Omit<NodeHandler, 'load'> {
  const plain = readLarge(new http.Agent({ keepAlive: true }));
  // TLS hands over records of 16 KiB: there is nothing larger to read, and asking for it costs (docs/performance.md).
  const secure = new https.Agent({ keepAlive: true });
  return {
    send: (url, request) => {
      if (request === undefined) throw new TypeError('a handler needs a request');
      return sendOnce(new URL(url), request, { plain, secure });
    },
    close: () => {
      plain.destroy();
      secure.destroy();
    },
  };
}

interface Agents {
  readonly plain: http.Agent;
  readonly secure: https.Agent;
}

// `http.request` and not an imported `request`: interceptors such as msw replace it on the module.
function sendOnce(url: URL, request: HandlerRequest, agents: Agents): Promise<HandlerResponse> {
  return new Promise((resolve, reject) => {
    const { signal } = request;
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const once = request.once === true || typeof request.body === 'object';
    const options = { method: request.method, headers: request.headers, highWaterMark: SOCKET_BUFFER_BYTES };
    // A kept connection may be closing already, which fails an attempt; the last gets a fresh one.
    const sent: ClientRequest =
      url.protocol === 'https:'
        ? https.request(url, { ...options, agent: once ? false : agents.secure })
        : http.request(url, { ...options, agent: once ? false : agents.plain });
    const handedOver = (): void => request.onHandedOver?.(true);
    sent.once('socket', (socket) => {
      if (sent.reusedSocket) handedOver();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', handedOver);
    });
    // Interceptors such as msw take a request without ever connecting. A real socket counts what it holds while it connects.
    const taken = (): void => {
      if (sent.headersSent && sent.socket?.bytesWritten === 0) handedOver();
    };
    const release = onAbort(signal, () => {
      taken();
      sent.destroy(reasonOf(signal));
    });
    let answered = false;
    sent.once('close', () => {
      release();
      if (!answered) reject(new Error('the connection was closed before an answer'));
    });
    sent.on('error', (error) => {
      release();
      if (!answered) taken();
      reject(error);
    });
    // Another protocol, which nobody asked for: there will be no answer of this one.
    sent.once('upgrade', (_answer, socket) => {
      release();
      socket.destroy();
      reject(new Error('the server switched to another protocol (101)'));
    });
    sent.once('response', (incoming) => {
      answered = true;
      incoming.once('close', () => {
        release();
        if (!sent.writableFinished) sent.destroy();
      });
      incoming.on('error', () => undefined);
      // More bytes than the length says are told here only, when the body seems whole already.
      sent.on('error', (error) => incoming.destroy(error));
      try {
        const headers = new NodeHeaders(incoming);
        resolve({
          status: incoming.statusCode ?? 0,
          url: url.href,
          headers,
          body: decoded(incoming, request.method),
          // What an interceptor of tests answers has no connection behind it whose end could come too early.
          untilClose: !isFramed(headers) && incoming.socket.remoteAddress !== undefined,
        });
      } catch (error) {
        reject(error instanceof Error ? error : new Error('the answer cannot be read'));
        sent.destroy();
      }
    });
    if (request.body === undefined || typeof request.body === 'string') sent.end(request.body);
    else void pump(request.body, sent, request);
  });
}

async function pump(body: UploadBody, sent: ClientRequest, request: HandlerRequest): Promise<void> {
  let source: ReturnType<UploadBody['open']> | undefined;
  let bytes = 0;
  try {
    source = body.open();
    for await (const chunk of source) {
      if (sent.destroyed) return;
      bytes += toBytes(chunk).byteLength;
      if (bytes > body.bytes) break;
      // The source reuses its buffers: a chunk must have left before the next one is read.
      await new Promise<void>((resolve, reject) => {
        sent.once('close', resolve);
        sent.write(chunk, (error) => {
          sent.off('close', resolve);
          if (error) reject(error);
          else resolve();
        });
      });
      request.onSending?.(false);
    }
    if (bytes !== body.bytes) throw new RangeError(`it is not ${body.bytes} bytes long any more`);
    if (!sent.destroyed) sent.end();
    request.onSending?.(true);
  } catch (error) {
    sent.destroy(bodyFailure(error));
  } finally {
    if (source instanceof Readable) source.destroy();
  }
}
