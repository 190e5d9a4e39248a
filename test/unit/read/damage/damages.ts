import fc from 'fast-check';

/** A change of the bytes of a file: some flipped, set, cut off, left out, repeated, or made another number. */
export type Damage = (content: Uint8Array) => Uint8Array;

interface Step {
  readonly kind: 'flip' | 'set' | 'cut' | 'delete' | 'repeat' | 'digit' | 'number';
  readonly at: number;
  /** Within how many bytes from the beginning, where the headers are. */
  readonly within: number;
  readonly length: number;
  readonly value: number;
  readonly number: bigint;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('flip', 'set', 'cut', 'delete', 'repeat', 'digit', 'number'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  within: fc.constantFrom(64, 1024, 9000, Infinity, Infinity),
  length: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 3000 })),
  value: fc.integer({ min: 1, max: 255 }),
  number: fc.oneof(
    fc.constantFrom(0n, 1n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 63n - 1n, 2n ** 64n - 1n),
    fc.bigInt({ min: 0n, max: 2n ** 20n }),
  ),
});

/** One to four changes of any size at any place; many of them near the beginning. */
export const damages: fc.Arbitrary<Damage> = fc
  .array(step, { minLength: 1, maxLength: 4 })
  .map((steps) => (content: Uint8Array) => steps.reduce(changed, Buffer.from(content)));

function changed(content: Buffer, { kind, at, within, length, value, number }: Step): Buffer {
  const place = Math.floor(at * Math.min(within, content.length));
  const [before, after] = [content.subarray(0, place), content.subarray(place)];
  if (kind === 'cut') return Buffer.from(before);
  if (kind === 'delete') return Buffer.concat([before, after.subarray(length)]);
  if (kind === 'repeat') return Buffer.concat([before, after.subarray(0, length), after]);
  if (kind === 'flip' && after.length > 0) after[0] = (after[0] ?? 0) ^ value;
  else if (kind === 'set') after.fill(value < 128 ? 0xff : value, 0, Math.min(after.length, length % 9));
  else if (kind === 'digit') {
    const digit = after.findIndex((byte) => byte >= 0x30 && byte <= 0x39);
    if (digit >= 0) after.write(String(value % 10), digit, 'latin1');
  } else if (kind === 'number') after.set(wordOf(number, value).subarray(0, after.length));
  return content;
}

/** A number of 4 or 8 bytes, in either order. */
function wordOf(number: bigint, value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  if (value % 2 === 0) bytes.writeBigUInt64BE(number);
  else bytes.writeBigUInt64LE(number);
  const isShort = (value >> 1) % 2 === 0;
  if (!isShort) return bytes;
  return value % 2 === 0 ? bytes.subarray(4) : bytes.subarray(0, 4);
}
