import { DataError } from '../data-error.js';
import type { ByteSource } from '../source/byte-source.js';
import type { Attribute } from '../types.js';
import { attributesOf, CARD_BYTES, cardsIn, type Card } from './cards.js';

/** A file is a row of blocks of this size. */
export const BLOCK_BYTES = 2880;
/** More than the largest headers in use, and little enough to look through. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The header of an HDU. */
export interface Header {
  readonly cards: readonly Card[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Where its first card lies. */
  readonly offset: number;
  /** Whole blocks. */
  readonly bytes: number;
  /** What is wrong in this header, to be thrown. */
  wrong(what: string): DataError;
  has(keyword: string): boolean;
  text(keyword: string): string | undefined;
  flag(keyword: string): boolean;
  /** A number, `undefined` where there is no such card or no value in it. */
  number(keyword: string): number | undefined;
  /** An integer that says how much of something there is, thus not negative. Without a default the card must be there. */
  size(keyword: string, otherwise?: number): number;
}

/** Reads a header, block by block to its END. */
export async function readHeader(source: ByteSource, offset: number): Promise<Header> {
  const blocks: string[] = [];
  for (let at = offset; at - offset < MOST_BYTES; at += BLOCK_BYTES) {
    const length = Math.min(BLOCK_BYTES, source.size - at);
    if (length < CARD_BYTES) break;
    const block = Buffer.from(await source.read(at, length)).toString('latin1');
    const end = endIn(block, source, at);
    blocks.push(block.slice(0, end));
    if (end !== undefined) return headerOf(source.path, offset, cardsIn(blocks.join('')), at + BLOCK_BYTES - offset);
  }
  throw new DataError('this header has no END', { path: source.path, offset });
}

/** Where the END card lies in a block. What has other than printable characters in a keyword is data, not a header. */
function endIn(block: string, source: ByteSource, at: number): number | undefined {
  for (let card = 0; card + CARD_BYTES <= block.length; card += CARD_BYTES) {
    const keyword = block.slice(card, card + 8);
    if (keyword === 'END     ') return card;
    if (!/^[ -~]{8}$/u.test(keyword))
      throw new DataError('a card of a header is expected here', { path: source.path, offset: at + card });
  }
  return undefined;
}

function headerOf(path: string | undefined, offset: number, cards: readonly Card[], bytes: number): Header {
  const attributes = attributesOf(cards);
  const wrong = (what: string): DataError => new DataError(what, { path, offset });
  const number = (keyword: string): number | undefined => {
    const value = attributes[keyword];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' && typeof value !== 'bigint')
      throw wrong(`${keyword} is ${JSON.stringify(value)}; it must be a number`);
    return Number(value);
  };
  return {
    cards,
    attributes,
    offset,
    bytes,
    wrong,
    number,
    has: (keyword) => Object.hasOwn(attributes, keyword),
    text: (keyword) => {
      const value = attributes[keyword];
      return typeof value === 'string' ? value : undefined;
    },
    flag: (keyword) => attributes[keyword] === true,
    size: (keyword, otherwise) => {
      const value = number(keyword) ?? otherwise;
      if (value === undefined) throw wrong(`${keyword} is missing`);
      if (!Number.isSafeInteger(value) || value < 0)
        throw wrong(`${keyword} is ${value}; it must be a non-negative integer`);
      return value;
    },
  };
}
