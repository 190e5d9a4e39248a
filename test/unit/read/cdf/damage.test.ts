import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../../../src/read/data-error.js';
import { openCdf } from '../../../../src/read/cdf/open-cdf.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import { runs } from '../../../support/full.js';
import { damages } from '../damage/damages.js';
import { contentOf, failure, samples } from './samples.js';

/** Opens and reads all; the error where there is one. */
async function outcome(content: Uint8Array): Promise<unknown[]> {
  const errors: unknown[] = [];
  try {
    await using file = await openCdf(memorySource(content, 'damaged.cdf'));
    for (const variable of file.variables.values()) await variable.read().catch((error: unknown) => errors.push(error));
  } catch (error) {
    errors.push(error);
  }
  return errors;
}

describe.each(samples)('%s', (name) => {
  const content = contentOf(name);

  it('damage ends in a DataError with file and place, or in an answer', async () => {
    await fc.assert(
      fc.asyncProperty(damages, async (damage) => {
        for (const error of await outcome(damage(content))) {
          expect(error).toBeInstanceOf(DataError);
          expect(error).toMatchObject({ path: 'damaged.cdf', offset: expect.any(Number) as number });
        }
      }),
      { numRuns: runs(300) },
    );
  });
});

it('what is not a CDF is refused', async () => {
  for (const bytes of [
    contentOf('not_a_cdf.cdf'),
    new Uint8Array(0),
    new Uint8Array(7),
    new TextEncoder().encode('CDF\x01aaaaaaaa'),
  ])
    expect((await failure(openCdf(memorySource(bytes, 'x.cdf')))).message).toContain('not a CDF');
});
