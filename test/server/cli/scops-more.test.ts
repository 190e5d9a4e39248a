import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { simulateScops, type ScopsSimulator, type ScopsSimulatorOptions } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { start } from '../../support/server.js';
import { expected, sdc, stable, type Ran } from './run.js';
import { writeSourceFolder } from '../../unit/scops/source-folder.js';
import { isFull } from '../../support/full.js';
import { useQuickWaits } from '../../support/quick-waits.js';

// A command in a process of its own has a clock of its own.
if (!isFull) useQuickWaits();

interface Desk {
  readonly sim: ScopsSimulator;
  readonly cwd: string;
  run(...args: string[]): Promise<Ran>;
}

async function desk(options: ScopsSimulatorOptions = {}): Promise<Desk> {
  const sim = simulateScops({ clock: { mode: 'real', start: '2018-03-07T15:28:24Z', speed: 120 }, ...options });
  const server = await start(sim);
  const { project, password } = sim.credentials;
  const cwd = tempDir();
  const env = { SCOPS_BASE_URL: server.url, SCOPS_PROJECT: project, SCOPS_PASSWORD: password };
  return { sim, cwd, run: (...args) => sdc(['scops', ...args], { cwd, env }) };
}

const order = ['2014', '217', '--line', 'f21701:1-5', '--email', 'me@institute.org'];

test('band maths: what an order can take, then equations and indices by wavelength', async () => {
  const { run, sim } = await desk();
  expect((await run('submit', ...order, '--band_math', '--save', 'order.json')).code).toBe(0);
  const form = await run('band-math', 'order.json');
  expect({ code: form.code, err: form.err }).toEqual({ code: 0, err: '' });
  await expect(stable(form.out)).toMatchFileSnapshot(expected('scops-band-math.txt'));
  const added = await run('band-math', 'order.json', '--index', 'ndvi', '--equation', 'ratio=band1/(band2+band3)');
  expect(added.code, added.err).toBe(0);
  const [config = ''] = sim.configs.values();
  expect(config).toContain('eq_ratio = band1/(band2+band3)');
  expect(config).toMatch(/eq_ndvi = \(band\d+-band\d+\)/u);
  for (const wrong of [
    ['--equation', 'nothing'],
    ['--equation', 'R=band1'],
    ['--line', 'f21701'],
  ])
    expect((await run('band-math', 'order.json', ...wrong)).code, wrong.join(' ')).toBe(2);
});

test('process does all of it', async () => {
  const { run, cwd } = await desk();
  const args = ['process', ...order, '--equation', 'ratio=band1/band2', '--output-dir', 'maps', '--poll', '0.1'];
  const { code, out, err } = await run(...args, '--save', 'order.json');
  expect(code, err).toBe(0);
  expect(out).toMatch(/^downloaded +\S+\.zip .*\ndownloaded +\S+\.zip .*\n$/u);
  expect(err).toMatch(/^ordered \S+\nconfirmed; looking for the processing id\nprocessing id \S+\n/u);
  expect(err).toMatch(/complete, 100 %/u);
  expect(readdirSync(join(cwd, 'maps')).sort()).toEqual(['f217013b_mapped.bil.zip', 'f21701_ratio3b_mapped.bil.zip']);
});

test('process with a wrong equation orders nothing', async () => {
  const { run, sim } = await desk();
  expect((await run('process', ...order, '--equation', 'X=band1')).code).toBe(2);
  expect((await run('process', ...order, '--index', 'ndvi,nope')).code).toBe(2);
  expect(sim.configs.size).toBe(0);
});

test('a product that failed is named; the others are there; the exit code is not 0', async () => {
  const { run, cwd } = await desk({ data: { lines: { f21702: { fails: 'aplmap' } } } });
  const both = ['2014', '217', '--line', 'f21701:1-5,f21702:1-5', '--email', 'me@institute.org'];
  const { code, err } = await run('process', ...both, '--output-dir', 'maps', '--poll', '0.1');
  expect(code).toBe(1);
  expect(err).toMatch(/1 of 2 failed:\n {2}f21702: the processing failed: /u);
  expect(readdirSync(join(cwd, 'maps'))).toEqual(['f217013b_mapped.bil.zip']);
  const id = /processing id (\S+)/u.exec(err)?.[1] ?? '';
  const again = await run('download', id, 'maps');
  expect(again.code).toBe(1);
  expect(again.err).toMatch(/1 of 2 failed:\n {2}f21702: /u);
});

test('an order that is stored without a name is not ordered again, its name can be found', async () => {
  const { run, sim } = await desk({ smtp: false });
  const lost = await run('submit', ...order);
  expect(lost.code).not.toBe(0);
  const command = /sdc scops (find-order .*)\n/u.exec(lost.err)?.[1] ?? '';
  expect(command).toMatch(/^find-order 2014 217 --submitted-at \S+ --tag \S+$/u);
  sim.smtp = true;
  const found = await run(...command.split(' '), '--save', 'order.json');
  expect(found.code, found.err).toBe(0);
  expect(sim.configs.has(found.out.trim())).toBe(true);
  expect(await run('confirm', 'order.json', '--output', 'csv')).toMatchObject({
    code: 0,
    out: `"status","configName"\n"confirmed","${found.out.trim()}"\n`,
  });
});

