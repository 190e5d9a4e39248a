import { FUNCTIONS } from './functions.js';
import type { Token } from './tokens.js';
import {
  arithmetic,
  comparison,
  dropsRemainder,
  integer,
  logical,
  signed,
  type Complain,
  type Value,
} from './values.js';

const COMPARISONS = new Set(['<', '<=', '>', '>=', '==', '!=']);
const MAX_DEPTH = 100;

/** Reads an equation by Python's precedence, and finds of what kind each part is: NumExpr takes few mixtures. */
export class EquationReader {
  readonly #tokens: readonly Token[];
  readonly #complain: Complain;
  /** Tokens of whole numbers that need a decimal point. */
  readonly #pointed = new Set<number>();
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], complain: Complain) {
    this.#tokens = tokens;
    this.#complain = complain;
  }

  readAll(): { readonly value: Value; readonly pointed: readonly number[] } {
    const value = this.#comparison();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw this.#complain(`has ${JSON.stringify(rest.text)} where it should end or continue`);
    return { value, pointed: [...this.#pointed] };
  }

  /** Lowest of all: `a | b > c` compares `a | b` with `c`. */
  #comparison(): Value {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw this.#complain('is nested too deeply');
    let left = this.#logical('|');
    let result: Value | undefined;
    for (let operator = this.#take(COMPARISONS); operator !== undefined; operator = this.#take(COMPARISONS)) {
      // Python reads a < b < c as (a < b) and (b < c), and asks the first one whether it is true
      if (result !== undefined && result.constant === undefined)
        throw this.#complain(
          'chains comparisons, which NumExpr cannot; write (a < b) & (b < c), each comparison in its own brackets',
        );
      const right = this.#logical('|');
      const next = comparison(operator, left, right, this.#complain);
      result = result?.constant === 0 ? result : next;
      left = right;
    }
    this.#depth -= 1;
    return result ?? left;
  }

  #logical(operator: '|' | '&'): Value {
    const operand = (): Value => (operator === '|' ? this.#logical('&') : this.#sum());
    let left = operand();
    while (this.#take(operator) !== undefined) left = logical(operator, left, operand(), this.#complain);
    return left;
  }

  #sum(): Value {
    let left = this.#product();
    for (let operator = this.#take('+-'); operator !== undefined; operator = this.#take('+-'))
      left = arithmetic(operator, left, this.#product(), this.#complain);
    return left;
  }

  #product(): Value {
    let left = this.#signed();
    for (let operator = this.#take('*/'); operator !== undefined; operator = this.#take('*/')) {
      const right = this.#signed();
      left = operator === '/' ? this.#quotient(left, right) : arithmetic(operator, left, right, this.#complain);
    }
    return left;
  }

  #quotient(left: Value, right: Value): Value {
    if (!dropsRemainder(left, right)) return arithmetic('/', left, right, this.#complain);
    const literal = left.literal ?? right.literal;
    if (literal === undefined)
      throw this.#complain(
        'divides whole numbers, of which the server (Python 2) drops the remainder; multiply one of them by 1.0',
      );
    this.#pointed.add(literal);
    const [one, other] = left.literal === undefined ? [left, pointed(right)] : [pointed(left), right];
    return arithmetic('/', one, other, this.#complain);
  }

  #signed(): Value {
    const operator = this.#take('-+~');
    if (operator === undefined) return this.#power();
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw this.#complain('is nested too deeply');
    const value = signed(operator, this.#signed(), this.#complain);
    this.#depth -= 1;
    return value;
  }

  /** Binds closer than a sign before it, and less than one after it. */
  #power(): Value {
    const base = this.#operand();
    return this.#take(POWER) === undefined ? base : arithmetic('**', base, this.#signed(), this.#complain);
  }

  #operand(): Value {
    const index = this.#at;
    const token = this.#tokens[index];
    this.#at += 1;
    if (token === undefined) throw this.#complain('is incomplete');
    if (token.kind === 'band') return { kind: 'float' };
    if (token.kind === 'number') return this.#number(token.text, index);
    if (token.kind === 'name') return this.#call(token.text);
    if (token.text !== '(') throw this.#complain(`has ${JSON.stringify(token.text)} where a value should be`);
    const value = this.#comparison();
    this.#expect(')');
    return value;
  }

  #number(text: string, index: number): Value {
    if (!/^\d+$/u.test(text)) return { kind: 'double', constant: Number(text) };
    if (/^0\d/u.test(text))
      throw this.#complain(
        `has ${text}, which Python 2 reads as an octal number or not at all; leave out the leading 0`,
      );
    return { ...integer(Number(text), this.#complain), literal: index };
  }

  #call(name: string): Value {
    const known = FUNCTIONS.get(name);
    if (known === undefined) {
      const hint = name.startsWith('Math.')
        ? `; write ${name.slice(5)}(`
        : `; known are ${[...FUNCTIONS.keys()].sort().join(', ')}`;
      throw this.#complain(`uses ${name}, which NumExpr does not know${hint}`);
    }
    this.#expect('(');
    const values: Value[] = [];
    for (let at = 0; at < known.count; at += 1) {
      if (at > 0) this.#expect(',');
      values.push(this.#comparison());
    }
    this.#expect(')');
    return known.result(values, name, this.#complain);
  }

  #take(operators: string | ReadonlySet<string>): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'operator') return undefined;
    const { text } = token;
    if (typeof operators === 'string' ? text.length !== 1 || !operators.includes(text) : !operators.has(text))
      return undefined;
    this.#at += 1;
    return text;
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

const POWER = new Set(['**']);

/** The same number with a decimal point. */
function pointed({ constant }: Value): Value {
  return { kind: 'double', constant };
}
