const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Finds a secret in any encoding: plain, percent, form, HTML, JSON, mixtures of these, and base64. A page shows a run of
 * white space as one blank, and none at the ends.
 */
export function encodingsOf(secret: string): RegExp {
  const { length } = secret.trim();
  const plain = (secret.match(/\s+|\S+/gu) ?? []).map((piece, at, pieces) => {
    const exact = Array.from(piece, characterPattern).join('');
    if (piece.trim() !== '') return exact;
    // One way only to match a run: with two, a text that ends like no secret is tried in two ways for each of its words, over and over.
    if (at > 0 && at < pieces.length - 1) return `(?:${exact}(?!\\s)|(?!${exact}(?!\\s))\\s+)`;
    return length >= 3 ? `(?:${exact})?` : exact;
  });
  return new RegExp([plain.join(''), ...base64Texts(secret).map(base64Pattern)].join('|'), 'gu');
}

function characterPattern(character: string): string {
  if (/^[A-Za-z0-9_]$/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const encodings = [`\\u{${code.toString(16)}}`, percent(character), escapedUnits(character), `&#0*${code};?`];
  encodings.push(`&#[xX]0*${eitherCase(code.toString(16))};?`);
  if (code > 0x7f) encodings.push(...misread(character), ...escapedCode(code), '&[A-Za-z][A-Za-z0-9]{1,30};');
  const named = NAMED[character];
  if (named !== undefined) encodings.push(named);
  const json = JSON.stringify(character).slice(1, -1);
  if (json !== character) encodings.push(literal(json));
  if (character === ' ') encodings.push('\\+');
  if (character === '/') encodings.push('\\\\\\/');
  return `(?:${encodings.join('|')})`;
}

function percent(character: string): string {
  return [...Buffer.from(character, 'utf8')].map((byte) => `%(?:25)*${hexPair(byte)}`).join('');
}

/** JSON, escaped once or more often. */
function escapedUnits(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at).toString(16).padStart(4, '0');
    return `\\\\+u${eitherCase(unit)}`;
  }).join('');
}

/** As Python shows a text (`\\xe4`, `\\U0001f511`) and its bytes (`\\xc3\\xa4`), and Latin-1 in an address (`%E4`). */
function escapedCode(code: number): string[] {
  const bytes = [...Buffer.from(String.fromCodePoint(code), 'utf8')].map((byte) => `\\\\+x${hexPair(byte)}`).join('');
  if (code > 0xff) return [bytes, `\\\\+U${eitherCase(code.toString(16).padStart(8, '0'))}`];
  return [bytes, `\\\\+x${hexPair(code)}`, `%(?:25)*${hexPair(code)}`];
}

/** UTF-8 that was read as Latin-1 or Windows-1252, and what is left of Latin-1 that was read as UTF-8. */
function misread(character: string): string[] {
  const bytes = Buffer.from(character, 'utf8');
  const latin1 = bytes.toString('latin1');
  const windows = new TextDecoder('windows-1252').decode(bytes);
  return [literal(latin1), literal(windows), '\\u{fffd}+'];
}

function hexPair(byte: number): string {
  return eitherCase(byte.toString(16).padStart(2, '0'));
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
function base64Texts(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const alone = bytes.toString('base64').replace(/=+$/u, '');
  const within = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
  return [alone, ...within.filter((core) => core.length >= 8)];
}

function base64Pattern(text: string): string {
  return Array.from(text, (character) => BASE64[character] ?? character).join('');
}

/** Characters that stand for themselves in every encoding but base64. */
const PLAIN = /[A-Za-z0-9_]+/gu;

/**
 * Of each way in which {@link encodingsOf} finds a secret, a text of `length` characters that is always in it; `undefined` where one has
 * none. A text that holds none of them need not be searched.
 */
export function needlesOf(secret: string, length: number): string[] | undefined {
  const needles: string[] = [];
  for (const way of [secret, ...base64Texts(secret)]) {
    const run = (way.match(PLAIN) ?? []).find((plain) => plain.length >= length);
    if (run === undefined) return undefined;
    needles.push(run.slice(0, length));
  }
  return needles;
}

const BASE64: Readonly<Record<string, string>> = {
  '+': '(?:[+\\-]|%2[bB])',
  '/': '(?:[\\/_]|%2[fF]|\\\\\\/)',
};
