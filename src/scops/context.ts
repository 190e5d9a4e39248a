import type { Transport } from '../core/http/transport.js';
import type { RecentMap } from '../core/util/recent.js';
import type { Operation } from '../core/operation/operation.js';

/** What one client remembers of its orders. */
export interface ScopsMemory {
  /** Processing ids that the server has known; a later 500 for one is a transient failure (pitfall 11). */
  readonly known: RecentMap<true>;
  /** Request details by processing id; they do not change. */
  readonly details: RecentMap<Readonly<Record<string, string>>>;
  /** When orders were confirmed, by the server's clock. */
  readonly confirmed: RecentMap<Date>;
  /** Orders that a new DEM was sent for. */
  readonly reuploaded: RecentMap<true>;
}

/** What all calls of one client share. */
export interface ScopsContext {
  readonly transport: Transport;
  readonly project: string;
  readonly serverTimeZone: string | undefined;
  readonly confirmSpacingMs: number;
  /** The server is on this machine. */
  readonly local: boolean;
  readonly memory: ScopsMemory;
}

/** A public call of this room. */
export type ScopsOperation = Operation<ScopsContext>;
