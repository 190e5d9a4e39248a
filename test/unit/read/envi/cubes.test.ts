import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DataError } from '../../../../src/read/data-error.js';
import { openEnvi } from '../../../../src/read/envi/open-envi.js';
import { openPath } from '../../../../src/read/source/open-path.js';
import { blobSource, fileSource, memorySource } from '../../../../src/read/source/sources.js';
import type { DataFile } from '../../../../src/read/types.js';
import { errorIfAny, rejection } from '../../../support/rejection.js';
import { runs } from '../../../support/full.js';
import { tempDir } from '../../../support/temp-dir.js';
import { countingSource } from '../support/counting-source.js';
import { damages } from '../damage/damages.js';
import { digestOf } from '../support/digest.js';
import { samplePath, samples } from '../support/samples.js';

interface Expected {
  readonly header: string;
  readonly fields: Record<string, string | string[]>;
  readonly cube: { dtype: string; shape: [number, number, number]; sha256: string };
  readonly samplesAt: { band: number; line: number; sample: number; value: number | string | number[] }[];
  readonly ignore?: { value: number };
  readonly wavelength?: number[];
}

const cubes = samples('envi').map((sample) => ({ ...sample, expected: JSON.parse(sample.json) as Expected }));
const open = async (path: string): Promise<DataFile> => openEnvi(await openPath(path), path);

/** A cube and its header under other names in a folder of their own. */
function copied(data: string, header: string, from = 'i2_bil_a'): string {
  const folder = tempDir();
  copyFileSync(samplePath('envi', `${from}.bil`), join(folder, data));
  copyFileSync(samplePath('envi', `${from}.hdr`), join(folder, header));
  return join(folder, data);
}

/** A cube whose header is the given text. */
function written(header: string, content: Uint8Array = new Uint8Array(24)): string {
  const path = join(tempDir(), 'cube.dat');
  writeFileSync(path, content);
  writeFileSync(path.replace(/dat$/u, 'hdr'), header);
  return path;
}

const HEADER = 'ENVI\nsamples = 2\nlines = 3\nbands = 2\ndata type = 2\ninterleave = bsq\nbyte order = 0\n';

it.each(cubes)('$name has the values that numpy and GDAL read', async ({ path, expected }) => {
  await using file = await open(path);
  const data = file.variables.get('data')!;
  expect(file).toMatchObject({ format: 'envi', warnings: [] });
  expect(data).toMatchObject({
    dtype: expected.cube.dtype,
    shape: expected.cube.shape,
    dimensions: ['band', 'line', 'sample'],
  });
  expect(digestOf(await data.read({ decode: false }))).toBe(expected.cube.sha256);
  for (const { band, line, sample, value } of expected.samplesAt) {
    const one = await data.read({ start: [band, line, sample], count: [1, 1, 1], decode: false });
    expect([...(one.data as Float64Array)].map(String)).toEqual([value].flat().map(String));
  }
  if (expected.wavelength !== undefined) expect(file.attributes.wavelength).toEqual(expected.wavelength);
  if (expected.ignore !== undefined) expect(data.fill).toBe(expected.ignore.value);
  for (const [key, value] of Object.entries(expected.fields)) {
    const found = file.attributes[key];
    if (key === 'map info' || key === 'coordinate system string') continue;
    expect(Array.isArray(found) ? found.map(Number) : Number(found), key).toEqual(
      Array.isArray(value) ? value.map(Number) : Number(value),
    );
  }
});

it.each(cubes)('$name opens by its header as well', async ({ expected }) => {
  await using file = await open(samplePath('envi', expected.header));
  expect(digestOf(await file.variables.get('data')!.read({ decode: false }))).toBe(expected.cube.sha256);
});

it.each([
  ['line.bil', 'line.hdr'],
  ['line.bil', 'line.bil.hdr'],
  ['line.bil', 'line.HDR'],
  ['line', 'line.hdr'],
  ['line.v2.dat', 'line.v2.hdr'],
])('%s and %s find each other', async (data, header) => {
  const path = copied(data, header);
  for (const name of [data, header]) {
    await using file = await open(join(path, '..', name));
    expect(file.variables.get('data')?.shape).toEqual([5, 7, 6]);
  }
});

it('the data and the header may be compressed', async () => {
  const path = copied('line.bil', 'line.hdr');
  for (const name of ['line.bil', 'line.hdr']) {
    const from = join(path, '..', name);
    writeFileSync(`${from}.gz`, gzipSync(readFileSync(from)));
    renameSync(from, `${from}.moved-away`);
  }
  const plain = cubes.find(({ name }) => name === 'i2_bil_a.bil')!;
  for (const name of ['line.bil.gz', 'line.hdr.gz']) {
    await using file = await open(join(path, '..', name));
    expect(digestOf(await file.variables.get('data')!.read({ decode: false }))).toBe(plain.expected.cube.sha256);
  }
});

