import { numbersIn } from '../../array/data-types.js';
import { ndArray } from '../../array/nd-array.js';
import { sizeOf } from '../../array/selection.js';
import { readStrided } from '../../array/strided.js';
import { textsIn } from '../../array/text.js';
import type { ByteSource } from '../../source/byte-source.js';
import { readPieces, type Piece } from '../../source/pieces.js';
import type { Variable } from '../../types.js';
import type { Hdu } from '../hdus.js';
import { physical } from '../scaling.js';
import type { BinaryColumn } from './binary-columns.js';
import { columnVariable } from './columns.js';
import { LETTERS, type Form } from './form.js';
import { bitsIn, logicalsIn } from './values.js';

/** Lists may share bytes: all that are read may be so many times as large as the file, and any file may have so many bytes of them. */
const MOST_TIMES = 16;
const ALWAYS_BYTES = 64 * 1024 * 1024;

/** An array of any length in the heap of a table. */
export interface HeapArray extends Piece {
  /** Its elements; bits, where it is made of bits. */
  readonly count: number;
}

/** A column of arrays of any length. */
export function listVariable(source: ByteSource, column: BinaryColumn): Variable {
  const { form, rows, rowBytes, offset } = column;
  return columnVariable(column, {
    dtype: 'list',
    shape: [rows],
    read: async (part, isDecoded) => {
      const layout = { offset, byteStrides: [rowBytes], itemBytes: form.bytes };
      if (sizeOf(part.count) > source.size)
        throw column.hdu.header.wrong(`${column.name} has more rows than the file has bytes`);
      const descriptors = form.bytes === 0 ? new Uint8Array(0) : await readStrided(source, layout, part);
      const arrays = heapArrays(descriptors, form, column.hdu);
      checkSum(source, column, arrays);
      const decode = elementsOf(column, isDecoded);
      const result = Array.from({ length: sizeOf(part.count) }, () => decode(new Uint8Array(0), 0));
      await readPieces(source, arrays, (bytes, index) => {
        result[index] = decode(bytes.slice(), arrays[index]?.count ?? 0);
      });
      return ndArray(result, part.count);
    },
  });
}

/** What descriptors lead to; each array lies in the heap as a whole. */
export function heapArrays(descriptors: Uint8Array, form: Form, hdu: Hdu): HeapArray[] {
  const { header, axes, dataOffset, dataBytes } = hdu;
  const tableBytes = (axes[0] ?? 0) * (axes[1] ?? 0);
  const heap = header.size('THEAP', tableBytes);
  if (heap < tableBytes || heap > dataBytes)
    throw header.wrong(`THEAP is ${heap}; it must lie between ${tableBytes} and ${dataBytes}`);
  const view = new DataView(descriptors.buffer, descriptors.byteOffset, descriptors.byteLength);
  const [wide, elementBytes] = [form.descriptor === 8, LETTERS[form.letter]?.bytes ?? 1];
  const numberAt = (at: number): number => (wide ? Number(view.getBigUint64(at)) : view.getUint32(at));
  const arrays: HeapArray[] = [];
  for (let at = 0; at < descriptors.byteLength; at += form.bytes) {
    const [count, offset] = [numberAt(at), numberAt(at + form.bytes / 2)];
    const bytes = Math.ceil(count * elementBytes);
    if (count > 0 && !(offset + bytes <= dataBytes - heap))
      throw header.wrong(
        `an array of ${bytes} bytes at byte ${offset} of the heap ends after its ${dataBytes - heap} bytes`,
      );
    arrays.push({ count, bytes, offset: count === 0 ? 0 : dataOffset + heap + offset });
  }
  return arrays;
}

function checkSum(source: ByteSource, { name, hdu }: BinaryColumn, arrays: readonly HeapArray[]): void {
  const sum = arrays.reduce((all, { bytes }) => all + bytes, 0);
  if (sum > ALWAYS_BYTES + MOST_TIMES * source.size)
    throw hdu.header.wrong(`the arrays of ${name} have ${sum} bytes, more than ${MOST_TIMES} times those of the file`);
}

/** How the bytes of an array become its elements. */
function elementsOf(
  { form, scaling }: BinaryColumn,
  isDecoded: boolean,
): (bytes: Uint8Array<ArrayBuffer>, count: number) => unknown {
  const { dtype } = LETTERS[form.letter] ?? {};
  if (dtype !== undefined)
    return (bytes) => {
      const stored = numbersIn(bytes, dtype, true);
      return isDecoded ? physical(stored, dtype, scaling) : stored;
    };
  if (!isDecoded) return (bytes) => bytes;
  if (form.letter === 'A') return (bytes) => textsIn(bytes, bytes.byteLength)[0] ?? '';
  return form.letter === 'L' ? logicalsIn : bitsIn;
}
