import type { Variable } from '../types.js';
import { axisAlong, type Axis } from './axis.js';
import { sourceOf, type Source } from './source.js';
import type { PlotData } from './types.js';

type Values = Variable | PlotData;

const shapeOf = (value: Values): readonly number[] => value.shape ?? ('data' in value ? [value.data.length] : []);
const isSame = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();
const wordsOf = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** The uncertainty of a part: the same part of other values, or values of the shape of the part. */
export function errorOf(value: Values, source: Source): Source {
  const shape = shapeOf(value);
  if (isSame(shape, source.whole)) return sourceOf(value, source.part, 'plot: error');
  if (isSame(shape, source.shape)) return sourceOf(value, {}, 'plot: error');
  throw new RangeError(
    `plot: error: ${value.name} has the shape ${wordsOf(shape)}; it must have that of ${source.name}, ${wordsOf(source.whole)}`,
  );
}

/** What lines are drawn against: values along the same axis, all of them or as many as there are points. */
export function againstOf(value: Values, source: Source, along: number): Axis {
  const shape = shapeOf(value);
  const [all = 1, few = 1] = [source.whole[along], source.shape[along]];
  const { start, count, stride } = source.part;
  if (isSame(shape, source.whole) && source.shape.every((many, axis) => many === 1 || axis === along))
    return axisAlong(sourceOf(value, source.part, 'plot: against'));
  const own = shape.findIndex((length) => length > 1);
  if (shape.some((length, axis) => axis !== own && length !== 1) || ![all, few].includes(shape[own] ?? 1))
    throw new RangeError(
      `plot: against: ${value.name} has the shape ${wordsOf(shape)}; ${source.name} needs ${few} positions`,
    );
  if (shape[own] === few && few !== all) return axisAlong(sourceOf(value, {}, 'plot: against'));
  const pick = (values: readonly number[], rest: number): number[] =>
    shape.map((_, axis) => (axis === own ? (values[along] ?? rest) : rest));
  return axisAlong(
    sourceOf(value, { start: pick(start, 0), count: pick(count, 1), stride: pick(stride, 1) }, 'plot: against'),
  );
}
