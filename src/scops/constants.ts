import type { ScopsInterpolation, ScopsMask, ScopsSensor } from './types.js';

/** The words of the mask boxes with the letters that the server stores (protocol notes 5.3). */
export const MASK_LETTERS = {
  underflows: 'u',
  overflows: 'o',
  'uncorrected-smear': 'm',
  'dropped-scans': 'n',
  'corrupt-raw-data': 'r',
  'quality-control-failures': 'q',
  'method-a': 'a',
  'method-b': 'b',
  'method-c': 'c',
  'method-d': 'd',
  'method-e': 'e',
  'method-f': 'f',
} as const satisfies Partial<Record<ScopsMask, string>>;

/** What `all` stands for in a config file. */
export const ALL_MASKS = 'uomnrqabcdef';

export const INTERPOLATIONS: readonly ScopsInterpolation[] = ['nearest', 'bilinear', 'cubic'];

const SENSORS: Readonly<Record<string, ScopsSensor>> = { f: 'fenix', e: 'eagle', h: 'hawk', o: 'owl' };

/** The instrument of a line, by the first letter of its name. */
export function sensorOf(line: string): ScopsSensor {
  return SENSORS[line.charAt(0)] ?? 'unknown';
}

/** What the server strips from both ends of a field name to get the line's name: these letters, not the suffix. */
const STRIPPED = /^[_linechk]+|[_linechk]+$/gu;

/**
 * Whether the server gets the line's name right. It strips the characters of `_line_check`, not the suffix, so names that
 * begin or end with one of these letters (all of Eagle and Hawk) fail with 400 (protocol notes 5.7, observed).
 */
export function isOrderable(line: string): boolean {
  return `${line}_line_check`.replace(STRIPPED, '') === line;
}

/** The last part of a product archive's name; the product's name runs straight into it. */
export const PRODUCT_SUFFIX = '3b_mapped.bil';
