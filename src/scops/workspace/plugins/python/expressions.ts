import { readArguments, readParameters } from './arguments.js';
import type { Cursor } from './cursor.js';
import type { Argument, Expression } from './tree.js';

const BINARY = ['+', '-', '*', '/', '//', '%', '**', '<<', '>>', '&', '|', '^'] as const;
const COMPARE = ['<', '>', '==', '>=', '<=', '<>', '!=', 'in', 'is', 'not'] as const;
const TUPLE_ENDS = [')', ']', '}', ':', ';', '=', 'in', '`'] as const;

/** `test` of Python's grammar: one expression. */
export function readExpression(cursor: Cursor): Expression {
  return cursor.deeper(() => {
    const { line } = cursor;
    if (cursor.isAt('lambda')) return readLambda(cursor);
    const value = readOr(cursor);
    if (!cursor.takes('if')) return value;
    const test = readOr(cursor);
    cursor.expect('else');
    return { kind: 'choice', items: [value, test, readExpression(cursor)], line };
  });
}

/** Expressions with commas between them: one, or a tuple. */
export function readExpressions(cursor: Cursor): Expression {
  return readTuple(cursor, readExpression);
}

/** What follows `for` and `del`: no comparisons, since `in` ends it. */
export function readTargets(cursor: Cursor): Expression {
  return readTuple(cursor, readOperation);
}

/** `yield`, or {@link readExpressions}. */
export function readYieldOrExpressions(cursor: Cursor): Expression {
  const { line } = cursor;
  if (!cursor.takes('yield')) return readExpressions(cursor);
  return { kind: 'yield', items: endsTuple(cursor) ? [] : [readExpressions(cursor)], line };
}

function readTuple(cursor: Cursor, read: (cursor: Cursor) => Expression): Expression {
  return readRest(cursor, read(cursor), read);
}

function readRest(cursor: Cursor, first: Expression, read: (cursor: Cursor) => Expression): Expression {
  if (!cursor.isAt(',')) return first;
  const items = [first];
  while (cursor.takes(',') && !endsTuple(cursor)) items.push(read(cursor));
  return { kind: 'display', type: 'tuple', items, line: first.line };
}

function endsTuple(cursor: Cursor): boolean {
  return cursor.isKind('newline') || cursor.isKind('end') || cursor.isAt(...TUPLE_ENDS) || cursor.isAtAugmented();
}

function readLambda(cursor: Cursor): Expression {
  const { line } = cursor;
  cursor.expect('lambda');
  const parameters = readParameters(cursor, ':', readExpression);
  cursor.expect(':');
  return { kind: 'lambda', parameters, body: readExpression(cursor), line };
}

function readOr(cursor: Cursor): Expression {
  return readLogic(cursor, 'or', (inner) => readLogic(inner, 'and', readNot));
}

function readLogic(cursor: Cursor, operator: 'and' | 'or', read: (cursor: Cursor) => Expression): Expression {
  const { line } = cursor;
  const first = read(cursor);
  if (!cursor.isAt(operator)) return first;
  const items = [first];
  while (cursor.takes(operator)) items.push(read(cursor));
  return { kind: 'logic', operator, items, line };
}

function readNot(cursor: Cursor): Expression {
  const { line } = cursor;
  if (cursor.takes('not')) return { kind: 'not', of: cursor.deeper(() => readNot(cursor)), line };
  const items = [readOperation(cursor)];
  const operators: string[] = [];
  while (cursor.isAt(...COMPARE)) {
    let operator = cursor.next().text;
    if (operator === 'not') {
      cursor.expect('in');
      operator = 'not in';
    } else if (operator === 'is' && cursor.takes('not')) operator = 'is not';
    operators.push(operator);
    items.push(readOperation(cursor));
  }
  const [first] = items;
  return items.length === 1 && first !== undefined ? first : { kind: 'compare', operators, items, line };
}

function readOperation(cursor: Cursor): Expression {
  const { line } = cursor;
  const items = [readSigned(cursor)];
  const operators: string[] = [];
  while (cursor.isAt(...BINARY)) {
    operators.push(cursor.next().text);
    items.push(readSigned(cursor));
  }
  const [first] = items;
  return items.length === 1 && first !== undefined ? first : { kind: 'operation', operators, items, line };
}

function readSigned(cursor: Cursor): Expression {
  const { line } = cursor;
  if (cursor.isAt('+', '-', '~')) {
    const operators = [cursor.next().text];
    return { kind: 'operation', operators, items: [cursor.deeper(() => readSigned(cursor))], line };
  }
  return cursor.chain((next) => readTrailers(cursor, readAtom(cursor), next));
}

/** `(…)`, `[…]` and `.name` behind a value. */
function readTrailers(cursor: Cursor, first: Expression, next: () => void): Expression {
  const { line } = first;
  let value = first;
  for (;;) {
    if (cursor.takes('(')) value = { kind: 'call', callee: value, arguments: readCallArguments(cursor), line };
    else if (cursor.takes('[')) value = { kind: 'subscript', of: value, index: readSubscripts(cursor), line };
    else if (cursor.takes('.')) value = { kind: 'attribute', of: value, name: cursor.name(), line };
    else return value;
    next();
  }
}

