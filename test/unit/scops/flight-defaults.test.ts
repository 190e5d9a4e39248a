import { expect, test } from 'vitest';
import { ScopsClient } from '../../../src/scops/index.js';
import { simulateScops } from '../../../src/testing/index.js';

test.each(['as-served', 'ill-formed'] as const)('a flight tells the choices of its page (%s)', async (pages) => {
  const sim = simulateScops({ pages });
  await using scops = new ScopsClient({ ...sim.credentials, baseUrl: sim.baseUrl, fetch: sim.fetch });
  const { defaultInterpolation, defaultDem } = await scops.getFlight({ year: 2014, day: 217 });
  expect([defaultInterpolation, defaultDem]).toEqual(['nearest', 'aster']);
});
