import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  formatScopsConfig,
  newScopsConfig,
  parseScopsConfig,
  scopsEnvironment,
  ScopsWorkspace,
  type HostOrder,
  type ScopsConfig,
} from '../../../src/scops/index.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { writeDem, writeSourceFolder } from './source-folder.js';

let root = '';
let source = '';
let level1 = '';
beforeEach(() => {
  root = tempDir();
  for (const name of ['configs', 'processing', 'plugins', 'other']) mkdirSync(join(root, name));
  writeFileSync(join(root, 'plugins', 'spectral_angle.py'), 'def run(output_folder, hsi_filename):\n    return "x"\n');
  source = join(root, 'GB13_08-2014_217');
  level1 = writeSourceFolder(source, { f21701: 20, f21702: 12 });
});

function workspace(variables: Record<string, string> = {}): ScopsWorkspace {
  const env = { WEB_CONFIG_DIR: `${root}/configs/`, WEB_OUTPUT: `${root}/processing/`, QSUB_SYSTEM: 'local' };
  return new ScopsWorkspace(scopsEnvironment({ ...env, ...variables }));
}

type Values = Record<string, string>;

/** A good order of both lines with these keys in `[DEFAULT]` and in the section of the first line. */
function config(defaults: Values = {}, line: Values = {}, order: Partial<HostOrder> = {}): ScopsConfig {
  const made = newScopsConfig({
    project: 'GB13_08',
    flight: { year: 2014, day: 217 },
    lines: [
      { name: 'f21701', bands: [1, 20] },
      { name: 'f21702', bands: [1, 12] },
    ],
    email: 'me@institute.org',
    projection: 'UTM zone 30N',
    pixelSize: 2,
    bounds: { north: 50.36, south: 50.3, east: -4.1, west: -4.25 },
    sourceFolder: source,
    confirmed: true,
    ...order,
  });
  return {
    defaults: { ...made.defaults, ...defaults },
    lines: { ...made.lines, f21701: { ...made.lines.f21701, ...line } },
  };
}

async function refusal(order: ScopsConfig, variables: Values = {}): Promise<string> {
  const error = await rejection(workspace(variables).submit(order));
  expect(error).toBeInstanceOf(TypeError);
  expect(readdirSync(join(root, 'configs'))).toEqual([]);
  return error instanceof Error ? error.message : '';
}
const plugins = (): Values => ({ plugin_directory: join(root, 'plugins') });

describe('orders that the host can make are stored', () => {
  test.each<[string, () => ScopsConfig]>([
    ['plain', () => config()],
    ['with an equation', () => config({ ...plugins(), eq_ratio: 'band20/band1' }, { eq_ratio: 'True' })],
    [
      'with a plugin beside an equation',
      () =>
        config(
          { ...plugins(), eq_idle: 'band1', plugin_spectral_angle: 'spectral_angle' },
          { plugin_spectral_angle: 'True' },
        ),
    ],
    ['with an elevation model', () => config({ dem: 'upload', dem_name: writeDem(join(root, 'heights.dem')) })],
    ['with an elevation model to come', () => config({ dem: 'upload', ftp_dem: 'True' })],
    [
      'with a PROJ text and its units',
      () =>
        config({ projection: 'proj_string', projstring: '+proj=longlat +datum=WGS84', pixelsize: '0.00002 0.00002' }),
    ],
    [
      'with a line that is not made and not on disk',
      () => ({ ...config(), lines: { ...config().lines, f21709: { process: 'false', band_range: '1-622' } } }),
    ],
  ])('%s', async (_what, order) => {
    await expect(workspace().submit(order())).resolves.toMatch(/^GB13_08_2014_217_\d{14}$/u);
    const [listed] = await workspace().list();
    expect(listed).not.toHaveProperty('state', 'broken');
    if (listed?.state === 'confirmed') expect(listed).not.toHaveProperty('problem');
  });
  test('with the source folder behind a link', async () => {
    symlinkSync(source, join(root, 'link'));
    await expect(workspace().submit(config({ sourcefolder: join(root, 'link') }))).resolves.toMatch(/^GB13_08/u);
  });
  test('with the delivery behind a link', async () => {
    renameSync(join(source, 'delivery', 'GB13_08-hyperspectral-20140805'), join(root, 'delivered'));
    symlinkSync(join(root, 'delivered'), join(source, 'delivery', 'GB13_08-hyperspectral-1'));
    await expect(workspace().submit(config())).resolves.toMatch(/^GB13_08/u);
  });
  test('with an owl line in its own delivery', async () => {
    const level = writeSourceFolder(source, { o21701: 30 }, 'owl');
    expect(level).toContain('-owl-');
    const order = config();
    const lines = { ...order.lines, o21701: { process: 'true', band_range: '1-30' } };
    await expect(workspace().submit({ ...order, lines })).resolves.toMatch(/^GB13_08/u);
  });
});

