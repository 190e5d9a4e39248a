import { parseMicroseconds } from '../times/microseconds.js';
import { fileOf } from '../records/identity.js';
import type { HmiFile, HmiRecord } from '../types.js';
import { columnsOf, isNothing, mask, wholeNumber, type Columns } from './columns.js';
import { LINK_COLUMNS, TIME_COLUMNS } from './generations.js';
import { decodeKeywords } from './keywords.js';
import { linkParts } from './link-parts.js';
import { isRecord } from '../../core/util/records.js';

/** Thrown for a row that is not a record, or has no time; the others of its list are read all the same. */
export class Misfit extends Error {}

export interface DecodeContext {
  /** Series that was asked for, for rows that do not name theirs (generation 1). */
  readonly series: string;
  /** Gives the address that a link is fetched from; the link itself where it is refused. */
  readonly address: (link: string) => string;
  /** JSON path of the row, for messages: `$[12]`. */
  readonly path: string;
  /** Called for each part that cannot be read and is left out; the message names the record. */
  readonly warn?: (message: string) => void;
}

/**
 * Reads a list record of any generation, its columns in any case. What cannot be read is left out, with a warning that names
 * the record; an empty column is absent.
 *
 * @throws {@link Misfit} that names the record, when it has no time, without which it has no place in a list.
 */
export function decodeRecord(row: unknown, context: DecodeContext): HmiRecord {
  const { path } = context;
  if (!isRecord(row)) throw new Misfit(`${path} is not a record`);
  const columns = columnsOf(row);
  const title = titleOf(columns, path);
  const warn = (what: string): void => context.warn?.(`record ${title}: ${what}`);
  const observed = timeColumn(columns);
  if (observed === undefined) throw new Misfit(`record ${title}: ${noTime(columns)}`);
  const keywords = columns.get('meta');
  const meta = isRecord(keywords) ? decodeKeywords(keywords) : undefined;
  if (meta === undefined && !isNothing(keywords)) warn(`meta is not an object of keywords: ${brief(keywords)}`);
  const read = (name: string, reader: (value: unknown) => number | undefined): number | undefined => {
    const value = isNothing(columns.get(name)) ? meta?.[name] : columns.get(name);
    const number = reader(value);
    if (number === undefined && !isNothing(value)) warn(`${name} is not a whole number: ${brief(value)}`);
    return number;
  };
  const recnum = read('recnum', wholeNumber);
  const harpnum = read('harpnum', wholeNumber);
  const tRecIndex = read('t_rec_index', wholeNumber);
  const quality = read('quality', mask);
  const seriesName = columns.get('series_name');
  const files: HmiFile[] = [];
  const record: HmiRecord = {
    series: typeof seriesName === 'string' && seriesName !== '' ? seriesName : context.series,
    dateObs: new Date(Math.round(observed.micros / 1000)),
    dateObsText: observed.text,
    ...(recnum !== undefined && { recnum }),
    ...(harpnum !== undefined && { harpnum }),
    ...(tRecIndex !== undefined && { tRecIndex }),
    ...(quality !== undefined && { quality }),
    files,
    ...(meta !== undefined && { meta }),
    raw: row,
  };
  for (const link of linksOf(columns, warn)) {
    files.push(fileOf(record, context.address(link), linkParts(link).segment));
  }
  return record;
}

/** JSOC has observed since 1996; earlier times, such as year -4712, mean none. */
const EARLIEST = Date.UTC(1972, 0, 1) * 1000;

function timeColumn(columns: Columns): { readonly text: string; readonly micros: number } | undefined {
  for (const name of TIME_COLUMNS) {
    const text = columns.get(name);
    const micros = typeof text === 'string' ? microsecondsOf(text) : undefined;
    if (typeof text === 'string' && micros !== undefined && micros >= EARLIEST) return { text, micros };
  }
  return undefined;
}

function microsecondsOf(text: string): number | undefined {
  try {
    return parseMicroseconds(text);
  } catch {
    // Before 1972 a time in TAI has no equivalent in UTC.
    return undefined;
  }
}

function noTime(columns: Columns): string {
  const name = TIME_COLUMNS.find((one) => columns.has(one)) ?? TIME_COLUMNS.at(-1) ?? '';
  return `${name} is not a time: ${brief(columns.get(name))}`;
}

function linksOf(columns: Columns, warn: (what: string) => void): string[] {
  for (const { column, isList } of LINK_COLUMNS) {
    const value = columns.get(column);
    if (!isList && isLink(value)) return [value];
    if (!isList || !Array.isArray(value)) continue;
    return value.flatMap((one: unknown, at) => {
      if (isLink(one)) return [one];
      warn(`${column}[${at}] is not a link: ${brief(one)}`);
      return [];
    });
  }
  const given = LINK_COLUMNS.map(({ column }) => columns.get(column)).find((value) => !isNothing(value));
  if (given !== undefined) warn(`its links cannot be read: ${brief(given)}`);
  else if (isNothing(columns.get('recnum'))) warn('it holds neither url nor urls');
  return [];
}

function isLink(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** What a user knows the record by: place in the list, and the numbers that it has. */
function titleOf(columns: Columns, path: string): string {
  const numbers = ['recnum', 'harpnum']
    .map((name) => [name, wholeNumber(columns.get(name))] as const)
    .filter(([, number]) => number !== undefined)
    .map(([name, number]) => `${name} ${String(number)}`);
  return numbers.length === 0 ? path : `${path} (${numbers.join(', ')})`;
}

function brief(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
}
