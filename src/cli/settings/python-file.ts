import { readYamlFile } from '../../core/config/yaml-file.js';
import { exists } from '../../core/files/stat-file.js';
import { toPath } from '../../core/files/paths.js';
import { UsageError } from '../command/usage-error.js';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SETTINGS, type Setting, type SettingKey } from './known.js';
import type { Values } from './own-file.js';

/** Reads the settings file of the Python tool `scc_access`, as that wrote it. Only one that was named must be there. */
export async function readPythonFile(
  named: string | undefined,
): Promise<{ readonly values: Values; readonly exposed: string | undefined }> {
  const values = new Map<SettingKey, string>();
  const path = named === undefined ? join(homedir(), '.scc_access.yaml') : toPath(named, '--config');
  if (named === undefined && !(await exists(path))) return { values, exposed: undefined };
  const { file, data, exposed } = await readYamlFile(path, (message) => new UsageError(message));
  for (const setting of SETTINGS) {
    const { key, yaml }: Setting & { readonly key: SettingKey } = setting;
    if (yaml === undefined) continue;
    const [name, at] = yaml;
    const held: unknown = data[name];
    const value: unknown = at === undefined ? held : Array.isArray(held) ? held[at] : undefined;
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') values.set(key, String(value));
  }
  const hasPasswords = values.has('scc.password') || values.has('scc.http_auth_password');
  return { values, exposed: exposed && hasPasswords ? file : undefined };
}
