import { Arguments } from '../../core/operation/arguments.js';
import { checkArguments, type ArgumentKinds } from '../../core/operation/declared.js';
import { initOfOperation } from '../../core/transfer/centre-of.js';
import { listDirectory } from '../../core/files/directory.js';
import { below, toPath } from '../../core/files/paths.js';
import { exists, statFile } from '../../core/files/stat-file.js';
import { readWords } from '../../core/files/system-error.js';
import { ConfigError, JobNotFound, NotFoundError } from '../../errors.js';
import type { CallOptions } from '../../types.js';
import * as kinds from '../arguments.js';
import type { ScopsConfig } from '../config/types.js';
import { PRODUCT_SUFFIX } from '../constants.js';
import type { ScopsEnvironment } from './environment.js';
import { parseProcessingId } from '../names/ids.js';
import { confirmed, CONFIRM_MS } from '../status/settled-status.js';
import { readProduct } from '../status/product.js';
import { summarise } from '../status/summary.js';
import type { ScopsStatus } from '../types.js';
import { orderOf, readConfigs } from './orders.js';
import { readPlugins } from './plugins/read-plugins.js';
import { readStatusDatabase } from './status/database.js';
import { readStatusFiles } from './status/files.js';
import { submitConfig } from './calls/submit.js';
import type {
  WorkspaceOptions,
  WorkspaceOrder,
  WorkspacePlugin,
  WorkspaceProduct,
  WorkspaceWaitOptions,
} from './types.js';
import { watchWorkspace } from './calls/watch.js';

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
    const args = begin('scops.workspace', kinds.WORKSPACE, { environment, options });
    this.#environment = environment;
    this.#options = options;
    if (options.statusFrom === 'database' && environment.dbLocation === undefined)
      throw new ConfigError('statuses from the database need DB_LOCATION', initOfOperation(args.operation));
  }

  /**
   * Puts an order where the scheduler looks. It is checked first, with the folders, lines, elevation model and plugins that
   * it names: a file that the scheduler cannot digest stops it for everybody, and lines at which the worker fails stand still
   * for ever. The scheduler takes it up once `confirmed` is `True`.
   *
   * @param config - The whole order.
   * @returns its config name.
   * @throws `TypeError` naming the key; {@link ConfigError} when `WEB_CONFIG_DIR` cannot be written.
   */
  async submit(config: ScopsConfig): Promise<string> {
    const args = begin('scops.workspace.submit', kinds.CONFIG, { config });
    return submitConfig(args, this.#environment, config);
  }

  /**
   * All config files, and where each order stands; those at which the scheduler stops are `broken`. Each that is stuck, or
   * whose lines would never be made, has its `problem`.
   *
   * @throws {@link ConfigError} when `WEB_CONFIG_DIR` cannot be read.
   */
  async list(): Promise<WorkspaceOrder[]> {
    const args = new Arguments('scops.workspace.list');
    const { webConfigDir } = this.#environment;
    const files = await reading(args, `${webConfigDir} (WEB_CONFIG_DIR)`, () => readConfigs(webConfigDir));
    return Promise.all(files.map((file) => orderOf(file, this.#environment)));
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
    const args = begin('scops.workspace.status', kinds.WORKSPACE_STATUS, { processingId, options });
    const folder = await this.#folder(args, processingId);
    return confirmed(() => this.#look(args, processingId, folder, options.signal), CONFIRM_MS, options.signal);
  }

  async #look(
    args: Arguments,
    processingId: string,
    folder: string,
    signal: AbortSignal | undefined,
  ): Promise<ScopsStatus> {
    const { dbLocation } = this.#environment;
    signal?.throwIfAborted();
    const records =
      this.#options.statusFrom === 'database' && dbLocation !== undefined
        ? await reading(args, `${dbLocation} (DB_LOCATION)`, () => readStatusDatabase(dbLocation, processingId, signal))
        : await reading(args, `${folder}/status`, () => readStatusFiles(folder));
    return summarise(processingId, records.map(readProduct));
  }

  /**
   * Yields each change of an order's state until all products have ended.
   *
   * @param processingId - Name of its folder in `WEB_OUTPUT`.
   * @param options - Interval (10 s by default), deadline (2 hours), patience (30 minutes).
   * @throws as {@link ScopsWorkspace.status}, and {@link WaitTimeout} at the deadline.
   */
  watch(processingId: string, options: WorkspaceWaitOptions = {}): AsyncGenerator<ScopsStatus, void, undefined> {
    const args = begin('scops.workspace.watch', kinds.WORKSPACE_WAIT, { processingId, options });
    return watchWorkspace(args, (signal) => this.status(processingId, { signal }), options);
  }

  /**
   * The archives of an order that are there.
   *
   * @param processingId - Name of its folder in `WEB_OUTPUT`.
   * @throws as {@link ScopsWorkspace.status}.
   */
  async products(processingId: string): Promise<WorkspaceProduct[]> {
    const args = begin('scops.workspace.products', kinds.WORKSPACE_ID, { processingId });
    const mapped = below(await this.#folder(args, processingId), 'mapped');
    if (!(await exists(mapped))) return [];
    const entries = await reading(args, mapped, () => listDirectory(mapped));
    const archives = entries.filter(({ name, kind }) => kind === 'file' && name.endsWith('.zip'));
    return Promise.all(
      archives.map(async ({ name }) => {
        const { path, bytes, modified } = await statFile(below(mapped, name), 'archive', args);
        const ending = `${PRODUCT_SUFFIX}.zip`;
        return { name: name.endsWith(ending) ? name.slice(0, -ending.length) : 'project', path, bytes, modified };
      }),
    );
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
    const args = new Arguments('scops.workspace.plugins');
    const directory = await this.#pluginDirectory(args);
    return reading(args, directory, () => readPlugins(directory, this.#pluginArgs(args)));
  }

  #pluginArgs(args: Arguments): readonly string[] {
    const { pluginArgs = [] } = this.#options;
    const wrong = pluginArgs.find((name) => !/^[A-Za-z_]\w*$/u.test(name));
    if (wrong === undefined) return pluginArgs;
    throw args.invalid(`pluginArgs must be names of arguments, got ${JSON.stringify(wrong)}`);
  }

  async #pluginDirectory(args: Arguments): Promise<string> {
    const { pluginDirectory } = this.#options;
    if (pluginDirectory !== undefined) return toPath(pluginDirectory, args.label('pluginDirectory'));
    const files = await reading(args, 'WEB_CONFIG_DIR', () => readConfigs(this.#environment.webConfigDir));
    const known = files
      .map(({ config }) => config?.defaults.plugin_directory)
      .filter((one) => one !== undefined && one !== '');
    const newest = known.at(-1);
    if (newest !== undefined) return newest;
    throw new NotFoundError(
      'no config file names a plugin directory; set option pluginDirectory',
      initOfOperation(args.operation),
    );
  }

  /** The back end appends names to `WEB_OUTPUT` as text. */
  async #folder(args: Arguments, processingId: string): Promise<string> {
    if (typeof processingId !== 'string' || parseProcessingId(processingId) === undefined)
      throw args.invalid('processingId must be a processing id, such as GB13_08_2014_21720180307152902');
    const folder = `${this.#environment.webOutput}${this.#environment.webOutput.endsWith('/') ? '' : '/'}${processingId}`;
    if (await exists(folder)) return folder;
    throw new JobNotFound(`there is no processing folder ${folder}`, {
      ...initOfOperation(args.operation),
      jobId: processingId,
    });
  }
}

/** Begins a call: its arguments are checked before anything else. */
function begin<T extends object>(name: string, kinds: ArgumentKinds<T>, values: T): Arguments {
  checkArguments(name, kinds, values);
  return new Arguments(name);
}

async function reading<T>(args: Arguments, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError')) throw error;
    throw new ConfigError(`${what} cannot be read: ${readWords(error)}`, initOfOperation(args.operation));
  }
}
