import type { Centre, CredentialLayer, SdcError, SdcErrorInit } from '../../errors.js';
import type { SafeLogger } from '../log/logger.js';
import type { Lifetime } from '../session/lifetime.js';
import type { Semaphore } from '../util/locks.js';
import type { sleep } from '../util/time.js';
import { addressOf, type HttpRequest } from './request.js';
import type { ErrorResponse } from './response.js';
import type { HttpHandler, ProxyFor } from './handlers/handler.js';
import type { Redactor } from '../redact/redactor.js';

export interface TransportSettings {
  readonly centre: Centre;
  readonly baseUrl: URL;
  readonly timeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly retries: number;
  /** Held by each request until its body has ended. */
  readonly places: Semaphore;
  readonly userAgent: string;
  readonly log: SafeLogger;
  readonly redactor: Redactor;
  readonly lifetime: Lifetime;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Added to requests to the base URL's own origin. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How the waits between attempts pass; tests replace it by their own clock. */
  readonly sleep?: typeof sleep | undefined;
  /** The proxy that an address is reached through; left out where there is none. */
  readonly proxyFor?: ProxyFor | undefined;
  /** Which login a bare 401 means. */
  readonly credentialLayer: CredentialLayer;
  /** Adds credentials; called for requests to the base URL's own origin only. */
  readonly authorize?: (headers: Record<string, string>, call: HttpRequest) => void;
  /** Puts a cookie jar around a handler; used for the base URL's own origin only. */
  readonly wrapHandler?: (handler: HttpHandler) => Promise<HttpHandler>;
  /** Loads what reading the answers needs; before the first request. */
  readonly prepare?: () => Promise<unknown>;
  /** More precise errors for all calls; a call's own `mapError` comes first. */
  readonly mapError?: (failed: ErrorResponse) => SdcError | undefined;
}

/** What may differ between clients that share a session and connections. */
export type SharingSettings = Partial<
  Pick<TransportSettings, 'timeoutMs' | 'idleTimeoutMs' | 'retries' | 'log' | 'headers' | 'lifetime'>
>;

/** What every error of a call starts from, with the address where there is one; secrets are removed. */
export function initOf(
  { centre, baseUrl, redactor }: Pick<TransportSettings, 'centre' | 'baseUrl' | 'redactor'>,
  { op, url, query }: Pick<HttpRequest, 'op'> & Partial<Pick<HttpRequest, 'url' | 'query'>>,
): SdcErrorInit {
  const init = { centre, operation: op.name };
  return url === undefined ? init : { ...init, url: redactor.url(addressOf({ op, url, query }, baseUrl)) };
}
