import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

import { simulateHmi } from '../../../src/testing/hmi/simulate.js';
import type { HmiSimulatorOptions } from '../../../src/testing/index.js';
import { get } from './support.js';

const LIST = 'HMI/hmi.sharp_720s?start=2015-12-11T23:00:00Z&end=2015-12-12T00:00:00Z&meta=true';

async function list(options: HmiSimulatorOptions): Promise<string> {
  return (await get(simulateHmi(options), LIST)).text();
}

it.each<[NonNullable<HmiSimulatorOptions['oddities']>[number], RegExp, number | undefined]>([
  ['bare-nan', /"exptime":NaN,.*?"mask_cadence":-Infinity,.*?"usflux":Infinity/gu, undefined],
  ['hexadecimal-quality', /"quality":"0x00000000"/gu, undefined],
  ['upper-case', /"DATE__OBS":.*?"META":\{"ABSNJZH":.*?"QUALITY":0/gu, undefined],
  ['no-time', /"date__obs":null/gu, 1],
  ['null-link', /"urls":\[null,/gu, 1],
  ['text-slot', /"t_rec_index":"unknown"/gu, 1],
])('%s is printed, and by default it is not', async (oddity, shape, count) => {
  expect(await list({})).not.toMatch(new RegExp(shape.source, 'u'));
  const found = [...(await list({ oddities: [oddity] })).matchAll(shape)].length;
  if (count === undefined) expect(found).toBeGreaterThan(1);
  else expect(found).toBe(count);
});

it('metadata is printed in the same way', async () => {
  const sim = simulateHmi({ oddities: ['bare-nan', 'hexadecimal-quality', 'upper-case'] });
  const text = await (await get(sim, 'HMI/hmi.sharp_720s/meta/5601499?fields=usflux,quality')).text();
  expect(text).toMatch(/^\{"5601499":\{.*"EXPTIME":NaN,.*"META":\{"QUALITY":"0x00000000","USFLUX":Infinity\}/u);
});

it('files take the form that is asked for', async () => {
  const bytes = async (options: HmiSimulatorOptions, name = 'magnetogram.fits'): Promise<Buffer> => {
    const response = await get(simulateHmi(options), `HMI/hmi.sharp_720s/5605571/${name}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/fits']);
    return Buffer.from(await response.arrayBuffer());
  };
  const padded = await bytes({});
  expect(padded).toHaveLength(5760);
  expect(await bytes({ fileForm: 'unpadded' })).toEqual(padded.subarray(0, 2880 + 16 * 16 * 2));
  const trailing = await bytes({ fileForm: 'trailing' });
  expect(trailing.subarray(0, 5760)).toEqual(padded);
  expect(trailing).toHaveLength(5860);
  expect(gunzipSync(await bytes({ fileForm: 'gzip' }, 'magnetogram.fits.gz'))).toEqual(padded);
});
