import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { toPath } from '../../core/files/paths.js';
import { absent } from '../peer.js';
import type { DataTable } from '../types.js';
import { jsonOf } from './csv.js';

type Writer = typeof import('hyparquet-writer');
type Element = NonNullable<Parameters<Writer['parquetWriteFile']>[0]['schema']>[number];
type Data = Parameters<Writer['parquetWriteFile']>[0]['columnData'][number]['data'];
type Values = DataTable['columns'] extends ReadonlyMap<string, infer V> ? V : never;

/**
 * Writes a table as a Parquet file, compressed with Snappy. Needs the package `hyparquet-writer`, which is installed separately.
 *
 * Numbers keep their type, signed or unsigned, of 8 to 64 bits; strings are UTF-8; objects and arrays are JSON. Times are nanoseconds since
 * 1970 as integers of 64 bits. The file gets its name when it is complete.
 *
 * @param table - The result of `toTable()`.
 * @param path - The target; an existing file is replaced.
 * @throws `TypeError` when `hyparquet-writer` is not installed; the system's error when the file cannot be written.
 *
 * @example
 * ```ts
 * import { openData, tableToParquet } from '@lab/sdc/read';
 *
 * await using file = await openData('imap_mag_l0_raw_20240312_v001.pkts');
 * await tableToParquet(await file.toTable(), 'packets.parquet');
 * ```
 */
export async function tableToParquet(table: DataTable, path: string | URL): Promise<void> {
  const { parquetWriteFile } = await import('hyparquet-writer').catch(absent('tableToParquet', 'hyparquet-writer'));
  const target = toPath(path, 'tableToParquet: path');
  const columns = [...table.columns].map(([name, values]) => columnOf(name, values));
  const schema = [{ name: 'root', num_children: columns.length }, ...columns.map(({ element }) => element)];
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    parquetWriteFile({
      filename: temporary,
      columnData: columns.map(({ name, data }) => ({ name, data })),
      schema,
      createdBy: '@lab/sdc',
    });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

interface Column {
  readonly name: string;
  readonly data: Data;
  readonly element: Element;
}

function columnOf(name: string, values: Values): Column {
  const required = { name, repetition_type: 'REQUIRED' } as const;
  const column = (data: Data, element: Omit<Element, 'name'>): Column => ({
    name,
    data,
    element: { ...required, ...element },
  });
  if (values instanceof Float32Array) return column(values, { type: 'FLOAT' });
  if (values instanceof Float64Array) return column(values, { type: 'DOUBLE' });
  if (values instanceof BigInt64Array) return column(values, { type: 'INT64' });
  if (values instanceof Int32Array) return column(values, { type: 'INT32' });
  if (values instanceof BigUint64Array) return column(Array.from(values), { type: 'INT64', converted_type: 'UINT_64' });
  // hyparquet-writer 0.17 refuses the upper half of a Uint32Array, but not the same numbers in an array.
  if (values instanceof Uint32Array) return column(Array.from(values), { type: 'INT32', converted_type: 'UINT_32' });
  if (values instanceof Int8Array) return column(Int32Array.from(values), { type: 'INT32', converted_type: 'INT_8' });
  if (values instanceof Int16Array) return column(Int32Array.from(values), { type: 'INT32', converted_type: 'INT_16' });
  if (values instanceof Uint8Array) return column(Int32Array.from(values), { type: 'INT32', converted_type: 'UINT_8' });
  if (values instanceof Uint16Array)
    return column(Int32Array.from(values), { type: 'INT32', converted_type: 'UINT_16' });
  return textColumn(values, column);
}

/** Texts as they are; anything else as JSON, a missing value as no value. */
function textColumn(
  values: readonly unknown[],
  column: (data: Data, element: Omit<Element, 'name'>) => Column,
): Column {
  if (values.every((value) => typeof value === 'string'))
    return column(Array.from(values), { type: 'BYTE_ARRAY', converted_type: 'UTF8' });
  const texts = values.map((value) => (typeof value === 'string' || value === null ? value : jsonOf(value)));
  return column(texts, { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' });
}
