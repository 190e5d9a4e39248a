import { defined } from '../../core/util/defined.js';
import { Arguments } from '../../core/operation/arguments.js';
import { env as nonEmptyEnv, rawEnv } from '../../core/config/env.js';
import { directoryAccess } from '../../core/files/directory.js';
import { ConfigError } from '../../errors.js';
import { QUEUE_SYSTEMS } from '../centre.js';

/** How lines are queued on the processing host. */
export type QueueSystem = (typeof QUEUE_SYSTEMS)[number];

/** The settings of the processing host, from the variables that SCOPS's own README asks for. */
export interface ScopsEnvironment {
  /** `ERROR_EMAIL`: who gets error messages. */
  readonly errorEmail: string;
  /** `WEB_CONFIG_DIR`: where the scheduler looks for `.cfg` files. */
  readonly webConfigDir: string;
  /** `WEB_OUTPUT`: where processing folders are made. */
  readonly webOutput: string;
  /** `QSUB_LOG_DIR`: where the queue's logs go. */
  readonly qsubLogDir: string;
  /** `HYPER_DELIVERY_FOLDER`: the hyperspectral delivery below a project's folder; `{}` stands for the kind. */
  readonly hyperDeliveryFolder: string;
  /** `TEMP_PROCESSING_DIR`: local temporary directory; absent: the system's. */
  readonly tempProcessingDir?: string;
  /** `QSUB_SYSTEM`. */
  readonly qsubSystem: QueueSystem;
  /** `QUEUE`: name of the queue. */
  readonly queue: string;
  /** `DB_LOCATION`: the status database, where one is used. */
  readonly dbLocation?: string;
  /** What will go wrong with these settings, each with the variable's name. */
  readonly warnings: readonly string[];
}

const ROOT = '/users/rsg/arsf/web_processing';
const DEFAULTS = {
  ERROR_EMAIL: 'nerc-arf-code@pml.ac.uk',
  WEB_CONFIG_DIR: `${ROOT}/configs/`,
  WEB_OUTPUT: `${ROOT}/processing/`,
  QSUB_LOG_DIR: `${ROOT}/logs/qsub/`,
  HYPER_DELIVERY_FOLDER: 'delivery/*{}*/',
  QSUB_SYSTEM: 'qsub',
  QUEUE: 'arsf.q',
} as const;

/**
 * Reads and checks the environment variables of the processing host, with the back end's own defaults.
 *
 * @param env - Instead of the process's environment.
 * @throws {@link ConfigError} when `QSUB_SYSTEM` is none of the three.
 * @example
 * ```ts
 * import { scopsEnvironment } from '@lab/sdc/scops';
 *
 * for (const warning of scopsEnvironment().warnings) console.warn(warning);
 * ```
 */
export function scopsEnvironment(env?: Readonly<Record<string, string | undefined>>): ScopsEnvironment {
  const raw = (name: string): string | undefined => (env === undefined ? rawEnv(name) : env[name]);
  const given = (name: string): string | undefined =>
    env === undefined ? nonEmptyEnv(name) : env[name] === '' ? undefined : env[name];
  const setting = (name: keyof typeof DEFAULTS): string => given(name) ?? DEFAULTS[name];
  const system = setting('QSUB_SYSTEM');
  const qsubSystem = QUEUE_SYSTEMS.find((known) => known === system);
  if (qsubSystem === undefined)
    throw new ConfigError(
      `QSUB_SYSTEM must be bsub, qsub or local, got ${JSON.stringify(system)}`,
      new Arguments('scops.scopsEnvironment').init,
    );
  const tempProcessingDir = given('TEMP_PROCESSING_DIR');
  const dbLocation = given('DB_LOCATION');
  const settings = defined({
    errorEmail: setting('ERROR_EMAIL'),
    webConfigDir: setting('WEB_CONFIG_DIR'),
    webOutput: setting('WEB_OUTPUT'),
    qsubLogDir: setting('QSUB_LOG_DIR'),
    hyperDeliveryFolder: setting('HYPER_DELIVERY_FOLDER'),
    tempProcessingDir,
    qsubSystem,
    queue: setting('QUEUE'),
    dbLocation,
  });
  return { ...settings, warnings: warningsOf(settings, raw) };
}

function warningsOf(settings: Omit<ScopsEnvironment, 'warnings'>, raw: (name: string) => string | undefined): string[] {
  const warnings: string[] = [];
  const directories = { WEB_CONFIG_DIR: settings.webConfigDir, WEB_OUTPUT: settings.webOutput };
  for (const [name, path] of Object.entries(directories)) {
    const access = directoryAccess(path);
    if (access !== 'writable')
      warnings.push(`${name}: ${path} is ${access.replaceAll('-', ' ')}; it must be a writable directory`);
  }
  const appended = { WEB_OUTPUT: settings.webOutput, QSUB_LOG_DIR: settings.qsubLogDir };
  for (const [name, path] of Object.entries(appended))
    if (!path.endsWith('/'))
      warnings.push(
        `${name}: ${path} must end in /; the back end appends names as text, so files would end up next to it`,
      );
  if (settings.hyperDeliveryFolder.startsWith('/'))
    warnings.push(
      'HYPER_DELIVERY_FOLDER: begins with /, which makes newer back ends drop the project folder before it',
    );
  if (!settings.hyperDeliveryFolder.endsWith('/'))
    warnings.push(
      `HYPER_DELIVERY_FOLDER: ${settings.hyperDeliveryFolder} must end in /; the worker appends the folder of the navigation as text`,
    );
  if (raw('TEMP_PROCESSING_DIR') === '')
    warnings.push(
      'TEMP_PROCESSING_DIR: is set but empty; every line then fails at "Waiting to process"; unset it, or set it to a directory',
    );
  if (settings.tempProcessingDir !== undefined && directoryAccess(settings.tempProcessingDir) !== 'writable')
    warnings.push(`TEMP_PROCESSING_DIR: ${settings.tempProcessingDir} is not a writable directory`);
  const forced = raw('FORCE_LOCAL');
  if (forced !== undefined && /^(?:false|no|off|0)$/iu.test(forced))
    warnings.push(`FORCE_LOCAL: "${forced}" counts as true, as any text does; unset it`);
  return warnings;
}
