import type { SharedSettings } from '../core/config/client.js';
import type { Transport } from '../core/http/transport.js';
import type { Operation } from '../core/operation/operation.js';
import type { Access } from './centre.js';

/** What a client works with, once options, environment and defaults are put together. */
export interface ImapSettings {
  /** Everything but the base URL is the client's own; the base URL ends with the prefix of the credential. */
  readonly shared: SharedSettings;
  /** The public door of the same server. */
  readonly publicUrl: URL;
  readonly access: Access;
  readonly apiKey: string | undefined;
  readonly accessToken: string | undefined;
  readonly webpodaToken: string | undefined;
  readonly webpodaUrl: URL;
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
