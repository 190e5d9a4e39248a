import type { Cursor } from './cursor.js';
import { readExpression, readExpressions, readTargets, readYieldOrExpressions } from './expressions.js';
import { PythonError } from './python-error.js';
import type { Expression, Imported, Statement } from './tree.js';
import { FUTURES } from './words.js';

const AUGMENTED = ['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=', '**=', '//='] as const;

/** A statement that stays on its logical line. */
export function readSimple(cursor: Cursor): Statement {
  const { line } = cursor;
  if (cursor.isAt('print') && !cursor.isName()) return readPrint(cursor);
  if (cursor.takes('pass')) return { kind: 'pass', line };
  if (cursor.takes('break')) return { kind: 'break', line };
  if (cursor.takes('continue')) return { kind: 'continue', line };
  if (cursor.takes('return'))
    return atEnd(cursor) ? { kind: 'return', line } : { kind: 'return', value: readExpressions(cursor), line };
  if (cursor.takes('raise')) return { kind: 'raise', items: atEnd(cursor) ? [] : readUpTo(cursor, 3), line };
  if (cursor.takes('assert')) return { kind: 'assert', items: readUpTo(cursor, 2), line };
  if (cursor.takes('del')) return { kind: 'delete', targets: [readTargets(cursor)], line };
  if (cursor.takes('global')) return { kind: 'global', names: readNames(cursor), line };
  if (cursor.takes('import')) return { kind: 'import', names: readImported(cursor, readDotted), line };
  if (cursor.takes('from')) return readFrom(cursor, line);
  if (cursor.takes('exec')) return readExec(cursor, line);
  return readAssignment(cursor, line);
}

function atEnd(cursor: Cursor): boolean {
  return cursor.isKind('newline') || cursor.isAt(';');
}

function readUpTo(cursor: Cursor, most: number): Expression[] {
  const items = [readExpression(cursor)];
  while (items.length < most && cursor.takes(',')) items.push(readExpression(cursor));
  return items;
}

function readNames(cursor: Cursor): string[] {
  const names = [cursor.name()];
  while (cursor.takes(',')) names.push(cursor.name());
  return names;
}

/** `print a, b,` or `print >>file, a`. */
function readPrint(cursor: Cursor): Statement {
  const { line } = cursor.next();
  const items: Expression[] = [];
  if (cursor.takes('>>')) {
    items.push(readExpression(cursor));
    if (cursor.takes(',')) items.push(readExpressions(cursor));
  } else if (!atEnd(cursor)) items.push(readExpressions(cursor));
  return { kind: 'print', items, line };
}

function readExec(cursor: Cursor, line: number): Statement {
  const items = [readTargets(cursor)];
  if (cursor.takes('in')) items.push(...readUpTo(cursor, 2));
  return { kind: 'exec', items, line };
}

function readAssignment(cursor: Cursor, line: number): Statement {
  const first = readYieldOrExpressions(cursor);
  if (cursor.takes(...AUGMENTED))
    return { kind: 'augment', target: first, value: readYieldOrExpressions(cursor), line };
  const targets: Expression[] = [];
  let value = first;
  while (cursor.takes('=')) {
    targets.push(value);
    value = readYieldOrExpressions(cursor);
  }
  return targets.length > 0 ? { kind: 'assign', targets, value, line } : { kind: 'expression', value, line };
}

function readDotted(cursor: Cursor): string {
  let name = cursor.name();
  while (cursor.takes('.')) name += `.${cursor.name()}`;
  return name;
}

function readImported(cursor: Cursor, readName: (cursor: Cursor) => string): Imported[] {
  const names: Imported[] = [];
  do {
    if (names.length > 0 && cursor.isAt(')')) break;
    const name = readName(cursor);
    names.push({ name, as: cursor.takes('as') ? cursor.name() : undefined });
  } while (cursor.takes(','));
  return names;
}

function readFrom(cursor: Cursor, line: number): Statement {
  let module = '';
  while (cursor.takes('.')) module += '.';
  if (!cursor.isAt('import')) module += readDotted(cursor);
  else if (module === '') cursor.fail();
  cursor.expect('import');
  if (module !== '__future__' && cursor.takes('*')) return { kind: 'from', module, names: '*', line };
  const bracket = cursor.takes('(');
  const names = readImported(cursor, (inner) => inner.name());
  if (bracket) cursor.expect(')');
  if (module === '__future__') requireFutures(cursor, names, line);
  return { kind: 'from', module, names, line };
}

function requireFutures(cursor: Cursor, names: readonly Imported[], line: number): void {
  for (const { name } of names) {
    if (!FUTURES.has(name)) throw new PythonError(line, `Python 2.7 has no __future__ ${name}`);
    if (name === 'print_function') cursor.printIsName = true;
  }
}
