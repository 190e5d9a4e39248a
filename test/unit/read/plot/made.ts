import { dataFile } from '../../../../src/read/data-file.js';
import type { DataFormat, NdArray, Variable } from '../../../../src/read/index.js';

/** A variable whose values are computed when they are read, and how many were asked for at a time. */
export interface Computed extends Variable {
  readonly asked: number[];
}

type Value = (...index: number[]) => number | bigint;

/** A variable of any size that takes no room. */
export function computed(
  name: string,
  shape: readonly number[],
  value: Value,
  more: Partial<Pick<Variable, 'dimensions' | 'attributes' | 'units' | 'dtype' | 'fill'>> = {},
): Computed {
  const asked: number[] = [];
  return {
    name,
    dtype: 'float64',
    shape: [...shape],
    dimensions: shape.map(() => ''),
    attributes: {},
    ...more,
    asked,
    read: ({ start = shape.map(() => 0), count = [...shape], stride = shape.map(() => 1) } = {}) => {
      const total = count.reduce((product, length) => product * length, 1);
      asked.push(total);
      const index = [...start];
      const values: (number | bigint)[] = [];
      for (let at = 0; at < total; at += 1) {
        values.push(value(...index));
        for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
          const next = (index[axis] ?? 0) + (stride[axis] ?? 1);
          const end = (start[axis] ?? 0) + (count[axis] ?? 1) * (stride[axis] ?? 1);
          index[axis] = next < end ? next : (start[axis] ?? 0);
          if (next < end) break;
        }
      }
      const isBig = typeof values[0] === 'bigint';
      const data = isBig ? BigInt64Array.from(values, BigInt) : Float64Array.from(values, Number);
      return Promise.resolve<NdArray>({ data, shape: [...count], strides: [] });
    },
  };
}

/** A file of such variables: the last one, which knows of the others. */
export function inFile(format: DataFormat, ...variables: readonly Variable[]): Variable {
  const last = variables.at(-1);
  if (last === undefined) throw new Error('there is no variable');
  const close = (): Promise<void> => Promise.resolve();
  dataFile({ format, attributes: {}, variables: new Map(variables.map((one) => [one.name, one])), close });
  return last;
}
