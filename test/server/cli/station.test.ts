// The command of a lidar station.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeNetcdf } from '../../../src/testing/scc/netcdf-write.js';
import { desk } from './scc-desk.js';

const IDS = ['20210601aky0930', '20210601aky1130'];
const QUICK = ['--system', '437', '--output-dir', 'out', '--poll', '0.05', '--stable', '0', '--once'];

function rawFiles(cwd: string, ...ids: string[]): void {
  mkdirSync(join(cwd, 'raw'), { recursive: true });
  for (const id of ids) writeFileSync(join(cwd, `raw/${id}.nc`), makeNetcdf({ Measurement_ID: id }));
}

test('station --once sends, follows, downloads, and has nothing to do the next time', async () => {
  const { run, cwd, sim } = await desk({ data: { replace: true } });
  rawFiles(cwd, ...IDS);
  writeFileSync(join(cwd, 'raw/calibration_a.nc'), 'x');
  const { code, out, err } = await run('station', 'raw', ...QUICK, '--no-calibration', '--products', 'elpp,optical');
  expect(code, err).toBe(0);
  for (const id of IDS) {
    for (const state of ['uploaded', 'processing', 'done'])
      expect(out).toMatch(new RegExp(`^${state} +${id} \\(${id}\\.nc\\)$`, 'mu'));
    expect(existsSync(join(cwd, `out/preprocessed_${id}.zip`))).toBe(true);
    expect(existsSync(join(cwd, `out/plots_${id}.zip`))).toBe(false);
  }
  expect(err).toMatch(/^2 files: 2 uploaded, 0 already there, 0 failed; /mu);
  const asked = sim.requests.length;
  const again = await run('station', 'raw', ...QUICK, '--no-calibration', '--products', 'elpp,optical');
  expect({ code: again.code, out: again.out }).toEqual({ code: 0, out: '' });
  expect(sim.requests).toHaveLength(asked);
});

test('station --once ends with 75 where the next start may succeed, and names what failed', async () => {
  const { run, cwd, sim } = await desk({ data: { replace: true } });
  rawFiles(cwd, ...IDS);
  const fault = { kind: 'status', status: 503 } as const;
  sim.faults.add({ route: 'GET */api/*', times: Infinity, fault });
  const { code, err } = await run('station', 'raw', ...QUICK, '--retries', '0');
  expect(code, err).toBe(75);
  expect(err).toContain(`${IDS[0]}.nc`);
  sim.faults.clear();
  const { code: next, out } = await run('station', 'raw', ...QUICK, '--datalog', 'out/datalog.csv', '--output', 'json');
  expect(next).toBe(0);
  expect(JSON.parse(out)).toMatchObject(IDS.map((measurementId) => ({ measurementId, state: 'done' })));
  expect(readFileSync(join(cwd, 'out/datalog.csv'), 'utf8')).toMatch(/^time,file,measurement_id,state,message\n/u);
});

test('station refuses --replace with --rerun, and a product that is none, before any request', async () => {
  const { run, cwd, sim } = await desk();
  rawFiles(cwd, ...IDS);
  for (const wrong of [
    ['--replace', '--rerun'],
    ['--products', 'every thing'],
    ['--system', 'x'],
  ])
    expect((await run('station', 'raw', ...QUICK, ...wrong)).code).toBe(2);
  expect(sim.requests).toEqual([]);
});
