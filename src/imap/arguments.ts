import { givenObject, objectOf } from '../core/operation/fields.js';
import * as kind from '../core/operation/kinds.js';
import {
  CALL_OPTIONS,
  CLIENT_OPTIONS,
  DOCTOR_OPTIONS,
  SHARED_CLIENT_OPTIONS,
  DOWNLOAD_FILE_OPTIONS,
  DOWNLOAD_OPTIONS,
  MIRROR_OPTIONS,
} from '../core/operation/shared-options.js';
import type { MirrorOptions } from '../types.js';
import type { ImapTable, ReleaseType } from './centre.js';
import type { DailyPacketQuery, PacketOptions, RepointingPacketQuery } from './packets/types.js';
import type {
  Downloadable,
  ImapDownloadOptions,
  ImapMirrorQuery,
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
  dataDir: kind.address,
  apiKey: kind.secret,
  accessToken: kind.secret,
  webpodaToken: kind.secret,
  webpodaUrl: kind.address,
});

const ingestion = { ingestionStartDate: kind.date, ingestionEndDate: kind.date };
const number = kind.either(kind.anyNumber, kind.text);
const query = objectOf<ImapQuery>({ type: 'kernels are found with spiceQuery' })({
  table: kind.word<ImapTable>(),
  instrument: kind.text,
  dataLevel: kind.text,
  descriptor: kind.text,
  startDate: kind.date,
  endDate: kind.date,
  ...ingestion,
  repointing: number,
  version: kind.text,
  majorVersion: number,
  minorVersion: number,
  extension: kind.text,
  cr: kind.anyNumber,
  filePath: kind.text,
  crid: kind.text,
  released: kind.flag,
});
const spice = objectOf<SpiceQuery>()({
  type: kind.neededLater(kind.text),
  fileName: kind.text,
  startTime: kind.date,
  endTime: kind.date,
  ...ingestion,
  version: number,
  latest: kind.flag,
});
const table = objectOf<TableQuery>()({
  filePath: kind.text,
  startDate: kind.date,
  endDate: kind.date,
  latest: kind.flag,
  ...ingestion,
});
const metakernel = objectOf<MetakernelQuery>()({
  startTime: kind.neededLater(kind.date),
  endTime: kind.neededLater(kind.date),
  spicePath: kind.text,
  listFiles: kind.flag,
  requireCoverage: kind.flag,
  fileTypes: kind.list(kind.text),
});
const jobs = objectOf<ProcessingJobQuery>()({
  status: kind.word<NonNullable<ProcessingJobQuery['status']>>(),
  instrument: kind.text,
  dataLevel: kind.text,
  descriptor: kind.text,
  startDate: kind.date,
  repointing: kind.anyNumber,
  majorVersion: kind.anyNumber,
  minorVersion: kind.anyNumber,
  jobLogStreamId: kind.text,
});
const reprocess = objectOf<ReprocessQuery>()({
  startDate: kind.neededLater(kind.date),
  endDate: kind.neededLater(kind.date),
  instrument: kind.text,
  dataLevel: kind.text,
  descriptor: kind.text,
});
const release = objectOf<ReleaseQuery>()({
  releaseType: kind.needed(kind.word<ReleaseType>()),
  manifestFile: kind.neededLater(kind.address),
});
const span = {
  instrument: kind.needed(kind.text),
  startTime: kind.needed(kind.date),
  endTime: kind.needed(kind.date),
  upload: kind.flag,
};
const daily = objectOf<DailyPacketQuery>()({ ...span, by: kind.oneOf('ert', 'sct') });
const repointing = objectOf<RepointingPacketQuery>()({ ...span, repointingFile: kind.needed(kind.address) });

/** The storage of the archive serves ranges of one file side by side. */
const sideBySide = { connections: kind.whole({ min: 1, max: 100 }) };
const download = objectOf<ImapDownloadOptions>()({
  ...DOWNLOAD_OPTIONS.fields,
  ...sideBySide,
  directory: kind.address,
  verify: kind.flag,
  checkFormat: kind.flag,
});
const downloadOne = objectOf<ImapDownloadOptions>()({
  ...download.fields,
  sha256: DOWNLOAD_FILE_OPTIONS.fields.sha256,
});
const mirrorOptions = objectOf<MirrorOptions>()({ ...MIRROR_OPTIONS.fields, ...sideBySide });
const releaseOptions = objectOf<ReleaseOptions>()({
  ...CALL_OPTIONS.fields,
  pollIntervalMs: kind.durationMs,
  deadlineMs: kind.durationMs,
});
const upload = objectOf<ImapUploadOptions>()({
  ...releaseOptions.fields,
  onProgress: kind.callback(),
  existing: kind.oneOf('error', 'accept-identical'),
  waitUntilIndexed: kind.flag,
  manuallyReprocessed: kind.flag,
});
const packets = objectOf<PacketOptions>()({ ...DOWNLOAD_OPTIONS.fields, order: kind.oneOf('time', 'service') });

/** A name, a path or a row, which may be of a later server and hold more than we know. */
const one = kind.either(kind.text, givenObject<Exclude<Downloadable, string>>('a row with filePath', 'filePath'));
const file = kind.needed(one);
const many = kind.iterable<Iterable<Downloadable> | AsyncIterable<Downloadable>>('a list of names, paths or rows', one);

const kernels = objectOf<Extract<ImapMirrorQuery, { readonly table: 'spice' }>>()({
  ...spice.fields,
  type: kind.needed(kind.text),
  table: kind.needed(kind.oneOf('spice')),
});
/** The table says which kind of query it is. */
const mirrored: kind.Kind<ImapMirrorQuery> = kind.kindOf('a query', kind.isObject, (value, place) => {
  const isSpice = kind.isObject(value) && Reflect.get(value, 'table') === 'spice';
  (isSpice ? kernels : query).check(value, place);
});

export const CLIENT = { options: client };
export const SHARED = { options: SHARED_CLIENT_OPTIONS };
export const QUERY = { query: kind.needed(query), options: CALL_OPTIONS };
export const SPICE_QUERY = { query: kind.needed(spice), options: CALL_OPTIONS };
export const DOWNLOAD = { file, options: downloadOne };
export const VERIFY = { file, options: download };
export const DOWNLOAD_ALL = { files: kind.needed(many), options: download };
export const MIRROR = { query: kind.needed(kind.either(kind.list(mirrored), mirrored)), options: mirrorOptions };
export const OPEN = { file, options: CALL_OPTIONS };
export const UPLOAD = { file: kind.needed(kind.address), options: upload };
export const REPROCESS = { query: kind.needed(reprocess), options: CALL_OPTIONS };
export const RELEASE = { query: kind.needed(release), options: releaseOptions };
export const METAKERNEL = { query: kind.needed(metakernel), options: CALL_OPTIONS };
export const TABLE = { query: table, options: CALL_OPTIONS };
export const DOCTOR = { options: DOCTOR_OPTIONS };
export const JOBS = { query: jobs, options: CALL_OPTIONS };
export const JOB_LOG = { jobLogStreamId: kind.needed(kind.text), options: CALL_OPTIONS };
export const DAILY_PACKETS = { query: kind.needed(daily), options: packets };
export const REPOINTING_PACKETS = { query: kind.needed(repointing), options: packets };
