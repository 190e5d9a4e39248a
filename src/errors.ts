/** The data centre a client talks to. */
export type Centre = 'scc' | 'imap' | 'hmi' | 'scops';

/** Which login a centre refused. */
export type CredentialLayer = 'site' | 'account' | 'api-key' | 'token' | 'project';

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

/** A setting is missing or contradictory (`config`), or the client was closed (`closed`). */
export class ConfigError extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'ConfigError';
  constructor(message: string, init: SdcErrorInit) {
    super(message, init, 'config');
  }
}

/** The centre refuses the login; `layer` says which of its logins. */
export class WrongCredentials extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'WrongCredentials';
  /** `site` and `account`: the two logins of the SCC; `api-key` and `token`: IMAP; `project`: SCOPS. */
  readonly layer: CredentialLayer;
  constructor(message: string, init: SdcErrorInit & { readonly layer: CredentialLayer }) {
    super(message, init, 'credentials');
    this.layer = init.layer;
  }
}

/** Logged in, but not allowed to do this. */
export class Forbidden extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'Forbidden';
  constructor(message: string, init: SdcErrorInit) {
    super(message, init, 'forbidden');
  }
}

/** The session ended on the server, and one new login did not help or the call must not be repeated. */
export class SessionExpired extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'SessionExpired';
  constructor(message: string, init: SdcErrorInit) {
    super(message, init, 'session-expired');
  }
}

/** What was asked for does not exist. */
export class NotFoundError extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'NotFoundError';
  constructor(message: string, init: SdcErrorInit) {
    super(message, init, 'not-found');
  }
}

/** The SCC has no measurement with this id. */
export class MeasurementNotFound extends NotFoundError {
  /** @hidden */
  static override readonly kind: string = 'MeasurementNotFound';
  /** The id that was asked for. */
  readonly measurementId: string;
  constructor(message: string, init: SdcErrorInit & { readonly measurementId: string }) {
    super(message, init);
    this.measurementId = init.measurementId;
  }
}

/** The centre has no file with this name. */
export class RemoteFileNotFound extends NotFoundError {
  /** @hidden */
  static override readonly kind: string = 'RemoteFileNotFound';
  /** The name that was asked for. */
  readonly file: string;
  constructor(message: string, init: SdcErrorInit & { readonly file: string }) {
    super(message, init);
    this.file = init.file;
  }
}

/** The centre has no job with this id. */
export class JobNotFound extends NotFoundError {
  /** @hidden */
  static override readonly kind: string = 'JobNotFound';
  /** The id that was asked for. */
  readonly jobId: string;
  constructor(message: string, init: SdcErrorInit & { readonly jobId: string }) {
    super(message, init);
    this.jobId = init.jobId;
  }
}

/** SCOPS has no flight of this project, year, day and sortie. */
export class FlightNotFound extends NotFoundError {
  /** @hidden */
  static override readonly kind: string = 'FlightNotFound';
}

/** The measurement or job exists, but this product of it does not: not run, failed or not finished. */
export class ProductNotAvailable extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'ProductNotAvailable';
  constructor(message: string, init: SdcErrorInit) {
    super(message, init, 'not-available');
  }
}

/** The centre refuses the input; `messages` holds its own words. */
export class RejectedError extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'RejectedError';
  /** The centre's own messages; empty if it gave none. */
  readonly messages: string[];
  constructor(message: string, init: SdcErrorInit & { readonly messages?: readonly string[] }) {
    super(message, init, 'rejected');
    this.messages = [...(init.messages ?? [])];
  }
}

/** The SCC refuses the input; `messages` are parsed from its page. */
export class SCCError extends RejectedError {
  /** @hidden */
  static override readonly kind: string = 'SCCError';
}

/** What was to be created already exists. */
export class AlreadyExists extends RejectedError {
  /** @hidden */
  static override readonly kind: string = 'AlreadyExists';
  constructor(message: string, init: SdcErrorInit & { readonly messages?: readonly string[] }) {
    super(message, { code: 'exists', ...init });
  }
}

/** The centre asks clients to wait longer than this package waits on its own. */
export class RateLimited extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'RateLimited';
  /** How long the centre asked to wait, in milliseconds; absent when it did not say. */
  declare readonly retryAfterMs?: number;
  constructor(message: string, init: SdcErrorInit & { readonly retryAfterMs?: number | undefined }) {
    super(message, { retryable: true, ...init }, 'rate-limited');
    if (init.retryAfterMs !== undefined) this.retryAfterMs = init.retryAfterMs;
  }
}

/** A 4xx or 5xx answer for which there is no more precise class. */
export class PageNotAccessible extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'PageNotAccessible';
  /** The page, secrets removed. */
  readonly pageUrl: string;
  constructor(message: string, init: SdcErrorInit & { readonly status: number; readonly url: string }) {
    super(message, init, 'server');
    this.pageUrl = init.url;
  }
}

/** No answer: the message names the host and the system's error. */
export class NetworkError extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'NetworkError';
  constructor(message: string, init: SdcErrorInit) {
    super(message, { retryable: true, ...init }, 'network');
  }
}

/** No answer, or no data in a body, for longer than allowed. */
export class TimeoutError extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'TimeoutError';
  constructor(message: string, init: SdcErrorInit) {
    super(message, { retryable: true, ...init }, 'timeout');
  }
}

/** The answer does not have a known shape; the message names the missing part. */
export class UnexpectedResponse extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'UnexpectedResponse';
  constructor(message: string, init: SdcErrorInit) {
    super(message, init, 'unexpected-response');
  }
}

/** A body broke off or failed its check, or its target could not be written. */
export class TransferError extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'TransferError';
  /** The length in bytes, or the digest, that it should have. */
  declare readonly expected?: number | string;
  /** The one that it actually has. */
  declare readonly actual?: number | string;
  /** Where the part that did arrive is kept, so that the next call can continue it. */
  declare readonly partPath?: string;
  constructor(
    message: string,
    init: SdcErrorInit & {
      readonly expected?: number | string | undefined;
      readonly actual?: number | string | undefined;
      readonly partPath?: string | undefined;
    },
  ) {
    super(message, init, 'transfer');
    if (init.expected !== undefined) this.expected = init.expected;
    if (init.actual !== undefined) this.actual = init.actual;
    if (init.partPath !== undefined) this.partPath = init.partPath;
  }
}

/** The job that was waited for failed; `state` is the last one seen. */
export class ProcessingFailed<S = unknown> extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'ProcessingFailed';
  /** The last state: a {@link Measurement} or a {@link ScopsStatus}. */
  readonly state: S;
  constructor(message: string, init: SdcErrorInit & { readonly state: S }) {
    super(message, init, 'job-failed');
    this.state = init.state;
  }
}

/** Still running at the deadline; the job goes on. `state` is the last one seen, if any was. */
export class WaitTimeout<S = unknown> extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'WaitTimeout';
  /** The last state, if any was seen. */
  readonly state: S | undefined;
  constructor(message: string, init: SdcErrorInit & { readonly state: S | undefined }) {
    super(message, { retryable: true, ...init }, 'wait-timeout');
    this.state = init.state;
  }
}
