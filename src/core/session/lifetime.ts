import { setMaxListeners } from 'node:events';
import { ConfigError, type Centre } from '../../errors.js';
import type { NamedCall } from '../operation/named-call.js';
import { linkSignals, onAbort, type LinkedSignal } from '../util/signal.js';

/** The lifetime of one client: after its end every call is refused, and those in flight are aborted. */
export class Lifetime {
  readonly #controller = new AbortController();
  readonly #centre: Centre;
  readonly #first: Lifetime | undefined;
  #closed = false;

  /** @param first - That of the client whose session and connections this one shares: its end is the end of both. */
  constructor(centre: Centre, first?: Lifetime) {
    this.#centre = centre;
    this.#first = first;
    // Every call in flight listens, and each ends that itself.
    setMaxListeners(Infinity, this.#controller.signal);
  }

  get centre(): Centre {
    return this.#centre;
  }

  get closed(): boolean {
    return this.#closed || this.#first?.closed === true;
  }

  /** The client shares the session and the connections of another one. */
  get shared(): boolean {
    return this.#first !== undefined;
  }

  /** That of a client that shares session and connections with this one; of several that share them, none ends another but the first. */
  share(): Lifetime {
    return new Lifetime(this.#centre, this.#first ?? this);
  }

  /** Aborts when the client has ended. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * Links the signals of one call with the end of the client. Each call that the end aborts gets its own error, which
   * names it.
   */
  link(call: NamedCall, ...sources: readonly (AbortSignal | undefined)[]): LinkedSignal {
    const linked = linkSignals(...sources);
    const abort = (): void => {
      linked.abort(this.#error(call));
    };
    const release = onAbort(this.#controller.signal, abort);
    const releaseFirst = onAbort(this.#first?.signal, abort);
    return {
      ...linked,
      dispose: () => {
        release();
        releaseFirst();
        linked.dispose();
      },
    };
  }

  /**
   * @throws {@link ConfigError} (code `closed`) after the end.
   */
  assertOpen(call: NamedCall): void {
    if (this.closed) throw this.#error(call);
  }

  /** Refuses new calls; what is in flight goes on until {@link end}. */
  close(): void {
    this.#closed = true;
  }

  /** Refuses new calls and aborts those in flight. */
  end(): void {
    this.#closed = true;
    if (!this.#controller.signal.aborted) this.#controller.abort(this.#error({ name: `${this.#centre}.close` }));
  }

  #error({ name }: NamedCall): ConfigError {
    return new ConfigError('the client was closed; create a new one', {
      centre: this.#centre,
      operation: name,
      code: 'closed',
    });
  }
}
