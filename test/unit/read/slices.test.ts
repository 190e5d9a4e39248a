import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import h5wasm from 'h5wasm/node';
import { describe, expect, it } from 'vitest';
import { openCdf } from '../../../src/read/cdf/open-cdf.js';
import { openEnvi } from '../../../src/read/envi/open-envi.js';
import { openFits } from '../../../src/read/fits/open.js';
import { openNetcdf3 } from '../../../src/read/netcdf3/open.js';
import { openNetcdf4 } from '../../../src/read/netcdf4/open.js';
import type { ByteSource } from '../../../src/read/source/byte-source.js';
import { memorySource } from '../../../src/read/source/sources.js';
import type { DataFile, Variable } from '../../../src/read/types.js';
import { runs } from '../../support/full.js';
import { tempDir } from '../../support/temp-dir.js';
import { makeCdf, numbers as cdfNumbers } from './cdf/make-cdf.js';
import { card, file as fits, empty, hdu, table } from './fits/make.js';
import { classicFile } from './support/classic.js';
import { countingSource } from './support/counting-source.js';
import { samplePath } from './support/samples.js';

const SHAPE = [20, 30, 40] as const;
const [PLANES, ROWS, COLUMNS] = SHAPE;
const ELEMENTS = PLANES * ROWS * COLUMNS;
const valueAt = (index: number): number => index % 30011;

/** The elements of the array in an order, as integers of 16 bits. */
function stored(order: (index: number) => number, write: 'writeInt16BE' | 'writeInt16LE'): Buffer {
  const bytes = Buffer.alloc(2 * ELEMENTS);
  for (let place = 0; place < ELEMENTS; place += 1) bytes[write](valueAt(order(place)), 2 * place);
  return bytes;
}

const inOrder = (index: number): number => index;
/** Of the place in a file whose axes vary in this order, the fastest last. */
const axesInOrder =
  (...axes: readonly [number, number, number]) =>
  (place: number): number => {
    const index = [0, 0, 0];
    for (const axis of [...axes].reverse()) {
      index[axis] = place % SHAPE[axis]!;
      place = Math.floor(place / SHAPE[axis]!);
    }
    return (index[0]! * ROWS + index[1]!) * COLUMNS + index[2]!;
  };

interface Subject {
  readonly name: string;
  readonly variable: string;
  open(): Promise<{ file: DataFile; source: ByteSource & { bytesRead: number } }>;
}

const inMemory = (
  name: string,
  variable: string,
  open: (source: ByteSource) => Promise<DataFile>,
  content: () => Uint8Array | Promise<Uint8Array>,
): Subject => ({
  name,
  variable,
  open: async () => {
    const source = countingSource(memorySource(await content()));
    return { file: await open(source), source };
  },
});

const cube = (interleave: 'bsq' | 'bil' | 'bip', order: (place: number) => number): Subject =>
  inMemory(
    `ENVI, ${interleave}`,
    'data',
    (source) => {
      const path = join(tempDir(), 'cube.dat');
      const axes = `samples = ${COLUMNS}\nlines = ${ROWS}\nbands = ${PLANES}\n`;
      writeFileSync(`${path}.hdr`, `ENVI\n${axes}data type = 2\ninterleave = ${interleave}\nbyte order = 0\n`);
      return openEnvi(source, path);
    },
    () => stored(order, 'writeInt16LE'),
  );

async function hdf5(chunks?: number[]): Promise<Uint8Array> {
  await h5wasm.ready;
  const path = join(tempDir(), 'made.nc');
  const file = new h5wasm.File(path, 'w');
  const data = Int16Array.from({ length: ELEMENTS }, (_, index) => valueAt(index));
  file.create_dataset({ name: 'v', data, shape: [...SHAPE], dtype: '<h', ...(chunks === undefined ? {} : { chunks }) });
  file.close();
  return readFile(path);
}

const rows = (each: number): Uint8Array[] =>
  Array.from({ length: ELEMENTS / (ROWS * COLUMNS * each) }, (_, at) =>
    cdfNumbers(
      2,
      Array.from({ length: ROWS * COLUMNS * each }, (__, index) => valueAt(at * ROWS * COLUMNS * each + index)),
    ),
  );
const cdf = (each: number) => (): Uint8Array =>
  makeCdf({
    flags: 3,
    variables: [
      {
        ...{ name: 'v', type: 2, dims: [ROWS, COLUMNS], last: PLANES - 1 },
        blocks: rows(each).map((data, at) => ({ first: at * each, last: (at + 1) * each - 1, data })),
      },
    ],
  });

const column = (): Uint8Array => {
  const content = stored(inOrder, 'writeInt16BE');
  const row = 2 * ROWS * COLUMNS;
  const made = Array.from({ length: PLANES }, (_, at) =>
    Buffer.concat([Buffer.alloc(50), content.subarray(at * row, (at + 1) * row), Buffer.alloc(3)]),
  );
  const form = `${ROWS * COLUMNS}I`;
  return fits(
    empty,
    table([{ form: '50B' }, { form, name: 'v', more: { TDIM: `(${COLUMNS},${ROWS})` } }, { form: '3B' }], made),
  );
};

