import { isSdcError, SessionExpired, type SdcErrorInit } from '../../errors.js';
import { untilAborted } from '../util/signal.js';
import type { Lifetime } from './lifetime.js';

/** Thrown by a room's reader when the server shows its login instead of what was asked for; never leaves {@link Session}. */
export class SessionLost extends Error {}

/** A login under way, and how many wait for it. */
interface PendingLogin {
  readonly done: Promise<void>;
  readonly abort: (reason: unknown) => void;
  waiters: number;
}

/**
 * A login shared by many calls.
 *
 * Each login opens a new generation. A call that loses its session renews the generation it ran in, so that any
 * number of calls that lose the same one cause a single login.
 */
export class Session {
  readonly #lifetime: Lifetime;
  readonly #login: (signal: AbortSignal) => Promise<void>;
  #generation = 0;
  #open = false;
  #pending: PendingLogin | undefined;

  constructor(lifetime: Lifetime, login: (signal: AbortSignal) => Promise<void>) {
    this.#lifetime = lifetime;
    this.#login = login;
  }

  /** Whether there is a session to end on the server. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** Logs in unless that is done; an abort ends this caller's wait, and the login when nobody else waits for it. */
  async ensure(signal: AbortSignal | undefined, operation?: string): Promise<void> {
    if (!this.#open) await this.renew(signal, operation);
  }

  /** Logs in again, even if there is a session. */
  async renew(signal: AbortSignal | undefined, operation?: string): Promise<void> {
    signal?.throwIfAborted();
    const login = this.#start();
    login.waiters += 1;
    try {
      await untilAborted(login.done, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (operation !== undefined) this.#lifetime.assertOpen(operation);
      throw ownCopy(error);
    } finally {
      login.waiters -= 1;
      if (login.waiters === 0 && signal?.aborted === true) this.#giveUp(login, signal.reason);
    }
  }

  /** Waits for a login that is under way, however it ends. */
  async settled(): Promise<void> {
    await this.#pending?.done.catch(() => undefined);
  }

  /** The session is over. */
  end(): void {
    this.#open = false;
  }

  /**
   * Does a piece of work within the session; if the session proves lost, renews it once and repeats what is safe to repeat.
   *
   * @throws {@link SessionExpired} when that does not help, or the work must not be repeated.
   */
  async run<T>(
    work: () => Promise<T>,
    context: { readonly init: SdcErrorInit; readonly repeatable: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<T> {
    const { init, repeatable, signal } = context;
    this.#lifetime.assertOpen(init.operation);
    await this.ensure(signal, init.operation);
    const generation = this.#generation;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SessionLost)) throw error;
    }
    if (this.#generation === generation) this.#open = false;
    if (!repeatable) {
      throw new SessionExpired(
        'the session had ended before this call; it is not repeated by itself because it may have taken effect: check, then call again',
        {
          ...init,
          retryable: true,
        },
      );
    }
    await this.ensure(signal, init.operation);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SessionLost)) throw error;
      throw new SessionExpired('the session ended, and a new login did not help', { ...init, attempts: 2 });
    }
  }

  #start(): PendingLogin {
    if (this.#pending !== undefined) return this.#pending;
    const link = this.#lifetime.link(`${this.#lifetime.centre}.login`);
    const done = this.#login(link.signal)
      .then(() => {
        this.#generation += 1;
        this.#open = true;
      })
      .finally(() => {
        link.dispose();
        if (this.#pending === login) this.#pending = undefined;
      });
    const login: PendingLogin = { done, abort: link.abort, waiters: 0 };
    this.#pending = login;
    return login;
  }

  #giveUp(login: PendingLogin, reason: unknown): void {
    if (this.#pending !== login) return;
    this.#pending = undefined;
    login.abort(reason);
  }
}

/** One login fails for all that wait for it; each of them gets an error of its own. */
function ownCopy(error: unknown): unknown {
  if (!isSdcError(error)) return error;
  const copy = new Error(error.message);
  Object.setPrototypeOf(copy, Reflect.getPrototypeOf(error));
  return Object.defineProperties(copy, Object.getOwnPropertyDescriptors(error));
}
