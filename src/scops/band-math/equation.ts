import { tokensOf, type Token } from './tokens.js';

/** Functions of NumExpr that take a band, with how many values each takes. */
const FUNCTIONS: Readonly<Record<string, number>> = {
  abs: 1,
  arccos: 1,
  arccosh: 1,
  arcsin: 1,
  arcsinh: 1,
  arctan: 1,
  arctan2: 2,
  arctanh: 1,
  ceil: 1,
  cos: 1,
  cosh: 1,
  exp: 1,
  expm1: 1,
  floor: 1,
  log: 1,
  log10: 1,
  log1p: 1,
  sin: 1,
  sinh: 1,
  sqrt: 1,
  tan: 1,
  tanh: 1,
  where: 3,
};
const BINARY = new Set(['+', '-', '*', '/', '**', '<', '<=', '>', '>=', '==', '!=', '&', '|']);
const MAX_LENGTH = 2000;
const MAX_DEPTH = 100;

/**
 * Checks an equation: numbers, `band1` … `band<bandCount>`, operators and functions of NumExpr, nothing else, since the
 * server evaluates the text.
 *
 * @returns the bands it uses.
 * @throws `TypeError` or `RangeError` saying what is wrong.
 */
export function requireEquation(name: string, equation: unknown, bandCount: number, operation: string): number[] {
  const complain = (what: string): TypeError => new TypeError(`${operation}: equation ${name} ${what}`);
  if (typeof equation !== 'string' || equation.trim() === '') throw complain('is empty');
  if (equation.length > MAX_LENGTH) throw complain(`is longer than ${MAX_LENGTH} characters`);
  const bad = /[^\x20-\x7e]|[;%]/u.exec(equation);
  if (bad !== null) throw complain(`must be printable ASCII without ; and %; found ${JSON.stringify(bad[0])}`);
  const tokens = tokensOf(equation, complain);
  new Reader(tokens, complain).readAll();
  const bands = tokens.flatMap((token) => (token.kind === 'band' ? [token.band] : []));
  if (bands.length === 0) throw complain('uses no band; write band1, band2, …');
  const beyond = bands.find((band) => band > bandCount);
  if (beyond !== undefined)
    throw new RangeError(`${operation}: equation ${name} uses band${beyond}, but the line has ${bandCount} bands`);
  return [...new Set(bands)].sort((one, other) => one - other);
}

/** Reads an expression by descent; only whether it holds together matters, not what it means. */
class Reader {
  readonly #tokens: readonly Token[];
  readonly #complain: (what: string) => Error;
  #at = 0;

  constructor(tokens: readonly Token[], complain: (what: string) => Error) {
    this.#tokens = tokens;
    this.#complain = complain;
  }

  readAll(): void {
    this.#expression(0);
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw this.#complain(`has ${JSON.stringify(rest.text)} where it should end or go on`);
  }

  #expression(depth: number): void {
    if (depth > MAX_DEPTH) throw this.#complain('is nested too deeply');
    this.#operand(depth);
    for (
      let next = this.#tokens[this.#at];
      next?.kind === 'operator' && BINARY.has(next.text);
      next = this.#tokens[this.#at]
    ) {
      this.#at += 1;
      this.#operand(depth);
    }
  }

  #operand(depth: number): void {
    let token = this.#tokens[this.#at];
    while (token?.kind === 'operator' && (token.text === '-' || token.text === '+' || token.text === '~')) {
      this.#at += 1;
      token = this.#tokens[this.#at];
    }
    this.#at += 1;
    if (token === undefined) throw this.#complain('ends in the middle');
    if (token.kind === 'number' || token.kind === 'band') return;
    if (token.kind === 'name') {
      this.#call(token.text, depth);
      return;
    }
    if (token.text !== '(') throw this.#complain(`has ${JSON.stringify(token.text)} where a value should be`);
    this.#expression(depth + 1);
    this.#expect(')');
  }

  #call(name: string, depth: number): void {
    const count = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (count === undefined) {
      const hint = name.startsWith('Math.')
        ? `; write ${name.slice(5)}(`
        : `; known are ${Object.keys(FUNCTIONS).join(', ')}`;
      throw this.#complain(`uses ${name}, which NumExpr does not know${hint}`);
    }
    this.#expect('(');
    for (let at = 0; at < count; at += 1) {
      if (at > 0) this.#expect(',');
      this.#expression(depth + 1);
    }
    this.#expect(')');
  }

  #expect(text: string): void {
    const token = this.#tokens[this.#at];
    if (token?.text !== text)
      throw this.#complain(
        `lacks ${JSON.stringify(text)} ${token === undefined ? 'at its end' : `before ${JSON.stringify(token.text)}`}`,
      );
    this.#at += 1;
  }
}
