import { PythonError } from './python-error.js';
import type { Token } from './tokens.js';
import { KEYWORDS } from './words.js';

const DEEPEST = 90;
/** How many parts a chain such as `a.b().c[0]`, or one `elif` after the other, may have: the tree is as deep as it is long. */
const LONGEST = 1_000;

/** Where a parser stands among the tokens. */
export class Cursor {
  /** After `from __future__ import print_function`, `print` is a name. */
  printIsName = false;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #parts = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get token(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', line: 0 };
  }

  get line(): number {
    return this.token.line;
  }

  /** Whether the next token is one of these operators or keywords. */
  isAt(...texts: readonly string[]): boolean {
    const { kind, text } = this.token;
    return (kind === 'operator' || kind === 'name') && texts.includes(text);
  }

  /** Whether the next token is an augmented assignment, such as `+=`. */
  isAtAugmented(): boolean {
    const { kind, text } = this.token;
    return kind === 'operator' && text.length > 1 && text.endsWith('=') && !['==', '>=', '<=', '!='].includes(text);
  }

  isKind(kind: Token['kind']): boolean {
    return this.token.kind === kind;
  }

  next(): Token {
    const { token } = this;
    this.#at += 1;
    return token;
  }

  /** Takes an operator or keyword, if it is the next one. */
  takes(...texts: readonly string[]): boolean {
    const found = this.isAt(...texts);
    if (found) this.#at += 1;
    return found;
  }

  takesKind(kind: Token['kind']): boolean {
    const found = this.isKind(kind);
    if (found) this.#at += 1;
    return found;
  }

  expect(text: string): void {
    if (!this.takes(text)) this.fail();
  }

  expectKind(kind: Token['kind']): void {
    if (!this.takesKind(kind)) this.fail();
  }

  isName(): boolean {
    const { kind, text } = this.token;
    return kind === 'name' && (!KEYWORDS.has(text) || (text === 'print' && this.printIsName));
  }

  name(): string {
    return this.isName() ? this.next().text : this.fail();
  }

  /** Runs a rule that may contain itself; Python's own parser has a bound, too. */
  deeper<T>(rule: () => T): T {
    if (this.#depth >= DEEPEST) throw new PythonError(this.line, 'it is nested too deeply');
    this.#depth += 1;
    try {
      return rule();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Runs a rule that reads a chain, and calls `next` for each further part. */
  chain<T>(rule: (next: () => void) => T): T {
    const before = this.#parts;
    const next = (): void => {
      this.#parts += 1;
      if (this.#parts > LONGEST) throw new PythonError(this.line, `a chain has more than ${LONGEST} parts`);
    };
    try {
      return rule(next);
    } finally {
      this.#parts = before;
    }
  }

  fail(): never {
    const { kind, text, line } = this.token;
    if (kind === 'indent') throw new PythonError(line, 'it is indented, but begins no block');
    const seen =
      text === ''
        ? kind === 'end'
          ? 'its end'
          : `the ${kind === 'dedent' ? 'end of a block' : 'end of a line'}`
        : text;
    throw new PythonError(line, `it is not Python 2.7 at ${seen.length > 40 ? `${seen.slice(0, 40)}…` : seen}`);
  }
}
