import { Arguments } from '../../core/operation/arguments.js';
import { checkArguments, type ArgumentKinds } from '../../core/operation/fields.js';
import { withToArray } from '../../core/util/results.js';
import { ConfigError } from '../../errors.js';
import type { CallOptions, Results } from '../../types.js';
import * as kinds from '../arguments.js';
import type { ScopsConfig } from '../config/types.js';
import type { ScopsStatus } from '../types.js';
import type { WorkspaceCall } from './call.js';
import { list } from './calls/list.js';
import { plugins } from './calls/plugins.js';
import { products } from './calls/products.js';
import { status } from './calls/status.js';
import { submit } from './calls/submit.js';
import { watch } from './calls/watch.js';
import type { ScopsEnvironment } from './environment.js';
import type {
  WorkspaceOptions,
  WorkspaceOrder,
  WorkspacePlugin,
  WorkspaceProduct,
  WorkspaceWaitOptions,
} from './types.js';

/**
 * SCOPS as seen on the processing host: orders as files, statuses from status files or the status database, archives on
 * disk. Nothing is changed but by {@link ScopsWorkspace.submit}, which never lets the scheduler see a half-written file.
 *
 * @example
 * ```ts
 * import { ScopsWorkspace, scopsEnvironment } from '@lab/sdc/scops';
 *
 * const workspace = new ScopsWorkspace(scopsEnvironment());
 * for (const order of await workspace.list()) console.log(order.configName, order.state);
 * ```
 */
export class ScopsWorkspace {
  readonly #environment: ScopsEnvironment;
  readonly #options: WorkspaceOptions;

  /**
   * @param environment - From {@link scopsEnvironment}.
   * @param options - Where plugins and statuses are.
   * @throws {@link ConfigError} when statuses are wanted from a database and `DB_LOCATION` is not set.
   */
  constructor(environment: ScopsEnvironment, options: WorkspaceOptions = {}) {
    const args = new Arguments('scops.workspace');
    checkArguments(args, kinds.WORKSPACE, { environment, options });
    this.#environment = environment;
    this.#options = options;
    if (options.statusFrom === 'database' && environment.dbLocation === undefined)
      throw new ConfigError('statuses from the database need DB_LOCATION', args.init);
  }

  /**
   * Puts an order where the scheduler looks. It is checked first, with the folders, lines, elevation model and plugins that
   * it names: a file that the scheduler cannot read stops it for all orders, and lines at which the worker fails
   * never end. The scheduler takes it up once `confirmed` is `True`.
   *
   * @param config - The whole order.
   * @returns its config name.
   * @throws `TypeError` naming the key; {@link ConfigError} when `WEB_CONFIG_DIR` cannot be written.
   */
  async submit(config: ScopsConfig): Promise<string> {
    return submit(this.#begin('scops.workspace.submit', kinds.CONFIG, { config }), config);
  }

  /**
   * All config files, and where each order stands; those at which the scheduler stops are `broken`. Each that is stuck, or
   * whose lines would never be made, has its `problem`.
   *
   * @throws {@link ConfigError} when `WEB_CONFIG_DIR` cannot be read.
   */
  async list(): Promise<WorkspaceOrder[]> {
    return list(this.#begin('scops.workspace.list', {}, {}));
  }

  /**
   * The state of an order and its products.
   *
   * @param processingId - Name of its folder in `WEB_OUTPUT`.
   * @param options - Signal.
   * @throws `TypeError` for another text; {@link JobNotFound} when there is no such folder; {@link ConfigError} when status
   * files or database cannot be read.
   */
  async status(processingId: string, options: CallOptions = {}): Promise<ScopsStatus> {
    const call = this.#begin('scops.workspace.status', kinds.WORKSPACE_STATUS, { processingId, options });
    return status(call, processingId, options);
  }

  /**
   * Yields each change of an order's state until all products have ended.
   *
   * @param processingId - Name of its folder in `WEB_OUTPUT`.
   * @param options - Interval (10 s by default), deadline (2 hours), patience (30 minutes).
   * @throws As {@link ScopsWorkspace.status}, and {@link WaitTimeout} at the deadline.
   */
  watch(processingId: string, options: WorkspaceWaitOptions = {}): Results<ScopsStatus> {
    const call = this.#begin('scops.workspace.watch', kinds.WORKSPACE_WAIT, { processingId, options });
    return withToArray(watch(call, (signal) => this.status(processingId, { signal }), options));
  }

  /**
   * The archives of an order that are there.
   *
   * @param processingId - Name of its folder in `WEB_OUTPUT`.
   * @throws As {@link ScopsWorkspace.status}.
   */
  async products(processingId: string): Promise<WorkspaceProduct[]> {
    return products(this.#begin('scops.workspace.products', kinds.WORKSPACE_ID, { processingId }), processingId);
  }

  /**
   * The plugins, each checked without running it: whether Python 2.7 can import it under its name, whether `run` takes
   * `output_folder`, `hsi_filename` and the `pluginArgs`, and whether it returns a path whose name keeps the level-1b name of
   * the line, as far as that can be read.
   *
   * @throws {@link NotFoundError} when no plugin directory is known; {@link ConfigError} when it cannot be read; `TypeError` when
   * `pluginArgs` holds a text that cannot name an argument.
   */
  async plugins(): Promise<WorkspacePlugin[]> {
    return plugins(this.#begin('scops.workspace.plugins', {}, {}));
  }

  /** Begins a call: its arguments are checked before anything else. */
  #begin<T extends object>(name: string, kinds: ArgumentKinds<T>, values: T): WorkspaceCall {
    const args = new Arguments(name);
    checkArguments(args, kinds, values);
    return { args, environment: this.#environment, options: this.#options };
  }
}
