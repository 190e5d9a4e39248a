import { selectionOf, sizeOf, stridesOf, type Selection } from '../array/selection.js';
import { holdsTimes, homeOf, type Home } from '../data-home.js';
import type { Attribute, NdArray, ReadOptions, Variable } from '../types.js';
import type { PlotData } from './types.js';

/** The numbers of a part, in C order: `NaN` where there is none, times in milliseconds. */
export type Numbers = ArrayLike<number>;

/** A part of a variable, or values of the user's own, as numbers. */
export interface Source {
  readonly name: string;
  readonly units: string | undefined;
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The name of each axis of `shape`; may be empty. */
  readonly dimensions: readonly string[];
  /** How many elements of each axis are plotted. */
  readonly shape: readonly number[];
  /** How many elements of each axis there are. */
  readonly whole: readonly number[];
  /** Which of the file's own elements they are. */
  readonly part: Selection;
  readonly isTime: boolean;
  readonly variable: Variable | undefined;
  readonly home: Home | undefined;
  /** Reads some of them; `start` and `count` are about `shape`. */
  read(start: readonly number[], count: readonly number[]): Promise<Numbers>;
}

const isVariable = (value: Variable | PlotData): value is Variable => 'read' in value;

/**
 * @param label - What the value is, for messages: `plot: error`.
 * @throws `TypeError` when these are no numbers; `RangeError` when there is no such part.
 */
export function sourceOf(value: Variable | PlotData, options: ReadOptions, label: string): Source {
  return isVariable(value) ? ofVariable(value, options) : ofData(value, options, label);
}

function ofVariable(variable: Variable, options: ReadOptions): Source {
  const { name, dtype, units, attributes, dimensions, fill } = variable;
  if (/^(?:complex|text|record|list)/u.test(dtype))
    throw new TypeError(
      `plot: ${name} holds ${dtype === 'text' ? 'text' : `${dtype} values`}, which cannot be plotted`,
    );
  const part = selectionOf(variable.shape, options);
  const isTime = holdsTimes(variable);
  return {
    name,
    units: isTime ? undefined : units,
    attributes,
    dimensions,
    shape: part.count,
    whole: variable.shape,
    part,
    isTime,
    variable,
    home: homeOf(variable),
    read: async (start, count) => {
      const first = start.map((index, axis) => (part.start[axis] ?? 0) + index * (part.stride[axis] ?? 1));
      const { data } = await variable.read({ start: first, count, stride: part.stride });
      return isTime ? millisecondsOf(data) : numbersOf(data, fill);
    },
  };
}

function ofData(
  { name, units, data, shape = [data.length], dimensions }: PlotData,
  options: ReadOptions,
  label: string,
): Source {
  if (sizeOf(shape) !== data.length)
    throw new RangeError(`${label}: ${name} has ${data.length} values, but its shape is [${shape.join(', ')}]`);
  const part = selectionOf(shape, options);
  const isTime = data[0] instanceof Date;
  return {
    name,
    units,
    attributes: {},
    dimensions: dimensions ?? shape.map(() => ''),
    shape: part.count,
    whole: shape,
    part,
    isTime,
    variable: undefined,
    home: undefined,
    read: (start, count) => Promise.resolve(picked(data, shape, part, start, count)),
  };
}

/** The values of a part of an array in C order. */
function picked(
  data: PlotData['data'],
  shape: readonly number[],
  part: Selection,
  start: readonly number[],
  count: readonly number[],
): Numbers {
  const strides = stridesOf(shape);
  const values = new Float64Array(sizeOf(count));
  const index = count.map(() => 0);
  for (let at = 0; at < values.length; at += 1) {
    let place = 0;
    for (const [axis, own] of index.entries())
      place += ((part.start[axis] ?? 0) + ((start[axis] ?? 0) + own) * (part.stride[axis] ?? 1)) * (strides[axis] ?? 1);
    values[at] = Number(data[place]);
    stepOn(index, count);
  }
  return values;
}

/** The next index in C order. */
function stepOn(index: number[], count: readonly number[]): void {
  for (let axis = index.length - 1; axis >= 0; axis -= 1) {
    const next = (index[axis] ?? 0) + 1;
    index[axis] = next < (count[axis] ?? 0) ? next : 0;
    if (index[axis] !== 0) return;
  }
}

/** Nanoseconds of a file as milliseconds; the smallest integer stands for no time. */
function millisecondsOf(data: NdArray['data']): Numbers {
  return Float64Array.from(data, (value: unknown) => {
    if (typeof value !== 'bigint' || value === NO_TIME) return Number.NaN;
    return Number(value / 1_000_000n) + Number(value % 1_000_000n) / 1e6;
  });
}

const NO_TIME = -(2n ** 63n);

function numbersOf(data: NdArray['data'], fill: Variable['fill']): Numbers {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return Float64Array.from(data, (value) => (value === fill ? Number.NaN : Number(value)));
  return isNumbers(data) ? data : Float64Array.from(data, Number);
}

const isNumbers = (
  data: NdArray['data'],
): data is Exclude<NdArray['data'], unknown[] | string[] | BigInt64Array | BigUint64Array> => ArrayBuffer.isView(data);
