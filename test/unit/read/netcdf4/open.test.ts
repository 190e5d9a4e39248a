import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DataError } from '../../../../src/read/data-error.js';
import type { Engine } from '../../../../src/read/netcdf4/engine.js';
import { missingFilter } from '../../../../src/read/netcdf4/filters.js';
import { openNetcdf4 } from '../../../../src/read/netcdf4/open.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import { expectFile, fileVectors, fixture } from '../netcdf/vectors.js';
import { samplePath } from '../support/samples.js';

const vector = fileVectors.find(({ file }) => file === 'nc4_filters_groups_a.nc')!;

it.each([512, 1024])('a file may begin at byte %i', { timeout: 60_000 }, async (before) => {
  const content = Buffer.concat([Buffer.alloc(before), fixture(vector.file)]);
  await using file = await openNetcdf4(memorySource(content));
  await expectFile(file, vector);
});

it(
  'more files are open than have an instance of the library, and are read at the same time',
  { timeout: 120_000 },
  async () => {
    const files = await Promise.all(Array.from({ length: 6 }, () => openNetcdf4(memorySource(fixture(vector.file)))));
    await Promise.all(files.map((file) => expectFile(file, vector)));
    await Promise.all(files.map((file) => file.close()));
  },
);

it('a filter that is missing is named', () => {
  const filtersOf = (...filters: { id: number; name: string }[]): string | undefined => {
    const engine: unknown = { hdf5: { get_dataset_filters: () => filters }, file: 0n };
    return missingFilter(engine as Engine, '/zs');
  };
  expect(filtersOf({ id: 2, name: 'shuffle' }, { id: 1, name: 'deflate' })).toBeUndefined();
  expect(filtersOf({ id: 2, name: 'shuffle' }, { id: 32015, name: '' })).toBe(
    'it is compressed by the filter Zstandard (number 32015 of HDF5), which is not supported',
  );
  expect(filtersOf({ id: 4, name: 'szip' })).toContain('the filter szip');
  expect(filtersOf({ id: 40000, name: 'own filter' })).toContain('the filter own filter (number 40000');
});

it('what was never written and has no fill value is zero, not what the memory had before', async () => {
  await using file = await openNetcdf4(memorySource(readFileSync(samplePath('netcdf4', 'never_written.nc'))));
  for (const name of ['never', 'chunks']) {
    const { data: written } = await file.variables.get('written')!.read();
    expect(written.at(-1)).toBe(1000);
    const { data } = await file.variables.get(name)!.read();
    expect(data).toEqual(new Float32Array(1000));
  }
});

it('what is not HDF5 is refused, and a signal ends the reading', async () => {
  await expect(openNetcdf4(memorySource(Buffer.from('no HDF5 at all'), 'a.nc'))).rejects.toThrow(DataError);
  const controller = new AbortController();
  await using file = await openNetcdf4(memorySource(fixture(vector.file), 'a.nc', controller.signal));
  controller.abort(new Error('enough'));
  await expect(file.variables.get('zs')!.read()).rejects.toThrow('enough');
});
