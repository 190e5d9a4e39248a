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
  /** Name of the file without `.cfg`: `GB13_08_2014_217_20180307152824`. */
  readonly configName: string;
  /** The config file, in `WEB_CONFIG_DIR`. */
  readonly path: string;
  /** What the scheduler would make of it at its next tick. */
  readonly state: WorkspaceOrderState;
  /** Once the back end has made the folder. */
  readonly processingId?: string;
  /** Why the scheduler would stop at it, what it waits for, or which line would never be made. */
  readonly problem?: string;
}

/** One archive in the output of an order. */
export interface WorkspaceProduct {
  /** Product name, or `project` for the archive of the whole order. */
  readonly name: string;
  /** The zip, in `mapped/` of the processing folder. */
  readonly path: string;
  /** Size of the zip now; it grows while the back end writes it. */
  readonly bytes: number;
  /** When the zip was written last. */
  readonly modified: Date;
}

/** One plugin file. */
export interface WorkspacePlugin {
  /** File name without `.py`, as band maths order it: `spectral_angle`. */
  readonly name: string;
  /** The Python file, in the plugin directory. */
  readonly path: string;
  /** What goes wrong when the worker imports it and calls its `run`, with the line where there is one; empty for a good one. */
  readonly problems: readonly string[];
}

/** Options of {@link ScopsWorkspace}. */
export interface WorkspaceOptions {
  /** Where plugins are; default: the `plugin_directory` of the newest config file that has one. */
  readonly pluginDirectory?: string | URL;
  /**
   * Names that `plugin_args` of the host's `scops_process_apl_line.py` adds to `output_folder` and `hsi_filename`. Every
   * plugin is called with all of them; default: none.
   */
  readonly pluginArgs?: readonly string[];
  /** Where statuses are read: `files` of the processing folder (default), or the `database` at `DB_LOCATION`, read-only. */
  readonly statusFrom?: 'files' | 'database';
}

/** Options of {@link ScopsWorkspace.watch}. */
export interface WorkspaceWaitOptions extends WaitOptions<ScopsStatus> {
  /** Time without progress after which a product counts as stalled, in milliseconds; default 30 minutes. */
  readonly stallMs?: number;
}
