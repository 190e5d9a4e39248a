import fc from 'fast-check';
import { it } from 'vitest';
import { openNetcdf3 } from '../../../../src/read/netcdf3/open.js';
import { runs } from '../../../support/full.js';
import { damages } from '../damage/damages.js';
import { readAll } from '../netcdf/damage.js';
import { fileVectors, fixture, isClassic } from '../netcdf/vectors.js';

it.each(fileVectors.filter(isClassic))('$file, damaged, is refused or read', async ({ file }) => {
  const content = fixture(file);
  await fc.assert(
    fc.asyncProperty(damages, async (damage) => readAll(damage(content), openNetcdf3)),
    { numRuns: runs(300) },
  );
});
