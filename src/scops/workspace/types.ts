import type { WaitOptions } from '../../types.js';
import type { ScopsStatus } from '../types.js';

/** Where an order of the processing host stands, by the scheduler's own rules. */
export type WorkspaceOrderState =
  | 'stored'
  | 'confirmed'
  | 'held-ftp'
  | 'held-band-maths'
  | 'dem-error'
  | 'restart'
  | 'submitted'
  /** A file at which the scheduler would stop. */
  | 'broken';

/** One config file. */
export interface WorkspaceOrder {
  readonly configName: string;
  readonly path: string;
  readonly state: WorkspaceOrderState;
  /** Once the back end has made the folder. */
  readonly processingId?: string;
  /** Of broken ones: what is wrong. */
  readonly problem?: string;
}

/** One archive in the output of an order. */
export interface WorkspaceProduct {
  /** Product name, or `project` for the archive of the whole order. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly modified: Date;
}

/** One plugin file. */
export interface WorkspacePlugin {
  readonly name: string;
  readonly path: string;
  /** What breaks the contract of plugins; empty for a good one. */
  readonly problems: readonly string[];
}

/** Options of {@link ScopsWorkspace}. */
export interface WorkspaceOptions {
  /** Where plugins are; default: the `plugin_directory` of the newest config file that has one. */
  readonly pluginDirectory?: string | URL;
  /** Where statuses are read: `files` of the processing folder (default), or the `database` at `DB_LOCATION`, read-only. */
  readonly statusFrom?: 'files' | 'database';
}

/** Options of {@link ScopsWorkspace.watch}. */
export interface WorkspaceWaitOptions extends WaitOptions<ScopsStatus> {
  /** How long nothing may move before a product counts as stalled, in milliseconds; default 30 minutes. */
  readonly stallMs?: number;
}
