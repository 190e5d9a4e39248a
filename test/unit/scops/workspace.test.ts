import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { ConfigError, JobNotFound, NotFoundError } from '../../../src/errors.js';
import {
  formatScopsConfig,
  newScopsConfig,
  parseScopsConfig,
  ScopsWorkspace,
  scopsEnvironment,
  type HostOrder,
  type ScopsConfig,
  type WorkspaceOptions,
} from '../../../src/scops/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { writeSourceFolder } from './source-folder.js';

const ID = 'GB13_08_2014_21720180307152902';
const SOURCE = tempDir();
writeSourceFolder(SOURCE, { f21701: 20 });

function host(files: Record<string, string> = {}): {
  root: string;
  env: Record<string, string>;
  open: (o?: WorkspaceOptions) => ScopsWorkspace;
} {
  const root = tempDir();
  const env = {
    WEB_CONFIG_DIR: `${root}/configs/`,
    WEB_OUTPUT: `${root}/processing/`,
    DB_LOCATION: `${root}/status.db`,
  };
  mkdirSync(env.WEB_CONFIG_DIR);
  mkdirSync(env.WEB_OUTPUT);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return { root, env, open: (o) => new ScopsWorkspace(scopsEnvironment(env), o) };
}

function config(change: Partial<HostOrder> = {}, keys: Record<string, string> = {}): ScopsConfig {
  const made = newScopsConfig({
    project: 'GB13_08',
    flight: { year: 2014, day: 217 },
    lines: [{ name: 'f21701', bands: [1, 20] }],
    email: 'me@institute.org',
    projection: 'UTM zone 30N',
    pixelSize: 2,
    bounds: { north: 50.36, south: 50.3, east: -4.1, west: -4.25 },
    sourceFolder: SOURCE,
    ...change,
  });
  return { ...made, defaults: { ...made.defaults, ...keys } };
}
const cfg = (keys: Record<string, string>): string => formatScopsConfig(config({}, keys));

