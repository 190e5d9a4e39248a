import { isSdcError, SessionExpired, type SdcErrorInit } from '../../errors.js';
import type { CallMessage } from '../../types.js';
import type { NamedCall } from '../operation/named-call.js';
import { untilAborted } from '../util/signal.js';
import type { Lifetime } from './lifetime.js';

/** Thrown by a room's reader when the server shows its login instead of what was asked for; never leaves {@link Session}. */
export class SessionLost extends Error {}

/** A call that needs the session. */
export interface SessionCaller extends Partial<NamedCall> {
  readonly signal?: AbortSignal | undefined;
  /** That of its client, where that shares the session of another one. */
  readonly lifetime?: Lifetime;
}

/** Logs in, for the call that was the first to need it. */
type Login = (signal: AbortSignal, publicCall: CallMessage | undefined) => Promise<void>;

/** A running login, and how many callers wait for it. */
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
  readonly #login: Login;
  #generation = 0;
  #open = false;
  #pending: PendingLogin | undefined;

  constructor(lifetime: Lifetime, login: Login) {
    this.#lifetime = lifetime;
    this.#login = login;
  }

  /** Whether there is a session to end on the server. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** Logs in unless that is done; an abort ends this caller's wait, and the login when no other caller waits for it. */
  async ensure(caller: SessionCaller = {}): Promise<void> {
    if (!this.#open) await this.renew(caller);
  }

  /** Logs in again, even if there is a session. */
  async renew({ signal, name, publicCall, lifetime = this.#lifetime }: SessionCaller = {}): Promise<void> {
    signal?.throwIfAborted();
    const link = lifetime.link({ name: name ?? `${lifetime.centre}.login` }, signal);
    const login = this.#start(publicCall);
    login.waiters += 1;
    try {
      await untilAborted(login.done, link.signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (name !== undefined) lifetime.assertOpen({ name });
      throw ownCopy(error);
    } finally {
      link.dispose();
      login.waiters -= 1;
      // The end of the first client ends the login itself, which its end waits for.
      if (login.waiters === 0 && link.signal.aborted && !this.#lifetime.closed) this.#giveUp(login, link.signal.reason);
    }
  }

  /** Waits for a running login, whether it succeeds or fails. */
  async settled(): Promise<void> {
    await this.#pending?.done.catch(() => undefined);
  }

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
    caller: SessionCaller & NamedCall,
    { init, repeatable }: { readonly init: SdcErrorInit; readonly repeatable: boolean },
  ): Promise<T> {
    (caller.lifetime ?? this.#lifetime).assertOpen(caller);
    await this.ensure(caller);
    const generation = this.#generation;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SessionLost)) throw error;
    }
    if (this.#generation === generation) this.#open = false;
    if (!repeatable) {
      throw new SessionExpired(
        'the session had ended before this call; the call is not repeated automatically because it may have taken effect: check, then call again',
        {
          ...init,
          retryable: true,
        },
      );
    }
    await this.ensure(caller);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SessionLost)) throw error;
      throw new SessionExpired('the session ended, and a new login did not help', { ...init, attempts: 2 });
    }
  }

  #start(publicCall: CallMessage | undefined): PendingLogin {
    if (this.#pending !== undefined) return this.#pending;
    const link = this.#lifetime.link({ name: `${this.#lifetime.centre}.login` });
    const done = this.#login(link.signal, publicCall)
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

/** One login fails for all callers that wait for it; each of them gets its own error. */
function ownCopy(error: unknown): unknown {
  if (!isSdcError(error)) return error;
  const copy = new Error(error.message);
  Object.setPrototypeOf(copy, Reflect.getPrototypeOf(error));
  return Object.defineProperties(copy, Object.getOwnPropertyDescriptors(error));
}
