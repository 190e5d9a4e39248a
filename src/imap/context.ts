import type { Transport } from '../core/http/transport.js';
import type { Operation } from '../core/operation/operation.js';
import type { Access } from './centre.js';

/** How a client is set up, once options, environment and defaults are put together. */
export interface ImapSettings {
  /** The public door of the server. */
  readonly publicUrl: URL;
  readonly access: Access;
  /** Whether there is a token for the packet service. */
  readonly hasPackets: boolean;
  /** Absolute. */
  readonly dataDir: string;
}

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

/** The same call at the packet service. */
export function packetService(op: ImapOperation): Operation {
  return op.in({ transport: op.context.packets });
}
