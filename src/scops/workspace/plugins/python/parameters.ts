import type { Cursor } from './cursor.js';
import { PythonError } from './python-error.js';
import type { Expression, Parameter, Parameters } from './tree.js';

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
  return { plain, ...(list !== undefined && { list }), ...(dictionary !== undefined && { dictionary }) };
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
