import type { Attribute } from '../types.js';
import { parseMapInfo } from './map-info.js';
import type { HeaderFields, HeaderValue } from './parse-header.js';

/** Fields that are text even where they look like numbers. */
const TEXTS = new Set([
  'band names',
  'class names',
  'spectra names',
  'description',
  'acquisition date',
  'acquisition time',
]);
/** Fields with one entry for each band. */
export const OF_BANDS = ['wavelength', 'fwhm', 'bbl', 'band names'];
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[ed][+-]?\d+)?$/iu;

/** All fields of a header: numbers where they are numbers, lists as arrays, `map info` by the names of its items. */
export function attributesOf(fields: HeaderFields): Record<string, Attribute> {
  return Object.fromEntries([...fields].map(([key, value]) => [key, attributeOf(key, value)]));
}

function attributeOf(key: string, value: HeaderValue): Attribute {
  if (key === 'map info' && typeof value !== 'string') {
    const info = parseMapInfo(value);
    if (info !== undefined) return { ...info };
  }
  if (OF_BANDS.includes(key) && typeof value === 'string') return attributeOf(key, [value]);
  if (TEXTS.has(key)) return value;
  if (typeof value === 'string') return numberOf(value) ?? value;
  const numbers = value.map(numberOf).filter((number) => number !== undefined);
  return numbers.length === value.length ? numbers : value;
}

/** `undefined` for what is not a number, or is not one exactly. */
export function numberOf(text: string): number | undefined {
  if (/^[+-]?nan$/iu.test(text)) return Number.NaN;
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text.replace(/d/iu, 'e'));
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value) || /[.e]/iu.test(text))
    ? value
    : undefined;
}
