import { requireNames } from '../options.js';
import type { ReadOptions } from '../types.js';

/** A checked part of an array: one entry per axis. */
export interface Selection {
  readonly start: readonly number[];
  readonly count: readonly number[];
  readonly stride: readonly number[];
}

const OPTIONS = ['start', 'count', 'stride', 'decode'];

/**
 * The part of an array that options ask for.
 *
 * @throws `RangeError` when it lies outside of the array; `TypeError` when an option is unknown or has the wrong form, as a list that
 * is not of the array's rank.
 */
export function selectionOf(shape: readonly number[], options: ReadOptions = {}): Selection {
  requireNames('read', options, OPTIONS);
  const { decode = true }: { readonly decode?: unknown } = options;
  if (typeof decode !== 'boolean') throw new TypeError('decode must be true or false');
  const stride = axisValues('stride', options.stride, shape) ?? shape.map(() => 1);
  const start = axisValues('start', options.start, shape) ?? shape.map(() => 0);
  const rest = shape.map((length, axis) => Math.max(0, Math.ceil((length - (start[axis] ?? 0)) / (stride[axis] ?? 1))));
  const count = axisValues('count', options.count, shape) ?? rest;
  for (const [axis, length] of shape.entries()) {
    const [first = 0, many = 0, step = 1, most = 0] = [start[axis], count[axis], stride[axis], rest[axis]];
    if (step < 1) throw new RangeError(`stride of axis ${axis} is ${step}; it must be at least 1`);
    if (first < 0 || first > length || many < 0 || many > most)
      throw new RangeError(
        `start ${first}, count ${many}, stride ${step} of axis ${axis} lie outside its ${length} elements`,
      );
  }
  return { start, count, stride };
}

function axisValues(
  name: string,
  values: readonly number[] | undefined,
  shape: readonly number[],
): readonly number[] | undefined {
  if (values === undefined) return undefined;
  const list: unknown = values;
  if (!Array.isArray(list) || values.length !== shape.length || !values.every(Number.isSafeInteger))
    throw new TypeError(`${name} must be a list of ${shape.length} integers, one for each axis`);
  return values.slice();
}

/** Strides of an array in C order, in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis -= 1)
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  return strides;
}

/** How many elements an array of this shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
