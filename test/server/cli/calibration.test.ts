import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import h5wasm from 'h5wasm/node';
import { expect, test } from 'vitest';
import { makeZip } from '../../../src/testing/kit/zip.js';
import { makeNetcdf } from '../../../src/testing/scc/netcdf-write.js';
import { simulateScc, type SccSimulator } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { start } from '../../support/server.js';
import { expected, sdc, stable, type Ran } from './run.js';

interface Product {
  readonly id: string;
  readonly value: number;
  readonly error: number;
  /** How far the ratio profiles swing around the value. */
  readonly swing?: number;
  /** In nanometres; default 532. */
  readonly wavelength?: number;
  /** Further products in the same archive. */
  readonly beside?: readonly Omit<Product, 'id'>[];
}

/** An ELDEC product as the SCC writes it (netCDF 4), of 20 levels. */
async function eldec({ id, value, error, swing = 0.05, wavelength = 532 }: Product): Promise<Uint8Array> {
  await h5wasm.ready;
  const home = tempDir();
  const path = join(home, 'eldec.nc');
  const levels = Array.from({ length: 20 }, (_, at) => 200 + at * 100);
  const profile = levels.map((_, at) => (at === 19 ? 9.96e36 : value * (1 + (at % 2 === 0 ? swing : -swing))));
  const file = new h5wasm.File(path, 'w');
  const add = (name: string, data: number[], shape: number[]): void => {
    file.create_dataset({ name, data, shape, dtype: '<d' });
  };
  add('altitude', levels, [20]);
  add('station_altitude', [100], [1]);
  add('time_bounds', [1_622_588_400, 1_622_588_700], [1, 2]);
  add('polarization_calibration_ratio_emission_wavelength', [wavelength + 0.1], [1]);
  add('polarization_calibration_minimum_range', [500, 500], [2]);
  add('polarization_calibration_maximum_range', [1500, 1500], [2]);
  add('polarization_calibration_ratio', [...profile, ...profile], [2, 1, 20]);
  add('polarization_gain_factor', [value], [1, 1]);
  add('polarization_gain_factor_statistical_error', [error], [1, 1]);
  file.create_attribute('measurement_ID', id);
  file.create_attribute('station_ID', 'aky');
  file.close();
  const bytes = readFileSync(path);
  return new Uint8Array(bytes);
}

async function desk(perRequestMs = 20_000): Promise<{
  sim: SccSimulator;
  cwd: string;
  /** Runs the command for one calibration whose product is as described. */
  check: (product: Product, ...more: string[]) => Promise<Ran>;
}> {
  const sim = simulateScc({ clock: { perRequestMs } });
  const server = await start(sim);
  const { httpAuthUser, httpAuthPassword, username, password } = sim.credentials;
  const cwd = tempDir();
  const env = {
    SCC_BASE_URL: server.url,
    SCC_HTTP_AUTH_USER: httpAuthUser,
    SCC_HTTP_AUTH_PASSWORD: httpAuthPassword,
    SCC_USERNAME: username,
    SCC_PASSWORD: password,
    XDG_DATA_HOME: join(cwd, 'share'),
  };
  const check = async (product: Product, ...more: string[]): Promise<Ran> => {
    const { id } = product;
    writeFileSync(
      join(cwd, `calibration_${id}.nc`),
      makeNetcdf({
        Measurement_ID: id,
        RawData_Start_Date: id.slice(0, 8),
        RawData_Start_Time_UT: '230000',
        RawData_Stop_Time_UT: '230500',
        X_PollyXTPipelines_Configuration_ID: '437',
      }),
    );
    const files = [product, ...(product.beside ?? [])].map(async (one, at) => ({
      name: `${id}/aky_006_${one.wavelength ?? '0532'}_000238${at}_202106012300_202106012305_${id}_eldec_v5.2.7.nc`,
      data: await eldec({ ...one, id }),
    }));
    const zip = makeZip(await Promise.all(files));
    sim.faults.clear();
    sim.faults.add({
      route: /download-optical/u,
      times: Infinity,
      fault: {
        kind: 'replace',
        response: () => new Response(zip.slice(), { headers: { 'content-type': 'application/zip' } }),
      },
    });
    const args = ['auto-upload-calibration', `calibration_${id}.nc`, 'antikythera', '--poll', '0.05', ...more];
    return sdc(['scc', ...args], { cwd, env });
  };
  return { sim, cwd, check };
}

const history = 'share/sdc/eldec/antikythera_532nm.csv';

