import type { Cursor } from './cursor.js';
import { readCallArguments, readExpression, readExpressions, readTargets } from './expressions.js';
import { readParameters } from './arguments.js';
import { readSimple } from './simple-statements.js';
import type { Expression, Handler, Statement, WithItem } from './tree.js';

/** A whole file. */
export function readModule(cursor: Cursor): Statement[] {
  const statements: Statement[] = [];
  while (!cursor.isKind('end')) statements.push(...readStatement(cursor));
  return statements;
}

function readStatement(cursor: Cursor): Statement[] {
  return cursor.deeper(() => {
    const compound = readCompound(cursor);
    if (compound !== undefined) return [compound];
    return readLine(cursor);
  });
}

/** Simple statements with `;` between them. */
function readLine(cursor: Cursor): Statement[] {
  const statements = [readSimple(cursor)];
  while (cursor.takes(';') && !cursor.isKind('newline')) statements.push(readSimple(cursor));
  cursor.expectKind('newline');
  return statements;
}

function readBlock(cursor: Cursor): Statement[] {
  cursor.expect(':');
  if (!cursor.takesKind('newline')) return readLine(cursor);
  const statements: Statement[] = [];
  cursor.expectKind('indent');
  while (!cursor.takesKind('dedent')) statements.push(...readStatement(cursor));
  return statements;
}

function readElse(cursor: Cursor): Statement[] {
  return cursor.takes('else') ? readBlock(cursor) : [];
}

function readCompound(cursor: Cursor): Statement | undefined {
  const { line } = cursor;
  if (cursor.takes('if')) return readIf(cursor, line);
  if (cursor.takes('while')) {
    const test = readExpression(cursor);
    return { kind: 'while', test, body: readBlock(cursor), otherwise: readElse(cursor), line };
  }
  if (cursor.takes('for')) {
    const target = readTargets(cursor);
    cursor.expect('in');
    const over = readExpressions(cursor);
    return { kind: 'for', target, over, body: readBlock(cursor), otherwise: readElse(cursor), line };
  }
  if (cursor.takes('try')) return readTry(cursor, line);
  if (cursor.takes('with')) return readWith(cursor, line);
  if (cursor.isAt('def', 'class', '@')) return readDefinition(cursor);
  return undefined;
}

function readIf(cursor: Cursor, line: number): Statement {
  const branches = cursor.chain((next) => {
    const all = [{ test: readExpression(cursor), body: readBlock(cursor), line }];
    for (let at = cursor.line; cursor.takes('elif'); at = cursor.line) {
      next();
      all.push({ test: readExpression(cursor), body: readBlock(cursor), line: at });
    }
    return all;
  });
  const last = readElse(cursor);
  const [first, ...rest] = branches;
  if (first === undefined) return cursor.fail();
  const otherwise = rest.reduceRight<Statement[]>((after, one) => [{ kind: 'if', ...one, otherwise: after }], last);
  return { kind: 'if', ...first, otherwise };
}

function readTry(cursor: Cursor, line: number): Statement {
  const body = readBlock(cursor);
  const handlers: Handler[] = [];
  while (cursor.takes('except')) handlers.push(readHandler(cursor));
  const otherwise = handlers.length > 0 ? readElse(cursor) : [];
  const hasLast = cursor.takes('finally');
  if (!hasLast && handlers.length === 0) cursor.fail();
  return { kind: 'try', body, handlers, otherwise, last: hasLast ? readBlock(cursor) : [], line };
}

function readHandler(cursor: Cursor): Handler {
  if (cursor.isAt(':')) return { body: readBlock(cursor) };
  const type = readExpression(cursor);
  const target = cursor.takes(',', 'as') ? readExpression(cursor) : undefined;
  return { type, target, body: readBlock(cursor) };
}

function readWith(cursor: Cursor, line: number): Statement {
  const items: WithItem[] = [];
  do {
    const value = readExpression(cursor);
    items.push({ value, target: cursor.takes('as') ? readExpression(cursor) : undefined });
  } while (cursor.takes(','));
  return { kind: 'with', items, body: readBlock(cursor), line };
}

function readDefinition(cursor: Cursor): Statement {
  const decorators: Expression[] = [];
  while (cursor.takes('@')) decorators.push(readDecorator(cursor));
  const { line } = cursor;
  if (cursor.takes('def')) {
    const name = cursor.name();
    cursor.expect('(');
    const parameters = readParameters(cursor, ')', readExpression);
    cursor.expect(')');
    return { kind: 'function', name, parameters, decorators, body: readBlock(cursor), line };
  }
  cursor.expect('class');
  const name = cursor.name();
  const bases = cursor.takes('(') ? readBases(cursor) : [];
  return { kind: 'class', name, bases, decorators, body: readBlock(cursor), line };
}

function readBases(cursor: Cursor): Expression[] {
  const bases = cursor.isAt(')') ? [] : [readExpressions(cursor)];
  cursor.expect(')');
  return bases;
}

/** `@a.b` or `@a.b(…)`; Python 2.7 takes nothing else. */
function readDecorator(cursor: Cursor): Expression {
  const { line } = cursor;
  let value: Expression = { kind: 'name', name: cursor.name(), line };
  while (cursor.takes('.')) value = { kind: 'attribute', of: value, name: cursor.name(), line };
  if (cursor.takes('(')) value = { kind: 'call', callee: value, arguments: readCallArguments(cursor), line };
  cursor.expectKind('newline');
  return value;
}