describe('the environment', () => {
  test('has the defaults of the back end', () => {
    expect(scopsEnvironment({})).toMatchObject({
      errorEmail: 'nerc-arf-code@pml.ac.uk',
      hyperDeliveryFolder: 'delivery/*{}*/',
      qsubSystem: 'qsub',
      queue: 'arsf.q',
    });
  });
  test('is the process’s own when none is given', () => {
    vi.stubEnv('QUEUE', 'short-serial');
    vi.stubEnv('TEMP_PROCESSING_DIR', '');
    const environment = scopsEnvironment();
    expect(environment.queue).toBe('short-serial');
    expect(environment.warnings.join('\n')).toContain('TEMP_PROCESSING_DIR: is set but empty');
  });
  test('refuses an unknown queue system', () => {
    expect(() => scopsEnvironment({ QSUB_SYSTEM: 'slurm' })).toThrow(ConfigError);
  });
  test.each([
    [{ WEB_OUTPUT: '/nowhere' }, /WEB_OUTPUT: .* must end in \//u],
    [{ WEB_OUTPUT: '/nowhere/' }, /WEB_OUTPUT: .* is missing/u],
    [{ WEB_CONFIG_DIR: '/dev/null' }, /not a directory/u],
    [{ QSUB_LOG_DIR: '/logs' }, /QSUB_LOG_DIR: .* must end/u],
    [{ HYPER_DELIVERY_FOLDER: '/hyperspectral' }, /HYPER_DELIVERY_FOLDER: begins with/u],
    [{ HYPER_DELIVERY_FOLDER: 'delivery/*{}*' }, /HYPER_DELIVERY_FOLDER: .* must end in \//u],
    [{ TEMP_PROCESSING_DIR: '' }, /fails at/u],
    [{ TEMP_PROCESSING_DIR: '/nowhere' }, /not a writable directory/u],
    [{ FORCE_LOCAL: 'False' }, /counts as true/u],
  ])('warns of %j', (env, message) => {
    expect(scopsEnvironment(env).warnings.join('\n')).toMatch(message);
  });
  test('has nothing to say of good settings', () => {
    const { env } = host();
    expect(scopsEnvironment({ ...env, QSUB_LOG_DIR: '/logs/' }).warnings).toEqual([]);
  });
});

describe('submitting', () => {
  test('puts the whole file there under a name of its own, with nothing beside it', async () => {
    const { env, open } = host();
    const [one, other] = await Promise.all([open().submit(config()), open().submit(config())]);
    expect(one).toMatch(/^GB13_08_2014_217_\d{14}$/u);
    expect(one).not.toBe(other);
    expect(readdirSync(env.WEB_CONFIG_DIR!).sort()).toEqual([`${one}.cfg`, `${other}.cfg`].sort());
    const path = join(env.WEB_CONFIG_DIR!, `${one}.cfg`);
    expect(readFileSync(path, 'utf8')).toBe(formatScopsConfig(config()));
    expect(statSync(path).mode & 0o777).toBe(0o666);
    expect(parseScopsConfig(readFileSync(path, 'utf8'))).toEqual(config());
  });
  const bad: [string, ScopsConfig][] = [
    ['no line', { ...config(), lines: {} }],
    [
      'submitted missing',
      {
        ...config(),
        defaults: Object.fromEntries(Object.entries(config().defaults).filter(([key]) => key !== 'submitted')),
      },
    ],
    ['confirmed empty', config({}, { confirmed: '' })],
    ['a boolean that is none', config({}, { restart: 'maybe' })],
    ['a restart', config({}, { restart: 'True' })],
    ['already submitted', config({}, { submitted: 'True' })],
    ['upload without a file', config({}, { dem: 'upload' })],
    ['masks that are none', config({}, { masking: 'xyz' })],
    ['one pixel size', config({}, { pixelsize: '2.0' })],
    ['an unknown interpolation', config({}, { interpolation: 'linear' })],
    ['the folder of an earlier order', config({}, { output_folder: '/srv/old/' })],
    ['a relative DEM', config({}, { dem: 'upload', dem_name: 'a.dem' })],
    ['a plugin without its folder', config({}, { plugin_angle: 'angle' })],
    ['a PROJ text that is not there', config({}, { projection: 'proj_string', projstring: '' })],
    ['a DEM that is not there', config({ dem: { file: '/nowhere/a.dem' } })],
    ['band maths without its flag', config({}, { bandratio: 'True', bandratioset: '' })],
    ['projection utm', config({}, { projection: 'utm' })],
    ['a one-digit zone', config({}, { projection: 'UTM zone 5N' })],
    ['a project with a path', config({}, { project_code: '../x' })],
    ['a day with its letter', config({}, { julianday: '217a' })],
    ['no source folder', config({}, { sourcefolder: '' })],
    ['no mask', config({}, { masking: '' })],
    ['bands back to front', { ...config(), lines: { f21701: { process: 'true', band_range: '9-2' } } }],
    ['a line without bands', { ...config(), lines: { f21701: { process: 'true' } } }],
    ['a value beyond ASCII', config({}, { email: 'jörg@c.de' })],
  ];
  test.each(bad)('never lets the scheduler see %s', async (_what, wrong) => {
    const { env, open } = host();
    await expect(open().submit(wrong)).rejects.toThrow(TypeError);
    expect(readdirSync(env.WEB_CONFIG_DIR!)).toEqual([]);
  });
  test('says which directory cannot be written', async () => {
    const { env, root } = host();
    const workspace = new ScopsWorkspace(scopsEnvironment({ ...env, WEB_CONFIG_DIR: `${root}/none/` }));
    await expect(workspace.submit(config())).rejects.toThrow(/WEB_CONFIG_DIR/u);
  });
});

test('the list tells where each order stands, by the rules of the scheduler (notes 15.1)', async () => {
  const { open } = host({
    'configs/a.cfg': cfg({}),
    'configs/b.cfg': cfg({ confirmed: 'True' }),
    'configs/c.cfg': cfg({ confirmed: 'True', bandratio: 'True' }),
    'configs/d.cfg': cfg({ confirmed: 'True', ftp_dem: 'True' }),
    'configs/e.cfg': cfg({ confirmed: 'True', submitted: 'True', output_folder: `/x/${ID}/` }),
    'configs/f.cfg': cfg({ has_error: 'True' }),
    'configs/g.cfg': cfg({ restart: 'True' }),
    'configs/h.cfg': '[DEFAULT]\nconfirmed = True\n\n',
    'configs/i.cfg': 'nonsense',
    'configs/note.txt': 'x',
  });
  const orders = await open().list();
  expect(orders.map(({ configName, state }) => [configName, state])).toEqual([
    ['a', 'stored'],
    ['b', 'confirmed'],
    ['c', 'held-band-maths'],
    ['d', 'held-ftp'],
    ['e', 'submitted'],
    ['f', 'dem-error'],
    ['g', 'restart'],
    ['h', 'broken'],
    ['i', 'broken'],
  ]);
  expect(orders[4]!.processingId).toBe(ID);
  expect(orders.map(({ problem }) => problem)).toEqual([
    undefined,
    undefined,
    expect.stringMatching(/waits for its band maths/u),
    expect.stringMatching(/waits for its elevation model/u),
    undefined,
    expect.stringMatching(/does not cover the flight/u),
    undefined,
    expect.stringMatching(/missing/u),
    expect.stringMatching(/line 1/u),
  ]);
});

describe('statuses', () => {
  const files = (stage: string, log = ''): Record<string, string> => ({
    [`processing/${ID}/status/f21701_status.txt`]: `f21701 = ${stage}`,
    [`processing/${ID}/logs/f21701_log.txt`]: log,
  });
  test('from files: the percentage counts when the very last line is one', async () => {
    const log =
      '2018-03-07 15:30:00,001 - INFO - writing 12.5 megabytes\n2018-03-07 - INFO - Approximate percent complete: 40\n';
    const [product] = (await host(files('aplmap', log)).open().status(ID)).products;
    expect(product).toMatchObject({
      name: 'f21701',
      state: 'running',
      stage: 'mapping',
      percent: 65,
      approximateBytes: 12.5 * 1024 ** 2,
    });
    const fallen = await host(files('aplmap', `${log}2018-03-07 - INFO - next\n`))
      .open()
      .status(ID);
    expect(fallen.products[0]!.percent).toBe(45);
  });
  test('from files: failed, complete, deselected and caught empty', async () => {
    expect((await host(files('ERROR - aplmap')).open().status(ID)).state).toBe('failed');
    expect((await host(files('complete')).open().status(ID)).state).toBe('complete');
    expect((await host(files('not processing')).open().status(ID)).state).toBe('empty');
    const caught = host({ [`processing/${ID}/status/f21701_status.txt`]: '' });
    expect((await caught.open().status(ID)).products[0]!.state).toBe('queued');
  });
  test('of unknown and misshapen ids', async () => {
    const workspace = host().open();
    await expect(workspace.status(ID)).rejects.toThrow(JobNotFound);
    await expect(workspace.status('../x')).rejects.toThrow(TypeError);
    await expect(workspace.status('GB13_08_2014_217_20180307152824')).rejects.toThrow(TypeError);
  });
  test('watching ends with the last product', async () => {
    const { root, open } = host(files('aplmap'));
    const states: string[] = [];
    for await (const { state } of open().watch(ID, { pollIntervalMs: 1 })) {
      states.push(state);
      writeFileSync(join(root, `processing/${ID}/status/f21701_status.txt`), 'f21701 = complete');
    }
    expect(states).toEqual(['running', 'complete']);
    expect(await open().watch(ID).toArray()).toMatchObject([{ state: 'complete' }]);
  });

  const sql = (path: string, text: string): void => {
    const script = `
      const init = require(${JSON.stringify(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.js'))});
      init().then(({ Database }) => {
        const db = new Database();
        db.exec(${JSON.stringify(text)});
        require('node:fs').writeFileSync(${JSON.stringify(path)}, db.export());
      });`;
    execFileSync(process.execPath, ['-e', script]);
  };
  const table =
    'create table flightlines(id integer primary key, processing_id text, name text, stage text, progress real, filesize real, bytesize text, flag integer, link text, zipsize real, zipbyte text);';
  const row = (stage: string, flag: number): string =>
    `insert into flightlines(processing_id, name, stage, progress, filesize, bytesize, flag, link, zipsize, zipbyte) values ('${ID}', 'f21701', '${stage}', 57.5, 0, 0, ${flag}, '', 0, 0);`;

  test('from the database: the last row of a product counts, and nothing is written', async () => {
    const { root, open } = host(files('waiting'));
    const path = join(root, 'status.db');
    sql(path, table + row('ERROR - aplmap', 1) + row('complete', 0));
    const before = readFileSync(path);
    const status = await open({ statusFrom: 'database' }).status(ID);
    expect(status.products).toEqual([
      { name: 'f21701', state: 'complete', stage: 'complete', stageText: 'complete', percent: 100, failed: false },
    ]);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(root).sort()).toEqual(['configs', 'processing', 'status.db']);
  });
  test('from a database that is none, or is not there', async () => {
    const { root, open } = host(files('waiting'));
    await expect(open({ statusFrom: 'database' }).status(ID)).rejects.toThrow(/DB_LOCATION/u);
    writeFileSync(join(root, 'status.db'), 'this is no database, but long enough to be read as one');
    await expect(open({ statusFrom: 'database' }).status(ID)).rejects.toThrow(ConfigError);
    expect(() => new ScopsWorkspace(scopsEnvironment({}), { statusFrom: 'database' })).toThrow(/DB_LOCATION/u);
  });
  test('a database in the middle of a transaction is waited for', async () => {
    const { root, open } = host(files('waiting'));
    const path = join(root, 'status.db');
    sql(path, table + row('aplmap', 0));
    writeFileSync(`${path}-journal`, 'a hot journal');
    const status = open({ statusFrom: 'database' }).status(ID);
    setTimeout(() => rmSync(`${path}-journal`), 120);
    expect((await status).products[0]!.stage).toBe('mapping');
  });
});

test('products are the archives that are there', async () => {
  const { open } = host({
    [`processing/${ID}/mapped/f217013b_mapped.bil.zip`]: 'zip',
    [`processing/${ID}/mapped/GB13_08_2014217.zip`]: 'archive',
    [`processing/${ID}/mapped/zip_contents.txt`]: 'x',
  });
  expect((await open().products(ID)).map(({ name, bytes }) => [name, bytes])).toEqual([
    ['project', 7],
    ['f21701', 3],
  ]);
  const { open: bare } = host({ [`processing/${ID}/status/x`]: '' });
  expect(await bare().products(ID)).toEqual([]);
});

describe('plugins', () => {
  test('are checked against their contract (notes 15.7)', async () => {
    const { root, open } = host({
      'plugins/good_one.py': 'import os\n\ndef run(output_folder=None, hsi_filename=None):\n    return hsi_filename\n',
      'plugins/takes_all.py': 'def run(**kwargs):\n    return kwargs["output_folder"]\n',
      'plugins/many.py':
        'def run(\n    output_folder, hsi_filename,\n    spectra, n=3,  # more, here\n):\n    return hsi_filename\n',
      'plugins/silent.py': 'def run(output_folder, hsi_filename):\n    pass\n',
      'plugins/none.py': 'x = 1\n',
      'plugins/Bad-Name.py': 'def run(output_folder, hsi_filename):\n    return hsi_filename\n',
      'plugins/__init__.py': '',
      'plugins/readme.txt': '',
    });
    const plugins = await open({ pluginDirectory: join(root, 'plugins') }).plugins();
    expect(Object.fromEntries(plugins.map(({ name, problems }) => [name, problems.length]))).toEqual({
      'Bad-Name': 1,
      good_one: 0,
      many: 1,
      none: 1,
      silent: 1,
      takes_all: 0,
    });
  });
  test('are found through a config file, or it is said that they are not', async () => {
    const { root, env, open } = host({ 'plugins/a_b.py': '' });
    await expect(open().plugins()).rejects.toThrow(NotFoundError);
    writeFileSync(join(env.WEB_CONFIG_DIR!, 'a.cfg'), cfg({ plugin_directory: join(root, 'plugins') }));
    expect((await open().plugins()).map(({ name }) => name)).toEqual(['a_b']);
  });
});
