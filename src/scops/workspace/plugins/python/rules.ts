import { PythonError } from './python-error.js';
import { expressionsOf, blocksOf, innerExpressions } from './walk.js';
import type { Expression, FunctionStatement, Statement } from './tree.js';

interface Place {
  readonly scope: 'module' | 'class' | 'function';
  readonly loop: boolean;
  /** Directly in a `finally`, where `continue` is refused. */
  readonly last: boolean;
}

/**
 * What Python's compiler refuses although its grammar takes it: `return` outside of a function, an assignment to a call …
 *
 * @throws {@link PythonError} naming the line.
 */
export function requireRules(module: readonly Statement[]): void {
  requireFuturesFirst(module);
  requireBlock(module, { scope: 'module', loop: false, last: false });
}

function requireFuturesFirst(module: readonly Statement[]): void {
  let early = true;
  for (const [index, statement] of module.entries()) {
    const isFuture = statement.kind === 'from' && statement.module === '__future__';
    if (isFuture && !early) throw new PythonError(statement.line, 'imports from __future__ must come first');
    const isText =
      index === 0 &&
      statement.kind === 'expression' &&
      statement.value.kind === 'constant' &&
      statement.value.type === 'string';
    if (!isFuture && !isText) early = false;
  }
}

function requireBlock(block: readonly Statement[], place: Place): void {
  for (const statement of block) requireStatement(statement, place);
}

function requireStatement(statement: Statement, place: Place): void {
  const { kind, line } = statement;
  if (kind === 'return' && place.scope !== 'function') throw new PythonError(line, 'return outside of a function');
  if (kind === 'break' && !place.loop) throw new PythonError(line, 'break outside of a loop');
  if (kind === 'continue' && (!place.loop || place.last))
    throw new PythonError(line, place.last ? 'continue in finally' : 'continue outside of a loop');
  if (kind === 'from' && statement.module === '__future__' && place.scope !== 'module')
    throw new PythonError(line, 'imports from __future__ must come first');
  for (const target of targetsOf(statement)) requireTarget(target, kind === 'augment');
  if (place.scope !== 'function') for (const value of expressionsOf(statement)) requireNoYield(value);
  if (kind === 'function' || kind === 'class') {
    if (statement.name === 'None') throw new PythonError(line, 'None cannot be assigned');
    if (kind === 'function') requireFunction(statement);
    requireBlock(statement.body, { scope: kind, loop: false, last: false });
  } else if (kind === 'for' || kind === 'while') {
    requireBlock(statement.body, { ...place, loop: true, last: false });
    requireBlock(statement.otherwise, place);
  } else if (kind === 'try') {
    for (const inner of blocksOf(statement))
      requireBlock(inner, { ...place, last: place.last || (place.loop && inner === statement.last) });
  } else for (const inner of blocksOf(statement)) requireBlock(inner, place);
}

function requireNoYield(value: Expression): void {
  if (value.kind === 'yield') throw new PythonError(value.line, 'yield outside of a function');
  for (const inner of innerExpressions(value)) requireNoYield(inner);
}

function requireFunction({ body, parameters, line }: FunctionStatement): void {
  const own = statementsOfScope(body);
  const given = own.find((one) => one.kind === 'return' && one.value !== undefined);
  if (given !== undefined && isGenerator(body)) throw new PythonError(given.line, 'a generator cannot return a value');
  const names = [...parameters.plain.flatMap((one) => one.names), parameters.list, parameters.dictionary];
  for (const one of own)
    if (one.kind === 'global' && one.names.some((name) => names.includes(name)))
      throw new PythonError(line, 'a parameter cannot be global');
}

/** Whether a function with this body is a generator. */
export function isGenerator(body: readonly Statement[]): boolean {
  const yields = (value: Expression): boolean =>
    value.kind === 'yield' || (value.kind !== 'lambda' && innerExpressions(value).some(yields));
  return statementsOfScope(body).some((one) => expressionsOf(one).some(yields));
}

/** The statements of a function, those in its blocks included, but not those of functions and classes in it. */
export function statementsOfScope(body: readonly Statement[]): Statement[] {
  return body.flatMap((one) =>
    one.kind === 'function' || one.kind === 'class' ? [one] : [one, ...blocksOf(one).flatMap(statementsOfScope)],
  );
}

function targetsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'assign':
    case 'delete':
      return statement.targets;
    case 'augment':
    case 'for':
      return [statement.target];
    case 'with':
      return statement.items.flatMap(({ target }) => (target === undefined ? [] : [target]));
    case 'try':
      return statement.handlers.flatMap(({ target }) => (target === undefined ? [] : [target]));
    default:
      return [];
  }
}

function requireTarget(target: Expression, single: boolean): void {
  const { kind, line } = target;
  if ((kind === 'name' || kind === 'attribute') && target.name === 'None')
    throw new PythonError(line, 'None cannot be assigned');
  if (kind === 'name' || kind === 'attribute' || kind === 'subscript') return;
  const several =
    kind === 'display' && (target.type === 'list' || (target.type === 'tuple' && target.items.length > 0));
  if (!several || single) throw new PythonError(line, 'what stands there cannot be assigned to');
  for (const item of target.items) requireTarget(item, false);
}
