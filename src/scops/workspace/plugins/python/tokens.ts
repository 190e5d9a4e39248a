import { PythonError } from './python-error.js';

/** A piece of Python source; `newline`, `indent` and `dedent` give the logical lines and their blocks. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'newline' | 'indent' | 'dedent' | 'end';
  readonly text: string;
  readonly line: number;
}

const TAB = 8;
const PREFIX = /(?:[uUbB]?[rR]|[uUbB])?(?='|")/uy;
const PIECE =
  /([A-Za-z_]\w*)|(0[xX][\da-fA-F]+[lL]?|0[oO][0-7]+[lL]?|0[bB][01]+[lL]?|(?:(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)[jJ]?|\d+[jJ]|(?:[1-9]\d*|0[0-7]*)[lL]?(?!\d))|(\*\*=?|\/\/=?|>>=?|<<=?|[-+*/%&|^<>=!]=|<>|[-+*/%&|^~<>=()[\]{},:.`;@])/uy;
const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

/**
 * Cuts Python 2.7 source into tokens.
 *
 * @param source - Lines end in `\n` only.
 * @throws {@link PythonError} where Python's own tokenizer stops.
 */
export function tokensOf(source: string): Token[] {
  return new Tokenizer(source).read();
}

class Tokenizer {
  readonly #tokens: Token[] = [];
  readonly #indents = [0];
  readonly #source: string;
  #at = 0;
  #line = 1;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): Token[] {
    let fresh = true;
    while (this.#at < this.#source.length) {
      if (fresh) this.#startLine();
      fresh = this.#piece();
    }
    if (this.#depth > 0) throw new PythonError(this.#line, 'a bracket is not closed');
    const last = this.#tokens.at(-1)?.kind;
    if (last !== undefined && last !== 'newline') this.#add('newline', '');
    for (let open = this.#indents.length; open > 1; open -= 1) this.#add('dedent', '');
    this.#add('end', '');
    return this.#tokens;
  }

  /** The indentation of a logical line; lines of blanks and comments have none. */
  #startLine(): void {
    let column = 0;
    let at = this.#at;
    for (; at < this.#source.length; at += 1) {
      const letter = this.#source[at];
      if (letter === ' ') column += 1;
      else if (letter === '\t') column = (Math.floor(column / TAB) + 1) * TAB;
      else if (letter === '\f') column = 0;
      else break;
    }
    this.#at = at;
    const next = this.#source[at];
    if (next !== undefined && next !== '\n' && next !== '#') this.#indentTo(column);
  }

  #indentTo(column: number): void {
    const current = (): number => this.#indents.at(-1) ?? 0;
    if (column > current()) {
      this.#indents.push(column);
      this.#add('indent', '');
    }
    while (column < current()) {
      this.#indents.pop();
      this.#add('dedent', '');
    }
    if (column !== current()) throw new PythonError(this.#line, 'its indentation does not match any enclosing block');
  }

  /** Reads one piece; `true` where the next one begins a logical line. */
  #piece(): boolean {
    const letter = this.#source[this.#at] ?? '';
    if (letter === '\n') return this.#endLine();
    if (letter === ' ' || letter === '\t' || letter === '\f') this.#at += 1;
    else if (letter === '#') this.#at = this.#lineEnd();
    else if (letter === '\\') this.#continueLine();
    else if (!this.#string()) this.#word();
    return false;
  }

  #endLine(): boolean {
    const last = this.#tokens.at(-1)?.kind ?? 'newline';
    const ends = this.#depth === 0;
    if (ends && last !== 'newline' && last !== 'indent' && last !== 'dedent') this.#add('newline', '');
    this.#at += 1;
    this.#line += 1;
    return ends;
  }

  #continueLine(): void {
    if (this.#source[this.#at + 1] !== '\n')
      throw new PythonError(this.#line, 'a backslash must be the last letter of its line');
    this.#at += 2;
    this.#line += 1;
  }

  #lineEnd(): number {
    const end = this.#source.indexOf('\n', this.#at);
    return end === -1 ? this.#source.length : end;
  }

  #string(): boolean {
    PREFIX.lastIndex = this.#at;
    const prefix = PREFIX.exec(this.#source)?.[0];
    if (prefix === undefined) return false;
    const text = readString(this.#source, this.#at, prefix, this.#line);
    this.#add('string', text);
    this.#at += text.length;
    this.#line += text.split('\n').length - 1;
    return true;
  }

  #word(): void {
    PIECE.lastIndex = this.#at;
    const match = PIECE.exec(this.#source);
    if (match === null) {
      const letter = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
      throw new PythonError(this.#line, `Python 2.7 cannot read ${JSON.stringify(letter)} here`);
    }
    const [text, name, number] = match;
    if (OPENING.has(text)) this.#depth += 1;
    if (CLOSING.has(text)) this.#depth = Math.max(0, this.#depth - 1);
    this.#add(name !== undefined ? 'name' : number !== undefined ? 'number' : 'operator', text);
    this.#at += text.length;
  }

  #add(kind: Token['kind'], text: string): void {
    this.#tokens.push({ kind, text, line: this.#line });
  }
}

const ESCAPE = /\\(?:x[\da-fA-F]{0,2}|u[\da-fA-F]{0,4}|U[\da-fA-F]{0,8}|N\{[^}\\]+\}|[\s\S])/gu;

/**
 * The string literal that begins at `at`, with its prefix and quotes.
 *
 * @throws {@link PythonError} where it does not end.
 */
function readString(source: string, at: number, prefix: string, line: number): string {
  const start = at + prefix.length;
  const quote = source[start] ?? '';
  const triple = source.startsWith(quote.repeat(3), start);
  const mark = triple ? quote.repeat(3) : quote;
  for (let end = start + mark.length; end < source.length; end += 1) {
    if (source[end] === '\\') end += 1;
    else if (source[end] === '\n' && !triple) break;
    else if (source.startsWith(mark, end)) {
      const text = source.slice(at, end + mark.length);
      requireEscapes(text.slice(prefix.length), prefix.toLowerCase(), line);
      return text;
    }
  }
  throw new PythonError(line, 'a string is not closed');
}

/** Escapes that the compiler refuses: `'C:\xdata'`, `u'C:\users'`. */
function requireEscapes(text: string, prefix: string, line: number): void {
  const unicode = prefix.includes('u');
  if (prefix.includes('r') && !unicode) return;
  const raw = prefix.includes('r');
  for (const [escape] of text.matchAll(ESCAPE)) {
    const letter = escape[1] ?? '';
    const wrong =
      (letter === 'x' && !raw && escape.length < 4) ||
      (unicode && letter === 'u' && escape.length < 6) ||
      (unicode && letter === 'U' && escape.length < 10) ||
      (unicode && !raw && letter === 'N' && escape.length < 4);
    if (wrong) throw new PythonError(line, `the escape ${escape} of a string is not complete`);
  }
}