it('a header finds its data among other files of the same name', async () => {
  const path = copied('line.cube', 'line.hdr');
  writeFileSync(join(path, '../line.txt'), 'notes');
  writeFileSync(join(path, '../line.aux.xml'), '<PAMDataset/>'.repeat(200));
  mkdirSync(join(path, '../line.img'));
  await using file = await open(join(path, '../line.hdr'));
  expect(file.variables.get('data')?.shape).toEqual([5, 7, 6]);
});

it('a part of any cube is the part of the whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...cubes),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 3 })), { minLength: 3, maxLength: 3 }),
      async ({ path }, part) => {
        await using file = await open(path);
        const data = file.variables.get('data')!;
        const whole = await data.read({ decode: false });
        const axes = data.shape.map((length, axis) => {
          const [first = 0, many = 0, stride = 1] = part[axis] ?? [];
          const start = first % length;
          return { start, stride, count: 1 + (many % Math.ceil((length - start) / stride)) };
        });
        const pick = (name: 'start' | 'count' | 'stride') => axes.map((axis) => axis[name]);
        const found = await data.read({
          start: pick('start'),
          count: pick('count'),
          stride: pick('stride'),
          decode: false,
        });
        const wide = whole.data.length / (data.shape[0]! * data.shape[1]! * data.shape[2]!);
        const expected: unknown[] = [];
        const [band, line, sample] = axes as [(typeof axes)[0], (typeof axes)[0], (typeof axes)[0]];
        for (let b = 0; b < band.count; b += 1)
          for (let l = 0; l < line.count; l += 1)
            for (let s = 0; s < sample.count; s += 1)
              for (let word = 0; word < wide; word += 1) {
                const place = [b, l, s].map((index, axis) => axes[axis]!.start + index * axes[axis]!.stride);
                const at = place.reduce((sum, index, axis) => sum + index * whole.strides[axis]!, 0);
                expected.push(whole.data[at * wide + word]);
              }
        expect(Array.from<unknown>(found.data as Float64Array)).toEqual(expected);
        expect(found.shape).toEqual(pick('count'));
      },
    ),
    { numRuns: runs(300) },
  );
});

it('of a cube beyond 4 GB only the part that is asked for is read', async () => {
  const [lines, samples, bands] = [200_000, 2_000, 10];
  const header = `ENVI\nsamples=${samples}\nlines=${lines}\nbands=${bands}\ndata type=2\ninterleave=bil\nbyte order=0\n`;
  const path = written(header);
  const size = lines * samples * bands * 2;
  const source = countingSource({
    path,
    size,
    read: (offset, length) => {
      const bytes = new Uint8Array(length);
      const words = new Uint16Array(bytes.buffer);
      for (let index = 0; index < words.length; index += 1) words[index] = (offset / 2 + index) % 65521;
      return Promise.resolve(bytes);
    },
    close: () => Promise.resolve(),
  });
  await using file = await openEnvi(source, path);
  const data = file.variables.get('data')!;
  source.bytesRead = 0;
  const { data: numbers } = await data.read({ start: [9, 199_999, 0], count: [1, 1, 2_000] });
  const first = (199_999 * bands + 9) * samples;
  expect(Array.from(numbers as Int16Array).slice(0, 3)).toEqual(
    [0, 1, 2].map((index) => ((((first + index) % 65521) + 32768) % 65536) - 32768),
  );
  expect(source.bytesRead).toBeLessThanOrEqual(2 * 4_000);
});

it('the value to ignore is NaN in decoded numbers, whatever digits the header gives', async () => {
  const floats = new Float32Array([1, -3.4e38, Number.NaN, 4]);
  const header = 'ENVI\nsamples=4\nlines=1\nbands=1\ndata type=4\ninterleave=bsq\nbyte order=0\n';
  await using file = await open(written(`${header}data ignore value = -3.40000e+38\n`, new Uint8Array(floats.buffer)));
  const { data } = await file.variables.get('data')!.read();
  expect(data).toEqual(new Float32Array([1, Number.NaN, Number.NaN, 4]));
});

it('a value to ignore that the type does not hold matches nothing', async () => {
  const header = HEADER.replace('data type = 2', 'data type = 12');
  await using file = await open(written(`${header}data ignore value = -9999\n`));
  const data = file.variables.get('data')!;
  expect(data.fill).toBe(-9999);
  expect((await data.read()).data).toEqual(new Uint16Array(12));
});

