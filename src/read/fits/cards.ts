import type { Attribute } from '../types.js';

/** Bytes of a card. */
export const CARD_BYTES = 80;

/** A card of a header, or several that hold one long text. */
export interface Card {
  readonly keyword: string;
  /** `null`: the card has no value. Of commentary the text. */
  readonly value: Attribute;
  /** Whether it is text about the file (COMMENT, HISTORY, a blank keyword), of which there may be many. */
  readonly isCommentary: boolean;
}

/** The cards in the text of a header, long texts joined. */
export function cardsIn(text: string): Card[] {
  const cards: Card[] = [];
  for (let at = 0; at < text.length; at += CARD_BYTES) {
    const card = text.slice(at, at + CARD_BYTES);
    const { keyword, field } = split(card);
    if (field === undefined) {
      cards.push({ keyword, value: card.slice(8).trimEnd(), isCommentary: true });
      continue;
    }
    const pieces = field.trimStart().startsWith("'") ? longText(field, text, at) : undefined;
    at += CARD_BYTES * ((pieces?.length ?? 1) - 1);
    cards.push({ keyword, value: pieces?.join('') ?? wordValue(field), isCommentary: false });
  }
  return cards;
}

/** The pieces of a text that goes on in CONTINUE cards, as long as each ends in `&`. */
function longText(field: string, text: string, at: number): string[] {
  const pieces = [quoted(field.trimStart())];
  for (let next = at + CARD_BYTES; next < text.length; next += CARD_BYTES) {
    const last = pieces.at(-1) ?? '';
    const more = text.slice(next + 8, next + CARD_BYTES).trimStart();
    if (!last.endsWith('&') || !text.startsWith('CONTINUE', next) || !more.startsWith("'")) break;
    pieces.splice(-1, 1, last.slice(0, -1), quoted(more));
  }
  // a lone text may end in `&`; behind CONTINUE cards it only says that writers thought of another one
  const [last = ''] = pieces.slice(-1);
  if (pieces.length > 1 && last.endsWith('&')) pieces.splice(-1, 1, last.slice(0, -1));
  return pieces;
}

/** The keyword of a card, and what is written behind its `=`. */
function split(card: string): { keyword: string; field?: string } {
  const keyword = card.slice(0, 8).trimEnd();
  if (['COMMENT', 'HISTORY', 'CONTINUE', ''].includes(keyword)) return { keyword };
  if (keyword === 'HIERARCH') {
    const sign = card.indexOf('=');
    return sign < 0 ? { keyword } : { keyword: card.slice(8, sign).trim(), field: card.slice(sign + 1) };
  }
  return card[8] === '=' ? { keyword, field: card.slice(9) } : { keyword };
}

/** A text in quotes, in which two quotes stand for one; spaces at its end mean nothing. */
function quoted(field: string): string {
  let [text, at] = ['', 1];
  for (;;) {
    const end = field.indexOf("'", at);
    if (end < 0) return (text + field.slice(at)).trimEnd();
    text += field.slice(at, end);
    if (field[end + 1] !== "'") return text.trimEnd();
    text += "'";
    at = end + 2;
  }
}

/** A value that is not in quotes; what follows a slash is a comment. */
function wordValue(field: string): Attribute {
  const word = (field.split('/', 1)[0] ?? '').trim();
  if (word === '') return null;
  if (word === 'T' || word === 'F') return word === 'T';
  const complex = /^\(([^,]*),([^,]*)\)$/u.exec(word);
  if (complex === null) return numberIn(word) ?? word;
  const parts = complex.slice(1).map((part) => numberIn(part.trim()));
  return parts.every((part) => part !== undefined) ? parts : word;
}

/** A number as FITS writes it, its exponent with `E` or `D`; integers beyond 2^53 exactly. */
function numberIn(word: string): number | bigint | undefined {
  if (/^[+-]?\d+$/u.test(word)) {
    const value = Number(word);
    return Number.isSafeInteger(value) ? value : BigInt(word.replace('+', ''));
  }
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[ED][+-]?\d+)?$/iu.test(word) ? Number(word.replace(/d/iu, 'e')) : undefined;
}

/** Cards by their keywords: of commentary all texts in their order, else the first card of its keyword. */
export function attributesOf(cards: readonly Card[]): Readonly<Record<string, Attribute>> {
  const texts = new Map<string, Attribute[]>();
  const found = new Map<string, Attribute>();
  for (const { keyword, value, isCommentary } of cards) {
    const list = texts.get(keyword);
    if (list !== undefined && isCommentary) list.push(value);
    if (found.has(keyword)) continue;
    const first = [value];
    if (isCommentary) texts.set(keyword, first);
    found.set(keyword, isCommentary ? first : value);
  }
  return Object.fromEntries(found);
}
