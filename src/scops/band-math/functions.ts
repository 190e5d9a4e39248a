import { wider, type Complain, type Value } from './values.js';

/** A function of NumExpr: how many values it takes, and of what kind the result is. */
interface NumExprFunction {
  readonly count: number;
  readonly result: (values: readonly Value[], name: string, complain: Complain) => Value;
}

const real = (values: readonly Value[], name: string, complain: Complain): Value => {
  if (values.some(({ kind }) => kind === 'complex'))
    throw complain(`takes ${name} of complex numbers; use real or imag first`);
  const whole = values.some(({ kind }) => kind === 'int' || kind === 'long');
  const kind = values.reduce<Value['kind']>((widest, value) => wider(widest, value.kind), 'float');
  const [first] = values;
  const constant = values.every((value) => value.constant !== undefined) ? resultOf(name, values) : undefined;
  if (constant === undefined) return { kind: whole && kind === 'float' ? 'double' : kind };
  if (Number.isNaN(constant)) throw complain(`takes ${name} of a constant for which it has no value`);
  return { kind: KEEPS.has(name) && whole ? (first?.kind ?? 'double') : 'double', constant };
};

/** Of whole constants they give whole numbers. */
const KEEPS = new Set(['abs', 'fmod']);
const MATH: Readonly<Record<string, (a: number, b: number) => number>> = {
  abs: Math.abs,
  arccos: Math.acos,
  arccosh: Math.acosh,
  arcsin: Math.asin,
  arcsinh: Math.asinh,
  arctan: Math.atan,
  arctan2: Math.atan2,
  arctanh: Math.atanh,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  expm1: Math.expm1,
  floor: Math.floor,
  fmod: (a, b) => a % b,
  log: Math.log,
  log10: Math.log10,
  log1p: Math.log1p,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
};

function resultOf(name: string, [a, b]: readonly Value[]): number {
  return MATH[name]?.(a?.constant ?? 0, b?.constant ?? 0) ?? Number.NaN;
}

const same = ([value]: readonly Value[]): Value => ({ kind: value?.kind ?? 'float' });
const part = (): Value => ({ kind: 'double' });

/** The functions that give a value for each pixel; sums and the like give one for all, which is not an image. */
export const FUNCTIONS: ReadonlyMap<string, NumExprFunction> = new Map<string, NumExprFunction>([
  ...Object.keys(MATH).map(
    (name) => [name, { count: name === 'arctan2' || name === 'fmod' ? 2 : 1, result: real }] as const,
  ),
  ['copy', { count: 1, result: same }],
  ['ones_like', { count: 1, result: same }],
  ['real', { count: 1, result: part }],
  ['imag', { count: 1, result: part }],
  ['conj', { count: 1, result: () => ({ kind: 'complex' }) }],
  ['complex', { count: 2, result: () => ({ kind: 'complex' }) }],
  [
    'where',
    {
      count: 3,
      result: ([condition, one, other], name, complain) => {
        if (condition?.kind !== 'bool')
          throw complain(`needs a comparison first in ${name}, such as where(band1 > 0, band1, 0)`);
        if (condition.constant !== undefined) throw complain(`has a constant condition in ${name}`);
        return { kind: wider(one?.kind ?? 'float', other?.kind ?? 'float') };
      },
    },
  ],
]);
