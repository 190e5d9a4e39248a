import { selectionOf, stridesOf } from '../array/selection.js';
import { dataFile } from '../data-file.js';
import type { ByteSource } from '../source/byte-source.js';
import type { DataFile, Variable } from '../types.js';
import { columnsOf, type Column } from './packet-table.js';
import { IDLE_APID } from './primary-header.js';
import { remember } from './scanned-files.js';
import { scan, type Scan } from './scan.js';

/** A file of CCSDS space packets, as a table with a row for each packet. A last packet that is cut short is left out. */
export async function openCcsds(source: ByteSource): Promise<DataFile> {
  try {
    const found = await scan(source);
    const columns = columnsOf(found.table);
    const variables = new Map(columns.map((column) => [column.name, columnVariable(column, found, source)]));
    const file = dataFile({
      format: 'ccsds',
      attributes: { packets: found.packets },
      variables,
      warnings: warningsOf(found),
      close: () => source.close(),
    });
    remember(file, { source, ...found });
    return file;
  } catch (error) {
    await source.close();
    throw error;
  }
}

function warningsOf({ table, packets, end, missing }: Scan): string[] {
  const warnings: string[] = [];
  if (missing > 0)
    warnings.push(`the packet at byte ${end} is cut short and left out: at least ${missing} bytes are missing`);
  let idle = 0;
  for (let index = 0; index < packets; index += 1)
    if (((table.identification[index] ?? 0) & IDLE_APID) === IDLE_APID) idle += 1;
  if (idle > 0) warnings.push(`${idle} of the packets are idle (APID ${IDLE_APID})`);
  return warnings;
}

function columnVariable(column: Column, { table, packets }: Scan, source: ByteSource): Variable {
  const { name, dtype, long_name, from, make, shift, mask } = column;
  return {
    name,
    dtype,
    shape: [packets],
    dimensions: ['packet'],
    attributes: { long_name },
    read: async (options = {}) => {
      const { start, count, stride } = selectionOf([packets], options);
      const [first = 0, length = 0, step = 1] = [start[0], count[0], stride[0]];
      const values = from(table);
      const data = make(length);
      // Nothing is read, but a closed file and an abort are reported as everywhere.
      await source.read(0, 0);
      if (mask === undefined && step === 1) data.set(values.subarray(first, first + length));
      else
        for (let index = 0, at = first; index < length; index += 1, at += step) {
          const value = values[at] ?? 0;
          data[index] = mask === undefined ? value : (value >> shift) & mask;
        }
      return { data, shape: [length], strides: stridesOf([length]) };
    },
  };
}
