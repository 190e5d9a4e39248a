import { parseMicroseconds } from '../times/microseconds.js';
import type { HmiFile, HmiKeywords, HmiRecord } from '../types.js';
import { linkParts } from './link-parts.js';

/** Thrown by the decoders; the caller, who knows the call, makes an `UnexpectedResponse` of it. */
export class Misfit extends Error {}

/** What a row is read with. */
export interface DecodeContext {
  /** Series that was asked for, for rows that do not name theirs (generation 1). */
  readonly series: string;
  /** Gives the address that a link is fetched from; the link itself where it is refused. */
  readonly address: (link: string) => string;
  /** JSON path of the row, for messages: `$[12]`. */
  readonly path: string;
}

/** One file; `record` is a getter of the class, so that printing a record as JSON does not run in circles. */
class RecordFile implements HmiFile {
  readonly url: string;
  declare readonly segment?: string;
  readonly #record: HmiRecord;

  constructor(url: string, segment: string | undefined, record: HmiRecord) {
    this.url = url;
    if (segment !== undefined) this.segment = segment;
    this.#record = record;
  }

  get record(): HmiRecord {
    return this.#record;
  }
}

/**
 * Reads a list record of any generation. Ids and dates are strict; unknown keys pass, and an empty column is absent.
 *
 * @throws {@link Misfit} that names the JSON path.
 */
export function decodeRecord(row: unknown, context: DecodeContext): HmiRecord {
  const { path } = context;
  if (!isObject(row)) throw new Misfit(`${path} is no record`);
  const dateKey = row.date__obs === undefined ? 'date_obs' : 'date__obs';
  const dateObsText = row[dateKey];
  const micros = typeof dateObsText === 'string' ? parseMicroseconds(dateObsText) : undefined;
  if (typeof dateObsText !== 'string' || micros === undefined)
    throw new Misfit(`${path}.${dateKey} is no time: ${brief(dateObsText)}`);
  const meta = isObject(row.meta) ? decodeKeywords(row.meta) : undefined;
  const recnum = strictInteger(row.recnum, `${path}.recnum`);
  const harpnum = lenientInteger(row.harpnum ?? meta?.harpnum);
  const tRecIndex = strictInteger(row.t_rec_index, `${path}.t_rec_index`);
  const quality = lenientInteger(row.quality ?? meta?.quality);
  const seriesName = row.series_name;
  const files: HmiFile[] = [];
  const record: HmiRecord = {
    series: typeof seriesName === 'string' && seriesName !== '' ? seriesName : context.series,
    dateObs: new Date(Math.round(micros / 1000)),
    dateObsText,
    ...(recnum !== undefined && { recnum }),
    ...(harpnum !== undefined && { harpnum }),
    ...(tRecIndex !== undefined && { tRecIndex }),
    ...(quality !== undefined && { quality }),
    files,
    ...(meta !== undefined && { meta }),
    raw: row,
  };
  for (const link of linksOf(row, path)) {
    files.push(new RecordFile(context.address(link), linkParts(link).segment, record));
  }
  return record;
}

/** The same record with the files that are kept. */
export function withFiles(record: HmiRecord, keep: (file: HmiFile) => boolean): HmiRecord {
  const files: HmiFile[] = [];
  const copy: HmiRecord = { ...record, files };
  for (const file of record.files) if (keep(file)) files.push(new RecordFile(file.url, file.segment, copy));
  return copy;
}

/** A file of a record that is named, not listed. */
export function fileOf(record: HmiRecord, url: string, segment: string | undefined): HmiFile {
  return new RecordFile(url, segment, record);
}

/** Keywords that are numbers or texts; empty ones are left out. */
export function decodeKeywords(value: object): HmiKeywords {
  const keywords: HmiKeywords = {};
  for (const [name, one] of Object.entries(value)) {
    if (typeof one === 'number' || typeof one === 'string') keywords[name] = one;
    else if (typeof one === 'boolean') keywords[name] = one ? 1 : 0;
  }
  return keywords;
}

/** Whether a JSON value is an object with keys. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function linksOf(row: Record<string, unknown>, path: string): string[] {
  const { url, urls } = row;
  if (Array.isArray(urls)) {
    return urls.map((one: unknown, at) => {
      if (typeof one !== 'string') throw new Misfit(`${path}.urls[${at}] is no link: ${brief(one)}`);
      return one;
    });
  }
  if (typeof url === 'string') return [url];
  if (isNothing(url) && isNothing(urls) && !isNothing(row.recnum)) return [];
  throw new Misfit(`${path} holds neither url nor urls`);
}

function strictInteger(value: unknown, path: string): number | undefined {
  if (isNothing(value)) return undefined;
  const number = lenientInteger(value);
  if (number === undefined) throw new Misfit(`${path} is no whole number: ${brief(value)}`);
  return number;
}

function lenientInteger(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+$/u.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function brief(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
}
