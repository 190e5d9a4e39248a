import { readYamlFile } from '../../core/config/yaml-file.js';
import { checkArguments } from '../../core/operation/declared.js';
import { SETTINGS } from '../arguments.js';
import type { SccSettings } from '../types.js';
import { configError, textOf } from './credentials.js';

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
