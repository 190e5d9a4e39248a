import type { Operation } from '../core/operation/operation.js';
import type { Transport } from '../core/http/transport.js';
import type { ClientCookies } from '../core/session/jar.js';
import type { Session } from '../core/session/session.js';
import type { Mutex } from '../core/util/locks.js';
import type { RecentMap } from '../core/util/recent.js';
import type { Reruns } from './processing/reruns.js';

/** What logging in and out work with. */
export interface LoginContext {
  readonly transport: Transport;
  readonly cookies: ClientCookies;
}

/** What the calls of one client share. */
export interface SccContext extends LoginContext {
  readonly session: Session;
  /** Who logs in, for records of answers, which must not name them. */
  readonly userNames: readonly string[];
  readonly reruns: Reruns;
  /**
   * Measurements that this client uploaded, replaced or ran again, also where the answer was lost: their files of before are those
   * of another processing.
   */
  readonly changed: RecentMap<true>;
  /** Files whose upload may still take effect, by the id of their measurement. */
  readonly unsettled: RecentMap<string>;
  /** Admin operations tell their outcome by messages of the session: two at a time would read each other's. */
  readonly adminWork: Mutex;
  /** How long a product may take to begin; `undefined`: as long as any other answer. */
  readonly productTimeoutMs: number | undefined;
}

/** A public call of this room. */
export type SccOperation = Operation<SccContext>;
