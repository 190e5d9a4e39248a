/** The same bytes for the same text, different ones for others: filling for sample files. */
export function noise(seed: string, length: number): Uint8Array<ArrayBuffer> {
  let state = hash(seed);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 0xff;
  }
  return bytes;
}

/** A positive 32-bit number from a text (FNV-1a). */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return value >>> 0 || 1;
}
