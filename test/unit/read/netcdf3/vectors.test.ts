import { expect, it } from 'vitest';
import { openNetcdf3 } from '../../../../src/read/netcdf3/open.js';
import { fileSource, memorySource } from '../../../../src/read/source/sources.js';
import { fileURLToPath } from 'node:url';
import { expectFile, fileVectors, fixture, fixturePath, isClassic } from '../netcdf/vectors.js';

it.each(fileVectors.filter(isClassic))('$file has the values of the netCDF library', async (vector) => {
  await using file = await openNetcdf3(memorySource(fixture(vector.file)));
  await expectFile(file, vector);
  expect(file.format).toBe('netcdf3');
  expect(file.warnings).toEqual([]);
});

it('a file on the disk is read the same', async () => {
  const [vector] = fileVectors.filter(({ file }) => file === 'cdf5_a.nc');
  await using file = await openNetcdf3(await fileSource(fileURLToPath(fixturePath('cdf5_a.nc'))));
  await expectFile(file, vector!);
});