const subjects: Subject[] = [
  inMemory('netCDF classic', 'v', openNetcdf3, () =>
    classicFile(
      [...SHAPE],
      [
        { name: 'a', dims: [0, 1] },
        { name: 'v', dims: [0, 1, 2] },
        { name: 'b', dims: [0] },
      ],
    ),
  ),
  inMemory('netCDF-4', 'v', openNetcdf4, () => hdf5()),
  inMemory('netCDF-4, big-endian', 'v', openNetcdf4, () => readFile(samplePath('netcdf4', 'big_endian_i16.nc'))),
  inMemory('CDF, one block', 'v', openCdf, cdf(PLANES)),
  inMemory('CDF, blocks of two records', 'v', openCdf, cdf(2)),
  inMemory('FITS image', 'PRIMARY', openFits, () =>
    fits(hdu(16, [COLUMNS, ROWS, PLANES], stored(inOrder, 'writeInt16BE'))),
  ),
  inMemory('FITS column', 'HDU1/v', openFits, column),
  cube('bsq', axesInOrder(0, 1, 2)),
  cube('bil', axesInOrder(1, 0, 2)),
  cube('bip', axesInOrder(1, 2, 0)),
];

const parts = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 })), { minLength: 3, maxLength: 3 });

/** Reads a part, and compares its values. */
async function partOf(variable: Variable, part: [number, number, number][]): Promise<number> {
  const stride = part.map(([, , step]) => step);
  const start = SHAPE.map((length, axis) => part[axis]![0] % length);
  const count = SHAPE.map((length, axis) => 1 + (part[axis]![1] % Math.ceil((length - start[axis]!) / stride[axis]!)));
  const { data } = await variable.read({ start, count, stride, decode: false });
  const expected: number[] = [];
  for (let a = 0; a < count[0]!; a += 1)
    for (let b = 0; b < count[1]!; b += 1)
      for (let c = 0; c < count[2]!; c += 1) {
        const [plane, row, sample] = [a, b, c].map((index, axis) => start[axis]! + index * stride[axis]!);
        expected.push(valueAt((plane! * ROWS + row!) * COLUMNS + sample!));
      }
  expect(Array.from(data as Int16Array)).toEqual(expected);
  return 2 * expected.length;
}

describe.each(subjects)('$name', ({ open, variable: name }) => {
  it('of any part no more than twice its bytes is read, once it is known where they lie', async () => {
    const { file, source } = await open();
    const variable = file.variables.get(name)!;
    await variable.read({ count: SHAPE.map(() => 1) });
    await variable.read(); // every list of blocks
    await fc.assert(
      fc.asyncProperty(parts, async (part) => {
        source.bytesRead = 0;
        const bytes = await partOf(variable, part);
        expect(source.bytesRead).toBeGreaterThanOrEqual(bytes);
        expect(source.bytesRead).toBeLessThanOrEqual(2 * bytes);
      }),
      { numRuns: runs(300) },
    );
    await file.close();
  });
});

it('the first part of a variable of netCDF-4 costs as much more as HDF5 reads at once', async () => {
  const { file, source } = await inMemory('', 'v', openNetcdf4, () => hdf5()).open();
  source.bytesRead = 0;
  const bytes = await partOf(file.variables.get('v')!, [
    [3, 4, 1],
    [5, 9, 2],
    [7, 30, 1],
  ]);
  expect(source.bytesRead).toBeLessThanOrEqual(2 * bytes + 80 * 1024);
});

it('of a variable in chunks those are read that a part touches', async () => {
  const { file, source } = await inMemory('', 'v', openNetcdf4, () => hdf5([4, 10, 10])).open();
  const variable = file.variables.get('v')!;
  await variable.read({ count: [1, 1, 1] });
  source.bytesRead = 0;
  await variable.read({ start: [3, 9, 9], count: [2, 2, 2] });
  const [touched, chunk] = [8, 2 * 4 * 10 * 10];
  expect(source.bytesRead).toBeGreaterThanOrEqual(touched * chunk);
  expect(source.bytesRead).toBeLessThanOrEqual(touched * chunk + 16 * 1024);
});

it('a part in more pieces than are read for themselves takes the gaps of up to a page with it, no larger ones', async () => {
  const [lines, samples] = [10_000, 10];
  const content = Buffer.alloc(2 * lines * samples);
  const source = countingSource(memorySource(fits(hdu(16, [samples, lines], content, { more: [card('BUNIT', 'K')] }))));
  await using file = await openFits(source);
  source.bytesRead = 0;
  await file.variables.get('PRIMARY')!.read({ count: [lines, 1] });
  expect(source.bytesRead).toBeGreaterThan(2 * 2 * lines);
  expect(source.bytesRead).toBeLessThanOrEqual(content.byteLength);
  source.bytesRead = 0;
  await file.variables.get('PRIMARY')!.read({ count: [lines / 2, 1] });
  expect(source.bytesRead).toBe(lines);
});