it('wide integers keep their value to ignore exactly', async () => {
  const header = 'ENVI\nsamples=1\nlines=1\nbands=3\ndata type=14\ninterleave=bip\nbyte order=0\n';
  await using file = await open(written(`${header}data ignore value = -9223372036854775808\n`));
  expect(file.variables.get('data')?.fill).toBe(-9223372036854775808n);
});

it('keys of any kind are kept, numbers as numbers', async () => {
  const more =
    'Sensor  TYPE= FENIX\nbbl = { 1, 0 }\nband names = {1, 2}\nserial = 12345678901234567890\nx = 1.5e3\n__proto__ = 1\n';
  await using file = await open(written(`${HEADER}; note = a comment\n${more}empty = {}\n`));
  expect(file.attributes).toMatchObject({
    'sensor type': 'FENIX',
    bbl: [1, 0],
    'band names': ['1', '2'],
    serial: '12345678901234567890',
    x: 1500,
    empty: [],
  });
  expect(Object.keys(file.attributes)).toContain('__proto__');
  expect(Object.keys(file.attributes)).not.toContain('; note');
});

it('a longer file and a list of another length than the bands are warnings', async () => {
  await using file = await open(written(`${HEADER}wavelength = {400, 500, 600}\n`, new Uint8Array(30)));
  expect(file.warnings).toEqual(['6 bytes follow the cube, from byte 24 on', '"wavelength" has 3 entries for 2 bands']);
});

it.each([
  ['no samples', HEADER.replace('samples = 2\n', ''), '"samples" is missing'],
  ['no byte order', HEADER.replace('byte order = 0\n', ''), '"byte order" is missing'],
  ['a type that is not there', HEADER.replace('type = 2', 'type = 7'), '"data type" of this ENVI header is "7"'],
  ['a negative size', HEADER.replace('lines = 3', 'lines = -3'), '"lines"'],
  ['no lines at all', HEADER.replace('lines = 3', 'lines = 0'), '"lines"'],
  ['half a sample', HEADER.replace('samples = 2', 'samples = 2.5'), '"samples"'],
  ['an absurd size', HEADER.replace('lines = 3', 'lines = 9007199254740991'), 'too large'],
  ['a huge size', HEADER.replace('lines = 3', 'lines = 90071992547'), 'are missing'],
  ['another interleave', HEADER.replace('bsq', 'tiled'), '"interleave"'],
  ['an open brace', `${HEADER}wavelength = {400,\n`, 'is not closed'],
  ['a list for a number', HEADER.replace('bands = 2', 'bands = {2}'), '"bands" is a list'],
])('%s is refused in words', async (_, header, words) => {
  const error = await rejection(open(written(header)));
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).toContain(words);
  expect((error as DataError).path).toContain('cube');
});

it('a cube that is cut short names the byte', async () => {
  const path = written(HEADER, new Uint8Array(20));
  const error = await rejection(open(path));
  expect(error).toMatchObject({ code: 'data', path, offset: 20 });
  expect((error as Error).message).toContain('4 are missing');
});

it('data without a header and a header without data are refused', async () => {
  const folder = tempDir();
  writeFileSync(join(folder, 'a.bil'), 'x');
  writeFileSync(join(folder, 'b.hdr'), HEADER);
  await expect(open(join(folder, 'a.bil'))).rejects.toThrow('there is no ENVI header (.hdr) next to this file');
  await expect(open(join(folder, 'b.hdr'))).rejects.toThrow('there is no data file next to this ENVI header');
});

it.each([
  ['bytes', memorySource(readFileSync(samplePath('envi', 'i2_bil_a.bil')))],
  ['a Blob', blobSource(new File([HEADER], 'i2_bil_a.hdr'))],
])('%s have nothing beside them', async (_, source) => {
  const error = await rejection(openEnvi(source, undefined));
  expect(error).toBeInstanceOf(DataError);
  expect((error as Error).message).toContain('cannot be opened from memory; pass its path');
});

it('a damaged header or cube is an answer or a DataError', async () => {
  const folder = tempDir();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...cubes), damages, fc.boolean(), async ({ path, expected }, damage, isHeader) => {
      const header = samplePath('envi', expected.header);
      const name = join(folder, basename(path));
      writeFileSync(name, isHeader ? readFileSync(path) : damage(readFileSync(path)));
      writeFileSync(join(folder, expected.header), isHeader ? damage(readFileSync(header)) : readFileSync(header));
      const work = async (): Promise<void> => {
        await using file = await openEnvi(await fileSource(name), name);
        await file.variables.get('data')!.read();
      };
      const error = await errorIfAny(work());
      if (error !== undefined) expect(error).toBeInstanceOf(DataError);
    }),
    { numRuns: runs(500) },
  );
});
