/**
 * Kinds of NumExpr, in the order in which they are widened; its own name for `double` is kept although all bands are `float`.
 */
export const KINDS = ['bool', 'int', 'long', 'float', 'double', 'complex'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * What a part of an equation is: an array of bands, or a constant that Python itself reckons with before NumExpr sees it.
 *
 * `literal` is the token of a whole number that may get a decimal point.
 */
export interface Value {
  readonly kind: Kind;
  readonly constant?: number | undefined;
  readonly literal?: number | undefined;
}

/** The error for a part that makes no sense. */
export type Complain = (what: string) => Error;

const isInteger = ({ kind }: Value): boolean => kind === 'bool' || kind === 'int' || kind === 'long';

export function wider(one: Kind, other: Kind): Kind {
  return KINDS[Math.max(KINDS.indexOf(one), KINDS.indexOf(other))] ?? 'double';
}

/** The kind of a whole number of Python. */
export function integer(value: number, complain: Complain): Value {
  if (!Number.isSafeInteger(value))
    throw complain('has a whole number that is too large; write it with a decimal point');
  return { kind: Math.abs(value) < 2 ** 31 ? 'int' : 'long', constant: value };
}

/** `+ - * / **` of two values. */
export function arithmetic(operator: string, left: Value, right: Value, complain: Complain): Value {
  if (left.kind === 'complex' || right.kind === 'complex')
    throw complain('has complex numbers where real ones are needed');
  if (left.constant !== undefined && right.constant !== undefined) return reckoned(operator, left, right, complain);
  const kind = wider(left.kind, right.kind);
  const isPower = operator === '**';
  if (kind === 'bool' || (isPower && left.kind === 'bool'))
    throw complain(
      `takes ${WORDS[operator] ?? operator} of comparisons, which NumExpr cannot; multiply each by 1.0, or use & and |`,
    );
  if (isPower && isInteger(left) && isInteger(right) && (right.constant ?? 0) < 0)
    throw complain('raises whole numbers to a negative power; write 1.0/…');
  return { kind };
}

const WORDS: Readonly<Record<string, string>> = {
  '+': 'a sum',
  '-': 'a difference',
  '*': 'a product',
  '/': 'a quotient',
  '**': 'a power',
};

/** Python 2 reckons with constants: whole numbers stay whole. */
function reckoned(operator: string, left: Value, right: Value, complain: Complain): Value {
  const [a, b] = [left.constant ?? 0, right.constant ?? 0];
  const whole = isInteger(left) && isInteger(right);
  if (operator === '/' && b === 0) throw complain('divides by zero');
  if (operator === '**' && a === 0 && b < 0) throw complain('divides by zero');
  const value =
    operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : operator === '/' ? a / b : a ** b;
  if (Number.isNaN(value) || !Number.isFinite(value)) throw complain('has a constant part that is not a number');
  if (!whole || (operator === '**' && b < 0)) return { kind: 'double', constant: value };
  return integer(operator === '/' ? Math.floor(value) : value, complain);
}

/** Whether Python 2 drops the remainder of this division. */
export function dropsRemainder(left: Value, right: Value): boolean {
  if (!isInteger(left) || !isInteger(right)) return false;
  if (left.constant === undefined || right.constant === undefined) return true;
  return right.constant !== 0 && !Number.isInteger(left.constant / right.constant);
}

/** `< <= > >= == !=` of two values. */
export function comparison(operator: string, left: Value, right: Value, complain: Complain): Value {
  const ordered = operator !== '==' && operator !== '!=';
  if (ordered && (left.kind === 'complex' || right.kind === 'complex'))
    throw complain('compares complex numbers, which have no order');
  if (left.constant === undefined || right.constant === undefined) return { kind: 'bool' };
  return { kind: 'bool', constant: Number(compared(operator, left.constant, right.constant)) };
}

function compared(operator: string, a: number, b: number): boolean {
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  if (operator === '>') return a > b;
  if (operator === '>=') return a >= b;
  return operator === '==' ? a === b : a !== b;
}

/** `&` and `|`: of comparisons, or of constant whole numbers. */
export function logical(operator: string, left: Value, right: Value, complain: Complain): Value {
  if (left.constant !== undefined && right.constant !== undefined) {
    if (!isInteger(left) || !isInteger(right)) throw complain(`has ${operator} of numbers with a decimal point`);
    const [a, b] = [left.constant, right.constant];
    const value = operator === '&' ? a & b : a | b;
    return {
      ...integer(value, complain),
      ...(left.kind === 'bool' && right.kind === 'bool' && { kind: 'bool' as const }),
    };
  }
  if (left.kind === 'bool' && right.kind === 'bool') return { kind: 'bool' };
  throw complain(
    `has ${operator} of something other than comparisons, which NumExpr cannot; put each comparison in brackets: (band1 > 5) ${operator} (band2 > 5)`,
  );
}

/** `-`, `+` and `~` before a value. */
export function signed(operator: string, value: Value, complain: Complain): Value {
  const { kind, constant, literal } = value;
  if (operator === '~') {
    if (constant !== undefined && isInteger(value)) return integer(-constant - 1, complain);
    if (kind === 'bool') return { kind };
    throw complain('has ~ of something other than a comparison, which NumExpr cannot');
  }
  if (constant !== undefined) {
    const sign = operator === '-' ? -1 : 1;
    return { kind: kind === 'bool' ? 'int' : kind, constant: sign * constant, literal };
  }
  if (operator === '-' && kind === 'bool')
    throw complain('has - of a comparison, which NumExpr cannot; multiply it by -1.0');
  return { kind };
}
