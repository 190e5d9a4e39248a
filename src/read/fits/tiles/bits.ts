/** Reads bits from bytes, the most significant first. Behind their end there are only zeros. */
export interface BitReader {
  /** The next bits, 8 at most. */
  read(bits: number): number;
  /** Goes on with the next whole byte. */
  align(): void;
  /** Whether more was read than there is. */
  isOver(): boolean;
}

export function bitReader(bytes: Uint8Array, start: number): BitReader {
  let [next, window, have] = [start, 0, 0];
  return {
    read: (bits) => {
      if (have < bits) {
        window = ((window << 8) | (bytes[next] ?? 0)) & 0xffff;
        next += 1;
        have += 8;
      }
      have -= bits;
      return (window >> have) & ((1 << bits) - 1);
    },
    align: () => {
      have = 0;
    },
    isOver: () => next > bytes.length,
  };
}
