import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Arguments } from '../../../src/core/operation/arguments.js';
import { netcdfKind, readNetcdfAttributes } from '../../../src/scc/netcdf/attributes.js';
import { tempDir } from '../../support/temp-dir.js';
import { exampleFile } from '../../support/example-file.js';

const folder = tempDir();

const write = async (name: string, bytes: Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
};

describe('global attributes', () => {
  it.each([
    ['netCDF 4 (HDF5)', '20210601aky0930.nc', '20210601aky0930', 'rs_20210601aky09.nc'],
    ['netCDF 3 classic', '20210602aky0930.nc', '20210602aky0930', 'rs_20210602aky09.nc'],
  ])('are read from %s', async (_kind, file, id, sounding) => {
    const attributes = await readNetcdfAttributes(new Arguments('scc.uploadFile'), exampleFile(file), 'the file');
    expect(attributes.get('Measurement_ID')).toBe(id);
    expect(attributes.get('Sounding_File_Name')).toBe(sounding);
    expect(Number(attributes.get('Latitude_degrees_north'))).toBeCloseTo(35.86);
  });

  it('of a file cut short are a clear error, not a hang or a wrong id', async () => {
    for (const name of ['20210601aky0930.nc', '20210602aky0930.nc']) {
      const cut = await write(`cut-${name}`, (await readFile(exampleFile(name))).subarray(0, 60));
      await expect(readNetcdfAttributes(new Arguments('scc.uploadFile'), cut, 'the file')).rejects.toThrow(
        /^scc\.uploadFile: the file is damaged/u,
      );
    }
  });

  it('are read from netCDF 4 of any size', async () => {
    const large = await write('large.nc', await readFile(exampleFile('20210601aky0930.nc')));
    await truncate(large, 5 * 1024 ** 3); // sparse
    const attributes = await readNetcdfAttributes(new Arguments('scc.uploadFile'), large, 'the file');
    expect(attributes.get('Measurement_ID')).toBe('20210601aky0930');
  });

  it('of something else are refused, with the file named', async () => {
    const text = await write('notes.nc', new TextEncoder().encode('just text'));
    await expect(readNetcdfAttributes(new Arguments('scc.uploadFile'), text, 'the file')).rejects.toThrow(
      /is not a netCDF file: .*notes\.nc$/u,
    );
  });
});

describe('the kind of a file', () => {
  it.each([
    [[0x43, 0x44, 0x46, 1], 'classic'],
    [[0x43, 0x44, 0x46, 2], 'classic'],
    [[0x43, 0x44, 0x46, 5], 'classic'],
    [[0x43, 0x44, 0x46, 3], undefined],
    [[0x89, 0x48, 0x44, 0x46], 'hdf5'],
    [[0x50, 0x4b, 3, 4], undefined],
    [[], undefined],
  ])('is told by its first bytes %j: %s', (bytes, kind) => {
    expect(netcdfKind(new Uint8Array(bytes))).toBe(kind);
  });
});