test('a good calibration stays, is plotted, and joins the history of its location', async () => {
  const { sim, cwd, check } = await desk();
  const good = await check({ id: '20210701aky2353', value: 0.2, error: 0.004 }, '--plot', 'plots');
  expect(good, good.err).toMatchObject({
    code: 0,
    out: 'uploaded 20210701aky2353 (calibration_20210701aky2353.nc)\ngood: 20210701aky2353, 532 nm, gain factor 0.2 +- 0.004\n',
  });
  expect(sim.measurement('20210701aky2353')).toBeDefined();
  expect(readFileSync(join(cwd, history), 'utf8')).toBe(
    '"measurement_id","start","value","error"\n"20210701aky2353","2021-06-01T23:00:00.000Z","0.2","0.004"\n',
  );
  expect(readdirSync(join(cwd, 'plots'))).toEqual(['20210701aky2353_532nm.svg']);
  const plot = readFileSync(join(cwd, 'plots/20210701aky2353_532nm.svg'), 'utf8');
  await expect(plot).toMatchFileSnapshot(expected('scc-calibration.svg'));
});

test.each([
  ['error', { value: 0.2, error: 0.05 }, 'the relative error of the gain factor is 0.25'],
  ['spread', { value: 0.2, error: 0.004, swing: 0.5 }, 'the relative standard deviation of the ratio profiles is 0.5'],
])('a calibration of too large %s is deleted, and does not join the history', async (_what, product, words) => {
  const { sim, cwd, check } = await desk();
  const { code, err } = await check({ id: '20210701aky2353', ...product });
  expect(code).toBe(1);
  expect(err).toContain(words);
  expect(err).toContain('the measurement 20210701aky2353 was deleted');
  expect(sim.measurement('20210701aky2353')).toBeUndefined();
  expect(existsSync(join(cwd, history))).toBe(false);
});

test('each product of an archive is judged: one that fails condemns the measurement, and none joins the history', async () => {
  const { sim, cwd, check } = await desk();
  const fine = { value: 0.2, error: 0.004 };
  const both = await check({ id: '20210701aky2353', ...fine, beside: [{ ...fine, wavelength: 1064 }] });
  expect(both, both.err).toMatchObject({ code: 0, out: expect.stringMatching(/532 nm[^]*1064 nm/u) });
  const before = readdirSync(join(cwd, 'share/sdc/eldec')).sort();
  expect(before).toEqual(['antikythera_1064nm.csv', 'antikythera_532nm.csv']);
  const second = { value: 0.2, error: 0.05, wavelength: 355 };
  const { code, err } = await check({ id: '20210702aky2353', ...fine, beside: [second] });
  expect(code).toBe(1);
  expect(err).toContain('355 nm: the relative error of the gain factor is 0.25');
  expect(sim.measurement('20210702aky2353')).toBeUndefined();
  expect(readdirSync(join(cwd, 'share/sdc/eldec')).sort()).toEqual(before);
  expect(readFileSync(join(cwd, history), 'utf8')).not.toContain('20210702aky2353');
});

test('an outlier of more than three earlier calibrations is refused; --keep deletes nothing', async () => {
  const { sim, check } = await desk();
  for (const [at, value] of [0.2, 0.21, 0.19, 0.2].entries())
    expect((await check({ id: `2021070${at + 1}aky2353`, value, error: 0.001 })).code).toBe(0);
  const { code, err } = await check({ id: '20210709aky2353', value: 0.4, error: 0.001 }, '--keep');
  expect(code).toBe(1);
  expect(stable(err)).toContain('the gain factor 0.4 is an outlier: 4 earlier ones lie around 0.2');
  expect(sim.measurement('20210709aky2353')).toBeDefined();
});

test.each([
  ['holds no gain factor', { value: NaN, error: NaN }, 20_000, 1],
  ['is not there in time', { value: 0.2, error: 0.004 }, 0, 75],
])('where the product %s nothing is deleted', async (_what, product, perRequestMs, exitCode) => {
  const { sim, check } = await desk(perRequestMs);
  const { code, err } = await check({ id: '20210702aky2353', ...product }, '--deadline', '0.01');
  expect(code, err).toBe(exitCode);
  expect(sim.measurement('20210702aky2353')).toBeDefined();
});

test('a path that is not there is wrong usage, before any login', async () => {
  const { code, err } = await sdc(['scc', 'auto-upload-calibration', 'missing.nc', 'here']);
  expect({ code, err }).toEqual({ code: 2, err: 'error: missing.nc does not exist\n' });
});
