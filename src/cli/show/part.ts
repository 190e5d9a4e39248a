import type { DataFile, ReadOptions, Variable } from '../../read/index.js';
import { nearestName } from '../../core/util/nearest-name.js';
import { UsageError } from '../command/usage-error.js';

/** A variable, and which part of it is wanted. */
export interface Part {
  readonly variable: Variable;
  readonly read: Required<Pick<ReadOptions, 'start' | 'count' | 'stride'>>;
  /** Axes of which one index was named: they are left out of the result. */
  readonly single: ReadonlySet<number>;
}

/**
 * The part that a text such as `data[0:10,5]` names: for each axis an index, or `first:end:step` without the end. Negative numbers
 * count from the end of the axis. Axes that are not named are wanted whole.
 *
 * @throws UsageError when there is no such variable, or it has no such part.
 */
export function partOf(file: DataFile, text: string): Part {
  const whole = file.variables.get(text);
  if (whole !== undefined) return sliced(whole, []);
  const [, name = text, inner] = /^(.*)\[([^[\]]*)\]$/su.exec(text) ?? [];
  const variable = file.variables.get(name);
  if (variable !== undefined)
    return sliced(variable, inner === undefined || inner.trim() === '' ? [] : inner.split(','));
  const near = nearestName(name, file.variables.keys());
  const advice = near === undefined ? '' : `; did you mean ${near}?`;
  throw new UsageError(`there is no variable ${name} in this file${advice}`);
}

function sliced(variable: Variable, slices: readonly string[]): Part {
  const { name, shape } = variable;
  if (slices.length > shape.length)
    throw new UsageError(`${name} has ${shape.length} axes (${shape.join(', ')}), not ${slices.length}`);
  const single = new Set<number>();
  const axes = shape.map((length, axis) => {
    const slice = (slices[axis] ?? ':').trim();
    if (!slice.includes(':')) single.add(axis);
    return axisOf(slice, length, `${name}, axis ${axis}`);
  });
  const pick = (key: 'start' | 'count' | 'stride'): number[] => axes.map((axis) => axis[key]);
  return { variable, single, read: { start: pick('start'), count: pick('count'), stride: pick('stride') } };
}

interface Axis {
  readonly start: number;
  readonly count: number;
  readonly stride: number;
}

function axisOf(slice: string, length: number, where: string): Axis {
  const numbers = slice.split(':').map((word) => numberOf(word.trim(), slice, where));
  if (numbers.length === 1) {
    const [index] = numbers;
    const at = index === undefined || index >= 0 ? index : index + length;
    if (at === undefined || at < 0 || at >= length)
      throw new UsageError(`${where}: there is no index ${slice}; it has ${length} elements`);
    return { start: at, count: 1, stride: 1 };
  }
  const [first = 0, end = length, stride = 1] = numbers;
  if (numbers.length > 3 || stride < 1)
    throw new UsageError(`${where}: ${slice} is not first:end:step with a step from 1 on`);
  const inside = (index: number): number => Math.min(length, Math.max(0, index < 0 ? index + length : index));
  const start = inside(first);
  return { start, stride, count: Math.max(0, Math.ceil((inside(end) - start) / stride)) };
}

function numberOf(word: string, slice: string, where: string): number | undefined {
  if (word === '') return undefined;
  if (/^[+-]?\d{1,15}$/u.test(word)) return Number(word);
  throw new UsageError(`${where}: ${slice} is neither an index nor first:end:step`);
}
