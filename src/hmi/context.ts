import type { Operation } from '../core/operation/operation.js';
import type { Transport } from '../core/http/transport.js';
import type { RateLimiter } from '../core/util/locks.js';
import type { LinkSettings } from './links/resolve-link.js';

/** What all calls of one client share. */
export interface HmiContext {
  readonly transport: Transport;
  readonly links: LinkSettings;
  readonly rateLimiter: RateLimiter;
  /** The caller set no `timeoutMs`, so calls that are known to be slow may wait longer than the default. */
  readonly hasDefaultTimeout: boolean;
}

/** A public call of this room. */
export type HmiOperation = Operation<HmiContext>;
