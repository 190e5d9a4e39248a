import type { HttpRequest } from '../request.js';
import type { TransportSettings } from '../settings.js';
import { injectedHandler, fetchHandler } from './fetch.js';
import type { NodeHandler, HttpHandler, ProxyFor } from './handler.js';
import { lazy } from '../../util/lazy.js';

/**
 * The handlers of one client: small calls go through ky and `fetch`, transfers through `node:http(s)`; with an injected
 * `fetch` both go through it. What goes through a proxy does so by `node:http(s)`: `fetch` has no way to say which.
 */
export class Handlers {
  readonly #settings: Pick<TransportSettings, 'fetch' | 'prepare' | 'proxyFor' | 'wrapHandler'>;
  readonly #node: NodeHandler;
  readonly #small: HttpHandler;
  readonly #bulk: HttpHandler;
  readonly #wrapped = new Map<HttpHandler, Promise<HttpHandler>>();

  constructor(settings: Pick<TransportSettings, 'fetch' | 'prepare' | 'proxyFor' | 'wrapHandler'>) {
    this.#settings = settings;
    this.#node = lazyNodeHandler(settings.proxyFor);
    const injected = settings.fetch === undefined ? undefined : injectedHandler(settings.fetch);
    this.#small = injected ?? fetchHandler();
    this.#bulk = injected ?? this.#node.send;
  }

  /**
   * The handler for one request of a call.
   *
   * @param url - Where it goes.
   * @param ownOrigin - That is the origin of the base URL: with cookies, where the centre has any.
   */
  async for(call: Pick<HttpRequest, 'body' | 'bulk' | 'delivery'>, url: URL, ownOrigin: boolean): Promise<HttpHandler> {
    this.#node.load();
    await this.#settings.prepare?.();
    // ky and fetch would keep an upload in memory, and do not show whether a request left
    const streamed = call.body !== undefined && 'open' in call.body;
    const { proxyFor, wrapHandler } = this.#settings;
    const bulk = call.bulk === true || streamed || call.delivery !== undefined || proxyFor?.(url) !== undefined;
    const handler = bulk ? this.#bulk : this.#small;
    if (!ownOrigin || wrapHandler === undefined) return handler;
    const wrapped = this.#wrapped.get(handler) ?? wrapHandler(handler);
    this.#wrapped.set(handler, wrapped);
    wrapped.catch(() => this.#wrapped.delete(handler));
    return wrapped;
  }

  close(): void {
    this.#node.close();
  }
}

type HandlerModule = Pick<typeof import('./node.js'), 'createNodeHandler'>;

const handlerModule = lazy(() => import('./node.js'));

/** The handler for transfers, loaded with the first of them. */
export function lazyNodeHandler(
  proxyFor?: ProxyFor,
  loadModule: () => Promise<HandlerModule> = handlerModule,
): NodeHandler {
  let closed = false;
  const made = lazy(async () => {
    const handler = (await loadModule()).createNodeHandler(proxyFor);
    if (closed) handler.close();
    return handler;
  });
  let begun = false;
  const load = (): ReturnType<typeof made> => {
    begun = true;
    return made();
  };
  return {
    load: () => void load().catch(() => undefined),
    send: async (url, request) => (await load()).send(url, request),
    close: () => {
      closed = true;
      if (!begun) return;
      made().then(
        (handler) => {
          handler.close();
        },
        () => undefined,
      );
    },
  };
}
