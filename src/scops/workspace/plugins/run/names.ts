import { statementsOfScope } from '../python/rules.js';
import type { Expression, Statement, Imported } from '../python/tree.js';
import { ONLY_PYTHON_3 } from '../module-names.js';
import type { Machine } from './machine.js';
import { bind, moduleOf, UNKNOWN, type Scope, type Value } from './values.js';

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

/** `import a.b, c as d`. */
export function importModules(machine: Machine, names: readonly Imported[], line: number, scope: Scope): void {
  for (const { name, as } of names) {
    const [top = ''] = name.split('.');
    const value = moduleValue(machine, as === undefined ? top : name);
    requireThere(machine, name, line);
    bind(scope, as ?? top, value);
  }
}

/** `from a import b as c` and `from a import *`. */
export function importFrom(
  machine: Machine,
  module: string,
  names: readonly Imported[] | '*',
  line: number,
  scope: Scope,
): void {
  if (module === '__future__') return;
  if (module.startsWith('.'))
    machine.complain(line, 'relative imports do not work in a plugin, which is in no package');
  requireThere(machine, module, line);
  const own = machine.load(module);
  if (names === '*') {
    if (own === undefined || own.isOpen) moduleOf(scope).isOpen = true;
    for (const [name, value] of own?.names ?? []) if (!name.startsWith('_')) bind(scope, name, value);
    return;
  }
  for (const { name, as } of names) bind(scope, as ?? name, memberOf(machine, module, own, name, line));
}

function memberOf(machine: Machine, module: string, own: Scope | undefined, name: string, line: number): Value {
  if (own === undefined) {
    requireThere(machine, `${module}.${name}`, line);
    return { kind: 'foreign', name: `${module}.${name}`, isModule: false };
  }
  const value = own.names.get(name);
  if ((value === undefined || value.kind === 'missing') && !own.isOpen)
    machine.complain(line, `module ${module} has no ${name}`);
  return value ?? UNKNOWN;
}

function moduleValue(machine: Machine, name: string): Value {
  const scope = machine.load(name);
  return { kind: 'foreign', name, isModule: true, scope };
}

function requireThere(machine: Machine, name: string, line: number): void {
  if (ONLY_PYTHON_3.has(name)) machine.complain(line, `Python 2.7 has no module ${name}`);
}
