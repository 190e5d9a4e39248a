import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tempDir } from '../../support/temp-dir.js';
import { sdcHere } from './run.js';

// In this process always: the libraries that draw are installed in this project, not beside the built command.
const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/read/${name}`, import.meta.url));
const vectors = fixture('cdf/imap_mag_l1a_burst-magi_20231025_v001.cdf');
const sun = fixture('fits/hmi-magnetogram.fits');
const product = fixture('netcdf/hpb_002_0355_0000379_202006302200_202006302359_20200630hpb2200_elda_v5.1.2.nc');

test('show --plot writes a picture of a variable, titled by file and part, and prints its name', async () => {
  const cwd = tempDir();
  const ran = await sdcHere(['show', vectors, '-v', 'vectors[:100,0:2]', '--plot', 'field.svg'], { cwd });
  expect(ran).toEqual({ code: 0, out: 'field.svg\n', err: '' });
  const svg = readFileSync(join(cwd, 'field.svg'), 'utf8');
  expect(svg).toContain('imap_mag_l1a_burst-magi_20231025_v001.cdf: vectors[:100,0:2]');
  expect(svg).toContain('Magnetic field vector data (counts)');
  expect(svg.match(/class="mark-line /gu)).toHaveLength(2);
});

test('show --plot of a file with one variable needs no name; PNG, and JSON', async () => {
  const cwd = tempDir();
  const ran = await sdcHere(['show', sun, '--plot', 'sun.png', '--json'], { cwd });
  expect({ ...ran, out: JSON.parse(ran.out) as unknown }).toEqual({ code: 0, out: { plot: 'sun.png' }, err: '' });
  expect(readFileSync(join(cwd, 'sun.png')).subarray(1, 4).toString()).toBe('PNG');
});

test('show --plot draws a profile with its error, against what is named', async () => {
  const cwd = tempDir();
  const args = ['show', product, '-v', 'backscatter', '--error', 'error_backscatter', '--against', 'altitude'];
  expect(await sdcHere([...args, '--plot', 'profile.svg'], { cwd })).toMatchObject({ code: 0, err: '' });
  const svg = readFileSync(join(cwd, 'profile.svg'), 'utf8');
  expect(svg).toContain('height above sea level (m)');
  expect(svg).toContain('class="mark-area ');
});

test.each([
  [['show', product, '--plot', 'a.svg'], '--plot needs one variable; name it with -v: altitude, time, time_bounds'],
  [['show', vectors, '-v', 'vectors', '-v', 'epoch', '--plot', 'a.svg'], '--plot needs one variable'],
  [
    ['show', vectors, '-v', 'vector', '--plot', 'a.svg'],
    'there is no variable vector in this file; did you mean vectors?',
  ],
  [['show', vectors, '-v', 'vectors', '--plot', 'a.jpg'], '--plot: a.jpg must end in .svg or .png'],
  [['show', vectors, '-v', 'vectors', '--error', 'epoch'], '--against and --error belong to --plot'],
  [['show', vectors, '-v', 'vectors', '--against', 'directions', '--plot', 'a.svg'], 'did you mean direction?'],
  [['show', vectors, '-v', 'vectors[0,0]', '--plot', 'a.svg'], 'vectors is a single value here'],
  [['show', vectors, '-v', 'vectors', '--stored', '--plot', 'a.svg'], 'cannot be used with option'],
])('%j fails in words', async (args, words) => {
  const cwd = tempDir();
  const { code, out, err } = await sdcHere(args, { cwd });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(words);
  expect(readdirSync(cwd)).toEqual([]);
});

test('show --plot into a folder that is not there fails in words', async () => {
  const { code, err } = await sdcHere(['show', sun, '--plot', 'none/sun.svg']);
  expect(code).toBe(1);
  expect(err).toContain('error: none/sun.svg could not be written: ');
  expect(err).not.toContain('.tmp');
});
