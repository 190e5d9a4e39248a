import http, { type ClientRequest } from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { lazy } from '../../util/lazy.js';
import { onAbort, reasonOf } from '../../util/signal.js';
import { isFramed } from '../response.js';
import type { UploadBody } from '../request.js';
import { decoded, readLarge, NodeHeaders } from './node-response.js';
import type { ProxyAgents } from './proxy.js';
import {
  bodyFailure,
  ProxyRefused,
  toBytes,
  type ProxyFor,
  type NodeHandler,
  type HandlerResponse,
  type HandlerRequest,
} from './handler.js';

const SOCKET_BUFFER_BYTES = 128 * 1024;

/** Loaded where a proxy is set. */
const proxyModule = lazy(() => import('./proxy.js'));

/** Which agent sends a request; `false`: a connection of its own. */
type AgentFor = (url: URL, once: boolean) => http.Agent | false;

export function createNodeHandler(proxyFor?: ProxyFor): Omit<NodeHandler, 'load'> {
  const plain = readLarge(new http.Agent({ keepAlive: true }));
  // TLS delivers records of 16 KiB: there is nothing larger to read, and asking for it costs (docs/decisions/0030-performance-trials.md).
  const secure = new https.Agent({ keepAlive: true });
  const direct: AgentFor = (url, once) => !once && (url.protocol === 'https:' ? secure : plain);
  const proxies = new Map<string, ProxyAgents>();
  const through = async (proxy: URL): Promise<AgentFor> => {
    const { proxyAgents } = await proxyModule();
    const agents = proxies.get(proxy.href) ?? proxyAgents(proxy);
    proxies.set(proxy.href, agents);
    return (url, once) => agents.agentFor(url, once);
  };
  return {
    send: async (url, request) => {
      if (request === undefined) throw new TypeError('a handler needs a request');
      const target = new URL(url);
      const proxy = proxyFor?.(target);
      if (proxy === undefined) return sendOnce(target, request, direct, false);
      return sendOnce(target, request, await through(proxy), true);
    },
    close: () => {
      for (const agents of [plain, secure]) agents.destroy();
      for (const agents of proxies.values()) agents.close();
    },
  };
}

// `http.request` and not an imported `request`: interceptors such as msw replace it on the module.
function sendOnce(url: URL, request: HandlerRequest, agentFor: AgentFor, proxied: boolean): Promise<HandlerResponse> {
  return new Promise((resolve, reject) => {
    const { signal } = request;
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const once = request.once === true || typeof request.body === 'object';
    // A kept connection may be closing already, which fails an attempt; the last gets a fresh one.
    const agent = agentFor(url, once);
    const options = {
      method: request.method,
      headers: request.headers,
      highWaterMark: SOCKET_BUFFER_BYTES,
      agent,
      giveUp: signal,
    };
    const sent: ClientRequest = url.protocol === 'https:' ? https.request(url, options) : http.request(url, options);
    const handedOver = (): void => request.onHandedOver?.(true);
    const refuse = (status: number, text: string | undefined): void => {
      reject(new ProxyRefused(status, text));
      sent.destroy();
    };
    // How the proxy answered a CONNECT; the agent would pass it off as an answer of the centre.
    sent.once('proxyConnect', ({ statusCode, statusText }: { statusCode?: number; statusText?: string }) => {
      if (Number.isNaN(statusCode)) sent.destroy(new Error('what the proxy answered is not HTTP'));
      else if (statusCode !== undefined && statusCode !== 200) refuse(statusCode, statusText);
    });
    sent.once('socket', (socket) => {
      // The agent of a proxy waits for the connection itself; a tunnel is secured afterwards.
      const connected = proxied && url.protocol === 'http:' && !socket.connecting;
      if (sent.reusedSocket || connected) handedOver();
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
    // Another protocol, which was not asked for: there will be no response of this one.
    sent.once('upgrade', (_answer, socket) => {
      release();
      socket.destroy();
      reject(new Error('the server switched to another protocol (101)'));
    });
    sent.once('response', (incoming) => {
      answered = true;
      if (proxied && url.protocol === 'http:' && incoming.statusCode === 407) {
        refuse(407, incoming.statusMessage);
        return;
      }
      incoming.once('close', () => {
        release();
        if (!sent.writableFinished) sent.destroy();
      });
      incoming.on('error', () => undefined);
      // More bytes than the declared length are reported here only, when the body already seems complete.
      sent.on('error', (error) => incoming.destroy(error));
      try {
        const headers = new NodeHeaders(incoming);
        resolve({
          status: incoming.statusCode ?? 0,
          url: url.href,
          headers,
          body: decoded(incoming, request.method),
          // The response of a test interceptor has no connection that could end too early.
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
    if (bytes !== body.bytes) throw new RangeError(`it is no longer ${body.bytes} bytes long`);
    if (!sent.destroyed) sent.end();
    request.onSending?.(true);
  } catch (error) {
    sent.destroy(bodyFailure(error));
  } finally {
    if (source instanceof Readable) source.destroy();
  }
}
