/** What the test itself knows of arguments: values that are right, and values that are wrong whatever the method. */
export interface Leaf {
  readonly good: unknown;
  readonly wrong: readonly unknown[];
  readonly needed?: boolean;
}
export interface Shape {
  readonly fields: Readonly<Record<string, Leaf>>;
  readonly needed?: boolean;
}
export type Argument = Leaf | Shape;

const fn = (): number => 1;
const never = [null, Symbol('wrong'), 5n];

export const text: Leaf = { good: undefined, wrong: [...never, 5, Number.NaN, true, {}, [], fn, new Date(0)] };
export const number: Leaf = { good: undefined, wrong: [...never, '5', Number.NaN, true, {}, [5], fn, new Date(0)] };
export const flag: Leaf = { good: undefined, wrong: [...never, 'yes', 1, {}, [], fn] };
export const date: Leaf = {
  good: undefined,
  wrong: [...never, 1449792000000, Number.NaN, true, {}, [], fn, new Date(Number.NaN)],
};
export const path: Leaf = { good: undefined, wrong: [...never, 5, true, {}, [], fn, new Date(0)] };
export const word: Leaf = { good: undefined, wrong: [...never, 5, true, {}, [], fn, 'no such word'] };
export const call: Leaf = { good: undefined, wrong: [...never, 5, 'text', true, {}, []] };
export const signal: Leaf = { good: undefined, wrong: [...never, 5, 'text', true, {}, [], fn, new AbortController()] };
export const list: Leaf = { good: undefined, wrong: [...never, 5, 'text', true, {}, fn, [null], [5n]] };
export const object: Leaf = { good: undefined, wrong: [...never, 5, true, [], fn, new Date(0)] };

/** An option that is declared, but not listed here: what no option can be. */
export const unlisted: Leaf = { good: undefined, wrong: never };

/** The same, which must be given. */
export function given(leaf: Leaf, good: unknown, ...alsoRight: unknown[]): Leaf {
  return { good, wrong: leaf.wrong.filter((one) => !alsoRight.includes(one)), needed: true };
}

export const CALL: Shape = { fields: { signal, timeoutMs: number } };
export const DOWNLOAD: Shape = {
  fields: {
    ...CALL.fields,
    concurrency: number,
    overwrite: word,
    resume: flag,
    onFailure: word,
    onProgress: call,
    idleTimeoutMs: number,
  },
};
export const WAIT: Shape = {
  fields: { ...CALL.fields, pollIntervalMs: number, deadlineMs: number, appearMs: number, onState: call },
};

/** More options of the same call. */
export function more(shape: Shape, fields: Shape['fields']): Shape {
  return { ...shape, fields: { ...shape.fields, ...fields } };
}

export function isShape(argument: Argument): argument is Shape {
  return 'fields' in argument;
}

/** An argument as a caller would give it. */
export function goodOf(argument: Argument): unknown {
  if (!isShape(argument)) return argument.good;
  const entries = Object.entries(argument.fields).filter(([, leaf]) => leaf.good !== undefined);
  return Object.fromEntries(entries.map(([name, leaf]) => [name, leaf.good]));
}