/** A header of a DEM around the sample flight. */
const header = (samples: number): string =>
  `ENVI\nsamples = ${samples}\nlines = 100\nbands = 1\ninterleave = bil\ndata type = 2\nbyte order = 0\n` +
  `map info = {Geographic Lat/Lon, 1, 1, ${samples < 100 ? -4.2 : -4.5}, 50.5, 0.01, 0.01, WGS-84}\n`;

test('an order that its elevation model has stopped gets another one', async () => {
  const { run, cwd, sim } = await desk();
  for (const [name, samples] of [['small', 2] as const, ['large', 100] as const]) {
    writeFileSync(join(cwd, `${name}.bil`), new Uint8Array(samples * 100 * 2));
    writeFileSync(join(cwd, `${name}.hdr`), header(samples));
  }
  const dem = ['--dem', 'small.bil', '--dem_header', 'small.hdr', '--confirm', '--save', 'order.json'];
  const submitted = await run('submit', ...order, ...dem);
  expect(submitted.code, submitted.err).toBe(0);
  expect(submitted.err).toMatch(/(?:^|\n)2 files: 2 uploaded, 0 already there, 0 failed; .* in .*\n$/u);
  const id = (await run('find-id', 'order.json')).out.trim();
  const stopped = await run('dem-error', id);
  expect({ code: stopped.code, err: stopped.err }).toEqual({ code: 0, err: '' });
  await expect(stable(stopped.out, { [id]: 'ID' })).toMatchFileSnapshot(expected('scops-dem-error.txt'));
  const sent = await run('reupload-dem', id, 'large.bil');
  expect(sent.err, 'the header beside it counts').toMatch(/(?:^|\n)2 files: 2 uploaded, /u);
  expect(sent, sent.err).toMatchObject({ code: 0, out: `sent large.bil for ${id}; the order restarts\n` });
  expect((await run('watch', id, '--poll', '0.1')).code).toBe(0);
  expect((await run('dem-error', id)).out).toBe(`${id}: no error\n`);
  expect(sim.demFiles.size).toBeGreaterThan(1);
});

test('on the processing host: orders, states, archives and plugins without a login', async () => {
  const { run, cwd, sim } = await desk();
  expect((await run('submit', ...order, '--confirm', '--save', 'order.json')).code).toBe(0);
  const id = (await run('find-id', 'order.json')).out.trim();
  expect((await run('watch', id, '--poll', '0.1')).code).toBe(0);
  const write = (path: string, data: string | Uint8Array): void => {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), data);
  };
  const [[configName, text] = ['', '']] = sim.configs;
  write(`configs/${configName}.cfg`, text);
  for (const [path, data] of sim.workspaceFiles) write(`processing/${path}`, data);
  write('plugins/broken.py', 'print("no plugin")\n');
  const env = { WEB_CONFIG_DIR: `${cwd}/configs/`, WEB_OUTPUT: `${cwd}/processing/` };
  const host = (...args: string[]): Promise<Ran> => sdc(['scops', ...args], { cwd, env });
  const names = { [configName]: 'CONFIG', [id]: 'ID', [cwd]: 'FOLDER' };
  const listed = await host('host-list', '--output', 'csv');
  const status = await host('host-status', id);
  const products = await host('host-products', id, '--output', 'json');
  for (const { code, err } of [listed, status, products]) expect({ code, err }).toEqual({ code: 0, err: '' });
  await expect(stable(listed.out + status.out, names)).toMatchFileSnapshot(expected('scops-host.txt'));
  expect(JSON.parse(products.out)).toContainEqual(expect.objectContaining({ name: 'f21701' }));
  expect((await host('host-watch', id)).code).toBe(0);
  const plugins = await host('host-plugins', '--plugin-directory', 'plugins');
  expect(plugins.code).toBe(1);
  expect(plugins.err).toMatch(/1 of 1 failed:\n {2}broken: /u);
});

test('host-submit puts a checked order where the scheduler looks, and refuses what would stop it', async () => {
  const { run, cwd, sim } = await desk();
  expect((await run('submit', ...order)).code).toBe(0);
  const [stored = ''] = sim.configs.values();
  writeSourceFolder(join(cwd, 'flights'), { f21701: 20, f21702: 22 });
  const text = stored.replace(/^sourcefolder = .*$/mu, `sourcefolder = ${join(cwd, 'flights')}`);
  mkdirSync(join(cwd, 'configs'));
  mkdirSync(join(cwd, 'processing'));
  writeFileSync(join(cwd, 'good.cfg'), text);
  writeFileSync(join(cwd, 'bad.cfg'), text.replaceAll('submitted = False', 'submitted = perhaps'));
  writeFileSync(join(cwd, 'away.cfg'), stored);
  const env = { WEB_CONFIG_DIR: `${cwd}/configs/`, WEB_OUTPUT: `${cwd}/processing/` };
  const good = await sdc(['scops', 'host-submit', 'good.cfg'], { cwd, env });
  expect(good, good.err).toMatchObject({ code: 0 });
  expect(good.out).toMatch(/^put GB13_08_2014_217_\d{14} from good\.cfg\n$/u);
  expect((await sdc(['scops', 'host-submit', 'bad.cfg'], { cwd, env })).code).toBe(2);
  const away = await sdc(['scops', 'host-submit', 'away.cfg'], { cwd, env });
  expect(away).toMatchObject({ code: 2, err: expect.stringContaining('sourcefolder does not exist') });
  expect(readdirSync(join(cwd, 'configs'))).toEqual([`${/put (\S+)/u.exec(good.out)?.[1] ?? ''}.cfg`]);
});
