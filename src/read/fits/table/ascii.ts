import { ndArray } from '../../array/nd-array.js';
import { readStrided } from '../../array/strided.js';
import { textsIn } from '../../array/text.js';
import type { ByteSource } from '../../source/byte-source.js';
import type { DataType, Variable } from '../../types.js';
import type { Hdu } from '../hdus.js';
import { scalingOf } from '../scaling.js';
import { columnsOf, columnVariable, type Column } from './columns.js';

/** What a TFORM of an ASCII table says. */
interface Field {
  readonly letter: string;
  readonly width: number;
  /** Digits after the decimal point, where the point is not written. */
  readonly decimals: number;
}

/** Integers of so many characters fit 32 bits, and so many fit a double. */
const [SHORT, LONG] = [9, 15];

/** The columns of an ASCII table as variables. */
export const asciiTable = (source: ByteSource, hdu: Hdu): Variable[] =>
  columnsOf(hdu).map((column) => asciiVariable(source, hdu, column));

function fieldOf({ header }: Hdu, number: number): Field {
  const text = header.text(`TFORM${number}`) ?? '';
  const [, letter = '', width = '0', decimals = '0'] = /^\s*([AIFED])(\d{1,9})(?:\.(\d{1,3}))?/u.exec(text) ?? [];
  if (Number(width) === 0)
    throw header.wrong(`TFORM${number} is ${JSON.stringify(text)}, which is not a column format`);
  return { letter, width: Number(width), decimals: Number(decimals) };
}

function asciiVariable(source: ByteSource, hdu: Hdu, column: Column): Variable {
  const { number, rows, rowBytes, name, attributes } = column;
  const { header, dataOffset } = hdu;
  const field = fieldOf(hdu, number);
  const start = header.size(`TBCOL${number}`) - 1;
  if (start < 0 || start + field.width > rowBytes)
    throw header.wrong(`column ${number} ends at byte ${start + field.width} of a row of ${rowBytes} bytes`);
  const missing = typeof attributes.TNULL === 'string' ? attributes.TNULL.trim() : undefined;
  const { scale, zero } = scalingOf(header, `TSCAL${number}`, `TZERO${number}`, '');
  return columnVariable(column, {
    dtype: typeOf(field),
    shape: [rows],
    fill: missing,
    read: async (part, isDecoded) => {
      const layout = { offset: dataOffset + start, byteStrides: [rowBytes], itemBytes: field.width };
      const bytes = await readStrided(source, layout, part);
      if (!isDecoded) return ndArray(bytes, [...part.count, field.width]);
      const texts = textsIn(bytes, field.width);
      if (field.letter === 'A') return ndArray(texts, part.count);
      const values = texts.map((text) => {
        const value = text.trim() === missing ? Number.NaN : valueOf(text.trim(), field);
        if (value === undefined) throw header.wrong(`${name} has ${JSON.stringify(text)} instead of a number`);
        return value;
      });
      return ndArray(numbersOf(values, field, scale, zero), part.count);
    },
  });
}

const typeOf = ({ letter, width }: Field): DataType =>
  letter === 'A'
    ? 'text'
    : letter !== 'I' || (width > SHORT && width <= LONG)
      ? 'float64'
      : width <= SHORT
        ? 'int32'
        : 'int64';

/** A blank field is 0; without a decimal point the last digits are decimals. */
function valueOf(text: string, { letter, width, decimals }: Field): number | bigint | undefined {
  if (text === '') return 0;
  if (letter === 'I') {
    if (!/^[+-]?\d+$/u.test(text)) return undefined;
    return width <= LONG ? Number(text) : BigInt(text.replace('+', ''));
  }
  const parts = /^([+-]?)(\d*)(\.?)(\d*)(?:[ED]?([+-]\d+)|[ED](\d+))?$/iu.exec(text);
  if (parts === null) return undefined;
  const [, sign = '', whole = '', point = '', fraction = '', signed, plain] = parts;
  if (whole === '' && fraction === '') return undefined;
  const exponent = Number(signed ?? plain ?? 0) - (point === '' ? decimals : 0);
  return Number(`${sign}${whole === '' ? '0' : whole}${point}${fraction}e${exponent}`);
}

/** Integers keep their type where nothing is scaled and none is missing; everything else is a double. */
function numbersOf(
  values: readonly (number | bigint)[],
  { letter, width }: Field,
  scale: number,
  zero: number,
): Int32Array | BigInt64Array | Float64Array {
  const isWhole = letter === 'I' && scale === 1 && zero === 0 && !values.some((value) => Number.isNaN(value));
  if (isWhole && width <= SHORT) return Int32Array.from(values, Number);
  if (isWhole && width > LONG) return BigInt64Array.from(values, BigInt);
  return Float64Array.from(values, (value) => Number(value) * scale + zero);
}
