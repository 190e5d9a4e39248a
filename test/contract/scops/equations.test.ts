import { describe, expect, test } from 'vitest';
import { simulateScops } from '../../../src/testing/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { order, world } from './kit.js';

const line = (name: string, bands: number) => ({
  name,
  wavelengths: Array.from({ length: bands }, (_, at) => 400 + 10 * at),
});

describe('equations of an order', () => {
  test('are sent with decimal points where the server would drop remainders, and told so', async () => {
    const { sim, scops } = world();
    const { configName } = await scops.submit(order({ bandMath: true }));
    const sent = await scops.submitBandMath(configName, { equations: { half: '1/2*band1', veg: 'band2-band1' } });
    expect(sent).toEqual({ equations: { half: '1.0/2*band1', veg: 'band2-band1' } });
    expect(sim.configs.get(configName)).toContain('eq_half = 1.0/2*band1\n');
  });

  test('have bands of every ordered line, whose day may have a sortie letter', async () => {
    const flight = {
      project: 'GB12_03',
      year: 2014,
      day: 219,
      sortie: 'a',
      bounds: { north: 50.4, south: 50.3, east: -4, west: -4.2 },
      optimalPixel: 2,
      lines: [line('f219a01', 20), line('o219a01', 8)],
    };
    const sim = simulateScops({ data: { replace: true, flights: [flight] } });
    await using scops = new ScopsClient({ ...sim.credentials, baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0 });
    const { configName } = await scops.submit(
      order({
        flight: { year: 2014, day: 219, sortie: 'a' },
        lines: [{ name: 'f219a01' }, { name: 'o219a01' }],
        bandMath: true,
      }),
    );
    const ask = (text: string, lines?: string[]) =>
      scops.submitBandMath(configName, { equations: { veg: text }, ...(lines && { lines }) });
    await expect(ask('band15/band3')).rejects.toThrow(/line o219a01 has 8 bands/u);
    await ask('band15/band3', ['f219a01']);
    await ask('band8/band3');
  });
});
