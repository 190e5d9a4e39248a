import {
  AlreadyExists,
  Forbidden,
  NetworkError,
  NotFoundError,
  PageNotAccessible,
  RateLimited,
  RejectedError,
  SdcError,
  UnexpectedResponse,
  WrongCredentials,
  type CredentialLayer,
  type SdcErrorInit,
} from '../../errors.js';
import { isRetryableStatus, retryAfterMs } from '../retry/retry-timing.js';
import { isError } from '../util/realms.js';
import { now } from '../util/time.js';
import { LOOK_FIRST, type ChangingRequest } from '../operation/delivery.js';
import { handshakeAdvice, neverSecured, plainWords } from './handshake.js';
import type { Redactor } from '../redact/redactor.js';
import type { ErrorResponse } from './response.js';

/** A failure after which the next attempt may succeed; never leaves the transport. */
export class TransientError extends Error {
  constructor(
    readonly failure: SdcError,
    readonly nothingSent: boolean,
    readonly retryAfterMs: number | undefined,
  ) {
    super(failure.message);
  }
}

/** System errors of a connection that was never made, whatever the system call. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
/** System calls that come before a connection is there. */
const BEFORE_CONNECTION = new Set(['connect', 'getaddrinfo']);

const READ_CHARACTERS = 65_536;

/** Readable text of an answer's body: tags and white space collapsed, at most 500 characters. */
function excerptOf(body: string): string {
  const text = body
    .slice(0, READ_CHARACTERS)
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/giu, ' ')
    .replace(/<[^>]*>/gu, ' ')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return text.slice(0, 500);
}

/**
 * The excerpt without secrets: cleaned before tags and length could cut one in two, and after tags that split one are gone. What
 * is cleaned is longer than what is read of it, so that no beginning of a secret is left at the end.
 */
export function safeExcerpt(body: string, redactor: Redactor): string {
  return redactor.page(excerptOf(redactor.page(body.slice(0, 2 * READ_CHARACTERS))));
}

/** The default error for a status other than success. */
export function errorForStatus(failed: ErrorResponse, layer: CredentialLayer): SdcError {
  const { status, init } = failed;
  const says = init.bodyExcerpt === undefined || init.bodyExcerpt === '' ? '' : `: ${init.bodyExcerpt.slice(0, 200)}`;
  switch (status) {
    case 401:
      return new WrongCredentials(`${failed.url} refuses the ${layer} login (401); check the credentials`, {
        ...init,
        layer,
      });
    case 403:
      return new Forbidden(`not allowed at ${failed.url}${failed.via ?? ''} (403)${says}`, init);
    case 404:
    case 410:
      return new NotFoundError(`nothing found at ${failed.url} (${status})${says}`, init);
    case 409:
      return new AlreadyExists(`${failed.url} says that it already exists (409)${says}`, init);
    case 400:
    case 413:
    case 415:
    case 422:
      return new RejectedError(`${failed.url} refuses the input (${status})${says}`, {
        ...init,
        messages: init.bodyExcerpt ? [init.bodyExcerpt] : [],
      });
    case 429:
      return rateLimited(failed, retryAfterMs(failed.headers.get('retry-after'), now()));
    default:
      return new PageNotAccessible(`${failed.url}${failed.via ?? ''} answered ${status}${says}${warningOf(init)}`, {
        ...init,
        retryable: isRetryableStatus(status),
      });
  }
}

/** The end of a message about an answer that leaves open whether the request was taken. */
export function warningOf(init: Pick<SdcErrorInit, 'delivered'>): string {
  return init.delivered === 'maybe' ? `; ${LOOK_FIRST}` : '';
}

/** The error for a wait that is longer than this package waits. */
export function rateLimited(failed: ErrorResponse, waitMs: number | undefined): RateLimited {
  const wait = waitMs === undefined ? '' : `; it asks clients to wait ${Math.ceil(waitMs / 1000)} s`;
  return new RateLimited(`${failed.url} is overloaded (${failed.status})${wait}; call again later`, {
    ...failed.init,
    retryAfterMs: waitMs,
  });
}

/**
 * The error for a request that got no answer. The system's own words, nothing else of the cause.
 *
 * @param words - From {@link systemWords}, cleaned of secrets: some fetch functions put the whole address there.
 */
export function networkError(
  cause: unknown,
  request: { readonly words: string; readonly host: string; readonly changing: ChangingRequest | undefined },
  init: SdcErrorInit,
): SdcError {
  if (cause instanceof SdcError) return cause;
  const { words, host, changing } = request;
  const handshake = handshakeAdvice(systemError(cause));
  const usual = handshake ?? 'check the address, the network and any proxy';
  const advice = changing === undefined ? usual : changing.advice(usual);
  return new NetworkError(`no answer from ${host}: ${words}; ${advice}`, {
    ...init,
    // A certificate does not become trusted by itself, nor does a server learn another protocol.
    retryable: handshake === undefined,
  });
}

/** The error for a proxy that refuses to go on; what it cannot reach it may reach later. */
export function proxyError(
  status: number,
  { words, host }: { readonly words: string; readonly host: string },
  init: SdcErrorInit,
): NetworkError {
  const advice =
    status === 407
      ? 'check the user and password of the proxy (option proxy, or HTTPS_PROXY and HTTP_PROXY)'
      : 'ask the operators of the proxy, or use another one (option proxy, or HTTPS_PROXY and HTTP_PROXY)';
  return new NetworkError(`cannot reach ${host}: the proxy answered ${words}; ${advice}`, {
    ...init,
    retryable: status >= 500,
  });
}

/** The error for an answer whose body broke off. */
export function brokenBody(
  cause: unknown,
  { host, advice }: { readonly host: string; readonly advice: string },
  init: SdcErrorInit,
  redactor: Redactor,
): Error {
  if (cause instanceof SdcError) return cause;
  if (cause instanceof RangeError) return new UnexpectedResponse(`the answer from ${host} is ${cause.message}`, init);
  const words = redactor.text(systemWords(cause));
  return new NetworkError(`the answer from ${host} broke off: ${words}; ${advice}`, init);
}

/** What the system says of a failure, with its code. */
export function systemWords(cause: unknown): string {
  const { code, message: full } = systemError(cause);
  const message = plainWords(full);
  return code === undefined || message.includes(code) ? message : `${code} ${message}`;
}

/** Whether a failure proves that there was no connection, where nothing but the failure is known. */
export function neverConnected(cause: unknown): boolean {
  const error = systemError(cause);
  const { code, syscall } = error;
  if (code === undefined) return false;
  // first: what waited to be sent while the handshake failed names the system call `write`
  if (neverSecured(error)) return true;
  if (syscall !== undefined) return BEFORE_CONNECTION.has(syscall);
  return NEVER_CONNECTED.has(code);
}

function systemError(error: unknown): { code: string | undefined; message: string; syscall?: string | undefined } {
  let message = '';
  let at = error;
  for (let depth = 0; depth < 5 && isError(at); depth += 1) {
    if (at instanceof AggregateError && isError(at.errors[0])) at = at.errors[0];
    if (!isError(at)) break;
    message = at.message === '' ? message : at.message;
    if ('code' in at && typeof at.code === 'string') {
      const syscall = 'syscall' in at && typeof at.syscall === 'string' ? at.syscall : undefined;
      return { code: at.code, message, syscall };
    }
    at = at.cause;
  }
  return { code: undefined, message: message === '' ? 'the connection failed' : message };
}
