import { numbersIn } from '../array/data-types.js';
import { selectionOf, stridesOf } from '../array/selection.js';
import { ofTimes } from '../data-home.js';
import type { Attribute, NdArray, Variable } from '../types.js';
import { decodedNumbers } from './decode.js';
import { storedBytes, type Storage } from './stored-values.js';
import { textsIn } from './text.js';

/** A variable of a CDF as users see it. */
export function variableOf(storage: Storage, attributes: Readonly<Record<string, Attribute>>): Variable {
  const { name, type, records, dims, itemBytes } = storage.variable;
  const shape = [records, ...dims];
  const units = attributeNamed(attributes, 'UNITS');
  const fill = fillIn(attributes);
  const axisNames = shape.map((_, axis) => attributeNamed(attributes, `DEPEND_${axis}`));
  const variable: Variable = {
    name,
    dtype: type.dtype,
    shape,
    dimensions: axisNames.map((axisName) => (typeof axisName === 'string' ? axisName : '')),
    attributes,
    ...(typeof units === 'string' && { units }),
    ...(fill !== undefined && { fill }),
    read: async (options = {}) => {
      const part = selectionOf(shape, options);
      const { decode = true } = options;
      const bytes = await storedBytes(storage, part);
      if (type.kind === 'text')
        return decode ? arrayOf(textsIn(bytes, itemBytes), part.count) : arrayOf(bytes, [...part.count, itemBytes]);
      const numbers = numbersIn(bytes, type.stored, storage.bigEndian);
      if (decode) return arrayOf(decodedNumbers(storage, numbers, fill), part.count);
      return arrayOf(numbers, part.count, type.kind === 'epoch16' ? 2 : 1);
    },
  };
  return type.kind === 'number' || type.kind === 'text' ? variable : ofTimes(variable);
}

/** An array whose values have so many elements. */
function arrayOf(data: NdArray['data'], shape: readonly number[], elements = 1): NdArray {
  return { data, shape: [...shape], strides: stridesOf(shape).map((stride) => stride * elements) };
}

/** An attribute by its name; old files write it in another case, or with spaces after it. */
function attributeNamed(attributes: Readonly<Record<string, Attribute>>, wanted: string): Attribute | undefined {
  if (Object.hasOwn(attributes, wanted)) return attributes[wanted];
  return Object.entries(attributes).find(([name]) => name.trim().toUpperCase() === wanted)?.[1];
}

/** The value that stands for a missing one; the first of several. */
function fillIn(attributes: Readonly<Record<string, Attribute>>): number | bigint | string | undefined {
  const value = attributeNamed(attributes, 'FILLVAL');
  const first = firstOf(firstOf(value));
  return typeof first === 'number' || typeof first === 'bigint' || typeof first === 'string' ? first : undefined;
}

const isList = (value: Attribute | undefined): value is readonly Attribute[] => Array.isArray(value);
const firstOf = (value: Attribute | undefined): Attribute | undefined => (isList(value) ? value[0] : value);
