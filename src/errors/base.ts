/** The data centre a client talks to. */
export type Centre = 'scc' | 'imap' | 'hmi' | 'scops';

/**
 * Whether a call that failed may have taken effect at the centre. `no`: nothing was sent, or the centre refused it (a refused
 * connection, DNS, TLS, an answer of 4xx). `maybe`: it was sent, and its answer is lost, unreadable or 5xx.
 */
export type Delivered = 'no' | 'maybe';

/** The machine-readable kind of an {@link SdcError}. */
export type SdcErrorCode =
  | 'config'
  | 'closed'
  | 'credentials'
  | 'forbidden'
  | 'session-expired'
  | 'not-found'
  | 'not-available'
  | 'rejected'
  | 'exists'
  | 'rate-limited'
  | 'server'
  | 'network'
  | 'timeout'
  | 'unexpected-response'
  | 'transfer'
  | 'job-failed'
  | 'wait-timeout';

/** What every error of this package carries. Its texts must already be free of secrets. */
export interface SdcErrorInit {
  /** The centre of the failed call. */
  readonly centre: Centre;
  /** The public call that failed, such as `scc.uploadFile`. */
  readonly operation: string;
  /** Overrides the code of the error's class: `closed` for a {@link ConfigError}. */
  readonly code?: SdcErrorCode;
  /** Whether the same call may be made again without harm, and may then succeed. */
  readonly retryable?: boolean;
  /** For calls that change something at the centre: whether the call may have taken effect. */
  readonly delivered?: Delivered | undefined;
  /** How many requests were made before giving up. */
  readonly attempts?: number;
  /** The HTTP status, if there was an answer. */
  readonly status?: number | undefined;
  /** The server's own id of the request, from headers such as `x-amzn-requestid`; `undefined` if there is none. */
  readonly requestId?: string | undefined;
  /** The address that failed, secrets removed. */
  readonly url?: string | undefined;
  /** At most 500 characters of readable text from the answer. */
  readonly bodyExcerpt?: string | undefined;
  /** What caused it, such as the socket's error; available as `error.cause`. */
  readonly cause?: unknown;
}

const KINDS = Symbol.for('@lab/sdc/kinds');

function kindsOf(type: unknown): string[] {
  const kinds: string[] = [];
  for (let at: unknown = type; typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    const kind: unknown = Object.hasOwn(at, 'kind') ? Reflect.get(at, 'kind') : undefined;
    if (typeof kind === 'string') kinds.push(kind);
  }
  return kinds;
}

function carriedKinds(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const kinds: unknown = Reflect.get(value, KINDS);
  return Array.isArray(kinds) ? kinds : [];
}

/**
 * The base of every error that this package throws for what a centre, the network or a setting did.
 * Bad arguments are `TypeError` or `RangeError`; an aborted call rejects with the signal's reason.
 *
 * `instanceof` works across copies of the package (two versions in one tree, CommonJS beside ES modules).
 *
 * @example
 * ```ts
 * import { isSdcError, sccSession } from '@lab/sdc';
 *
 * try {
 *   await using scc = await sccSession();
 *   await scc.getMeasurement('20210601aky0930');
 * } catch (error) {
 *   if (isSdcError(error, 'not-found')) console.log('no such measurement');
 *   else throw error;
 * }
 * ```
 */
export class SdcError extends Error {
  /** @hidden */
  static readonly kind: string = 'SdcError';
  /** The kind of error, for programs; each class has its own code, `ConfigError` has two. */
  readonly code: SdcErrorCode;
  /** The centre that it is about. */
  readonly centre: Centre;
  /** The public call that failed, such as `scc.uploadFile`; the message begins with it. */
  readonly operation: string;
  /** Whether the same call may be made again without harm, and may then succeed. */
  readonly retryable: boolean;
  /**
   * On errors of calls that change something at a centre: whether the call may have taken effect. With `maybe`, look whether it
   * did before you make it again.
   */
  declare readonly delivered?: Delivered;
  /** How many requests were made before giving up. */
  readonly attempts: number;
  /** The HTTP status, if there was an answer. */
  declare readonly status?: number;
  /** The server's own id of the request, if it gives one; its operators can find it in their logs. */
  declare readonly requestId?: string;
  /** The address that failed, secrets removed. */
  declare readonly url?: string;
  /** At most 500 characters of readable text from the answer, secrets removed. */
  declare readonly bodyExcerpt?: string;

  /** Made by the clients. */
  constructor(message: string, init: SdcErrorInit, code: SdcErrorCode) {
    super(`${init.operation}: ${message}`, init.cause === undefined ? undefined : { cause: init.cause });
    const kinds = kindsOf(new.target);
    Object.defineProperty(this, 'name', { value: kinds[0] ?? 'SdcError', configurable: true, writable: true });
    Object.defineProperty(this, KINDS, { value: kinds });
    this.code = init.code ?? code;
    this.centre = init.centre;
    this.operation = init.operation;
    this.retryable = init.retryable ?? false;
    this.attempts = init.attempts ?? 1;
    if (init.delivered !== undefined) this.delivered = init.delivered;
    if (init.status !== undefined) this.status = init.status;
    if (init.requestId !== undefined) this.requestId = init.requestId;
    if (init.url !== undefined) this.url = init.url;
    if (init.bodyExcerpt !== undefined) this.bodyExcerpt = init.bodyExcerpt.slice(0, 500);
  }

  /** @hidden */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    return Object.hasOwn(this, 'kind') && carriedKinds(value).includes(this.kind);
  }

  /** A plain object for logs and queues: name, message and every own field except the stack. */
  toJSON(): Record<string, unknown> {
    const json: Record<string, unknown> = { name: this.name, message: this.message };
    for (const [field, value] of Object.entries(this)) json[field] = value;
    if (this.cause instanceof Error) json.cause = `${this.cause.name}: ${this.cause.message}`;
    return json;
  }
}

/**
 * Whether a value is an error of this package, and of the given kind if one is named.
 *
 * @param error - Anything that was thrown.
 * @param code - The {@link SdcErrorCode} to look for; default: any.
 * @example
 * ```ts
 * import { isSdcError } from '@lab/sdc';
 *
 * try {
 *   await scc.getMeasurement('20210601aky0930');
 * } catch (error) {
 *   if (isSdcError(error) && error.retryable) console.log('try again later:', error.message);
 *   else throw error;
 * }
 * ```
 */
export function isSdcError(error: unknown, code?: SdcErrorCode): error is SdcError {
  return error instanceof SdcError && (code === undefined || error.code === code);
}