describe('folders and lines', () => {
  test('source folders that are missing, relative, or hold no delivery', async () => {
    expect(await refusal(config({ sourcefolder: `${source}X` }))).toMatch(
      /would stop the scheduler: sourcefolder does not exist/u,
    );
    expect(await refusal(config({ sourcefolder: relative(process.cwd(), source) }))).toMatch(
      /sourcefolder must be an absolute path/u,
    );
    expect(await refusal(config({ sourcefolder: join(root, 'other') }))).toMatch(/sourcefolder has no delivery/u);
    expect(await refusal(config({ sourcefolder: join(level1, 'f217011b.bil') }))).toMatch(
      /sourcefolder does not exist/u,
    );
  });
  test('a delivery folder from elsewhere', async () => {
    expect(await refusal(config(), { HYPER_DELIVERY_FOLDER: '/hyperspectral' })).toMatch(
      /HYPER_DELIVERY_FOLDER begins with \//u,
    );
    expect(await refusal(config(), { HYPER_DELIVERY_FOLDER: 'delivered/{}/' })).toMatch(
      /nothing matches .*delivered\/hyperspectral/u,
    );
    const foreign = join(root, 'other');
    writeSourceFolder(foreign, { f30001: 20 });
    expect(await refusal(config({ sourcefolder: foreign }))).toMatch(/line f21701 lacks/u);
  });
  test.each(['f217011b.bil', 'f217011b.bil.hdr', 'f217011b_mask.bil'])('a line without %s', async (name) => {
    rmSync(join(level1, name));
    expect(await refusal(config())).toMatch(new RegExp(`line f21701 lacks .*${name}`, 'u'));
  });
  test('no mask is needed where none is applied', async () => {
    rmSync(join(level1, 'f217011b_mask.bil'));
    await expect(workspace().submit(config({ masking: 'none' }))).resolves.toMatch(/^GB13/u);
  });
  test('a line without navigation, beside others that have it', async () => {
    const navigation = join(level1, '..', 'navigation');
    mkdirSync(navigation);
    writeFileSync(join(navigation, 'f217011b_nav_post_processed.bil'), 'x');
    expect(await refusal(config())).toMatch(/line f21702 has no navigation/u);
  });
  test('lines of no known sensor, and bands beyond the last', async () => {
    const { defaults, lines } = config();
    expect(await refusal({ defaults, lines: { x21701: lines.f21701! } })).toMatch(/not from a known sensor/u);
    expect(await refusal(config({}, { band_range: '1-21' }))).toMatch(
      /band_range of line f21701 is 1-21, but it has 20/u,
    );
  });
  test('any delivery that fits may be taken, so that each must have the line', async () => {
    mkdirSync(join(source, 'delivery', 'GB13_08-hyperspectral-20150101'));
    expect(await refusal(config())).toMatch(/line f21701 lacks .*20150101/u);
  });
});

