import type { DataTable } from '../types.js';

const ROWS_AT_ONCE = 1000;

/**
 * A table as CSV (RFC 4180), piece by piece: a header with the names, one line per row, `NaN` as an empty cell.
 *
 * Numbers have all their digits; times are nanoseconds since 1970. `writeFile` of `node:fs/promises` accepts the pieces as they come.
 *
 * @param table - The result of `toTable()`.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { openData, tableToCsv } from '@lab/sdc/read';
 *
 * await using file = await openData('imap_mag_l0_raw_20240312_v001.pkts');
 * await writeFile('packets.csv', tableToCsv(await file.toTable(['shcoarse', 'apid', 'dataLength'])));
 * ```
 */
export function* tableToCsv({ columns, length }: DataTable): Generator<string, void, undefined> {
  const values = [...columns.values()];
  yield `${[...columns.keys()].map(quoted).join(',')}\n`;
  for (let start = 0; start < length; start += ROWS_AT_ONCE) {
    let piece = '';
    for (let row = start; row < Math.min(length, start + ROWS_AT_ONCE); row += 1)
      piece += `${values.map((column) => cellOf(column[row])).join(',')}\n`;
    yield piece;
  }
}

function cellOf(value: unknown): string {
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return quoted(jsonOf(value));
}

function quoted(text: string): string {
  return /^\s|[",\r\n]|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Objects and arrays of a table as JSON; integers of 64 bits as texts, typed arrays as arrays. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (typeof part === 'bigint') return String(part);
    return ArrayBuffer.isView(part) && isIterable(part) ? Array.from(part) : part;
  });
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}
