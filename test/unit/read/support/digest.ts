import { createHash } from 'node:crypto';
import type { NdArray } from '../../../../src/read/types.js';

/** The SHA-256 of the bytes of an array, as in the expected values beside the samples. */
export function digestOf({ data }: Pick<NdArray, 'data'>): string {
  if (Array.isArray(data)) throw new TypeError('an array of objects has no bytes');
  return createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');
}
