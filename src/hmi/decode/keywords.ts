import type { HmiKeywords } from '../types.js';
import { columnsOf, wholeNumber } from './columns.js';

/** Keywords that are numbers or texts, by their names in lower case; a mask in hexadecimal is a number, empty ones are left out. */
export function decodeKeywords(value: object): HmiKeywords {
  const keywords: HmiKeywords = {};
  for (const [name, one] of columnsOf(value)) {
    // Names come from the service, and this one would be lost in an object.
    if (name === '__proto__') continue;
    if (typeof one === 'string') keywords[name] = /^\s*0x[\da-f]+\s*$/iu.test(one) ? (wholeNumber(one) ?? one) : one;
    else if (typeof one === 'number' && Number.isFinite(one)) keywords[name] = one;
    else if (typeof one === 'boolean') keywords[name] = one ? 1 : 0;
  }
  return keywords;
}
