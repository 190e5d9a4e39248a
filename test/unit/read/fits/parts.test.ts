import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openFits } from '../../../../src/read/fits/open.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import type { NdArray } from '../../../../src/read/types.js';
import { runs } from '../../../support/full.js';
import { countingSource } from '../support/counting-source.js';
import { open, sample, samples } from './fixtures.js';
import { card, empty, file, hdu, table, numbers } from './make.js';

const files = [
  ...samples,
  'tiles/nocompress_3d_i16.fits',
  'tiles/rice_3d_i32.fits',
  'tiles/gzip_i64.fits',
  'tiles/gzip2_doubles_dither2.fits',
];

/** The places of a part in an array of this shape. */
function placesOf(shape: readonly number[], start: number[], count: number[], stride: number[]): number[] {
  let places = [0];
  for (const [axis, length] of shape.entries())
    places = places.flatMap((place) =>
      Array.from({ length: count[axis]! }, (_, index) => place * length + start[axis]! + index * stride[axis]!),
    );
  return places;
}

it('any part of any variable is the same as that part of the whole', async () => {
  const choice = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 })), { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.nat(), choice, async (name, which, axes) => {
      await using opened = await open(sample(name));
      const variables = [...opened.variables.values()];
      const variable = variables[which % Math.max(1, variables.length)];
      if (variable === undefined) return;
      const [start, count, stride]: [number[], number[], number[]] = [[], [], []];
      for (const [axis, length] of variable.shape.entries()) {
        const [first = 0, many = 0, step = 1] = axes[axis] ?? [];
        start.push(first % (length + 1));
        stride.push(step);
        count.push(many % (Math.ceil((length - start[axis]!) / step) + 1));
      }
      const [whole, part] = [await variable.read(), await variable.read({ start, count, stride })];
      expect(part.shape).toEqual(count);
      const values = whole.data as ArrayLike<unknown>;
      const pair = variable.dtype.startsWith('complex') ? [0, 1] : [0];
      const expected = placesOf(variable.shape, start, count, stride).flatMap((place) =>
        pair.map((half) => values[place * pair.length + half]),
      );
      expect(Array.from(part.data as ArrayLike<unknown>)).toEqual(
        expected.map((value) => (part.data instanceof Float64Array ? Number(value) : value)),
      );
    }),
    { numRuns: runs(1500) },
  );
});

/** What a part costs: the bytes that are read for it, after the file is open. */
async function costOf(
  content: Uint8Array,
  name: string,
  options?: { start?: number[]; count?: number[]; stride?: number[] },
) {
  const source = countingSource(memorySource(content));
  const found = await openFits(source);
  const opening = source.bytesRead;
  const { data } = await found.variables.get(name)!.read(options);
  return {
    opening,
    bytes: source.bytesRead - opening,
    own: (data as NdArray['data'] & { byteLength: number }).byteLength,
  };
}

it('a part of an image costs its own bytes', async () => {
  const content = hdu(-32, [1000, 500], Buffer.alloc(4 * 500_000));
  expect(await costOf(content, 'PRIMARY', { start: [100, 0], count: [7, 1000] })).toMatchObject({ bytes: 28_000 });
  const window = await costOf(content, 'PRIMARY', { start: [100, 100], count: [300, 800] });
  expect(window.bytes).toBeLessThanOrEqual(2 * window.own);
  expect(window.opening).toBeLessThanOrEqual(65_536);
});

it('a column of a wide table costs its own bytes', async () => {
  const row = Buffer.alloc(40_000);
  const content = file(
    empty,
    table(
      [{ form: 'J', name: 'A' }, { form: '39992B' }, { form: 'J', name: 'B' }],
      Array.from({ length: 50 }, () => row),
    ),
  );
  expect(await costOf(content, 'HDU1/B')).toMatchObject({ bytes: 200, own: 200 });
});

it('of a compressed image only the tiles that a part overlaps are read', async () => {
  const tile = Buffer.alloc(20_000, 1);
  const rows = Array.from({ length: 100 }, (_, index) => numbers.i32(tile.length, index * tile.length));
  const content = file(
    empty,
    table([{ form: '1PB', name: 'COMPRESSED_DATA' }], rows, Buffer.concat(rows.map(() => tile)), [
      card('ZIMAGE', true),
      card('ZCMPTYPE', 'NOCOMPRESS'),
      card('ZBITPIX', 16),
      card('ZNAXIS', 2),
      card('ZNAXIS1', 1000),
      card('ZNAXIS2', 1000),
      card('ZTILE1', 100),
      card('ZTILE2', 100),
    ]),
  );
  const name = 'HDU1';
  // a table of 800 bytes, in a block of the file, and two tiles
  const { bytes } = await costOf(content, name, { start: [250, 490], count: [20, 20] });
  expect(bytes).toBeLessThanOrEqual(2 * tile.length + 65_536);
});
