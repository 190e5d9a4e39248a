import { PythonError } from './error.js';

/** A configuration file as Python's ConfigParser holds it: `[DEFAULT]` shows through in every section. */
export interface ConfigFile {
  readonly defaults: Map<string, string>;
  readonly sections: Map<string, Map<string, string>>;
}

/** A configuration without any key. */
export function emptyConfig(): ConfigFile {
  return { defaults: new Map(), sections: new Map() };
}

/** Reads a file the way ConfigParser of Python 2.7 does. */
export function readConfig(text: string): ConfigFile {
  const config = emptyConfig();
  let section: Map<string, string> | undefined;
  let option: string | undefined;
  for (const line of text.split('\n')) {
    if (isComment(line)) continue;
    if (/^\s/.test(line) && section !== undefined && option !== undefined) {
      section.set(option, `${section.get(option) ?? ''}\n${line.trim()}`);
      continue;
    }
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      section = header === 'DEFAULT' ? config.defaults : (config.sections.get(header) ?? new Map<string, string>());
      if (header !== 'DEFAULT') config.sections.set(header, section);
      option = undefined;
      continue;
    }
    if (section === undefined) throw new PythonError(`MissingSectionHeaderError: ${line}`);
    const [, key, value] = /^([^:=\s][^:=]*)\s*[:=]\s*(.*)$/s.exec(line) ?? [];
    if (key === undefined || value === undefined) throw new PythonError(`ParsingError: ${line}`);
    option = key.trimEnd().toLowerCase();
    section.set(option, cleanValue(value));
  }
  return config;
}

function isComment(line: string): boolean {
  return line.trim() === '' || /^[#;]/.test(line) || /^rem(?:\s|$)/i.test(line);
}

/** Cuts a comment (the first semicolon, if white space stands before it) and reads `""` as empty. */
function cleanValue(value: string): string {
  const semicolon = value.indexOf(';');
  const cut = semicolon > 0 && /\s/.test(value.charAt(semicolon - 1)) ? value.slice(0, semicolon) : value;
  const trimmed = cut.trim();
  return trimmed === '""' ? '' : trimmed;
}

/** Writes the file: `key = value`, a blank line after each section, line ends inside a value followed by a tab. */
export function writeConfig(config: ConfigFile): string {
  const parts = [...config.sections].map(([name, keys]) => writeSection(name, keys));
  if (config.defaults.size > 0) parts.unshift(writeSection('DEFAULT', config.defaults));
  return parts.join('');
}

function writeSection(name: string, keys: Map<string, string>): string {
  const lines = [...keys].map(([key, value]) => `${key} = ${value.replaceAll('\n', '\n\t')}\n`);
  return `[${name}]\n${lines.join('')}\n`;
}
