import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openNetcdf4 } from '../../../../src/read/netcdf4/open.js';
import { blobSource, fileSource } from '../../../../src/read/source/sources.js';
import { expectFile, fileVectors, fixture, fixturePath, isClassic } from '../netcdf/vectors.js';

const vectors = fileVectors.filter((vector) => !isClassic(vector));

it.each(vectors)('$file has the values of the netCDF library', async (vector) => {
  await using file = await openNetcdf4(await fileSource(fileURLToPath(fixturePath(vector.file))));
  await expectFile(file, vector);
  expect(file.format).toBe('netcdf4');
  expect(file.warnings).toEqual([]);
});

it('a Blob is read the same', async () => {
  const vector = vectors.find(({ file }) => file === 'nc4_types_a.nc')!;
  await using file = await openNetcdf4(blobSource(new Blob([fixture(vector.file)])));
  await expectFile(file, vector);
});
