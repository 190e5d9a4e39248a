import { ConfigError } from '../errors.js';
import { checkArguments } from '../core/operation/declared.js';
import { env } from '../core/config/env.js';
import { readYamlFile } from '../core/config/yaml-file.js';
import { SETTINGS } from './arguments.js';
import type { SccCredentials, SccSettings } from './types.js';

const VARIABLES = {
  httpAuthUser: 'SCC_HTTP_AUTH_USER',
  httpAuthPassword: 'SCC_HTTP_AUTH_PASSWORD',
  username: 'SCC_USERNAME',
  password: 'SCC_PASSWORD',
} as const;
const KEYS = ['httpAuthUser', 'httpAuthPassword', 'username', 'password'] as const;

/**
 * The two logins: what the caller gives, and of the environment what is not given.
 *
 * @throws {@link ConfigError} that names what is missing, as option and as environment variable.
 */
export function resolveCredentials(given: SccCredentials | undefined): SccCredentials {
  const found = new Map<keyof SccCredentials, string>();
  const missing: string[] = [];
  for (const key of KEYS) {
    const value: unknown = given?.[key] ?? env(VARIABLES[key]);
    if (typeof value === 'string' && value !== '') found.set(key, value);
    else missing.push(`credentials.${key} (or ${VARIABLES[key]})`);
  }
  if (missing.length > 0) throw configError(`the SCC needs two logins; missing: ${missing.join(', ')}`);
  const pick = (key: keyof SccCredentials): string => found.get(key) ?? '';
  if (pick('httpAuthUser').includes(':'))
    throw configError('credentials.httpAuthUser must not contain a colon (RFC 7617)');
  return {
    httpAuthUser: pick('httpAuthUser'),
    httpAuthPassword: pick('httpAuthPassword'),
    username: pick('username'),
    password: pick('password'),
  };
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
  return new ConfigError(message, { centre: 'scc', operation: 'scc.settings' });
}
