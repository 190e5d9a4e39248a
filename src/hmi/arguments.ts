import { givenObject, objectOf } from '../core/operation/fields.js';
import * as kind from '../core/operation/kinds.js';
import {
  CALL_OPTIONS,
  DOCTOR_OPTIONS,
  CLIENT_OPTIONS,
  SHARED_CLIENT_OPTIONS,
  DOWNLOAD_FILE_OPTIONS,
  DOWNLOAD_OPTIONS,
  MIRROR_OPTIONS,
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
  HmiMirrorOptions,
  HmiQuery,
  HmiRecord,
} from './types.js';

/**
 * What the arguments of each public call must be. A new option is one line in its type and one here; the compiler reports
 * when either is missing. Bounds that depend on other values, and what a date or a name may look like, are checked where
 * they are used.
 */

const conditions = {
  harpnum: kind.either(kind.whole(), kind.list(kind.whole())),
  segments: kind.list(kind.text),
  cadenceMinutes: kind.whole(),
  quality: kind.either(kind.oneOf('any'), kind.whole()),
  meta: kind.flag,
  filter: kind.callback<(record: HmiRecord) => boolean>(),
};

const query = objectOf<HmiQuery>()({
  ...conditions,
  start: kind.needed(kind.date),
  end: kind.needed(kind.date),
  sliceMs: kind.whole(),
});
const nearest = objectOf<HmiNearestOptions>()({ ...CALL_OPTIONS.fields, ...conditions, withinMs: kind.whole() });
const latest = objectOf<HmiLatestOptions>()({
  ...CALL_OPTIONS.fields,
  ...conditions,
  before: kind.date,
  withinMs: kind.whole(),
});
const meta = objectOf<HmiMetaOptions>()({ ...CALL_OPTIONS.fields, batchSize: kind.whole() });
const download = objectOf<HmiDownloadOptions>()({
  ...DOWNLOAD_OPTIONS.fields,
  segments: kind.list(kind.text),
  fileName: kind.either(kind.oneOf(...FILE_NAMES), kind.callback<(file: HmiFile) => string>()),
});
const downloadFile = objectOf<HmiDownloadFileOptions>()({
  ...DOWNLOAD_FILE_OPTIONS.fields,
  fileName: kind.either(kind.oneOf(...FILE_NAMES), kind.callback<(link: string) => string>()),
});
const client = objectOf<HmiOptions>()({
  ...CLIENT_OPTIONS.fields,
  rebaseUrls: kind.either(kind.flag, kind.callback<(link: URL) => string | URL>()),
  allowedOrigins: kind.either(kind.text, kind.iterable<Iterable<string | URL>>('a list of addresses')),
  politeDelayMs: kind.anyNumber,
});

const series = kind.needed(kind.text);
const directory = kind.needed(kind.address);
/** A record of a listing, or several. */
const records = kind.either(
  kind.iterable<Iterable<HmiRecord> | AsyncIterable<HmiRecord>>('a list of records or a pager of query()'),
  givenObject<HmiRecord>('a record', 'files', 'dateObsText'),
);

const mirror = objectOf<HmiMirrorOptions>()({ ...MIRROR_OPTIONS.fields, directory });

export const CLIENT = { options: client };
export const SHARED = { options: SHARED_CLIENT_OPTIONS };
export const QUERY = { series, query: kind.needed(query), options: CALL_OPTIONS };
export const NEAREST = { series, when: kind.needed<DateLike>(kind.date), options: nearest };
export const LATEST = { series, options: latest };
export const META = {
  series,
  recnums: kind.needed(kind.iterable<Iterable<number>>('a list of record numbers')),
  fields: kind.needed(kind.list(kind.text)),
  options: meta,
};
export const MIRROR = { series, query: kind.needed(query), options: kind.needed(mirror) };
export const DOWNLOAD = { records: kind.needed(records), directory, options: download };
export const DOWNLOAD_FILE = { url: kind.needed(kind.address), directory, options: downloadFile };
export const OPEN = {
  file: kind.needed(kind.either(kind.address, givenObject<HmiFile>('a file of a record', 'url'))),
  options: CALL_OPTIONS,
};
export const CALL = { options: CALL_OPTIONS };
export const DOCTOR = { options: DOCTOR_OPTIONS };
