import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { DataError, openData, type DataFile, type OpenDataOptions, type ReadOptions } from '../../../src/read/index.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { samplePath, samples } from './support/samples.js';

const packets = samplePath('ccsds', 'imap_codice_l0_lo-pha_20240429_v001.pkts');
const cube = samplePath('envi', 'i2_bil_a.bil');
const OTHERS = [
  samplePath('cdf', 'times_a.cdf'),
  samplePath('fits', 'bintable_a.fits'),
  samplePath('fits', 'asciitable_a.fits'),
  samplePath('netcdf', 'cdf1_a.nc'),
  samplePath('netcdf', 'nc4_types_a.nc'),
];
const written = (name: string, content: string | Uint8Array): string => {
  const path = join(tempDir(), name);
  writeFileSync(path, content);
  return path;
};
const shapeOf = ({ variables }: DataFile): unknown => [...variables.values()][0]?.shape;

it.each(samples('ccsds'))('$name is known by its content, compressed and in memory too', async ({ path, json }) => {
  const content = readFileSync(path);
  const { packets: count } = JSON.parse(json) as { packets: number };
  const unnamed = written('level0.dat', content);
  for (const source of [
    path,
    pathToFileURL(path),
    pathToFileURL(path).href,
    unnamed,
    written('a.gz', gzipSync(content)),
    new Uint8Array(content),
    content,
    gzipSync(content),
    new Blob([content]),
    new File([content], 'packets'),
  ]) {
    await using file = await openData(source);
    expect([file.format, shapeOf(file)]).toEqual(['ccsds', [count]]);
  }
});

it.each(samples('envi'))('$name is known by the header beside it', async ({ path }) => {
  await using file = await openData(path);
  expect(file.format).toBe('envi');
});

it('a cube compressed with its header is opened by the name of either', async () => {
  const folder = tempDir();
  for (const ending of ['bil', 'hdr'])
    writeFileSync(join(folder, `i2.${ending}.gz`), gzipSync(readFileSync(cube.replace(/bil$/u, ending))));
  for (const name of ['i2.bil.gz', 'i2.hdr.gz']) {
    await using file = await openData(join(folder, name));
    expect(shapeOf(file)).toEqual([5, 7, 6]);
  }
});

it('packets that are cut short within the first are known by their name', async () => {
  await using file = await openData(written('short.pkts', readFileSync(packets).subarray(0, 100)));
  expect(file.format).toBe('ccsds');
  expect(file.warnings).toHaveLength(1);
});

it('the format may be given', async () => {
  await using file = await openData(new Uint8Array(14), { format: 'ccsds' });
  expect(shapeOf(file)).toEqual([2]);
});

it.each([
  ['not_a_cdf.cdf', "I'm not a cdf file!\n", 'despite its name, this is not a CDF file'],
  ['login.fits', '<!DOCTYPE html><title>Log in</title>', 'despite its name, this is not a FITS file'],
  ['zeros.bin', new Uint8Array(1000), 'the format is not one that can be read'],
  ['text', 'some words, and more of them', 'the format is not one that can be read'],
  ['one', 'x', 'the format is not one that can be read'],
  ['empty.nc', '', 'the file is empty'],
  ['empty.gz', gzipSync(''), 'the file is empty'],
  ['cut.nc.gz', gzipSync('some words, and more of them').subarray(0, 24), 'damaged or cut short'],
])('%s is refused in words', async (name, content, words) => {
  const path = written(name, content);
  const error = await rejection(openData(path));
  expect(error).toBeInstanceOf(DataError);
  expect(error).toMatchObject({ code: 'data', path });
  expect((error as Error).message).toContain(words);
});

it('what is not there, a folder and a pipe are refused in words', async () => {
  const folder = tempDir();
  const error = await rejection(openData(join(folder, 'no.cdf')));
  expect(error).toBeInstanceOf(DataError);
  expect(error).toMatchObject({ path: join(folder, 'no.cdf'), cause: { code: 'ENOENT' } });
  expect((error as Error).message).toContain('cannot be opened: no such file');
  await expect(openData(join(packets, 'below'))).rejects.toThrow('cannot be opened: no such file');
  await expect(openData(folder)).rejects.toThrow('this is a folder');
  if (process.platform === 'win32') return;
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await expect(openData(join(folder, 'pipe'))).rejects.toThrow('this is not a regular file');
});

