import { axisOf, type Axis } from './axis.js';
import type { Source } from './source.js';

/** What a part is drawn as. */
export type Form =
  | { readonly kind: 'lines'; readonly along: number; readonly across: number | undefined }
  | {
      readonly kind: 'image';
      readonly horizontal: number;
      readonly vertical: number;
      /** Whether the first row is at the top: the lines of a scanner. */
      readonly isTopDown: boolean;
      /** Whether both axes are of pixels of a camera, which are as wide as they are high. */
      readonly isSquare: boolean;
    };

/** As many lines as an eye can follow. */
const LINES = 10;

/**
 * Lines or an image, and which axis of the part lies where.
 *
 * @param wanted - What the user asked for.
 * @throws `RangeError` when the part has no values, one value, or more than two axes.
 */
export function formOf(source: Source, wanted: 'lines' | 'image' | undefined): Form {
  const { name, shape, dimensions, home } = source;
  const axes = shape.flatMap((count, axis) => (count === 1 ? [] : [axis]));
  if (shape.includes(0)) throw new RangeError(`plot: ${name} has no values`);
  if (axes.length > 2 || (axes.length === 0 && wanted !== 'image')) throw wrongAxes(source, axes);
  const isScan = dimensions.includes('line') && dimensions.includes('sample');
  const isRaster = isScan || (home?.format === 'fits' && !name.includes('/'));
  const [first = shape.length - 2, second = shape.length - 1] = axes;
  const isShort = Math.min(shape[first] ?? 1, shape[second] ?? 1) <= LINES;
  if (wanted === 'lines' || (wanted === undefined && (axes.length === 1 || (isShort && !isRaster)))) {
    if (axes.length === 1) return { kind: 'lines', along: first, across: undefined };
    const [along, across] = (shape[first] ?? 0) >= (shape[second] ?? 0) ? [first, second] : [second, first];
    if ((shape[across] ?? 0) > 100)
      throw new RangeError(`plot: ${name} would have ${shape[across]} lines; plot it as an image, or select a part`);
    return { kind: 'lines', along, across };
  }
  // An image of one row keeps its row.
  const pair = axes.length === 2 ? [first, second] : imagePair(source, axes[0]);
  const [slow, fast] = pair;
  if (slow === undefined || fast === undefined || slow < 0) throw wrongAxes(source, axes);
  const isTurned = !isRaster && (runs(source, slow) || axisOf(source, fast).isVertical);
  const isTopDown = dimensions[slow] === 'line' && dimensions[fast] === 'sample';
  const [horizontal, vertical] = isTurned ? [slow, fast] : [fast, slow];
  return { kind: 'image', horizontal, vertical, isTopDown, isSquare: isTopDown || (isRaster && !isScan) };
}

/** The axis of an image of one row or column, and the one that it is beside. */
function imagePair({ shape }: Source, axis = shape.length - 1): readonly number[] {
  return axis === shape.length - 1 ? [axis - 1, axis] : [axis, shape.length - 1];
}

function wrongAxes({ name, shape, dimensions }: Source, long: readonly number[]): RangeError {
  if (long.length === 0) return new RangeError(`plot: ${name} is a single value here`);
  const axes = shape.map((count, axis) => [dimensions[axis] ?? '', count].join(' ').trim()).join(', ');
  return new RangeError(`plot: ${name} has the axes ${axes}; select one index on all axes but two, or all but one`);
}

/** Whether an axis is one of time, which runs from left to right. */
function runs(source: Source, axis: number): boolean {
  const found: Axis = axisOf(source, axis);
  return found.isTime || (found.isIndex && /^(?:time|epoch)$/iu.test(source.dimensions[axis] ?? ''));
}