/** `[a]`, `[a:b:c]`, `[..., a]`. */
function readSubscripts(cursor: Cursor): Expression[] {
  const items: Expression[] = [];
  do {
    if (cursor.isAt(']')) break;
    if (cursor.takes('.')) {
      cursor.expect('.');
      cursor.expect('.');
      items.push({ kind: 'operation', operators: [], items: [], line: cursor.line });
    } else items.push(...readSlice(cursor));
  } while (cursor.takes(','));
  if (items.length === 0) cursor.fail();
  cursor.expect(']');
  return items;
}

function readSlice(cursor: Cursor): Expression[] {
  const { line } = cursor;
  const parts: (Expression | undefined)[] = [];
  do parts.push(cursor.isAt(':', ',', ']') ? undefined : readExpression(cursor));
  while (parts.length < 3 && cursor.takes(':'));
  const items = parts.filter((part) => part !== undefined);
  if (parts.length > 1) return [{ kind: 'slice', parts, items, line }];
  return items.length > 0 ? items : cursor.fail();
}

function readAtom(cursor: Cursor): Expression {
  const { kind, text, line } = cursor.token;
  if (cursor.isName()) return { kind: 'name', name: cursor.name(), line };
  if (cursor.takesKind('number')) return { kind: 'constant', type: 'number', text, line };
  if (kind === 'string') return readStrings(cursor);
  if (cursor.takes('(')) return readParenthesis(cursor, line);
  if (cursor.takes('[')) return readList(cursor, line);
  if (cursor.takes('{')) return readBraces(cursor, line);
  if (!cursor.takes('`')) cursor.fail();
  const value = readExpressions(cursor);
  cursor.expect('`');
  return { kind: 'operation', operators: ['`'], items: [value], line };
}

function readStrings(cursor: Cursor): Expression {
  const { line, text } = cursor.next();
  let all = text;
  while (cursor.isKind('string')) all += ` ${cursor.next().text}`;
  return { kind: 'constant', type: 'string', text: all, line };
}

function readParenthesis(cursor: Cursor, line: number): Expression {
  if (cursor.takes(')')) return { kind: 'display', type: 'tuple', items: [], line };
  const all = cursor.isAt('yield') ? readYieldOrExpressions(cursor) : readItems(cursor, 'generator', line);
  cursor.expect(')');
  return all;
}

function readList(cursor: Cursor, line: number): Expression {
  if (cursor.takes(']')) return { kind: 'display', type: 'list', items: [], line };
  const value = readItems(cursor, 'list', line);
  cursor.expect(']');
  return value.kind === 'comprehension' ? value : { kind: 'display', type: 'list', items: [value], line };
}

/** One expression, a comprehension of it, or a tuple. */
function readItems(cursor: Cursor, type: 'generator' | 'list', line: number): Expression {
  const first = readExpression(cursor);
  return cursor.isAt('for') ? readComprehension(cursor, type, [first], line) : readRest(cursor, first, readExpression);
}

function readBraces(cursor: Cursor, line: number): Expression {
  const items: Expression[] = [];
  let type: 'dict' | 'set' = 'dict';
  while (!cursor.isAt('}')) {
    const first = items.length === 0;
    items.push(readExpression(cursor));
    if (first) type = cursor.isAt(':') ? 'dict' : 'set';
    if (type === 'dict') {
      cursor.expect(':');
      items.push(readExpression(cursor));
    }
    if (first && cursor.isAt('for')) {
      const all = readComprehension(cursor, type, items, line);
      cursor.expect('}');
      return all;
    }
    if (!cursor.takes(',')) break;
  }
  cursor.expect('}');
  return { kind: 'display', type, items, line };
}

/** `for … in … if …`, as often as it comes. */
function readComprehension(
  cursor: Cursor,
  type: 'generator' | 'list' | 'dict' | 'set',
  elements: readonly Expression[],
  line: number,
): Expression {
  const targets: Expression[] = [];
  const items = [...elements];
  while (cursor.isAt('for', 'if')) {
    if (cursor.takes('if')) items.push(readOld(cursor));
    else {
      cursor.expect('for');
      targets.push(readTargets(cursor));
      cursor.expect('in');
      items.push(type === 'list' ? readTuple(cursor, readOld) : readOr(cursor));
    }
  }
  return { kind: 'comprehension', type, targets, items, line };
}

/** `old_test`: no `… if … else …`, which a list comprehension would not tell from its own `if`. */
function readOld(cursor: Cursor): Expression {
  return cursor.isAt('lambda') ? readLambda(cursor) : readOr(cursor);
}

/** The arguments of a call whose bracket has been opened. */
export function readCallArguments(cursor: Cursor): Argument[] {
  return readArguments(cursor, { value: readExpression, comprehension: readComprehension });
}