it('a cube cannot be opened from memory', async () => {
  for (const source of [readFileSync(cube.replace(/bil$/u, 'hdr')), new Blob([readFileSync(cube)])])
    await expect(openData(source, { format: 'envi' })).rejects.toThrow('cannot be opened from memory; pass its path');
});

it.each([
  ['https://example.org/a.cdf', {}, 'openData: source must be a path or a file: URL, got https:'],
  [new URL('https://example.org/a.cdf'), {}, 'openData: source must be a path or a file: URL, got https:'],
  [7, {}, 'openData: source must be a path, a file: URL, a Uint8Array or a Blob'],
  ['', {}, 'openData: source must be a path or a file: URL'],
  [packets, { fromat: 'ccsds' }, 'openData: unknown option "fromat"; did you mean "format"?'],
  [packets, { xyz: 1 }, 'openData: unknown option "xyz"; the known ones are signal, format'],
  [packets, { format: 'netcdf' }, 'openData: "netcdf" is not a format; did you mean "netcdf3"?'],
  [packets, { signal: 'now' }, 'openData: signal must be an AbortSignal'],
  [packets, null, 'openData: options must be an object'],
])('arguments of the wrong form: %s %j', async (source, options, message) => {
  const error = await rejection(openData(source as string, options as OpenDataOptions));
  expect(error).toBeInstanceOf(TypeError);
  expect((error as Error).message).toBe(message);
});

it.each([
  [{ strat: [0] }, 'read: unknown option "strat"; did you mean "start"?'],
  [{ axis: 0 }, 'read: unknown option "axis"; the known ones are start, count, stride, decode'],
  [{ decode: 'no' }, 'decode must be true or false'],
  [null, 'read: options must be an object'],
])('options of a read of the wrong form: %j', async (options, message) => {
  for (const path of [packets, cube, ...OTHERS]) {
    await using file = await openData(path);
    const error = await rejection([...file.variables.values()][0]!.read(options as ReadOptions));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(message);
  }
});

it('an abort ends the opening and what is read later with its reason', async () => {
  const reason = new Error('enough');
  expect(await rejection(openData(packets, { signal: AbortSignal.abort(reason) }))).toBe(reason);
  for (const path of [packets, cube]) {
    const controller = new AbortController();
    await using file = await openData(path, { signal: controller.signal });
    controller.abort(reason);
    expect(await rejection([...file.variables.values()][0]!.read())).toBe(reason);
  }
});

it('nothing is read of a closed file, which may be closed twice', async () => {
  for (const path of [packets, cube]) {
    const file = await openData(path);
    await file.close();
    await file.close();
    const error = await rejection([...file.variables.values()][0]!.read());
    expect(error).toBeInstanceOf(DataError);
    expect((error as Error).message).toContain('the file is closed');
  }
});

it('a folder beside a file is not its header', async () => {
  const folder = tempDir();
  copyFileSync(packets, join(folder, 'a.pkts'));
  mkdirSync(join(folder, 'a.hdr'));
  writeFileSync(join(folder, 'a.pkts.hdr'), 'not a header');
  await using file = await openData(join(folder, 'a.pkts'));
  expect(file.format).toBe('ccsds');
});

it.each([
  ['netcdf', 'cdf2_a.nc', 'netcdf3'],
  ['netcdf', 'nc4_types_a.nc', 'netcdf4'],
  ['cdf', 'times_a.cdf', 'cdf'],
  ['fits', 'tdim.fits', 'fits'],
])('%s/%s is known by its content, whatever its name, compressed and in memory too', async (folder, name, format) => {
  const content = readFileSync(samplePath(folder, name));
  await using first = await openData(samplePath(folder, name));
  const names = [...first.variables.keys()];
  const data = await first.variables.get(names[0]!)!.read({ decode: false });
  for (const source of [
    written('unnamed', content),
    written('packed', gzipSync(content)),
    new Uint8Array(content),
    new Blob([content]),
    gzipSync(content),
  ]) {
    await using file = await openData(source);
    expect(file.format).toBe(format);
    expect([...file.variables.keys()]).toEqual(names);
    expect(await file.variables.get(names[0]!)!.read({ decode: false })).toEqual(data);
  }
});
