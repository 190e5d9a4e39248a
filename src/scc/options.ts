import { ConfigError } from '../errors.js';
import { resolveClient } from '../core/config/client.js';
import { env } from '../core/config/env.js';
import { readYamlFile } from '../core/config/yaml-file.js';
import { pageParser } from '../core/html/page.js';
import { Redactor } from '../core/redact/redactor.js';
import { Transport } from '../core/http/transport.js';
import { checkArguments } from '../core/operation/declared.js';
import { Operation } from '../core/operation/operation.js';
import { ClientCookies } from '../core/session/jar.js';
import { Session } from '../core/session/session.js';
import { Mutex } from '../core/util/locks.js';
import { zodLibrary } from '../core/validate/schema.js';
import { SETTINGS } from './arguments.js';
import { CENTRE, CREDENTIAL_LAYERS, VARIABLES, VISIBLE_PARAMETERS } from './centre.js';
import type { SccContext } from './context.js';
import { Changes } from './processing/changes.js';
import { Reruns } from './processing/reruns.js';
import { BASE_URL } from './routes.js';
import { logIn } from './session/log-in.js';
import type { SccCredentials, SccOptions, SccSettings } from './types.js';

/** Archives are made when they are asked for, which may take minutes. */
const PRODUCT_TIMEOUT_MS = 300_000;

/**
 * What the calls of a client share, from its options.
 *
 * @throws {@link ConfigError} when a login is missing or a setting is out of bounds.
 */
export function createContext(given: SccCredentials | undefined, options: SccOptions): SccContext {
  const credentials = resolveCredentials(given);
  const redactor = new Redactor(VISIBLE_PARAMETERS);
  const { httpAuthUser, httpAuthPassword } = credentials;
  const basic = Buffer.from(`${httpAuthUser}:${httpAuthPassword}`, 'utf8').toString('base64');
  redactor.add(httpAuthPassword, credentials.password, basic);
  const shared = resolveClient(
    options,
    { centre: CENTRE, baseUrlVariable: VARIABLES.baseUrl, baseUrl: BASE_URL },
    redactor,
  );
  const cookies = new ClientCookies(redactor, { centre: CENTRE, operation: 'scc.login' });
  const transport = new Transport({
    ...shared,
    credentialLayer: CREDENTIAL_LAYERS.httpAuth,
    authorize: (headers) => {
      headers.authorization = `Basic ${basic}`;
    },
    wrapHandler: (handler) => cookies.wrap(handler),
    prepare: () => Promise.all([pageParser(), zodLibrary()]),
  });
  const session = new Session(shared.lifetime, (signal) =>
    logIn(new Operation('scc.login', { transport, cookies }, { signal }), credentials),
  );
  return {
    transport,
    cookies,
    session,
    reruns: new Reruns(),
    changes: new Changes(),
    unsettled: new Map(),
    adminWork: new Mutex(),
    productTimeoutMs: options.timeoutMs === undefined ? PRODUCT_TIMEOUT_MS : undefined,
  };
}

/**
 * The two logins: what the caller gives, and of the environment what is not given.
 *
 * @throws {@link ConfigError} that names what is missing, as option and as environment variable.
 */
function resolveCredentials(given: SccCredentials | undefined): SccCredentials {
  const missing: string[] = [];
  const pick = (key: keyof SccCredentials): string => {
    const value = textOf(given?.[key] ?? env(VARIABLES[key]));
    if (value === undefined) missing.push(`credentials.${key} (or ${VARIABLES[key]})`);
    return value ?? '';
  };
  const credentials = {
    httpAuthUser: pick('httpAuthUser'),
    httpAuthPassword: pick('httpAuthPassword'),
    username: pick('username'),
    password: pick('password'),
  };
  if (missing.length > 0) throw configError(`the SCC needs two logins; missing: ${missing.join(', ')}`);
  if (credentials.httpAuthUser.includes(':'))
    throw configError('credentials.httpAuthUser must not contain a colon (RFC 7617)');
  return credentials;
}

/**
 * Reads the settings file of the Python tool `scc_access`.
 *
 * @param path - Default `~/.scc_access.yaml`.
 * @throws {@link ConfigError} when the file is missing or lacks one of the two logins.
 * @example
 * ```ts
 * import { loadSccSettings, sccSession } from '@lab/sdc';
 *
 * const settings = await loadSccSettings();
 * await using scc = await sccSession(settings.credentials);
 * ```
 */
export async function loadSccSettings(path?: string): Promise<SccSettings> {
  checkArguments('scc.loadSccSettings', SETTINGS, { path });
  const { file, data, exposed } = await readYamlFile(path ?? '~/.scc_access.yaml', (message) => configError(message));
  if (exposed) warnExposed(file);
  const site = pairOf(data.basic_credentials);
  const account = pairOf(data.website_credentials);
  if (site === undefined || account === undefined) {
    throw configError(
      `${file} lacks ${site === undefined ? 'basic_credentials' : 'website_credentials'}: [user, password]`,
    );
  }
  const outputDir = textOf(data.output_dir);
  const baseUrl = textOf(data.base_url);
  return {
    credentials: { httpAuthUser: site[0], httpAuthPassword: site[1], username: account[0], password: account[1] },
    ...(outputDir !== undefined && { outputDir }),
    ...(baseUrl !== undefined && { baseUrl }),
  };
}

function warnExposed(file: string): void {
  process.emitWarning(`${file} holds passwords and can be read by others; run: chmod 600 ${file}`, {
    code: 'SDC_SETTINGS_EXPOSED',
  });
}

function pairOf(value: unknown): [string, string] | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [user, password] = [textOf(value[0]), textOf(value[1])];
  return user === undefined || password === undefined ? undefined : [user, password];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function configError(message: string): ConfigError {
  return new ConfigError(message, { centre: CENTRE, operation: 'scc.settings' });
}
