import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sizeOf, stridesOf } from '../../../src/read/array/selection.js';
import { readStrided } from '../../../src/read/array/strided.js';
import { memorySource } from '../../../src/read/source/sources.js';

/** Any shape, its axes in any order in the file, any part of it. */
const cases = fc
  .record({
    shape: fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 4 }),
    itemBytes: fc.constantFrom(1, 2, 3, 4, 8, 16),
    gap: fc.integer({ min: 0, max: 9 }),
    offset: fc.integer({ min: 0, max: 9 }),
    order: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
    part: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 3 })), { minLength: 4, maxLength: 4 }),
  })
  .map(({ shape, itemBytes, gap, offset, order, part }) => {
    const axes = shape.map((_, axis) => axis).sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0) || a - b);
    const byteStrides = shape.map(() => 0);
    let bytes = itemBytes;
    for (const axis of axes) {
      byteStrides[axis] = bytes;
      bytes = bytes * Math.max(1, shape[axis] ?? 1) + (axis % 2 === 0 ? gap : 0);
    }
    const selection = { start: [] as number[], count: [] as number[], stride: [] as number[] };
    for (const [axis, length] of shape.entries()) {
      const [first = 0, many = 0, step = 1] = part[axis] ?? [];
      const start = first % (length + 1);
      selection.start.push(start);
      selection.stride.push(step);
      selection.count.push(many % (Math.ceil((length - start) / step) + 1));
    }
    return { size: bytes + offset, layout: { offset, byteStrides, itemBytes }, selection };
  });

it('any part of any layout comes in C order', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ size, layout, selection }) => {
      const content = Uint8Array.from({ length: size }, (_, index) => (index * 37) % 251);
      const found = await readStrided(memorySource(content), layout, selection);
      const strides = stridesOf(selection.count);
      const expected = new Uint8Array(sizeOf(selection.count) * layout.itemBytes);
      for (let item = 0; item < expected.length / layout.itemBytes; item += 1) {
        const at = selection.count.reduce((sum, many, axis) => {
          const index = Math.floor(item / (strides[axis] ?? 1)) % many;
          return (
            sum +
            ((selection.start[axis] ?? 0) + index * (selection.stride[axis] ?? 1)) * (layout.byteStrides[axis] ?? 0)
          );
        }, layout.offset);
        expected.set(content.subarray(at, at + layout.itemBytes), item * layout.itemBytes);
      }
      expect(found).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

it('a layout past the end of the file is refused before anything is allocated', async () => {
  const layout = { offset: 0, byteStrides: [8], itemBytes: 8 };
  const whole = { start: [0], count: [1e12], stride: [1] };
  await expect(readStrided(memorySource(new Uint8Array(64), 'short.nc'), layout, whole)).rejects.toMatchObject({
    name: 'DataError',
    path: 'short.nc',
    offset: 0,
  });
});
