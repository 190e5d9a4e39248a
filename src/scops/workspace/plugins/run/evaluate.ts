import type { Expression } from '../python/tree.js';
import { BUILTINS } from '../python/words.js';
import { compare } from './compare.js';
import type { Machine } from './machine.js';
import { itemOf, percent, plus } from './texts.js';
import {
  either,
  lookUp,
  NONE,
  textOf,
  truthOf,
  UNKNOWN,
  type FunctionValue,
  type Scope,
  type Value,
} from './values.js';

/** The value of an expression, as far as it can be determined. */
export function evaluate(machine: Machine, value: Expression, scope: Scope): Value {
  const inner = (one: Expression): Value => machine.evaluate(one, scope);
  switch (value.kind) {
    case 'name':
      return nameValue(machine, value.name, value.line, scope);
    case 'constant':
      return constant(value.type, value.text);
    case 'display': {
      const items = value.items.map(inner);
      return value.type === 'tuple' ? { kind: 'tuple', items } : { kind: 'object', what: `a ${value.type}` };
    }
    case 'lambda':
      return functionValue(machine, value.parameters, value.body, scope);
    case 'call': {
      const callee = inner(value.callee);
      return machine.call(callee, machine.give(value.arguments, scope), value.line);
    }
    case 'attribute':
      return attribute(machine, inner(value.of), value.name, value.line);
    case 'subscript':
      return subscript(inner, value.of, value.index);
    case 'compare':
      return compare(value.operators, value.items.map(inner));
    case 'logic':
      return logic(machine, value.operator, value.items, scope);
    case 'not': {
      const truth = truthOf(inner(value.of));
      return truth === undefined ? UNKNOWN : { kind: 'boolean', truth: !truth };
    }
    case 'choice': {
      const [yes, test, no] = value.items;
      const truth = truthOf(inner(test));
      if (truth !== undefined) return inner(truth ? yes : no);
      return machine.maybe(() => either([inner(yes), inner(no)]));
    }
    case 'operation':
      return operation(value.operators, value.items.map(inner));
    case 'comprehension':
      return { kind: 'object', what: `a ${value.type}` };
    case 'yield':
    case 'slice':
      return UNKNOWN;
  }
}

/** A function, with the values of its defaults. */
export function functionValue(
  machine: Machine,
  parameters: FunctionValue['parameters'],
  body: FunctionValue['body'],
  scope: Scope,
): FunctionValue {
  const fallbacks = new Map<string, Value>();
  for (const { names, fallback } of parameters.plain) {
    const [name = ''] = names;
    if (fallback !== undefined) fallbacks.set(name, machine.evaluate(fallback, scope));
  }
  return { kind: 'function', parameters, fallbacks, body, scope };
}

function nameValue(machine: Machine, name: string, line: number, scope: Scope): Value {
  const found = lookUp(scope, name);
  if (found !== undefined && found.kind !== 'missing')
    return found.kind === 'either' && found.values.some(({ kind }) => kind === 'missing')
      ? either(found.values.filter(({ kind }) => kind !== 'missing'))
      : found;
  if (name === 'None') return NONE;
  if (name === 'True' || name === 'False') return { kind: 'boolean', truth: name === 'True' };
  if (BUILTINS.has(name)) return { kind: 'foreign', name, isModule: false };
  machine.complain(line, `${name} is not defined`);
  return UNKNOWN;
}

function constant(type: 'number' | 'string', text: string): Value {
  if (type === 'number') return /^\d+$/u.test(text) ? { kind: 'number', number: Number(text) } : UNKNOWN;
  const body = /^[uUbBrR]{0,2}('''|"""|'|")([^\\]*)\1$/u.exec(text)?.[2];
  return body === undefined || /['"] /u.test(text) ? UNKNOWN : textOf(body);
}

function attribute(machine: Machine, of: Value, name: string, line: number): Value {
  if (of.kind === 'text') return { kind: 'method', of, name };
  if (of.kind === 'instance') {
    const found = of.scope.names.get(name);
    return found?.kind === 'function' ? { ...found, self: of } : UNKNOWN;
  }
  if (of.kind !== 'foreign') return UNKNOWN;
  if (of.scope !== undefined) {
    const found = of.scope.names.get(name);
    if (found === undefined && !of.scope.isOpen && !name.startsWith('__'))
      machine.complain(line, `${of.name} has no ${name}`);
    return found ?? UNKNOWN;
  }
  const full = `${of.name}.${name}`;
  if (full === 'sys.version_info')
    return { kind: 'tuple', items: [2, 7, 18].map((number) => ({ kind: 'number', number })) };
  return { kind: 'foreign', name: full, isModule: false };
}

function subscript(inner: (one: Expression) => Value, of: Expression, index: readonly Expression[]): Value {
  const base = inner(of);
  const [first, ...more] = index;
  if (first === undefined || more.length > 0) return UNKNOWN;
  if (first.kind !== 'slice') return itemOf(base, inner(first));
  const [from, to, step] = first.parts;
  if (step !== undefined) return UNKNOWN;
  return itemOf(
    base,
    from === undefined ? { kind: 'number', number: 0 } : inner(from),
    to === undefined ? NONE : inner(to),
  );
}

function logic(machine: Machine, operator: 'and' | 'or', items: readonly Expression[], scope: Scope): Value {
  const seen: Value[] = [];
  const rest = (index: number): Value => {
    const item = items[index];
    if (item === undefined) return either(seen);
    const value = machine.evaluate(item, scope);
    const truth = truthOf(value);
    seen.push(value);
    if (truth === (operator === 'or') || index === items.length - 1) return either(seen);
    if (truth !== undefined) seen.pop();
    return truth === undefined ? machine.maybe(() => rest(index + 1)) : rest(index + 1);
  };
  return rest(0);
}

/** `+` and `%` of texts, `-` of one number; the others are unknown. */
function operation(operators: readonly string[], items: readonly Value[]): Value {
  const [first = UNKNOWN, ...rest] = items;
  if (rest.length === 0)
    return operators[0] === '-' && first.kind === 'number' ? { kind: 'number', number: -first.number } : UNKNOWN;
  const sum: Value[] = [first];
  for (const [index, item] of rest.entries()) {
    const operator = operators[index];
    if (operator === '+') sum.push(item);
    else if (operator === '%') sum.push(percent(sum.pop() ?? UNKNOWN, item));
    else return UNKNOWN;
  }
  return sum.reduce(plus);
}
