import type { Call } from '../call.js';
import type { TransportSettings } from '../settings.js';
import { injectedWire, kyWire } from './fetch.js';
import type { NodeWire, Wire } from './handler.js';
import { lazyNodeWire } from './lazy-node.js';

/**
 * The handlers of one client: small calls go through ky and `fetch`, transfers through `node:http(s)`; with an injected
 * `fetch` both go through it.
 */
export class Handlers {
  readonly #settings: Pick<TransportSettings, 'fetch' | 'prepare' | 'wrapWire'>;
  readonly #node: NodeWire = lazyNodeWire();
  readonly #small: Wire;
  readonly #bulk: Wire;
  readonly #wrapped = new Map<Wire, Promise<Wire>>();

  constructor(settings: Pick<TransportSettings, 'fetch' | 'prepare' | 'wrapWire'>) {
    this.#settings = settings;
    const injected = settings.fetch === undefined ? undefined : injectedWire(settings.fetch);
    this.#small = injected ?? kyWire();
    this.#bulk = injected ?? this.#node.send;
  }

  /**
   * The handler for one request of a call.
   *
   * @param ownOrigin - It goes to the origin of the base URL: with cookies, where the centre has any.
   */
  async for(call: Pick<Call, 'body' | 'bulk' | 'delivery'>, ownOrigin: boolean): Promise<Wire> {
    this.#node.load();
    await this.#settings.prepare?.();
    // ky and fetch would keep an upload in memory, and do not show whether a request left
    const streamed = call.body !== undefined && 'open' in call.body;
    const handler = call.bulk === true || streamed || call.delivery !== undefined ? this.#bulk : this.#small;
    const { wrapWire } = this.#settings;
    if (!ownOrigin || wrapWire === undefined) return handler;
    const wrapped = this.#wrapped.get(handler) ?? wrapWire(handler);
    this.#wrapped.set(handler, wrapped);
    wrapped.catch(() => this.#wrapped.delete(handler));
    return wrapped;
  }

  /** Ends the connections of transfers. */
  close(): void {
    this.#node.close();
  }
}
