import { ndArray } from '../../array/nd-array.js';
import { sizeOf, stridesOf, type Selection } from '../../array/selection.js';
import { readNumbers, readStrided, type Layout } from '../../array/strided.js';
import { textsIn } from '../../array/text.js';
import type { ByteSource } from '../../source/byte-source.js';
import type { Variable } from '../../types.js';
import type { Hdu } from '../hdus.js';
import { physical } from '../scaling.js';
import { binaryColumns, type BinaryColumn } from './binary-columns.js';
import { columnVariable } from './columns.js';
import { dimsIn, LETTERS } from './form.js';
import { listVariable } from './lists.js';
import { bitAt, logicalsIn } from './values.js';

/** The columns of a binary table as variables. */
export const binaryTable = (source: ByteSource, hdu: Hdu): Variable[] =>
  binaryColumns(hdu).map((column) => {
    const { letter, descriptor } = column.form;
    if (descriptor !== undefined) return listVariable(source, column);
    if (letter === 'A') return textVariable(source, column);
    if (letter === 'X') return bitVariable(source, column);
    return letter === 'L' ? logicalVariable(source, column) : numberVariable(source, column);
  });

/** The axes of a column: its rows, and those of each value, the slowest first. */
function shapeOf({ rows, form, hdu, number }: BinaryColumn, ofTexts = false): number[] {
  const dims = dimsIn(hdu.header.text(`TDIM${number}`), form.repeat);
  if (dims !== undefined) return [rows, ...(ofTexts ? dims.slice(1) : dims).reverse()];
  if (ofTexts) return form.textBytes === undefined ? [rows] : [rows, form.repeat / form.textBytes];
  return form.repeat === 1 ? [rows] : [rows, form.repeat];
}

function layoutOf({ rowBytes, offset }: BinaryColumn, shape: readonly number[], itemBytes: number): Layout {
  const inRow = stridesOf(shape.slice(1)).map((stride) => stride * itemBytes);
  return { offset, byteStrides: [rowBytes, ...inRow], itemBytes };
}

function numberVariable(source: ByteSource, column: BinaryColumn): Variable {
  const { form, scaling } = column;
  const { bytes, dtype = 'uint8' } = LETTERS[form.letter] ?? { bytes: 1 };
  const shape = shapeOf(column);
  return columnVariable(column, {
    dtype,
    shape,
    fill: 'BIJK'.includes(form.letter) ? scaling.blank : undefined,
    read: async (part, isDecoded) => {
      const stored = await readNumbers(source, layoutOf(column, shape, bytes), part, dtype, true);
      return ndArray(isDecoded ? physical(stored, dtype, scaling) : stored, part.count);
    },
  });
}

function logicalVariable(source: ByteSource, column: BinaryColumn): Variable {
  const shape = shapeOf(column);
  return columnVariable(column, {
    dtype: 'uint8',
    shape,
    read: async (part, isDecoded) => {
      const stored = await readStrided(source, layoutOf(column, shape, 1), part);
      return ndArray(isDecoded ? logicalsIn(stored) : stored, part.count);
    },
  });
}

function textVariable(source: ByteSource, column: BinaryColumn): Variable {
  const { form, hdu, number } = column;
  const shape = shapeOf(column, true);
  const width = dimsIn(hdu.header.text(`TDIM${number}`), form.repeat)?.[0] ?? form.textBytes ?? form.repeat;
  return columnVariable(column, {
    dtype: 'text',
    shape,
    read: async (part, isDecoded) => {
      const count = sizeOf(part.count);
      const bytes = width === 0 ? new Uint8Array(0) : await readStrided(source, layoutOf(column, shape, width), part);
      if (!isDecoded) return ndArray(bytes, [...part.count, width]);
      if (width === 0 && count > source.size)
        throw hdu.header.wrong(`${column.name} has ${count} texts without a byte, more than the file has bytes`);
      return ndArray(width === 0 ? Array.from({ length: count }, () => '') : textsIn(bytes, width), part.count);
    },
  });
}

/** Bits are a byte each when decoded; stored they come as the whole bytes of each row. */
function bitVariable(source: ByteSource, column: BinaryColumn): Variable {
  const { form, rows } = column;
  const bitShape = form.repeat === 1 ? [1] : shapeOf({ ...column, rows: 1 }).slice(1);
  return columnVariable(column, {
    dtype: 'uint8',
    shape: [rows, ...bitShape],
    read: async (part, isDecoded) => {
      const [ofRows, ofBits] = [axesFrom(part, 0, 1), axesFrom(part, 1)];
      const bytes = await readStrided(source, layoutOf(column, [rows, form.bytes], 1), {
        start: [...ofRows.start, 0],
        count: [...ofRows.count, form.bytes],
        stride: [...ofRows.stride, 1],
      });
      if (!isDecoded) return ndArray(bytes, [...ofRows.count, form.bytes]);
      const result = new Uint8Array(sizeOf(part.count));
      let at = 0;
      const strides = stridesOf(bitShape);
      const walk = (row: Uint8Array, axis: number, place: number): void => {
        const [first = 0, many = 0, step = 1] = [ofBits.start[axis], ofBits.count[axis], ofBits.stride[axis]];
        for (let index = 0; index < many; index += 1) {
          const next = place + (first + index * step) * (strides[axis] ?? 1);
          if (axis < bitShape.length - 1) walk(row, axis + 1, next);
          else result[at++] = bitAt(row, next);
        }
      };
      for (let row = 0; at < result.length; row += form.bytes) walk(bytes.subarray(row, row + form.bytes), 0, 0);
      return ndArray(result, part.count);
    },
  });
}

const axesFrom = ({ start, count, stride }: Selection, from: number, to?: number): Selection => ({
  start: start.slice(from, to),
  count: count.slice(from, to),
  stride: stride.slice(from, to),
});
