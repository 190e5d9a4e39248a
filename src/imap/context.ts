import type { Transport } from '../core/http/transport.js';
import type { Operation } from '../core/operation/operation.js';
import type { ImapSettings } from './settings.js';

/** What the calls of one client share. */
export interface ImapContext {
  readonly settings: ImapSettings;
  /** The Science Data Center, below the prefix of the credential. */
  readonly transport: Transport;
  /** The packet service, with its own credential. */
  readonly packets: Transport;
  /** What was learnt about the server. */
  readonly server: { generation?: 2024 | 2026 };
}

/** A public call of this room. */
export type ImapOperation = Operation<ImapContext>;
