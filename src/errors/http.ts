import { SdcError, type SdcErrorInit } from './base.js';

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
