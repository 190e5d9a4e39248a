import type { NumericType } from '../../array/data-types.js';
import type { Header } from '../header.js';

/** The letters of TFORM, and what each stands for: the bytes of an element, and its type where it is a number. */
export const LETTERS: Readonly<Record<string, { readonly bytes: number; readonly dtype?: NumericType }>> = {
  L: { bytes: 1 },
  X: { bytes: 1 / 8 },
  A: { bytes: 1 },
  B: { bytes: 1, dtype: 'uint8' },
  I: { bytes: 2, dtype: 'int16' },
  J: { bytes: 4, dtype: 'int32' },
  K: { bytes: 8, dtype: 'int64' },
  E: { bytes: 4, dtype: 'float32' },
  D: { bytes: 8, dtype: 'float64' },
  C: { bytes: 8, dtype: 'complex64' },
  M: { bytes: 16, dtype: 'complex128' },
};

/** How the elements of a column of a binary table are stored. */
export interface Form {
  /** The letter of its elements: one of `LETTERS`. */
  readonly letter: string;
  /** Elements in a row; of a list 0 or 1. */
  readonly repeat: number;
  /** Of lists of any length the bytes of the two numbers of a descriptor, 4 or 8. */
  readonly descriptor?: 4 | 8;
  /** Bytes in a row. */
  readonly bytes: number;
  /** Bytes of a text that is a part of a longer field (`60A12`). */
  readonly textBytes?: number;
}

/** What a TFORM of a binary table says. */
export function formOf(header: Header, keyword: string): Form {
  const text = header.text(keyword);
  if (text === undefined) throw header.wrong(`${keyword} is missing`);
  const [, digits = '', letter = '', element = '', part = ''] =
    /^\s*(\d{0,15})([LXABIJKEDCMPQ])(?:(?<=[PQ])([LXABIJKEDCM])|(?<=A)(\d{1,15}))?/u.exec(text) ?? [];
  const isList = letter === 'P' || letter === 'Q';
  const repeat = digits === '' ? 1 : Number(digits);
  const unit = LETTERS[isList ? element : letter];
  if (unit === undefined || (isList && repeat > 1))
    throw header.wrong(`${keyword} is ${JSON.stringify(text)}, which is not a column format`);
  if (isList) {
    const descriptor = letter === 'P' ? 4 : 8;
    return { letter: element, repeat, descriptor, bytes: repeat * 2 * descriptor };
  }
  const width = Number(part);
  return {
    letter,
    repeat,
    bytes: Math.ceil(repeat * unit.bytes),
    ...(width > 0 && repeat % width === 0 ? { textBytes: width } : {}),
  };
}

/** The axes that a TDIM gives to so many elements, first index fastest; `undefined` where it does not fit them. */
export function dimsIn(text: string | undefined, repeat: number): number[] | undefined {
  const list = /^\s*\(([\d\s,]+)\)\s*$/u.exec(text ?? '')?.[1];
  if (list === undefined) return undefined;
  const dims = list.split(',').map(Number);
  const product = dims.reduce((all, length) => all * length, 1);
  return dims.every(Number.isSafeInteger) && product <= repeat && dims.every((length) => length <= Math.max(1, repeat))
    ? dims
    : undefined;
}
