import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DataError } from '../../../../src/read/data-error.js';
import { runs } from '../../../support/full.js';
import { damages } from '../damage/damages.js';
import { open, sample, samples } from './fixtures.js';

const files = [
  ...samples,
  ...['hcompress_scale_smooth_i32', 'rice_floats_gzip_fallback', 'plio_i32'].map((name) => `tiles/${name}.fits`),
];

async function readAll(content: Uint8Array): Promise<void> {
  await using file = await open(content, 'damaged.fits');
  for (const variable of file.variables.values())
    for (const decode of [false, true])
      try {
        await variable.read({ decode });
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
      }
}

it('a damaged file ends in a DataError, or in values', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), damages, async (name, damage) => {
      try {
        await readAll(damage(sample(name)));
      } catch (error) {
        expect(error).toBeInstanceOf(DataError);
        expect(error).toMatchObject({ path: 'damaged.fits', offset: expect.any(Number) as number });
      }
    }),
    { numRuns: runs(4000) },
  );
});
