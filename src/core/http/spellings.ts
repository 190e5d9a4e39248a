const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Finds a secret however it is spelled: plain, percent, form, HTML, JSON, mixtures of these, and base64. A page shows a run of
 * white space as one blank, and none at the ends.
 */
export function spellingsOf(secret: string): RegExp {
  const { length } = secret.trim();
  const plain = (secret.match(/\s+|\S+/gu) ?? []).map((piece, at, pieces) => {
    const exact = Array.from(piece, characterPattern).join('');
    if (piece.trim() !== '') return exact;
    // One way only to match a run: with two, a text that ends like no secret is tried in two ways for each of its words, over and over.
    if (at > 0 && at < pieces.length - 1) return `(?:${exact}(?!\\s)|(?!${exact}(?!\\s))\\s+)`;
    return length >= 3 ? `(?:${exact})?` : exact;
  });
  return new RegExp([plain.join(''), ...base64Patterns(secret)].join('|'), 'gu');
}

function characterPattern(character: string): string {
  if (/^[A-Za-z0-9_]$/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const spellings = [`\\u{${code.toString(16)}}`, percent(character), jsonUnits(character), `&#0*${code};`];
  spellings.push(`&#[xX]0*${eitherCase(code.toString(16))};`);
  const named = NAMED[character];
  if (named !== undefined) spellings.push(named);
  const json = JSON.stringify(character).slice(1, -1);
  if (json !== character) spellings.push(literal(json));
  if (character === ' ') spellings.push('\\+');
  if (character === '/') spellings.push('\\\\\\/');
  return `(?:${spellings.join('|')})`;
}

function percent(character: string): string {
  return [...Buffer.from(character, 'utf8')]
    .map((byte) => `%${eitherCase(byte.toString(16).padStart(2, '0'))}`)
    .join('');
}

function jsonUnits(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at).toString(16).padStart(4, '0');
    return `\\\\u${eitherCase(unit)}`;
  }).join('');
}

function eitherCase(hex: string): string {
  return hex.replace(/[a-f]/gu, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function literal(text: string): string {
  return Array.from(text, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('');
}

/**
 * The secret in base64, alone and within a longer text such as `user:password`, where it starts at another bit;
 * then the characters that it shares with its neighbours are left out.
 */
function base64Patterns(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const alone = bytes.toString('base64').replace(/=+$/u, '');
  const within = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
  return [alone, ...within.filter((core) => core.length >= 8)].map((text) =>
    Array.from(text, (character) => BASE64[character] ?? character).join(''),
  );
}

const BASE64: Readonly<Record<string, string>> = {
  '+': '(?:[+\\-]|%2[bB])',
  '/': '(?:[\\/_]|%2[fF]|\\\\\\/)',
};
