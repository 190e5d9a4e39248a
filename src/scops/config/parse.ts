import type { ScopsConfig } from './types.js';

type Values = Map<string, string[]>;

const SECTION = /^\[([^\]]+)\]/u;
const OPTION = /^([^:=\s][^:=]*)\s*[:=]\s*([^\n]*)$/u;
const DEFAULT = 'DEFAULT';

/**
 * Reads a `.cfg` file as Python 2.7's `SafeConfigParser` does: lower-case keys, `=` or `:`, later
 * values win, continuation lines, comments, `""` for nothing, `%(key)s` filled in.
 *
 * @param text - The whole file.
 * @throws `TypeError` naming the line that Python could not read either.
 * @example
 * ```ts
 * import { parseScopsConfig } from '@lab/sdc/scops';
 *
 * const config = parseScopsConfig('[DEFAULT]\nyear = 2014\n\n[f21701]\nband_range = 1-20\n\n');
 * console.log(config.defaults.year, Object.keys(config.lines));
 * ```
 */
export function parseScopsConfig(text: string): ScopsConfig {
  if (typeof text !== 'string') throw new TypeError('scops.parseScopsConfig: text must be a string');
  const { defaults, sections } = read(text.replace(/^\ufeff/u, ''));
  const base = joined(defaults);
  const lines = [...sections].map(([name, values]): [string, Record<string, string>] => {
    const own = joined(values);
    return [name, resolved(own, new Map([...base, ...own]))];
  });
  return { defaults: resolved(base, base), lines: Object.fromEntries(lines) };
}

function read(text: string): { defaults: Values; sections: Map<string, Values> } {
  const defaults: Values = new Map();
  const sections = new Map<string, Values>();
  let section: Values | undefined;
  let value: string[] | undefined;
  for (const [at, line] of text.split('\n').entries()) {
    if (isComment(line)) continue;
    if (isSpace(line[0]) && section !== undefined && value !== undefined) {
      value.push(strip(line));
      continue;
    }
    const header = SECTION.exec(line)?.[1];
    if (header !== undefined) {
      section = header === DEFAULT ? defaults : (sections.get(header) ?? new Map<string, string[]>());
      if (header !== DEFAULT) sections.set(header, section);
      value = undefined;
      continue;
    }
    if (section === undefined) throw misfit(at, 'comes before the first section');
    const option = OPTION.exec(line.replace(/[\r\v\f]+$/u, ''));
    if (option === null) throw misfit(at, 'is not "key = value"');
    value = [valueOf(option[2] ?? '')];
    section.set(strip(option[1] ?? '').toLowerCase(), value);
  }
  return { defaults, sections };
}

function isComment(line: string): boolean {
  return strip(line) === '' || line.startsWith('#') || line.startsWith(';') || /^rem(?:[ \t\r\v\f]|$)/iu.test(line);
}

/** The first `;` ends a value where white space precedes it. */
function valueOf(text: string): string {
  const at = text.indexOf(';');
  const before = at === 0 ? text.at(-1) : text[at - 1];
  const value = strip(at >= 0 && isSpace(before) ? text.slice(0, at) : text);
  return value === '""' ? '' : value;
}

function joined(values: Values): Map<string, string> {
  return new Map([...values].map(([key, lines]) => [key, lines.join('\n')]));
}

function resolved(own: ReadonlyMap<string, string>, scope: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...own].map(([key, value]) => [key, interpolate(key, value, scope)]));
}

function misfit(at: number, what: string): TypeError {
  return new TypeError(`scops.parseScopsConfig: line ${at + 1} ${what}; Python's reader would refuse the file`);
}

const MAX_DEPTH = 10;
const REFERENCE = /%(?:%|\(([^)]*)\)s|[\s\S]?)/gu;

/**
 * Fills in `%(key)s` and `%%` as Python's `SafeConfigParser` does.
 *
 * @throws `TypeError` for an unknown key, any other `%`, and references in a circle.
 */
function interpolate(key: string, value: string, scope: ReadonlyMap<string, string>, depth = 1): string {
  if (!value.includes('%')) return value;
  if (depth > MAX_DEPTH) throw refused(key, 'refers to itself');
  return value.replace(REFERENCE, (found: string, name: string | undefined) => {
    if (found === '%%') return '%';
    if (name === undefined) throw refused(key, `has a bare ${JSON.stringify(found)}; write %% for a percent sign`);
    const other = scope.get(name.toLowerCase());
    if (other === undefined) throw refused(key, `refers to ${JSON.stringify(name)}, which is not there`);
    return interpolate(key, other, scope, depth + 1);
  });
}

function refused(key: string, what: string): TypeError {
  return new TypeError(`scops.parseScopsConfig: the value of ${key} ${what}`);
}

const TRUE = new Set(['1', 'yes', 'true', 'on']);
const FALSE = new Set(['0', 'no', 'false', 'off']);

/** A boolean as Python's `getboolean` reads it; `undefined` for anything that it refuses, an absent value included. */
export function readBoolean(text: string | undefined): boolean | undefined {
  const word = text?.toLowerCase();
  if (word === undefined) return undefined;
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : undefined;
}

/** White space as Python's `str.strip` knows it. */
const EDGES = /^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/gu;

export function strip(text: string): string {
  return text.replace(EDGES, '');
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && character !== '' && ' \t\n\r\v\f'.includes(character);
}
