import { givenObject, objectOf } from '../core/operation/fields.js';
import { needed } from '../core/operation/kind.js';
import {
  address,
  anyNumber,
  callback,
  date,
  either,
  flag,
  iterable,
  list,
  oneOf,
  text,
  whole,
} from '../core/operation/kinds.js';
import {
  CALL_OPTIONS,
  CLIENT_OPTIONS,
  DOWNLOAD_FILE_OPTIONS,
  DOWNLOAD_OPTIONS,
} from '../core/operation/shared-options.js';
import type { DateLike } from '../types.js';
import { FILE_NAMES } from './centre.js';
import type {
  HmiDownloadFileOptions,
  HmiDownloadOptions,
  HmiFile,
  HmiLatestOptions,
  HmiMetaOptions,
  HmiNearestOptions,
  HmiOptions,
  HmiQuery,
  HmiRecord,
} from './types.js';

/**
 * What the arguments of each public call must be. A new option is one line in its type and one here; the compiler reports
 * when either is missing. Bounds that depend on other values, and what a date or a name may look like, are checked where
 * they are used.
 */

const conditions = {
  harpnum: either(whole(), list(whole())),
  segments: list(text),
  cadenceMinutes: whole(),
  quality: either(oneOf('any'), whole()),
  meta: flag,
  filter: callback<(record: HmiRecord) => boolean>(),
};

const query = objectOf<HmiQuery>()({ ...conditions, start: needed(date), end: needed(date), sliceMs: whole() });
const nearest = objectOf<HmiNearestOptions>()({ ...CALL_OPTIONS.fields, ...conditions, withinMs: whole() });
const latest = objectOf<HmiLatestOptions>()({
  ...CALL_OPTIONS.fields,
  ...conditions,
  before: date,
  withinMs: whole(),
});
const meta = objectOf<HmiMetaOptions>()({ ...CALL_OPTIONS.fields, batchSize: whole() });
const download = objectOf<HmiDownloadOptions>()({
  ...DOWNLOAD_OPTIONS.fields,
  segments: list(text),
  fileName: either(oneOf(...FILE_NAMES), callback<(file: HmiFile) => string>()),
});
const downloadFile = objectOf<HmiDownloadFileOptions>()({
  ...DOWNLOAD_FILE_OPTIONS.fields,
  fileName: either(oneOf(...FILE_NAMES), callback<(link: string) => string>()),
});
const client = objectOf<HmiOptions>()({
  ...CLIENT_OPTIONS.fields,
  rebaseUrls: either(flag, callback<(link: URL) => string | URL>()),
  allowedOrigins: either(text, iterable<Iterable<string | URL>>('a list of addresses')),
  politeDelayMs: anyNumber,
});

const series = needed(text);
const directory = needed(address);
/** A record of a listing, or several. */
const records = either(
  iterable<Iterable<HmiRecord> | AsyncIterable<HmiRecord>>('a list of records or a pager of query()'),
  givenObject<HmiRecord>('a record', 'files', 'dateObsText'),
);

export const CLIENT = { options: client };
export const QUERY = { series, query: needed(query), options: CALL_OPTIONS };
export const NEAREST = { series, when: needed<DateLike>(date), options: nearest };
export const LATEST = { series, options: latest };
export const META = {
  series,
  recnums: needed(iterable<Iterable<number>>('a list of record numbers')),
  fields: needed(list(text)),
  options: meta,
};
export const DOWNLOAD = { records: needed(records), directory, options: download };
export const DOWNLOAD_FILE = { url: needed(address), directory, options: downloadFile };
export const OPEN = {
  file: needed(either(address, givenObject<HmiFile>('a file of a record', 'url'))),
  options: CALL_OPTIONS,
};
export const CALL = { options: CALL_OPTIONS };
