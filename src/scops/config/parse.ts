import { interpolate } from './interpolate.js';
import { isSpace, strip } from './python-text.js';
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
  if (typeof text !== 'string') throw new TypeError('scops.parseScopsConfig: text must be a text');
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
    if (section === undefined) throw misfit(at, 'stands before any section');
    const option = OPTION.exec(line.replace(/[\r\v\f]+$/u, ''));
    if (option === null) throw misfit(at, 'is no "key = value"');
    value = [valueOf(option[2] ?? '')];
    section.set(strip(option[1] ?? '').toLowerCase(), value);
  }
  return { defaults, sections };
}

function isComment(line: string): boolean {
  return strip(line) === '' || line.startsWith('#') || line.startsWith(';') || /^rem(?:[ \t\r\v\f]|$)/iu.test(line);
}

/** The first `;` ends a value where white space stands before it. */
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
