import type { Source } from './source.js';

const LONGEST = 100;

/** A text of a file as it can stand in a picture: one line, no control characters, no marks that turn the direction of writing. */
export function plainText(text: string): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cs}\p{Cn}\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/gu, ' ')
    .trim();
  const letters = Array.from(plain);
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : plain;
}

/** A name with its unit. */
export function labelOf(name: string, units: string | undefined): string {
  const [plain, unit] = [plainText(name), plainText(units ?? '')];
  return unit === '' ? plain : `${plain} (${unit})`;
}

/** What stands above a plot: what the user wants, else the name and the description. */
export function titleOf({ name, attributes }: Source, wanted: string | undefined): string {
  if (wanted !== undefined) return plainText(wanted);
  const words = ['CATDESC', 'long_name'].map((key) => attributes[key]).find((value) => typeof value === 'string');
  return plainText(typeof words === 'string' && words.trim() !== '' ? `${name}: ${words}` : name);
}
