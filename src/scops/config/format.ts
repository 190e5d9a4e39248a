import { strip } from './parse.js';
import type { ScopsConfig } from './types.js';

/**
 * Writes a `.cfg` file as Python's `ConfigParser` does, byte for byte: `[DEFAULT]` first, `key = value`, a blank line after
 * each section, percent signs doubled, further lines of a value behind a tab.
 *
 * @param config - What to write.
 * @throws `TypeError` for whatever would not be read back as it is, or not by Python 2 and 3 alike: keys with capitals, `=`
 * or `:`, values with blanks at their ends, a blank before the first `;`, and everything but printable ASCII.
 * @example
 * ```ts
 * import { formatScopsConfig } from '@lab/sdc/scops';
 *
 * console.log(formatScopsConfig({ defaults: { year: '2014' }, lines: { f21701: { band_range: '1-20' } } }));
 * ```
 */
export function formatScopsConfig(config: ScopsConfig): string {
  const defaults = section('DEFAULT', config.defaults);
  const lines = Object.entries(config.lines).map(([name, values]) => section(requireSection(name), values));
  return (Object.keys(config.defaults).length === 0 ? '' : defaults) + lines.join('');
}

function section(name: string, values: Readonly<Record<string, string>>): string {
  const rows = Object.entries(values).map(([key, value]) => `${requireKey(key)} = ${written(key, value)}\n`);
  return `[${name}]\n${rows.join('')}\n`;
}

function requireSection(name: string): string {
  if (!/^[\x20-\x5c\x5e-\x7e]+$/u.test(name) || name.toUpperCase() === 'DEFAULT')
    throw refused(`line ${JSON.stringify(name)}`, 'must be printable ASCII without ] and not DEFAULT');
  return name;
}

const KEY = /^[!-9<>-@\\-~](?:[ -9<>-@[-~]*[!-9<>-@[-~])?$/u;

function requireKey(key: string): string {
  const fits = KEY.test(key) && !/[:=]/u.test(key) && !/^(?:[#;]|rem(?: |$))/iu.test(key) && key !== '__name__';
  if (!fits || key !== key.toLowerCase())
    throw refused(
      `key ${JSON.stringify(key)}`,
      'must be lower-case printable ASCII without = and :, and not begin like a comment or a section',
    );
  return key;
}

function written(key: string, value: string): string {
  const label = `value of ${key}`;
  if (typeof value !== 'string') throw refused(label, 'must be a string');
  if (/[^\x20-\x7e\n]/u.test(value))
    throw refused(label, 'must be printable ASCII: Python 2 fails on other characters');
  if (value === '""') throw refused(label, 'is "", which reads as nothing');
  const [first = '', ...further] = value.split('\n');
  if (first !== strip(first) || further.some((line) => line === '' || line !== strip(line)))
    throw refused(label, 'must not have spaces at the ends of lines, or empty lines');
  if (further.some((line) => /^[#;]/u.test(line))) throw refused(label, 'has a line that reads as a comment');
  if (/^[^;]* ;/u.test(first)) throw refused(label, 'has a space before its first ;, where Python 2 cuts it off');
  return value.replaceAll('%', '%%').replaceAll('\n', '\n\t');
}

function refused(label: string, what: string): TypeError {
  return new TypeError(`scops.formatScopsConfig: the ${label} ${what}`);
}
