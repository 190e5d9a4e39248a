import type { ConfigFile } from './config-file.js';
import { PythonError } from './error.js';

const YES = ['1', 'yes', 'true', 'on'];
const NO = ['0', 'no', 'false', 'off'];

/** All keys that a section shows, those of `[DEFAULT]` first, each once. */
export function visibleKeys(config: ConfigFile, section: string): string[] {
  return [...new Set([...config.defaults.keys(), ...sectionOf(config, section).keys()])];
}

/** A value with `%(key)s` put in; raises where section, key or reference are missing. */
export function getValue(config: ConfigFile, section: string, key: string): string {
  return interpolate(config, section, rawValue(config, section, key), 0);
}

/** A value, or `undefined` where the key is missing. */
export function findValue(config: ConfigFile, section: string, key: string): string | undefined {
  return visibleKeys(config, section).includes(key) ? getValue(config, section, key) : undefined;
}

/** A truth value; anything but Python's eight words raises. */
export function getBoolean(config: ConfigFile, section: string, key: string): boolean {
  const word = getValue(config, section, key).toLowerCase();
  if (YES.includes(word)) return true;
  if (NO.includes(word)) return false;
  throw new PythonError(`ValueError: Not a boolean: ${word}`);
}

/** Stores a value; a percent sign that is neither `%%` nor `%(key)s` raises. */
export function setValue(config: ConfigFile, section: string, key: string, value: string): void {
  if (
    value
      .replaceAll('%%', '')
      .replace(/%\([^)]+\)s/g, '')
      .includes('%')
  ) {
    throw new PythonError(`ValueError: invalid interpolation syntax in ${value}`);
  }
  sectionOf(config, section).set(key.toLowerCase(), value);
}

function sectionOf(config: ConfigFile, section: string): Map<string, string> {
  if (section === 'DEFAULT') return config.defaults;
  const found = config.sections.get(section);
  if (found === undefined) throw new PythonError(`NoSectionError: ${section}`);
  return found;
}

function rawValue(config: ConfigFile, section: string, key: string): string {
  const value = sectionOf(config, section).get(key) ?? config.defaults.get(key);
  if (value === undefined) throw new PythonError(`NoOptionError: ${key} in ${section}`);
  return value;
}

function interpolate(config: ConfigFile, section: string, value: string, depth: number): string {
  if (depth > 10) throw new PythonError('InterpolationDepthError');
  return value.replace(/%(?:%|\(([^)]+)\)s)?/g, (match, name: string | undefined) => {
    if (match === '%%') return '%';
    if (name === undefined) throw new PythonError(`InterpolationSyntaxError: ${value}`);
    return interpolate(config, section, rawValue(config, section, name.toLowerCase()), depth + 1);
  });
}
