/** Any subset of the four levels; silent by default. */
export interface Logger {
  /** Each attempt of a request, with the fields of {@link RequestMessage}. */
  readonly debug?: (message: string, fields?: Record<string, unknown>) => void;
  /** What a user may want to know. */
  readonly info?: (message: string, fields?: Record<string, unknown>) => void;
  /** Problems that did not stop the call: a retry, a failed status check, a settings file that others can read. */
  readonly warn?: (message: string, fields?: Record<string, unknown>) => void;
  /** Not used so far: failures are thrown, not logged. */
  readonly error?: (message: string, fields?: Record<string, unknown>) => void;
}

/** Options of every client. They win over environment variables, and those win over defaults. */
export interface ClientOptions {
  /** Address of the centre, with or without a trailing slash or a path prefix. */
  readonly baseUrl?: string | URL;
  /** Transport to use instead of the built-in one; every request goes through it, including transfers. */
  readonly fetch?: typeof globalThis.fetch;
  /**
   * The proxy for every request, including transfers: the address of an http or https proxy, with its login if needed.
   * Default: what `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` (upper or lower case) say when the client is
   * created; `false` or an empty string: none. Cannot be combined with `fetch`.
   */
  readonly proxy?: string | URL | false;
  /** Longest wait for the headers of one attempt, in milliseconds; default 30 000. */
  readonly timeoutMs?: number;
  /** Longest pause while a body is read, in milliseconds; default 60 000. */
  readonly idleTimeoutMs?: number;
  /** Number of retries for calls that are safe to repeat; default 3. */
  readonly retries?: number;
  /** Where to log; silent by default. `SDC_LOG=debug` prints to the standard error stream. */
  readonly logger?: Logger;
  /** Default `lab-sdc/<version>`. */
  readonly userAgent?: string;
  /**
   * Headers for requests to the centre's own origin, never to another, for instance for a gateway in front of it. A
   * request's own headers take precedence.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * How many requests may be in flight at a time, over all calls of the client; default 32. A transfer counts until its
   * body has ended; a login does not. Calls that wait take turns, so that a batch of many files does not hold up a
   * single call.
   */
  readonly maxConcurrency?: number;
}

/** Options that may differ in a client that shares session, connections and `maxConcurrency` with another one. */
export type SharedClientOptions = Pick<ClientOptions, 'timeoutMs' | 'idleTimeoutMs' | 'retries' | 'logger' | 'headers'>;