describe('values', () => {
  test.each<[Values, RegExp]>([
    [{ process: 'True' }, /process must be true or false, in lower case/u],
    [{ process: '1' }, /process must be/u],
    [{ masking: 'xyz' }, /masking must be/u],
    [{ pixelsize: '2.0' }, /pixelsize must be two numbers/u],
    [{ pixelsize: '2 2 2' }, /pixelsize must be two numbers/u],
    [{ pixelsize: '2  2' }, /pixelsize must be two numbers/u],
    [{ pixelsize: '0 2' }, /pixelSize must be/u],
    [{ pixelsize: '500 500' }, /pixelSize must be/u],
    [{ interpolation: 'linear' }, /interpolation must be/u],
    [{ projection: 'UTM 30N' }, /projection must be/u],
    [{ projection: 'proj_string', projstring: '' }, /projection.proj must be/u],
    [{ projection: 'proj_string', projstring: 'EPSG:32630' }, /write \+proj=utm \+zone=30/u],
  ])('%j in a line', async (values, message) => {
    expect(await refusal(config({}, values))).toMatch(message);
  });
  test.each<[Values, RegExp]>([
    [{ julianday: '367' }, /julianday/u],
    [{ email: 'nobody' }, /email/u],
    [{ output_folder: '/srv/old/' }, /output_folder belongs to an earlier order/u],
    [{ has_error: 'True' }, /has_error must be False/u],
    [{ projection: '' }, /projection is missing/u],
    [{ ftp_dem: 'True', ftp_dem_confirmed: 'True', dem: 'upload' }, /dem_name names no file/u],
  ])('%j in [DEFAULT]', async (values, message) => {
    expect(await refusal(config(values))).toMatch(message);
  });
  test('an order of nothing', async () => {
    const { defaults, lines } = config();
    const idle = Object.entries(lines).map(([name, values]) => [name, { ...values, process: 'false' }]);
    expect(await refusal({ defaults, lines: Object.fromEntries(idle) })).toMatch(/nothing to make/u);
  });
});

describe('elevation models', () => {
  test('are absolute, with a header, of this place', async () => {
    const file = writeDem(join(root, 'heights.dem'));
    const dem = (name: string): ScopsConfig => config({ dem: 'upload', dem_name: name });
    expect(await refusal(dem(relative(process.cwd(), file)))).toMatch(/dem_name must be an absolute path/u);
    expect(await refusal(dem(join(root, 'none.dem')))).toMatch(/dem_name does not exist/u);
    expect(await refusal(dem(writeDem(join(root, 'away.dem'), 20, 10)))).toMatch(/another place/u);
    writeFileSync(`${file}.hdr`, 'samples = 2\n');
    expect(await refusal(dem(file))).toMatch(/the header of dem_name does not begin with the line ENVI/u);
    rmSync(`${file}.hdr`);
    expect(await refusal(dem(file))).toMatch(/scheduler: dem_name has no ENVI header next to it/u);
  });
});

