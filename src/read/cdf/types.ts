import type { NumericType } from '../array/data-types.js';
import type { DataType } from '../types.js';

/** A data type of CDF. */
export interface CdfType {
  readonly name: string;
  readonly kind: 'number' | 'text' | 'epoch' | 'epoch16' | 'tt2000';
  /** Bytes of an element; a text has as many elements as characters. */
  readonly bytes: number;
  readonly dtype: DataType;
  /** As what its bytes are read; an EPOCH16 is two numbers. */
  readonly stored: NumericType;
  /** What stands in records that were never written, where the variable says nothing. */
  readonly pad: number | bigint;
}

const number = (name: string, stored: NumericType, bytes: number, pad: number | bigint): CdfType => ({
  name,
  kind: 'number',
  bytes,
  dtype: stored,
  stored,
  pad,
});

const text = (name: string): CdfType => ({
  name,
  kind: 'text',
  bytes: 1,
  dtype: 'text',
  stored: 'uint8',
  pad: 0x20,
});

const INT1 = number('INT1', 'int8', 1, -127);
const REAL4 = number('REAL4', 'float32', 4, -1e30);
const REAL8 = number('REAL8', 'float64', 8, -1e30);
const INT8 = number('INT8', 'int64', 8, -(2n ** 63n) + 1n);

const TYPES = new Map<number, CdfType>([
  [1, INT1],
  [2, number('INT2', 'int16', 2, -32_767)],
  [4, number('INT4', 'int32', 4, -2_147_483_647)],
  [8, INT8],
  [11, number('UINT1', 'uint8', 1, 254)],
  [12, number('UINT2', 'uint16', 2, 65_534)],
  [14, number('UINT4', 'uint32', 4, 4_294_967_294)],
  [21, REAL4],
  [22, REAL8],
  [31, { ...REAL8, name: 'EPOCH', kind: 'epoch', pad: 0 }],
  [32, { ...REAL8, name: 'EPOCH16', kind: 'epoch16', bytes: 16, stored: 'complex128', pad: 0 }],
  [33, { ...INT8, name: 'TIME_TT2000', kind: 'tt2000' }],
  [41, { ...INT1, name: 'BYTE' }],
  [44, { ...REAL4, name: 'FLOAT' }],
  [45, { ...REAL8, name: 'DOUBLE' }],
  [51, text('CHAR')],
  [52, text('UCHAR')],
]);

/** The type of this number; `undefined` where CDF has none. */
export const typeOf = (number: number): CdfType | undefined => TYPES.get(number);
