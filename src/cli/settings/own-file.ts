import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { readYamlFile } from '../../core/config/yaml-file.js';
import { exists } from '../../core/files/stat-file.js';
import { writeAtomic } from '../../core/files/write-atomic.js';
import { UsageError } from '../command/usage-error.js';
import { SETTINGS, type SettingKey } from './known.js';

/** What a settings file holds. */
export type Values = ReadonlyMap<SettingKey, string>;

/** Where the own settings file is: `~/.config/sdc/settings.yaml`, or below `XDG_CONFIG_HOME`, or the system's own place. */
export function ownFilePath(): string {
  return join(envPaths('sdc', { suffix: '' }).config, 'settings.yaml');
}

/** Reads the own file; a missing one holds nothing. `exposed`: others can read the passwords in it. */
export async function readOwnFile(
  path = ownFilePath(),
): Promise<{ readonly values: Values; readonly exposed: boolean }> {
  const values = new Map<SettingKey, string>();
  if (!(await exists(path))) return { values, exposed: false };
  const { data, exposed } = await readYamlFile(path, (message) => new UsageError(message));
  for (const { key } of SETTINGS) {
    const [group = '', name = ''] = key.split('.');
    const section: unknown = data[group];
    if (typeof section !== 'object' || section === null) continue;
    const value: unknown = Object.entries(section).find(([entry]) => entry === name)?.[1];
    if (typeof value === 'string' || typeof value === 'number') values.set(key, String(value));
  }
  return { values, exposed };
}

/** Changes settings in the own file, readable for its owner only; an empty text removes one. Returns where it is. */
export async function changeOwnFile(changes: ReadonlyMap<SettingKey, string>, path = ownFilePath()): Promise<string> {
  const { values } = await readOwnFile(path);
  const merged = new Map([...values, ...changes]);
  const sections: Record<string, Record<string, string>> = {};
  for (const { key } of SETTINGS) {
    const value = merged.get(key) ?? '';
    const [group = '', name = ''] = key.split('.');
    if (value !== '') (sections[group] ??= {})[name] = value;
  }
  const { stringify } = await import('yaml');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeAtomic(path, `# Settings of sdc. It may hold passwords: keep it to yourself.\n${stringify(sections)}`, {
    mode: 0o600,
  });
  await chmod(path, 0o600);
  return path;
}