describe('band maths', () => {
  const ratio = { eq_ratio: 'True' };
  test.each<[string, Values, Values, RegExp]>([
    [
      'a band that the line lacks',
      { eq_ratio: 'band99/band1' },
      ratio,
      /uses band99, but the line has 20 bands \(line f21701\)/u,
    ],
    ['remainders that Python drops', { eq_ratio: '1/2*band1' }, ratio, /write 1\.0\/2\*band1/u],
    ['what NumExpr refuses', { eq_ratio: 'band1 & band2' }, ratio, /comparisons/u],
    ['a tick that is not True', { eq_ratio: 'band1' }, { eq_ratio: 'true' }, /must be True or False/u],
    ['a tick without its equation', { eq_other: 'band1' }, ratio, /eq_ratio of line f21701 is not in \[DEFAULT\]/u],
    ['an empty equation', { eq_ratio: '' }, {}, /eq_ratio is empty/u],
    ['a key that holds eq_', { freq_list: 'x' }, {}, /would take freq_list for an equation/u],
    ['a name that is cut', { eq_a1b: 'band1' }, {}, /must not contain "1b"/u],
    [
      'one name for two',
      { eq_spectral_angle: 'band1', plugin_spectral_angle: 'x' },
      {},
      /of an equation and of a plugin/u,
    ],
    [
      'a plugin that is not there',
      { eq_idle: 'band1', plugin_other: 'other' },
      { plugin_other: 'True' },
      /plugin other is not in plugin_directory/u,
    ],
    [
      'a plugin without equation',
      { plugin_spectral_angle: 'x' },
      { plugin_spectral_angle: 'True' },
      /only if there is an equation/u,
    ],
  ])('%s', async (_what, defaults, line, message) => {
    expect(await refusal(config({ ...plugins(), ...defaults }, line))).toMatch(message);
  });
  test('the bands are those of each line', async () => {
    const order = config({ ...plugins(), eq_ratio: 'band20/band1' });
    const lines = { ...order.lines, f21702: { ...order.lines.f21702, eq_ratio: 'True' } };
    expect(await refusal({ ...order, lines })).toMatch(/uses band20, but the line has 12 bands \(line f21702\)/u);
  });
  test('a plugin directory that is missing, or not named', async () => {
    const angle = { eq_idle: 'band1', plugin_spectral_angle: 'x' };
    expect(await refusal(config(angle))).toMatch(/need plugin_directory/u);
    expect(await refusal(config({ ...angle, plugin_directory: join(root, 'none') }))).toMatch(
      /plugin_directory does not exist/u,
    );
    expect(await refusal(config({ eq_ratio: 'band1' }, ratio))).toMatch(/need plugin_directory/u);
  });
});

test('the sample of the service’s own documentation is judged with words', async () => {
  const sample = parseScopsConfig(`[DEFAULT]
julianday = 123
year = 2018
sortie = a
project_code = GB18_00
projection = UKBNG
sourcefolder = /full/path/to/the/delivered/data/directory/
bandratio = True
bandratioset = False
bandratiomappedset = False
has_error = False
restart = False
ftp_dem = False
ftp_dem_confirmed = False
projstring =\u0020
dem = aster
bounds = 52.2 0.1 52.1 -0.2
email = example@email.provider.uk
interpolation = nearest
pixelsize = 2.0 2.0
submitted = False
confirmed = False
status_email_sent = False
masking = uomnrqabcdef

[f123a01]
process = true
band_range = 1-622

`);
  expect(await refusal(sample)).toMatch(
    /sourcefolder does not exist: \/full\/path\/to\/the\/delivered\/data\/directory\//u,
  );
});

describe('the list', () => {
  const listed = async (order: ScopsConfig): Promise<unknown> => {
    writeFileSync(join(root, 'configs', 'a.cfg'), formatScopsConfig(order));
    const [one] = await workspace().list();
    return one;
  };
  test('calls an order broken at which the scheduler would stop next', async () => {
    expect(await listed(config({ sourcefolder: `${source}X` }))).toMatchObject({
      state: 'broken',
      problem: expect.stringMatching(/^sourcefolder does not exist/u),
    });
  });
  test('says what is wrong with one that waits for its confirmation', async () => {
    expect(await listed(config({ sourcefolder: `${source}X`, confirmed: 'False' }))).toMatchObject({
      state: 'stored',
      problem: expect.stringMatching(/^sourcefolder does not exist/u),
    });
  });
  test('says what of an order would never be made', async () => {
    expect(await listed(config({}, { process: 'True' }))).toMatchObject({
      state: 'confirmed',
      problem: expect.stringMatching(/^process must be true or false/u),
    });
  });
  test('has nothing to say of one that was taken up, whatever has gone since', async () => {
    const order = await listed(config({ submitted: 'True', sourcefolder: `${source}X` }));
    expect(order).toMatchObject({ state: 'submitted' });
    expect(order).not.toHaveProperty('problem');
  });
});
