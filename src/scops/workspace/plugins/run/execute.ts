import type { Expression, Statement } from '../python/tree.js';
import { statementsOfScope } from '../python/rules.js';
import { expressionsOf } from '../python/walk.js';
import { functionValue } from './evaluate.js';
import { importFrom, importModules, boundNames } from './names.js';
import type { Frame, Machine } from './machine.js';
import { bind, either, MISSING, NONE, scopeWithin, truthOf, UNKNOWN, type Scope, type Value } from './values.js';

/** Goes through a block; `false` where execution never comes to its end. */
export function execute(machine: Machine, block: readonly Statement[], scope: Scope, frame: Frame): boolean {
  for (const statement of block) {
    if (machine.isExhausted) return true;
    if (!executeOne(machine, statement, scope, frame)) return false;
  }
  return true;
}

function executeOne(machine: Machine, statement: Statement, scope: Scope, frame: Frame): boolean {
  const run = (block: readonly Statement[]): boolean => machine.execute(block, scope, frame);
  switch (statement.kind) {
    case 'expression':
      return machine.evaluate(statement.value, scope).kind !== 'never';
    case 'assign': {
      const value = machine.evaluate(statement.value, scope);
      for (const target of statement.targets) assign(machine, target, value, scope);
      return value.kind !== 'never';
    }
    case 'augment': {
      const { target, value } = statement;
      const sum: Expression = { kind: 'operation', operators: ['+'], items: [target, value], line: statement.line };
      assign(machine, target, machine.evaluate(sum, scope), scope);
      return true;
    }
    case 'return':
      frame.returns.push(statement.value === undefined ? NONE : machine.evaluate(statement.value, scope));
      return false;
    case 'raise':
    case 'break':
    case 'continue':
      return false;
    case 'assert': {
      const [test] = statement.items.map((item) => machine.evaluate(item, scope));
      return test === undefined || truthOf(test) !== false;
    }
    case 'print':
    case 'exec':
      for (const value of expressionsOf(statement)) machine.evaluate(value, scope);
      return true;
    case 'import':
      importModules(machine, statement.names, statement.line, scope);
      return true;
    case 'from':
      importFrom(machine, statement.module, statement.names, statement.line, scope);
      return true;
    case 'global':
      for (const name of statement.names) scope.globals.add(name);
      return true;
    case 'delete':
      for (const target of statement.targets)
        for (const item of target.kind === 'display' ? target.items : [target])
          if (item.kind === 'name') bind(scope, item.name, MISSING);
      return true;
    case 'function': {
      let value: Value = functionValue(machine, statement.parameters, statement.body, scope);
      for (const decorator of [...statement.decorators].reverse()) {
        const given = { plain: [value], named: new Map<string, Value>(), isOpen: false };
        value = machine.call(machine.evaluate(decorator, scope), given, statement.line);
      }
      bind(scope, statement.name, value);
      return true;
    }
    case 'class': {
      for (const value of expressionsOf(statement)) machine.evaluate(value, scope);
      const own = scopeWithin(scope);
      const isKnown = [...statement.bases, ...statement.decorators].every(
        (one) => one.kind === 'name' && one.name === 'object',
      );
      const falls = machine.execute(statement.body, own, { returns: [] });
      bind(scope, statement.name, { kind: 'class', isKnown, scope: own });
      return falls;
    }
    case 'if': {
      const truth = truthOf(machine.evaluate(statement.test, scope));
      if (truth !== undefined) return run(truth ? statement.body : statement.otherwise);
      return branches(machine, scope, [() => run(statement.body), () => run(statement.otherwise)]);
    }
    case 'while': {
      const truth = truthOf(machine.evaluate(statement.test, scope));
      if (truth === false) return run(statement.otherwise);
      loop(machine, statement.body, scope, frame);
      const endless = truth === true && !statementsOfScope(statement.body).some(({ kind }) => kind === 'break');
      return !endless && branches(machine, scope, [() => run(statement.otherwise), () => true]);
    }
    case 'for':
      machine.evaluate(statement.over, scope);
      assign(machine, statement.target, UNKNOWN, scope);
      loop(machine, statement.body, scope, frame);
      return branches(machine, scope, [() => run(statement.otherwise), () => true]);
    case 'with':
      for (const { value, target } of statement.items) {
        machine.evaluate(value, scope);
        if (target !== undefined) assign(machine, target, UNKNOWN, scope);
      }
      return run(statement.body);
    case 'try':
      return executeTry(machine, statement, scope, frame);
    case 'pass':
      return true;
  }
}

function executeTry(
  machine: Machine,
  statement: Statement & { readonly kind: 'try' },
  scope: Scope,
  frame: Frame,
): boolean {
  const run = (block: readonly Statement[]): boolean => machine.execute(block, scope, frame);
  if (statement.handlers.length === 0) {
    const falls = run(statement.body);
    return run(statement.last) && falls;
  }
  const falls = branches(machine, scope, [
    () => run(statement.body) && run(statement.otherwise),
    ...statement.handlers.map(({ target, body }) => () => {
      widen(machine, statement.body, scope);
      if (target !== undefined) assign(machine, target, UNKNOWN, scope);
      return run(body);
    }),
  ]);
  return run(statement.last) && falls;
}

/** A body that runs any number of times: what it binds is unknown. */
function loop(machine: Machine, body: readonly Statement[], scope: Scope, frame: Frame): void {
  widen(machine, body, scope);
  branches(machine, scope, [() => machine.execute(body, scope, frame), () => true]);
}

function widen(machine: Machine, body: readonly Statement[], scope: Scope): void {
  machine.spend(statementsOfScope(body).length);
  for (const name of boundNames(body)) bind(scope, name, either([scope.names.get(name) ?? MISSING, UNKNOWN]));
}

/** Ways of which one is taken; the names are then what they are after any that comes to its end. */
function branches(machine: Machine, scope: Scope, ways: readonly (() => boolean)[]): boolean {
  const before = scope.names;
  const ends: Map<string, Value>[] = [];
  for (const way of ways) {
    machine.spend(before.size);
    scope.names = new Map(before);
    if (machine.maybe(way)) ends.push(scope.names);
  }
  if (ends.length < ways.length) machine.isCertain = false;
  const names = new Set(ends.flatMap((end) => [...end.keys()]));
  scope.names = before;
  for (const name of names) before.set(name, either(ends.map((end) => end.get(name) ?? MISSING)));
  return ends.length > 0;
}

function assign(machine: Machine, target: Expression, value: Value, scope: Scope): void {
  if (target.kind === 'name') bind(scope, target.name, value);
  else if (target.kind === 'display') {
    const whole = target.items;
    const items = value.kind === 'tuple' && value.items.length === whole.length ? value.items : [];
    for (const [index, item] of whole.entries()) assign(machine, item, items[index] ?? UNKNOWN, scope);
  } else if (target.kind === 'attribute' || target.kind === 'subscript') machine.evaluate(target.of, scope);
}
