import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Arguments } from '../../../src/core/operation/arguments.js';
import { readNetcdfAttributes } from '../../../src/scc/netcdf/attributes.js';
import { tempDir } from '../../support/temp-dir.js';

type Value = string | number | bigint;
const VERSIONS = [1, 2, 5] as const;

/** Bytes of a header after the format's specification: dimensions, then global attributes, then (no) variables. */
function header(
  version: (typeof VERSIONS)[number],
  attributes: readonly [string, Value][],
  dimensions = ['time'],
): Buffer {
  const count = (n: number): Buffer => {
    const bytes = Buffer.alloc(version === 5 ? 8 : 4);
    bytes.writeUInt32BE(n, version === 5 ? 4 : 0);
    return bytes;
  };
  const tag = (n: number): Buffer => Buffer.from([0, 0, 0, n]);
  const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  const name = (text: string): Buffer => Buffer.concat([count(Buffer.byteLength(text)), padded(Buffer.from(text))]);
  const value = (given: Value): Buffer => {
    if (typeof given === 'string')
      return Buffer.concat([tag(2), count(Buffer.byteLength(given)), padded(Buffer.from(given))]);
    const bytes = Buffer.alloc(8);
    if (typeof given === 'bigint') bytes.writeBigInt64BE(given);
    else bytes.writeDoubleBE(given);
    return Buffer.concat([tag(typeof given === 'bigint' ? 10 : 6), count(1), bytes]);
  };
  return Buffer.concat([
    Buffer.from([0x43, 0x44, 0x46, version]),
    count(0),
    ...(dimensions.length === 0 ? [tag(0), count(0)] : [tag(10), count(dimensions.length)]),
    ...dimensions.flatMap((one) => [name(one), count(7)]),
    ...(attributes.length === 0 ? [tag(0), count(0)] : [tag(12), count(attributes.length)]),
    ...attributes.flatMap(([key, given]) => [name(key), value(given)]),
    tag(0),
    count(0),
  ]);
}

async function file(bytes: Buffer, size = bytes.length): Promise<string> {
  const folder = tempDir();
  const path = join(folder, 'raw.nc');
  await writeFile(path, bytes);
  const handle = await open(path, 'r+');
  await handle.truncate(size); // sparse where it is larger
  await handle.close();
  return path;
}

const read = (path: string): ReturnType<typeof readNetcdfAttributes> =>
  readNetcdfAttributes(new Arguments('scc.test'), path, 'the file');

describe.each(VERSIONS)('a classic header of version %i', (version) => {
  it('gives texts and numbers, from the beginning of a file of any size', async () => {
    const attributes: [string, Value][] = [
      ['Measurement_ID', '20220401aky0930'],
      ['Location', 'Αντικύθηρα'],
      ['empty', ''],
      ['Latitude_degrees_north', 35.86],
      ...(version === 5 ? ([['count', 9_007_199_254_740_993n]] as [string, Value][]) : []),
      ['RawData_Start_Date', '20220401\0'],
    ];
    const found = await read(await file(header(version, attributes), 6 * 1024 ** 3));
    expect(found.get('Measurement_ID')).toBe('20220401aky0930');
    expect(found.get('Location')).toBe('Αντικύθηρα');
    expect(found.get('RawData_Start_Date')).toBe('20220401');
    expect(found.get('Latitude_degrees_north')).toBe('35.86');
    if (version === 5) expect(found.get('count')).toBe('9007199254740993');
  });

  it('is read beyond long values, and without dimensions or attributes', async () => {
    const long = 'x'.repeat(3 * 1024 * 1024);
    const found = await read(
      await file(
        header(
          version,
          [
            ['history', long],
            ['Measurement_ID', 'the-id'],
          ],
          [],
        ),
      ),
    );
    expect(found.get('Measurement_ID')).toBe('the-id');
    expect(found.has('history')).toBe(false);
    expect((await read(await file(header(version, [])))).size).toBe(0);
  });

  it('that is cut short or damaged is a clear error', async () => {
    const whole = header(version, [['Measurement_ID', '20220401aky0930']]);
    for (const length of [6, 13, 30, whole.length - 30])
      await expect(read(await file(whole.subarray(0, length)))).rejects.toThrow(/the file is damaged/u);
    const zeros = Buffer.concat([
      whole.subarray(0, version === 5 ? 12 : 8),
      Buffer.from([0, 0, 0, 10]),
      Buffer.alloc(8, 0x7f),
    ]);
    await expect(read(await file(zeros, 6 * 1024 ** 3))).rejects.toThrow(/the file is damaged/u);
  });
});
