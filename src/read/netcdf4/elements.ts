import { numbersIn, type NumericArray } from '../array/data-types.js';
import { textOf, withoutPadding } from '../netcdf/text.js';
import type { ElementType, TextPadding } from './element-type.js';

/** The memory of HDF5, and how many bytes may still be taken from it beside the elements themselves. */
export interface Heap {
  readonly bytes: Uint8Array<ArrayBuffer>;
  left: number;
}

/** The elements in these bytes. */
export function elementsIn(bytes: Uint8Array<ArrayBuffer>, type: ElementType, heap: Heap): NumericArray | unknown[] {
  const count = Math.floor(bytes.byteLength / Math.max(1, type.bytes));
  switch (type.kind) {
    case 'number':
      return numbersIn(bytes, type.dtype, type.bigEndian);
    case 'character':
      return bytes;
    case 'text':
      return type.isVariable
        ? pointersIn(bytes).map((pointer) => textAt(pointer, heap))
        : each(bytes, count).map((one) => fixedText(one, type.padding));
    case 'bytes':
      return each(bytes, count);
    case 'list':
      return listsIn(bytes, type.of, heap);
    case 'array':
      return each(bytes, count).map((one) =>
        type.of.kind === 'character' && type.shape.length === 1
          ? fixedText(one, 'space')
          : nested(elementsIn(one, type.of, heap), type.shape),
      );
    case 'record':
      return recordsIn(bytes, count, type.bytes, type.fields, heap);
    case 'refused':
      throw new Error(`values of ${type.what} are not supported`);
  }
}

const each = (bytes: Uint8Array<ArrayBuffer>, count: number): Uint8Array<ArrayBuffer>[] =>
  Array.from({ length: count }, (_, index) => {
    const width = bytes.byteLength / count;
    return bytes.slice(index * width, (index + 1) * width);
  });

const pointersIn = (bytes: Uint8Array<ArrayBuffer>): number[] => [
  ...new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.byteLength / 4)),
];

function taken(start: number, length: number, heap: Heap): Uint8Array<ArrayBuffer> {
  heap.left -= length;
  if (heap.left < 0) throw new Error('its values are far larger than the file');
  if (start + length > heap.bytes.byteLength) throw new Error('a value lies outside the memory');
  return heap.bytes.slice(start, start + length);
}

function textAt(pointer: number, heap: Heap): string {
  if (pointer === 0) return '';
  const end = heap.bytes.indexOf(0, pointer);
  return textOf(taken(pointer, Math.max(0, end - pointer), heap));
}

function fixedText(bytes: Uint8Array, padding: TextPadding): string {
  const end = padding === 'terminated' ? bytes.indexOf(0) : -1;
  if (end >= 0) return textOf(bytes.subarray(0, end));
  return textOf(padding === 'space' ? withoutPadding(bytes, 'nul or space') : withoutPadding(bytes, 'nul'));
}

function listsIn(bytes: Uint8Array<ArrayBuffer>, of: ElementType, heap: Heap): unknown[] {
  const words = pointersIn(bytes);
  return Array.from({ length: words.length / 2 }, (_, index) => {
    const [length = 0, pointer = 0] = words.slice(2 * index, 2 * index + 2);
    return elementsIn(taken(length === 0 ? 0 : pointer, length * of.bytes, heap), of, heap);
  });
}

function nested(values: NumericArray | unknown[], shape: readonly number[]): unknown {
  const [, ...inner] = shape;
  if (inner.length === 0) return values;
  const width = inner.reduce((product, length) => product * length, 1);
  return Array.from({ length: shape[0] ?? 0 }, (_, row) => nested(values.slice(row * width, (row + 1) * width), inner));
}

/** Field by field: the values of one field of all records at once. */
function recordsIn(
  bytes: Uint8Array<ArrayBuffer>,
  count: number,
  width: number,
  fields: Extract<ElementType, { kind: 'record' }>['fields'],
  heap: Heap,
): unknown[] {
  const columns = fields.map(({ name, offset, type }) => {
    const column = new Uint8Array(count * type.bytes);
    for (let row = 0; row < count; row += 1) {
      const start = row * width + offset;
      column.set(bytes.subarray(start, start + type.bytes), row * type.bytes);
    }
    const values = elementsIn(column, type, heap);
    return {
      name,
      valueAt: (row: number): unknown =>
        type.kind === 'character' ? textOf(column.subarray(row, row + 1)) : values[row],
    };
  });
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(columns.map(({ name, valueAt }) => [name, valueAt(row)])),
  );
}
