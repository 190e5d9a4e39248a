import type { HtmlNode } from '../../core/html/page.js';
import type { Band } from '../types.js';

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
