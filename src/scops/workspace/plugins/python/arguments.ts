import type { Cursor } from './cursor.js';
import { PythonError } from './python-error.js';
import type { Argument, Expression, Parameter, Parameters } from './tree.js';

/** What is needed of the reader of expressions. */
export interface Readers {
  readonly value: (cursor: Cursor) => Expression;
  readonly comprehension: (
    cursor: Cursor,
    type: 'generator',
    elements: readonly Expression[],
    line: number,
  ) => Expression;
}

/** The arguments of a call, its closing bracket included. */
export function readArguments(cursor: Cursor, read: Readers): Argument[] {
  const given: Argument[] = [];
  while (!cursor.isAt(')')) {
    const { line } = cursor;
    const last = given.at(-1)?.kind;
    if (last === 'dictionary') cursor.fail();
    const argument = readArgument(cursor, read, given.length === 0);
    if (argument.kind === 'plain' && last !== undefined && last !== 'plain')
      throw new PythonError(line, 'an argument without a name follows one with a name, or *');
    if (argument.kind === 'list' && given.some(({ kind }) => kind === 'list')) cursor.fail();
    if (argument.kind === 'keyword' && given.some(({ name }) => name === argument.name))
      throw new PythonError(line, `argument ${argument.name ?? ''} is given twice`);
    given.push(argument);
    if (!cursor.takes(',')) break;
    if (cursor.isAt(')') && (argument.kind === 'list' || argument.kind === 'dictionary')) cursor.fail();
  }
  cursor.expect(')');
  return given;
}

function readArgument(cursor: Cursor, read: Readers, isFirst: boolean): Argument {
  if (cursor.takes('*')) return { kind: 'list', value: read.value(cursor) };
  if (cursor.takes('**')) return { kind: 'dictionary', value: read.value(cursor) };
  const { line } = cursor;
  const value = read.value(cursor);
  if (cursor.isAt('for')) {
    const all = read.comprehension(cursor, 'generator', [value], line);
    if (!isFirst || cursor.isAt(',')) throw new PythonError(line, 'a generator beside other arguments needs brackets');
    return { kind: 'plain', value: all };
  }
  if (!cursor.takes('=')) return { kind: 'plain', value };
  if (value.kind !== 'name') throw new PythonError(line, 'what stands before = in a call must be a name');
  if (value.name === 'None') throw new PythonError(line, 'None cannot be assigned');
  return { kind: 'keyword', name: value.name, value: read.value(cursor) };
}

/** The parameters of `def` and `lambda`, up to `end`, which stays. */
export function readParameters(cursor: Cursor, end: ')' | ':', readValue: (cursor: Cursor) => Expression): Parameters {
  const { line } = cursor;
  const plain: Parameter[] = [];
  let list: string | undefined;
  let dictionary: string | undefined;
  while (!cursor.isAt(end)) {
    if (cursor.takes('**')) {
      dictionary = cursor.name();
      break;
    }
    if (cursor.takes('*')) {
      list = cursor.name();
      if (!cursor.takes(',')) break;
      cursor.expect('**');
      dictionary = cursor.name();
      break;
    }
    plain.push(readParameter(cursor, plain.at(-1), readValue));
    if (!cursor.takes(',')) break;
  }
  requireDistinct([...plain.flatMap(({ names }) => names), list, dictionary], line);
  return { plain, list, dictionary };
}

function readParameter(
  cursor: Cursor,
  before: Parameter | undefined,
  readValue: (cursor: Cursor) => Expression,
): Parameter {
  const { line } = cursor;
  const isTuple = cursor.isAt('(');
  const names = readNames(cursor);
  if (cursor.takes('=')) return { names, isTuple, fallback: readValue(cursor) };
  if (before?.fallback !== undefined)
    throw new PythonError(line, `parameter ${names.join(', ')} without a default follows one with a default`);
  return { names, isTuple };
}

/** A name, or the names of a tuple of Python 2: `(row, column)`. */
function readNames(cursor: Cursor): string[] {
  if (!cursor.takes('(')) return [cursor.name()];
  const names: string[] = [];
  do {
    if (cursor.isAt(')') && names.length > 0) break;
    names.push(...cursor.deeper(() => readNames(cursor)));
  } while (cursor.takes(','));
  cursor.expect(')');
  return names;
}

function requireDistinct(names: readonly (string | undefined)[], line: number): void {
  const given = names.filter((name) => name !== undefined);
  if (given.includes('None')) throw new PythonError(line, 'None cannot be assigned');
  const twice = given.find((name, index) => given.indexOf(name) !== index);
  if (twice !== undefined) throw new PythonError(line, `parameter ${twice} is there twice`);
}
