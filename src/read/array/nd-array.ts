import type { NdArray } from '../types.js';
import { stridesOf } from './selection.js';

/** An array in C order. */
export const ndArray = (data: NdArray['data'], shape: readonly number[]): NdArray => ({
  data,
  shape: [...shape],
  strides: stridesOf(shape),
});
