import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { openData, tableToCsv, tableToParquet, type DataTable } from '../../../src/read/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { samplePath } from './support/samples.js';

const packets = samplePath('ccsds', 'imap_swapi_l0_raw_20240924_v001.pkts');
const table: DataTable = {
  length: 3,
  columns: new Map<string, DataTable['columns'] extends ReadonlyMap<string, infer V> ? V : never>(
    Object.entries({
      f32: new Float32Array([1.5, Number.NaN, Infinity]),
      f64: new Float64Array([0.1, -1e-300, Number.NaN]),
      i8: new Int8Array([-128, 0, 127]),
      u8: new Uint8Array([0, 1, 255]),
      i16: new Int16Array([-32768, 0, 32767]),
      u16: new Uint16Array([0, 1, 65535]),
      i32: new Int32Array([-2147483648, 0, 2147483647]),
      u32: new Uint32Array([0, 1, 4294967295]),
      i64: new BigInt64Array([-(2n ** 63n), 0n, 2n ** 63n - 1n]),
      u64: new BigUint64Array([0n, 1n, 2n ** 64n - 1n]),
      'a "text", of course': ['plain', 'with "quotes", commas\nand lines', ' blanks '],
      lists: [[1n, 2n], null, { a: new Float32Array([0.5]) }],
    }),
  ),
};

it('a table comes as CSV, every value exact', () => {
  const [header, ...rows]: string[][] = parse([...tableToCsv(table)].join(''));
  expect(header).toEqual([...table.columns.keys()]);
  expect(rows).toEqual([
    '1.5|0.1|-128|0|-32768|0|-2147483648|0|-9223372036854775808|0|plain|["1","2"]'.split('|'),
    '|-1e-300|0|1|0|1|0|1|0|1|with "quotes", commas\nand lines|'.split('|'),
    'Infinity||127|255|32767|65535|2147483647|4294967295|9223372036854775807|18446744073709551615| blanks |{"a":[0.5]}'.split(
      '|',
    ),
  ]);
});

it('CSV of a whole file has a line for each packet, and comes in pieces', async () => {
  await using file = await openData(packets);
  const pieces = [...tableToCsv(await file.toTable(['apid', 'shcoarse']))];
  const lines = pieces.join('').trimEnd().split('\n');
  expect(lines).toHaveLength(464);
  expect(lines[0]).toBe('apid,shcoarse');
  const long = { length: 5000, columns: new Map([['n', new Uint16Array(5000)]]) };
  expect([...tableToCsv(long)].length).toBeGreaterThan(3);
});

it('a table comes as Parquet, every value exact and of its type', async () => {
  const path = join(tempDir(), 'table.parquet');
  writeFileSync(path, 'something else');
  await tableToParquet(table, path);
  expect(readdirSync(join(path, '..'))).toEqual(['table.parquet']);
  const bytes = new Uint8Array(readFileSync(path)).buffer;
  const { schema } = parquetMetadata(bytes);
  expect(schema.slice(1).map(({ type, converted_type }) => [type, converted_type].join(' ').trim())).toEqual([
    'FLOAT',
    'DOUBLE',
    'INT32 INT_8',
    'INT32 UINT_8',
    'INT32 INT_16',
    'INT32 UINT_16',
    'INT32',
    'INT32 UINT_32',
    'INT64',
    'INT64 UINT_64',
    'BYTE_ARRAY UTF8',
    'BYTE_ARRAY UTF8',
  ]);
  const rows = await parquetReadObjects({ file: bytes });
  for (const [name, values] of table.columns) {
    if (name === 'lists') expect(rows.map((row) => row[name])).toEqual(['["1","2"]', null, '{"a":[0.5]}']);
    else expect(rows.map((row) => row[name])).toEqual(Array.from(values as Iterable<unknown>));
  }
});

it('a Parquet file that cannot be written leaves nothing behind', async () => {
  const folder = tempDir();
  await expect(tableToParquet(table, join(folder, 'none', 'a.parquet'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(readdirSync(folder)).toEqual([]);
});
