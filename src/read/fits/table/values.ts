/** `true`, `false`, or `null` where the file says neither. */
export function logicalsIn(bytes: Uint8Array): (boolean | null)[] {
  const values: (boolean | null)[] = [];
  for (const byte of bytes) values.push(byte === 0x54 ? true : byte === 0x46 ? false : null);
  return values;
}

/** A bit of these bytes: the most significant one of a byte is its first. */
export const bitAt = (bytes: Uint8Array, at: number): number => ((bytes[at >>> 3] ?? 0) >>> (7 - (at & 7))) & 1;

/** So many bits, as 0 and 1. */
export function bitsIn(bytes: Uint8Array, count: number): Uint8Array {
  const bits = new Uint8Array(count);
  for (let at = 0; at < count; at += 1) bits[at] = bitAt(bytes, at);
  return bits;
}
