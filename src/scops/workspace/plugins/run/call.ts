import { isGenerator, statementsOfScope } from '../python/rules.js';
import type { Argument, Parameter } from '../python/tree.js';
import type { Frame, Given, Machine } from './machine.js';
import { callForeign, callMethod } from './texts.js';
import {
  either,
  moduleOf,
  NEVER,
  NONE,
  scopeWithin,
  UNKNOWN,
  type FunctionValue,
  type Scope,
  type Value,
} from './values.js';

const ENDINGS = new Set(['sys.exit', 'os._exit', 'exit', 'quit']);
const NO_FUNCTIONS = new Set(['staticmethod', 'classmethod', 'property']);

/** What a call gives. */
export function call(machine: Machine, callee: Value, given: Given, line: number): Value {
  switch (callee.kind) {
    case 'function':
      return callFunction(machine, callee, given, line);
    case 'foreign':
      if (ENDINGS.has(callee.name)) return NEVER;
      if (NO_FUNCTIONS.has(callee.name)) return { kind: 'object', what: `a ${callee.name}` };
      return given.isOpen ? UNKNOWN : callForeign(callee.name, given.plain);
    case 'method':
      return given.isOpen ? UNKNOWN : callMethod(callee.of, callee.name, given.plain, given.named);
    case 'class':
      return callee.isKnown && !callee.scope.names.has('__new__') ? { kind: 'instance', scope: callee.scope } : UNKNOWN;
    case 'instance': {
      const own = callee.scope.names.get('__call__');
      return own?.kind === 'function' ? callFunction(machine, { ...own, self: callee }, given, line) : UNKNOWN;
    }
    case 'either':
      return machine.maybe(() => either(callee.values.map((one) => call(machine, one, given, line))));
    default:
      return UNKNOWN;
  }
}

/** The arguments of a call. */
export function give(machine: Machine, list: readonly Argument[], scope: Scope): Given {
  const plain: Value[] = [];
  const named = new Map<string, Value>();
  let isOpen = false;
  for (const { kind, name, value } of list) {
    const given = machine.evaluate(value, scope);
    if (kind === 'plain') plain.push(given);
    else if (kind === 'keyword' && name !== undefined) named.set(name, given);
    else isOpen = true;
  }
  return { plain, named, isOpen };
}

/** What a function lacks or does not take. */
export function misfits(
  { parameters }: FunctionValue,
  given: Given,
): { needs: string[]; refuses: string[]; tooMany: boolean } {
  if (given.isOpen) return { needs: [], refuses: [], tooMany: false };
  const { plain, list, dictionary } = parameters;
  const rest = plain.slice(given.plain.length);
  const nameOf = ({ names, isTuple }: Parameter): string => (isTuple ? `(${names.join(', ')})` : (names[0] ?? ''));
  return {
    needs: rest.filter((one) => one.fallback === undefined && !given.named.has(nameOf(one))).map(nameOf),
    refuses:
      dictionary === undefined
        ? [...given.named.keys()].filter((name) => !rest.some((one) => nameOf(one) === name))
        : [],
    tooMany: list === undefined && given.plain.length > plain.length,
  };
}

function callFunction(machine: Machine, callee: FunctionValue, asGiven: Given, line: number): Value {
  const given = callee.self === undefined ? asGiven : { ...asGiven, plain: [callee.self, ...asGiven.plain] };
  const { needs, refuses, tooMany } = misfits(callee, given);
  const [lacking] = needs;
  const [strange] = refuses;
  if (lacking !== undefined) machine.complain(line, `the call lacks argument ${lacking}`);
  else if (strange !== undefined) machine.complain(line, `the function that is called does not take ${strange}`);
  else if (tooMany) machine.complain(line, 'the call has too many arguments');
  const scope = scopeWithin(callee.scope);
  for (const [index, { names, isTuple }] of callee.parameters.plain.entries()) {
    const [name = ''] = names;
    const value = given.plain[index] ?? given.named.get(name) ?? callee.fallbacks.get(name) ?? UNKNOWN;
    for (const one of names) scope.names.set(one, isTuple || given.isOpen ? UNKNOWN : value);
  }
  const { list, dictionary } = callee.parameters;
  if (list !== undefined) scope.names.set(list, UNKNOWN);
  if (dictionary !== undefined) scope.names.set(dictionary, UNKNOWN);
  const { file } = machine;
  machine.file = moduleOf(callee.scope).file ?? file;
  const result = resultOf(machine, callee, scope);
  machine.file = file;
  return result;
}

function resultOf(machine: Machine, { body }: FunctionValue, scope: Scope): Value {
  if ('kind' in body) return machine.evaluate(body, scope);
  machine.spend(statementsOfScope(body).length);
  if (isGenerator(body)) return { kind: 'object', what: 'a generator' };
  const frame: Frame = { returns: [] };
  const { isCertain } = machine;
  const falls = machine.execute(body, scope, frame);
  machine.isCertain = isCertain;
  return either(falls ? [...frame.returns, NONE] : frame.returns);
}
