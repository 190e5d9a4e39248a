import { join } from 'node:path';
import { expect, test } from 'vitest';
import { complaintsOf } from '../../../src/cli/scc/eldec/check.js';
import { readEldec } from '../../../src/cli/scc/eldec/eldec.js';
import { exampleFile } from '../../support/example-file.js';

// Written with scipy: netCDF classic in the names of ELDEC format 1.0, which has an average for each angle and no gain factor.
const classic = join(import.meta.dirname, '../../fixtures/cli/eldec-classic.nc');
const raw = exampleFile('20210601aky0930.nc');

test('an ELDEC product of format 1.0 in netCDF classic is read', async () => {
  const calibration = await readEldec(classic);
  expect(calibration).toMatchObject({
    measurementId: '20210701aky2353',
    station: 'aky',
    start: new Date('2021-06-01T23:00:00Z'),
    wavelengthNm: 355,
    range: [450, 1500],
    heights: [100, 500, 900, 1300, 1700, 2100],
  });
  expect(calibration.value).toBeCloseTo(0.101, 9);
  expect(calibration.error).toBeCloseTo(0.003, 9);
  expect(calibration.profiles).toEqual([
    [0.1, 0.11, 0.09, 0.1, 0.1, NaN],
    [0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
  ]);
  expect(complaintsOf(calibration, [])).toEqual([]);
});

test('a file that is no ELDEC product says what is missing', async () => {
  await expect(readEldec(raw)).rejects.toThrow('is not an ELDEC product that can be checked: variable');
});

test('only levels within the range of the calibration count', async () => {
  const calibration = await readEldec(classic);
  const wild = { ...calibration, profiles: calibration.profiles.map((profile) => [9, ...profile.slice(1, 4), 9, 9]) };
  expect(complaintsOf(wild, [])).toEqual([]);
  expect(complaintsOf({ ...wild, range: [50, 3000] }, [])).toHaveLength(1);
  expect(() => complaintsOf({ ...wild, range: [5000, 6000] }, [])).toThrow('cannot be checked');
});

test('an earlier calibration of the same measurement is not counted among the others', async () => {
  const calibration = await readEldec(classic);
  const others = [0.2, 0.2, 0.2].map((value, at) => ({ measurementId: String(at), value }));
  const same = { measurementId: calibration.measurementId, value: 0.2 };
  expect(complaintsOf(calibration, [...others, same])).toEqual([]);
  expect(complaintsOf(calibration, [...others, { ...same, measurementId: 'x' }])).toHaveLength(1);
});
