import { UNKNOWN, type Value } from './values.js';

/** `a < b`, where it can be determined: numbers, the version of Python, `None`, texts that do not come from the arguments. */
export function compare(operators: readonly string[], items: readonly Value[]): Value {
  const [one, other] = items;
  const [operator = ''] = operators;
  if (operators.length !== 1 || one === undefined || other === undefined) return UNKNOWN;
  const order = orderOf(one, other);
  switch (operator) {
    case 'is':
    case '==':
      return truth(isNone(one, other) ?? (operator === 'is' || order === undefined ? undefined : order === 0));
    case 'is not':
    case '!=':
    case '<>': {
      const same = isNone(one, other) ?? (operator === 'is not' || order === undefined ? undefined : order === 0);
      return truth(same === undefined ? undefined : !same);
    }
    case '<':
      return truth(order === undefined ? undefined : order < 0);
    case '>':
      return truth(order === undefined ? undefined : order > 0);
    case '<=':
      return truth(order === undefined ? undefined : order <= 0);
    case '>=':
      return truth(order === undefined ? undefined : order >= 0);
    default:
      return UNKNOWN;
  }
}

function truth(value: boolean | undefined): Value {
  return value === undefined ? UNKNOWN : { kind: 'boolean', truth: value };
}

function isNone(one: Value, other: Value): boolean | undefined {
  const vague = [one, other].some(({ kind }) => kind === 'unknown' || kind === 'either' || kind === 'foreign');
  if (vague || (one.kind !== 'none' && other.kind !== 'none')) return undefined;
  return one.kind === other.kind;
}

function orderOf(one: Value, other: Value): number | undefined {
  if (one.kind === 'number' && other.kind === 'number') return one.number - other.number;
  if (one.kind === 'text' && other.kind === 'text')
    return one.isExample || other.isExample ? undefined : Number(one.text > other.text) - Number(one.text < other.text);
  if (one.kind !== 'tuple' || other.kind !== 'tuple') return undefined;
  for (const [index, item] of one.items.entries()) {
    const next = other.items[index];
    if (next === undefined) return 1;
    const order = orderOf(item, next);
    if (order !== 0) return order;
  }
  return one.items.length - other.items.length;
}
