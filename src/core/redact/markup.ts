/** A character as a reader sees it, and its position in the text. */
interface Seen {
  readonly shown: string;
  readonly start: number;
  readonly end: number;
}

/** What is hidden of a text: from `start` up to `end`. */
export interface Hidden {
  readonly start: number;
  readonly end: number;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TOKENS =
  /<[^<>]*>|&(?:#\d+|#x[0-9a-f]+|amp|lt|gt|quot|apos|nbsp);?|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|%(?:25)*[0-9a-f]{2}|\s+|./giu;
/** Shorter ones would be found in ordinary text, once its blanks are left out. */
const MIN_CHARACTERS = 6;

/**
 * Where a text shows secrets to a reader of the page: letters separated by tags or blanks, or written as entities, escapes or
 * percent signs, in any mixture.
 */
export function secretsAcrossMarkup(text: string, secrets: Iterable<string>): Hidden[] {
  const wanted = [...secrets].map(withoutBlanks).filter((secret) => secret.length >= MIN_CHARACTERS);
  if (wanted.length === 0) return [];
  const seen = readable(text);
  const all = seen.map(({ shown }) => shown).join('');
  const hidden: Hidden[] = [];
  for (const secret of wanted) {
    for (let at = all.indexOf(secret); at !== -1; at = all.indexOf(secret, at + 1)) {
      const first = seen[at];
      const last = seen[at + secret.length - 1];
      if (first !== undefined && last !== undefined) hidden.push({ start: first.start, end: last.end });
    }
  }
  return hidden;
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/gu, '');
}

/** One entry for each UTF-16 unit that is seen. */
function readable(text: string): Seen[] {
  const seen: Seen[] = [];
  for (const { 0: token, index: start } of text.matchAll(TOKENS)) {
    const end = start + token.length;
    for (const unit of shownOf(token).split('')) seen.push({ shown: unit, start, end });
  }
  return seen;
}

/** What a reader sees of a token: nothing of tags and blanks. */
function shownOf(token: string): string {
  if (token.length === 1) return token.trim();
  switch (token[0]) {
    case '<':
      return '';
    case '&': {
      const name = token.replace(/[&;]/gu, '').toLowerCase();
      if (!name.startsWith('#')) return NAMED[name] ?? '';
      return character(name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
    }
    case '%':
    case '\\':
      return character(Number.parseInt(token.replace(/^(?:\\[xu]|%(?:25)*)/iu, ''), 16));
    default:
      return withoutBlanks(token);
  }
}

function character(code: number): string {
  return code > 0x10_ff_ff || Number.isNaN(code) ? '' : withoutBlanks(String.fromCodePoint(code));
}
