import { expect, test } from 'vitest';
import { programSpec } from '../../../src/cli/commands.js';
import { ALL_MASKS, ELEVATION_MODELS, INTERPOLATIONS, MASKS } from '../../../src/scops/centre.js';
import { readStage } from '../../../src/scops/status/product.js';
import { labelOf, progressOf } from '../../../src/testing/scops/host/progress.js';
import { MASKS as SIMULATED_MASKS } from '../../../src/testing/scops/settings.js';

/** The options of `sdc scops submit`, whose words are its own copies. */
const options = programSpec(() => Promise.resolve(0))
  .groups.find(({ name }) => name === 'scops')
  ?.commands.find(({ name }) => name === 'submit')?.options;
const option = (flag: string) => options?.find(({ flags }) => flags.startsWith(`--${flag} `));

test('the command offers every mask, interpolation and elevation model of the service', () => {
  expect(option('masks')?.choices).toEqual(['all', 'none', ...Object.keys(MASKS)]);
  expect(option('interpolation')?.choices).toEqual(INTERPOLATIONS);
  for (const model of ELEVATION_MODELS) expect(option('dem')?.text).toContain(model);
});

test('the simulated service has the same masks in the same order', () => {
  expect(ALL_MASKS).toBe(SIMULATED_MASKS);
});

test.each(['aplmask', 'aplcorr', 'apltran', 'aplmap', 'waiting to zip', 'zipping', 'complete'])(
  'the simulated stage %j and its label are one stage, which begins and ends where the simulated one does',
  (stage) => {
    const reading = readStage(stage);
    expect(reading.stage).not.toBe('unknown');
    expect(readStage(labelOf(stage))).toEqual(reading);
    expect(progressOf(stage, '')).toBe(reading.from);
    expect(progressOf(stage, 'Approximate percent complete: 100')).toBe(reading.to);
  },
);
