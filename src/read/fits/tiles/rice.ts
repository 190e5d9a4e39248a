/** How many bits say how a block is coded, and what stands for "as it is", by the bytes of a pixel. */
const CODES: Readonly<Record<number, { readonly bits: number; readonly plain: number }>> = {
  1: { bits: 3, plain: 6 },
  2: { bits: 4, plain: 14 },
  4: { bits: 5, plain: 25 },
};

/** Whether pixels of so many bytes can be coded. */
export const isRice = (pixelBytes: number): boolean => Object.hasOwn(CODES, pixelBytes);

/**
 * Decodes RICE_1: blocks of differences between neighbours, each with so many low bits as they are and the rest in unary.
 *
 * Pixels of one byte come without a sign. `undefined`: the bytes end too early.
 */
export function riceDecoded(
  bytes: Uint8Array,
  count: number,
  blockSize: number,
  pixelBytes: number,
): Int32Array<ArrayBuffer> | undefined {
  const { bits: codeBits, plain } = CODES[pixelBytes] ?? { bits: 5, plain: 25 };
  const pixelBits = 8 * pixelBytes;
  const [unused, length] = [32 - pixelBits, bytes.length];
  if (length < pixelBytes) return undefined;
  const result = new Int32Array(count);
  let last = 0;
  for (let at = 0; at < pixelBytes; at += 1) last = (last << 8) | (bytes[at] ?? 0);
  /** The next bits, the first of them highest, and how many there are. */
  let [window, have, next] = [0, 0, pixelBytes];
  for (let first = 0; first < count; first += blockSize) {
    const end = Math.min(count, first + blockSize);
    while (have <= 24) {
      window |= (bytes[next++] ?? 0) << (24 - have);
      have += 8;
    }
    const low = (window >>> (32 - codeBits)) - 1;
    window <<= codeBits;
    have -= codeBits;
    if (low < 0) {
      result.fill(last, first, end);
    } else if (low === plain) {
      for (let index = first; index < end; index += 1) {
        let value = 0;
        for (let left = pixelBits; left > 0; left -= 8) {
          while (have <= 24) {
            window |= (bytes[next++] ?? 0) << (24 - have);
            have += 8;
          }
          value = (value << 8) | (window >>> 24);
          window <<= 8;
          have -= 8;
        }
        last = (last + ((value >>> 1) ^ -(value & 1))) | 0;
        result[index] = last;
      }
    } else {
      for (let index = first; index < end; index += 1) {
        let zeros = 0;
        for (;;) {
          while (have <= 24) {
            window |= (bytes[next++] ?? 0) << (24 - have);
            have += 8;
          }
          const run = Math.clz32(window);
          if (run < have) {
            zeros += run;
            window = (window << run) << 1;
            have -= run + 1;
            break;
          }
          zeros += have;
          [window, have] = [0, 0];
          if (next > length + 4) return undefined;
        }
        while (have <= 24) {
          window |= (bytes[next++] ?? 0) << (24 - have);
          have += 8;
        }
        const value = low === 0 ? zeros : (zeros << low) | (window >>> (32 - low));
        window <<= low;
        have -= low;
        last = (last + ((value >>> 1) ^ -(value & 1))) | 0;
        result[index] = last;
      }
    }
    if (next - (have >> 3) > length) return undefined;
  }
  return cut(result, pixelBytes, unused);
}

/** Sums wrap at the width of a pixel. */
function cut(values: Int32Array<ArrayBuffer>, pixelBytes: number, unused: number): Int32Array<ArrayBuffer> {
  if (pixelBytes === 1)
    for (let index = 0; index < values.length; index += 1) values[index] = (values[index] ?? 0) & 255;
  else if (pixelBytes === 2)
    for (let index = 0; index < values.length; index += 1) values[index] = ((values[index] ?? 0) << unused) >> unused;
  return values;
}
