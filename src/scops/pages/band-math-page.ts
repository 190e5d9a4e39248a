import type { HtmlNode } from '../../core/html/page.js';
import type { BandMathForm, Band } from '../types.js';
import { inputValue, missing, type ReadPage } from './read-page.js';

const EQUATION = 'equation_flag_';
const PLUGIN = 'plugin_flag_';

/** The order that a band-maths page is for; the proof that the order exists (protocol notes, section 6). */
export function sourceOf(page: HtmlNode): string | undefined {
  return inputValue(page, 'source');
}

export function readBandMathPage(read: ReadPage): BandMathForm {
  const { page } = read;
  const configName = sourceOf(page);
  if (configName === undefined) throw missing(read, 'input[name="source"]');
  const select = page.first('select#bandselector') ?? page.first('select');
  if (select === undefined) throw missing(read, 'select#bandselector');
  const inputs = page
    .all('input')
    .map((input) => ({ name: input.attr('name') ?? '', value: input.attr('value') ?? '' }));
  const flags = (prefix: string): [string, string][] =>
    inputs.filter(({ name }) => name.startsWith(prefix)).map(({ name, value }) => [name.slice(prefix.length), value]);
  const equations = flags(EQUATION);
  const plugins = flags(PLUGIN).map(([name]) => name);
  const lines = linesOf(
    inputs.map(({ name }) => name),
    equations.map(([name]) => name),
    plugins,
  );
  if (lines.length === 0) throw missing(read, 'a tick box <line>_<equation>');
  return { configName, lines, bands: bandsOf(select), equations: Object.fromEntries(equations), plugins };
}

/** The lines, by the names of the tick boxes: `<line>_<equation>`, `<line>__<plugin>`. */
function linesOf(names: readonly string[], equations: readonly string[], plugins: readonly string[]): string[] {
  const endings = [...plugins.map((name) => `__${name}`), ...equations.map((name) => `_${name}`)];
  const lines = names.flatMap((name) => {
    if (name.startsWith(EQUATION) || name.startsWith(PLUGIN)) return [];
    const ending = endings.find((one) => name.endsWith(one));
    return ending === undefined ? [] : [name.slice(0, -ending.length)];
  });
  return [...new Set(lines)].filter((line) => /^[A-Za-z0-9]+$/u.test(line));
}

const WAVELENGTH = /\(\s*(\d+(?:\.\d+)?)\s*nm\s*\)/iu;

/**
 * The bands that a select offers: value `12` (older sites: `band12`), text `12(690.5nm)`.
 */
export function bandsOf(select: HtmlNode): Band[] {
  return select.all('option').flatMap((option) => {
    const number = Number(/^\s*(?:band)?(\d+)/u.exec(option.attr('value') ?? option.text)?.[1]);
    if (!Number.isSafeInteger(number) || number < 1) return [];
    const wavelength = WAVELENGTH.exec(option.text)?.[1];
    return [wavelength === undefined ? { number } : { number, wavelengthNm: Number(wavelength) }];
  });
}
