import type { HttpRequest } from '../request.js';
import type { TransportSettings } from '../settings.js';
import { injectedHandler, fetchHandler } from './fetch.js';
import type { NodeHandler, HttpHandler } from './handler.js';
import { lazyNodeHandler } from './lazy-node.js';

/**
 * The handlers of one client: small calls go through ky and `fetch`, transfers through `node:http(s)`; with an injected
 * `fetch` both go through it.
 */
export class Handlers {
  readonly #settings: Pick<TransportSettings, 'fetch' | 'prepare' | 'wrapHandler'>;
  readonly #node: NodeHandler = lazyNodeHandler();
  readonly #small: HttpHandler;
  readonly #bulk: HttpHandler;
  readonly #wrapped = new Map<HttpHandler, Promise<HttpHandler>>();

  constructor(settings: Pick<TransportSettings, 'fetch' | 'prepare' | 'wrapHandler'>) {
    this.#settings = settings;
    const injected = settings.fetch === undefined ? undefined : injectedHandler(settings.fetch);
    this.#small = injected ?? fetchHandler();
    this.#bulk = injected ?? this.#node.send;
  }

  /**
   * The handler for one request of a call.
   *
   * @param ownOrigin - It goes to the origin of the base URL: with cookies, where the centre has any.
   */
  async for(call: Pick<HttpRequest, 'body' | 'bulk' | 'delivery'>, ownOrigin: boolean): Promise<HttpHandler> {
    this.#node.load();
    await this.#settings.prepare?.();
    // ky and fetch would keep an upload in memory, and do not show whether a request left
    const streamed = call.body !== undefined && 'open' in call.body;
    const handler = call.bulk === true || streamed || call.delivery !== undefined ? this.#bulk : this.#small;
    const { wrapHandler } = this.#settings;
    if (!ownOrigin || wrapHandler === undefined) return handler;
    const wrapped = this.#wrapped.get(handler) ?? wrapHandler(handler);
    this.#wrapped.set(handler, wrapped);
    wrapped.catch(() => this.#wrapped.delete(handler));
    return wrapped;
  }

  /** Ends the connections of transfers. */
  close(): void {
    this.#node.close();
  }
}
