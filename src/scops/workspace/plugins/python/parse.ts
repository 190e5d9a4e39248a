import { Cursor } from './cursor.js';
import { requireRules } from './rules.js';
import { readModule } from './statements.js';
import { tokensOf } from './tokens.js';
import type { Statement } from './tree.js';

/**
 * Reads a source as Python 2.7 compiles it.
 *
 * @throws {@link PythonError} for what is a `SyntaxError` or `IndentationError` there.
 */
export function parsePython(source: string): Statement[] {
  const statements = readModule(new Cursor(tokensOf(source)));
  requireRules(statements);
  return statements;
}
