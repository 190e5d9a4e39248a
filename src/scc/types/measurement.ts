import type { SCC_MODULES, SCC_PRODUCTS } from '../centre.js';

/** A set of files that the SCC is known to offer for one measurement. */
export type KnownProduct = (typeof SCC_PRODUCTS)[number];

/**
 * A set of files that the SCC offers for one measurement: one of the usual ones, or any other that the measurement's page
 * links, such as `eldamwl` for a link to `download-eldamwl/`.
 */
export type SccProduct = KnownProduct | (string & {});

/** A module of the processing chain, or the upload before it. */
export type SccModule = (typeof SCC_MODULES)[number];

/** How a module ended, or that it has not ended yet. */
export type ProductStatus = 'ok' | 'error' | 'not-run' | 'running' | 'unknown';

/** State of one module. */
export interface ModuleState {
  /** `unknown`: not reported, or a number or an icon that no generation of the site is known to use. */
  readonly status: ProductStatus;
  /** The SCC's own number: 127 done, -127 failed, 0 not executed, 1 in progress; absent if it was read from a table. */
  readonly code?: number;
  /** The module's exit code; 0 is fine. */
  readonly exitCode?: number;
  /** What the exit code means, in the SCC's words. */
  readonly message?: string;
}

/** A lidar measurement on the SCC, and how far its processing is. */
export interface Measurement {
  /** Day, station and time or number, such as `20210601aky0930`. */
  readonly id: string;
  /** Three lower-case letters, such as `aky`. */
  readonly stationCode?: string;
  /** Number of the lidar configuration. */
  readonly systemId?: number;
  /** Start of the measurement (UTC); absent where the SCC has none, which its database allows. */
  readonly dateStart?: Date;
  /** End of the measurement (UTC); absent where the SCC has none. */
  readonly dateEnd?: Date;
  /** When it was uploaded (UTC); absent if it was read from the API. */
  readonly dateCreation?: Date;
  /** When it was last changed (UTC); absent if it was read from the API. */
  readonly dateUpdated?: Date;
  /** The state of each module. */
  readonly products: Readonly<Record<SccModule, ModuleState>>;
  /** Whether the chain is processing it. */
  readonly isProcessing: boolean;
  /** Absent in listings by date: their table has no such column. */
  readonly isQueued?: boolean;
  /** Whether its processing is delayed (`delayHours`); absent in listings by date. */
  readonly isDelayed?: boolean;
  /** Whether it is a calibration, which ELDEC processes instead of ELDA. */
  readonly isCalibration?: boolean;
}
