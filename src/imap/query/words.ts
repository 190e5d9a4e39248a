import type { Arguments } from '../../core/operation/arguments.js';
import { editDistance } from '../../core/util/nearest-name.js';
import { isSdcError, PageNotAccessible } from '../../errors.js';
import { wordsOf, restated } from '../errors.js';

/** A word of a query that this version of the package does not know, and the server may. */
export interface UnknownWord {
  readonly name: string;
  readonly word: string;
}

/** Lists of words that grow on the server: a word that is missing here is sent all the same. */
export interface OpenWords {
  readonly name: string;
  readonly known: readonly string[];
}

/**
 * A word of an open vocabulary: a known one, or one that resembles none of them.
 *
 * @throws `TypeError` for a text that is not a word, and for a near miss of a known one, with the suggestion.
 */
export function requireWord(args: Arguments, value: unknown, { name, known }: OpenWords): string {
  if (typeof value === 'string' && known.includes(value)) return value;
  if (typeof value !== 'string' || !/^[\w.+-]+$/u.test(value)) {
    const given = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : `a value of type ${typeof value}`;
    const meant = typeof value === 'string' ? nearest(value, known) : undefined;
    const advice = meant === undefined ? `such as ${known.slice(0, 3).join(', ')}` : `did you mean ${meant}?`;
    throw args.invalid(`${name}: Not a valid ${wordsIn(name)}, ${advice} Got ${given}`);
  }
  const meant = nearest(value, known);
  if (meant === undefined) return value;
  throw args.invalid(
    `${name}: unknown ${wordsIn(name)} ${JSON.stringify(value)}; did you mean ${JSON.stringify(meant)}? Known are ${known.join(', ')}`,
  );
}

export function unknownAmong(
  words: readonly (readonly [name: string, word: string | undefined, known: readonly string[]])[],
): UnknownWord[] {
  return words.flatMap(([name, word, known]) => (word === undefined || known.includes(word) ? [] : [{ name, word }]));
}

/** The database refuses a word that it does not know with 500, which alone says nothing. */
export function explainUnknownWords(error: unknown, unknown: readonly UnknownWord[]): unknown {
  if (unknown.length === 0 || !(error instanceof PageNotAccessible) || !isSdcError(error, 'server')) return error;
  const { status = 500, url = error.pageUrl } = error;
  if (status !== 500 && status !== 502) return error;
  const words = unknown.map(({ name, word }) => `${name} ${JSON.stringify(word)}`).join(' and ');
  const message = `${wordsOf(error)}. This version of the package does not know ${words}, and the server may not either`;
  return new PageNotAccessible(message, { ...restated(error), status, url });
}

/** The known word that was most likely intended; a word with digits is a name of its own, unless only its writing differs. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const written = known.find((one) => folded(one) === folded(word));
  if (written !== undefined || /[0-9]/u.test(word)) return written;
  const lower = word.toLowerCase();
  return known.find((one) => !/[0-9]/u.test(one) && isNear(lower, one));
}

/** Letter case, blanks, dashes, doubled letters, and the characters that look alike. */
function folded(word: string): string {
  return word
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/gu, '')
    .replaceAll('l', '1')
    .replaceAll('o', '0')
    .replaceAll(/(.)\1+/gu, '$1');
}

/** One slip of the keyboard, two in long words; of short words, whose neighbours are words as well, two letters swapped. */
function isNear(word: string, known: string): boolean {
  if (known.length < 4) return word !== known && word.length === known.length && isSwap(word, known);
  const slips = known.length < 8 ? 1 : 2;
  return Math.abs(word.length - known.length) <= slips && editDistance(word, known) <= slips;
}

function isSwap(word: string, known: string): boolean {
  return Array.from(known).some(
    (letter, at) => known.slice(0, at) + known.charAt(at + 1) + letter + known.slice(at + 2) === word,
  );
}

/** The words in the name of a field: `data level`. */
export function wordsIn(name: string): string {
  return name.replace(/([A-Z])/gu, (letter) => ` ${letter.toLowerCase()}`);
}
