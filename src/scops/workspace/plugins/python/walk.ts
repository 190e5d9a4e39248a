import type { Expression, Parameters, Statement } from './tree.js';

/** The expressions right below one, where they are evaluated with it; the body of a lambda is not, its defaults are. */
export function innerExpressions(value: Expression): readonly Expression[] {
  switch (value.kind) {
    case 'name':
    case 'constant':
      return [];
    case 'lambda':
      return fallbacksOf(value.parameters);
    case 'call':
      return [value.callee, ...value.arguments.map((one) => one.value)];
    case 'subscript':
      return [value.of, ...value.index];
    case 'attribute':
    case 'not':
      return [value.of];
    default:
      return value.items;
  }
}

/** The defaults of parameters, which are evaluated where the function is made. */
export function fallbacksOf({ plain }: Parameters): Expression[] {
  return plain.flatMap(({ fallback }) => (fallback === undefined ? [] : [fallback]));
}

/** The expressions that a statement evaluates itself, those of its blocks left out. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'expression':
    case 'augment':
    case 'assign':
      return [statement.value];
    case 'return':
      return statement.value === undefined ? [] : [statement.value];
    case 'raise':
    case 'print':
    case 'exec':
    case 'assert':
      return statement.items;
    case 'if':
    case 'while':
      return [statement.test];
    case 'for':
      return [statement.over];
    case 'with':
      return statement.items.map(({ value }) => value);
    case 'function':
      return [...statement.decorators, ...fallbacksOf(statement.parameters)];
    case 'class':
      return [...statement.decorators, ...statement.bases];
    default:
      return [];
  }
}

/** The blocks of a statement, in the order of the source. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
    case 'while':
    case 'for':
      return [statement.body, statement.otherwise];
    case 'try':
      return [statement.body, ...statement.handlers.map(({ body }) => body), statement.otherwise, statement.last];
    case 'with':
    case 'function':
    case 'class':
      return [statement.body];
    default:
      return [];
  }
}
