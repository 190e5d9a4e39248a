import { env } from '../../core/config/env.js';
import type { Input } from '../command/input.js';
import { settingOf, type Setting, type SettingKey } from './known.js';
import { ownFilePath, readOwnFile, type Values } from './own-file.js';
import { readPythonFile } from './python-file.js';

/** Where a value comes from, in order of precedence. */
export type Source = 'option' | 'environment' | 'scc_access.yaml' | 'settings file';

/** A value that was found, and where. */
export interface Found {
  readonly value: string;
  readonly source: Source;
}

/** What is set, for one run of a command. */
export interface Settings {
  find(key: SettingKey): Found | undefined;
  get(key: SettingKey): string | undefined;
}

/** Where values are looked for. */
export interface Sources {
  readonly input: Input;
  /** Centre at hand: options such as `--base-url` belong to it. */
  readonly group: string;
  readonly python: Values;
  readonly own: Values;
  /** Variables of the environment. */
  readonly environment: (name: string) => string | undefined;
}

/** Options win over the environment, that over `~/.scc_access.yaml`, that over the own file. */
export function createSettings({ input, group, python, own, environment }: Sources): Settings {
  const find = (key: SettingKey): Found | undefined => {
    const setting: Setting | undefined = settingOf(key);
    const { option, variable } = setting ?? {};
    const given = option !== undefined && key.startsWith(`${group}.`) ? input.text(option) : undefined;
    const places: readonly (readonly [Source, string | undefined])[] = [
      ['option', given],
      ['environment', variable === undefined ? undefined : environment(variable)],
      ['scc_access.yaml', python.get(key)],
      ['settings file', own.get(key)],
    ];
    const place = places.find(([, value]) => value !== undefined && value !== '');
    return place?.[1] === undefined ? undefined : { source: place[0], value: place[1] };
  };
  return { find, get: (key) => find(key)?.value };
}

/** Reads the files and makes the settings. Warns of files with passwords that others can read. */
export async function loadSettings(input: Input, group: string, warn: (text: string) => void): Promise<Settings> {
  const [python, own] = await Promise.all([readPythonFile(input.text('config')), readOwnFile()]);
  const exposed = [...(python.exposed === undefined ? [] : [python.exposed]), ...(own.exposed ? [ownFilePath()] : [])];
  for (const file of exposed) warn(`${file} holds passwords and can be read by others; run: chmod 600 ${file}`);
  return createSettings({ input, group, python: python.values, own: own.values, environment: env });
}
