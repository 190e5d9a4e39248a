import { statementsOfScope } from '../python/rules.js';
import type { Expression, Statement } from '../python/tree.js';

/** The names that statements of one scope bind. */
export function boundNames(body: readonly Statement[]): string[] {
  return statementsOfScope(body).flatMap(namesOf);
}

function namesOf(statement: Statement): string[] {
  switch (statement.kind) {
    case 'assign':
    case 'delete':
      return statement.targets.flatMap(targetNames);
    case 'augment':
    case 'for':
      return targetNames(statement.target);
    case 'function':
    case 'class':
      return [statement.name];
    case 'import':
      return statement.names.map((one) => one.as ?? one.name.split('.')[0] ?? '');
    case 'from':
      return statement.names === '*' ? [] : statement.names.map((one) => one.as ?? one.name);
    case 'with':
      return statement.items.flatMap(({ target }) => (target === undefined ? [] : targetNames(target)));
    case 'try':
      return statement.handlers.flatMap(({ target }) => (target === undefined ? [] : targetNames(target)));
    default:
      return [];
  }
}

function targetNames(target: Expression): string[] {
  if (target.kind === 'name') return [target.name];
  return target.kind === 'display' ? target.items.flatMap(targetNames) : [];
}
