import { NUMERIC, type NumericArray, type NumericType } from '../array/data-types.js';
import { selectionOf, sizeOf, stridesOf, type Selection } from '../array/selection.js';
import { ofTimes } from '../data-home.js';
import type { DataType, NdArray, Variable } from '../types.js';
import { countsTime, decoderOf, fillOf, type Attributes } from './decoder.js';
import { textsOf } from './text.js';

/** A variable as the file has it: what the classic format and HDF5 have in common. */
export interface StoredVariable {
  readonly name: string;
  readonly dtype: DataType;
  readonly shape: readonly number[];
  readonly dimensions: readonly string[];
  readonly attributes: Attributes;
  /** Reads a part of it: numbers of its type, the bytes of characters, or values of other types, in C order. */
  read(selection: Selection): Promise<NumericArray | unknown[]>;
}

/** The variable as it is offered: its values decoded by the conventions of netCDF. */
export function variableOf(stored: StoredVariable, warn: (text: string) => void): Variable {
  const { name, dtype, attributes } = stored;
  const decode = isNumeric(dtype)
    ? decoderOf(dtype, attributes, (text) => warn(`${name}: ${text}`))
    : (values: NumericArray) => values;
  const fill = fillOf(attributes);
  const variable: Variable = {
    name,
    dtype,
    shape: [...stored.shape],
    dimensions: [...stored.dimensions],
    attributes,
    ...(typeof attributes.units === 'string' ? { units: attributes.units } : {}),
    ...(fill === undefined ? {} : { fill }),
    read: async (options = {}) => {
      const selection = selectionOf(stored.shape, options);
      const values = await stored.read(selection);
      const shape = [...selection.count];
      if (options.decode === false || Array.isArray(values)) return arrayOf(values, shape);
      if (dtype !== 'text') return arrayOf(decode(values), shape);
      const length = shape.pop() ?? 1;
      const characters = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      return arrayOf(textsOf(characters, length, sizeOf(shape)), shape);
    },
  };
  return isNumeric(dtype) && countsTime(attributes) ? ofTimes(variable) : variable;
}

const isNumeric = (dtype: DataType): dtype is NumericType => Object.hasOwn(NUMERIC, dtype);

const arrayOf = (data: NdArray['data'], shape: number[]): NdArray => ({ data, shape, strides: stridesOf(shape) });
