import { expect, it } from 'vitest';
import { DataError } from '../../../../src/read/data-error.js';
import { openNetcdf3 } from '../../../../src/read/netcdf3/open.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import { fixture } from '../netcdf/vectors.js';

const read = async (content: Buffer, name: string) => {
  await using file = await openNetcdf3(memorySource(content));
  return { warnings: file.warnings, ...(await file.variables.get(name)!.read({ decode: false })) };
};

it.each(['cdf1_a.nc', 'cdf2_a.nc', 'cdf5_a.nc', 'cdf1_one_record_var_a.nc'])(
  '%s written as a stream has as many records as its length says',
  async (name) => {
    const content = fixture(name);
    const stream = Buffer.from(content).fill(255, 4, content[3] === 5 ? 12 : 8);
    await using whole = await openNetcdf3(memorySource(content));
    await using file = await openNetcdf3(memorySource(stream));
    expect(file.warnings).toEqual([]);
    for (const [variable, { shape }] of whole.variables) expect(file.variables.get(variable)?.shape).toEqual(shape);
  },
);

it('a last record that is cut short is left out with a warning', async () => {
  const content = fixture('cdf1_a.nc');
  const [whole, cut] = [await read(content, 'time'), await read(content.subarray(0, -5), 'time')];
  expect(whole.shape).toEqual([5]);
  expect(cut.shape).toEqual([4]);
  expect(cut.data).toEqual(whole.data.slice(0, 4));
  expect(cut.warnings).toEqual([expect.stringContaining('the last record is cut short')]);
  const stream = Buffer.from(content.subarray(0, -5)).fill(255, 4, 8);
  expect(await read(stream, 'time')).toEqual(cut);
});

it('where more than a record is missing the whole ones can be read, the others not', async () => {
  await using file = await openNetcdf3(memorySource(fixture('cdf1_a.nc').subarray(0, -200), 'short.nc'));
  const time = file.variables.get('time')!;
  expect(file.warnings).toEqual([expect.stringMatching(/it holds \d of its 5 records/u)]);
  expect((await time.read({ count: [1] })).shape).toEqual([1]);
  await expect(time.read()).rejects.toThrow(DataError);
  await expect(time.read()).rejects.toThrow(/^short\.nc, byte \d+: /u);
});

it('a header that claims more than the file holds is refused at once, with the byte', async () => {
  const content = Buffer.from(fixture('cdf1_a.nc'));
  content.writeUInt32BE(0xfffffff0, 12);
  await expect(openNetcdf3(memorySource(content))).rejects.toMatchObject({ code: 'data', offset: 8 });
  await expect(openNetcdf3(memorySource(Buffer.from('CDF\x03')))).rejects.toThrow(DataError);
  await expect(openNetcdf3(memorySource(Buffer.alloc(0)))).rejects.toThrow(DataError);
});
