import { setMaxListeners } from 'node:events';
import { ConfigError, type Centre } from '../../errors.js';
import { linkSignals, onAbort, type LinkedSignal } from '../util/signal.js';

/** The life of one client: after its end every call is refused, and those in flight are aborted. */
export class Lifetime {
  readonly #controller = new AbortController();
  readonly #centre: Centre;
  #closed = false;

  constructor(centre: Centre) {
    this.#centre = centre;
    // Every call in flight listens, and each ends that itself.
    setMaxListeners(Infinity, this.#controller.signal);
  }

  get centre(): Centre {
    return this.#centre;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Aborts when the client has ended. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * Links the signals of one call with the end of the client. Each call that the end aborts gets an error of its own, which
   * names it.
   */
  link(operation: string, ...sources: readonly (AbortSignal | undefined)[]): LinkedSignal {
    const linked = linkSignals(...sources);
    const release = onAbort(this.#controller.signal, () => {
      linked.abort(this.#error(operation));
    });
    return {
      ...linked,
      dispose: () => {
        release();
        linked.dispose();
      },
    };
  }

  /**
   * @throws {@link ConfigError} (code `closed`) after the end.
   */
  assertOpen(operation: string): void {
    if (this.#closed) throw this.#error(operation);
  }

  /** Refuses new calls; what is in flight goes on until {@link end}. */
  close(): void {
    this.#closed = true;
  }

  /** Refuses new calls and aborts those in flight. */
  end(): void {
    this.#closed = true;
    if (!this.#controller.signal.aborted) this.#controller.abort(this.#error(`${this.#centre}.close`));
  }

  #error(operation: string): ConfigError {
    return new ConfigError('the client was closed; make a new one', {
      centre: this.#centre,
      operation,
      code: 'closed',
    });
  }
}
