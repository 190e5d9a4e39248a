import { isUtf8 } from 'node:buffer';

/** Text in UTF-8, or in Latin-1 where it is not UTF-8, as old files have it. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}

const NUL = 0;
const SPACE = 32;

/** Without what pads it at its end: NULs, and spaces where `padding` says so. */
export function withoutPadding(bytes: Uint8Array, padding: 'nul' | 'nul or space'): Uint8Array {
  let end = bytes.byteLength;
  while (end > 0 && (bytes[end - 1] === NUL || (padding !== 'nul' && bytes[end - 1] === SPACE))) end -= 1;
  return bytes.subarray(0, end);
}

/** Characters along the last axis as one text each. */
export function textsOf(characters: Uint8Array, length: number, count: number): string[] {
  return Array.from({ length: count }, (_, row) =>
    textOf(withoutPadding(characters.subarray(row * length, (row + 1) * length), 'nul or space')),
  );
}
