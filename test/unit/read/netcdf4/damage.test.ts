import fc from 'fast-check';
import { afterEach, it } from 'vitest';
import { openNetcdf4 } from '../../../../src/read/netcdf4/open.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import { runs } from '../../../support/full.js';
import { damages } from '../damage/damages.js';
import { readAll } from '../netcdf/damage.js';
import { expectFile, fileVectors, fixture } from '../netcdf/vectors.js';

const small = fileVectors.filter(({ file }) => file.startsWith('nc4_'));

it.each(small)('$file, damaged, is refused or read', { timeout: 600_000 }, async ({ file }) => {
  const content = fixture(file);
  await fc.assert(
    fc.asyncProperty(damages, async (damage) => readAll(damage(content), openNetcdf4)),
    { numRuns: runs(100) },
  );
});

afterEach(async () => {
  const vector = small.find(({ file }) => file === 'nc4_types_a.nc')!;
  await using file = await openNetcdf4(memorySource(fixture(vector.file)));
  await expectFile(file, vector); // whatever a damaged file did to the library, the next one is read
});
