import { defined } from '../../core/util/defined.js';
import { ConfigError } from '../../errors.js';
import { env } from '../../core/config/env.js';
import { CENTRE, VARIABLES } from '../centre.js';
import type { SccCredentials, SccSettings } from '../types.js';
import { readYamlFile } from '../../core/config/yaml-file.js';
import { Arguments } from '../../core/operation/arguments.js';
import { checkArguments } from '../../core/operation/fields.js';
import { SETTINGS } from '../arguments.js';

/**
 * The two logins: what the caller gives, and of the environment what is not given.
 *
 * @throws {@link ConfigError} that names what is missing, as option and as environment variable.
 */
export function resolveCredentials(given: SccCredentials | undefined): SccCredentials {
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

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function configError(message: string): ConfigError {
  return new ConfigError(message, { centre: CENTRE, operation: 'scc.settings' });
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
  checkArguments(new Arguments('scc.loadSccSettings'), SETTINGS, { path });
  const { file, data, exposed } = await readYamlFile(path ?? '~/.scc_access.yaml', (message) => configError(message));
  if (exposed) warnExposed(file);
  const site = pairOf(data.basic_credentials);
  const account = pairOf(data.website_credentials);
  if (site === undefined || account === undefined) {
    throw configError(
      `${file} lacks ${site === undefined ? 'basic_credentials' : 'website_credentials'}: [user, password]`,
    );
  }
  return defined({
    credentials: { httpAuthUser: site[0], httpAuthPassword: site[1], username: account[0], password: account[1] },
    outputDir: textOf(data.output_dir),
    baseUrl: textOf(data.base_url),
  });
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
