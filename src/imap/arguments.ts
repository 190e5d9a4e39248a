import { givenObject, objectOf } from '../core/operation/fields.js';
import { needed, neededLater } from '../core/operation/kind.js';
import {
  address,
  anyNumber,
  callback,
  date,
  durationMs,
  either,
  flag,
  iterable,
  list,
  oneOf,
  secret,
  text,
  word,
} from '../core/operation/kinds.js';
import {
  CALL_OPTIONS,
  CLIENT_OPTIONS,
  DOWNLOAD_FILE_OPTIONS,
  DOWNLOAD_OPTIONS,
} from '../core/operation/shared-options.js';
import type { ImapTable, ReleaseType } from './centre.js';
import type { DailyPacketQuery, PacketOptions, RepointingPacketQuery } from './packets/types.js';
import type {
  Downloadable,
  ImapDownloadOptions,
  ImapOptions,
  ImapQuery,
  ImapUploadOptions,
  MetakernelQuery,
  ProcessingJobQuery,
  ReleaseOptions,
  ReleaseQuery,
  ReprocessQuery,
  SpiceQuery,
  TableQuery,
} from './types.js';

/**
 * What the arguments of each public call must be. A new option is one line in its type and one here; the compiler reports
 * when either is missing. Bounds that depend on other values, and what a date or a name may look like, are checked where
 * they are used.
 */

const client = objectOf<ImapOptions>()({
  ...CLIENT_OPTIONS.fields,
  dataDir: address,
  apiKey: secret,
  accessToken: secret,
  webpodaToken: secret,
  webpodaUrl: address,
});

const ingestion = { ingestionStartDate: date, ingestionEndDate: date };
const number = either(anyNumber, text);
const query = objectOf<ImapQuery>({ type: 'kernels are found with spiceQuery' })({
  table: word<ImapTable>(),
  instrument: text,
  dataLevel: text,
  descriptor: text,
  startDate: date,
  endDate: date,
  ...ingestion,
  repointing: number,
  version: text,
  majorVersion: number,
  minorVersion: number,
  extension: text,
  cr: anyNumber,
  filePath: text,
  crid: text,
  released: flag,
});
const spice = objectOf<SpiceQuery>()({
  type: neededLater(text),
  fileName: text,
  startTime: date,
  endTime: date,
  ...ingestion,
  version: number,
  latest: flag,
});
const table = objectOf<TableQuery>()({ filePath: text, startDate: date, endDate: date, latest: flag, ...ingestion });
const metakernel = objectOf<MetakernelQuery>()({
  startTime: neededLater(date),
  endTime: neededLater(date),
  spicePath: text,
  listFiles: flag,
  requireCoverage: flag,
  fileTypes: list(text),
});
const jobs = objectOf<ProcessingJobQuery>()({
  status: word<NonNullable<ProcessingJobQuery['status']>>(),
  instrument: text,
  dataLevel: text,
  descriptor: text,
  startDate: date,
  repointing: anyNumber,
  majorVersion: anyNumber,
  minorVersion: anyNumber,
  jobLogStreamId: text,
});
const reprocess = objectOf<ReprocessQuery>()({
  startDate: neededLater(date),
  endDate: neededLater(date),
  instrument: text,
  dataLevel: text,
  descriptor: text,
});
const release = objectOf<ReleaseQuery>()({
  releaseType: needed(word<ReleaseType>()),
  manifestFile: neededLater(address),
});
const span = { instrument: needed(text), startTime: needed(date), endTime: needed(date), upload: flag };
const daily = objectOf<DailyPacketQuery>()({ ...span, by: oneOf('ert', 'sct') });
const repointing = objectOf<RepointingPacketQuery>()({ ...span, repointingFile: needed(address) });

const download = objectOf<ImapDownloadOptions>()({
  ...DOWNLOAD_OPTIONS.fields,
  directory: address,
  verify: flag,
  checkFormat: flag,
});
const downloadOne = objectOf<ImapDownloadOptions>()({
  ...download.fields,
  sha256: DOWNLOAD_FILE_OPTIONS.fields.sha256,
});
const releaseOptions = objectOf<ReleaseOptions>()({
  ...CALL_OPTIONS.fields,
  pollIntervalMs: durationMs,
  deadlineMs: durationMs,
});
const upload = objectOf<ImapUploadOptions>()({
  ...releaseOptions.fields,
  onProgress: callback(),
  existing: oneOf('error', 'accept-identical'),
  waitUntilIndexed: flag,
  manuallyReprocessed: flag,
});
const packets = objectOf<PacketOptions>()({ ...DOWNLOAD_OPTIONS.fields, order: oneOf('time', 'service') });

/** A name, a path or a row, which may be of a later server and hold more than we know. */
const one = either(text, givenObject<Exclude<Downloadable, string>>('a row with filePath', 'filePath'));
const file = needed(one);
const many = iterable<Iterable<Downloadable> | AsyncIterable<Downloadable>>('a list of names, paths or rows', one);

export const CLIENT = { options: client };
export const QUERY = { query: needed(query), options: CALL_OPTIONS };
export const SPICE_QUERY = { query: needed(spice), options: CALL_OPTIONS };
export const DOWNLOAD = { file, options: downloadOne };
export const VERIFY = { file, options: download };
export const DOWNLOAD_ALL = { files: needed(many), options: download };
export const OPEN = { file, options: CALL_OPTIONS };
export const UPLOAD = { file: needed(address), options: upload };
export const REPROCESS = { query: needed(reprocess), options: CALL_OPTIONS };
export const RELEASE = { query: needed(release), options: releaseOptions };
export const METAKERNEL = { query: needed(metakernel), options: CALL_OPTIONS };
export const TABLE = { query: table, options: CALL_OPTIONS };
export const JOBS = { query: jobs, options: CALL_OPTIONS };
export const JOB_LOG = { jobLogStreamId: needed(text), options: CALL_OPTIONS };
export const DAILY_PACKETS = { query: needed(daily), options: packets };
export const REPOINTING_PACKETS = { query: needed(repointing), options: packets };
