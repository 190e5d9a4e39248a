import { objectOf } from '../core/operation/fields.js';
import * as kind from '../core/operation/kinds.js';
import {
  CALL_OPTIONS,
  CLIENT_OPTIONS,
  DOCTOR_OPTIONS,
  SHARED_CLIENT_OPTIONS,
  DOWNLOAD_FILE_OPTIONS,
  DOWNLOAD_OPTIONS,
  MIRROR_OPTIONS,
  waitOptions,
} from '../core/operation/shared-options.js';
import type { CallOptions } from '../types.js';
import { RERUN_STEPS } from './centre.js';
import { requireMeasurementId, requireSystemId } from './names/ids.js';
import type {
  AncillaryType,
  DateQuery,
  IdQuery,
  Measurement,
  ProcessOptions,
  ProductOptions,
  SccMirrorOptions,
  SccMirrorQuery,
  RerunStep,
  SccCredentials,
  SccOptions,
  SccProduct,
  StationOptions,
  UploadFilesOptions,
  UploadItem,
  UploadOptions,
  UploadSource,
} from './types.js';

/**
 * What the arguments of each public call must be. A new option is one line in its type and one here; the compiler reports
 * when either is missing. Bounds that depend on other values, and what a date or a name may look like, are checked where
 * they are used.
 */

/** Which of the logins is missing is reported with its environment variable. */
const credentials = objectOf<SccCredentials>()({
  httpAuthUser: kind.neededLater(kind.secret),
  httpAuthPassword: kind.neededLater(kind.secret),
  username: kind.neededLater(kind.secret),
  password: kind.neededLater(kind.secret),
});
const client = objectOf<SccOptions>()({ ...CLIENT_OPTIONS.fields, credentials, keepAlive: kind.flag });

const dates = objectOf<DateQuery>()({
  dateStart: kind.needed(kind.date),
  dateEnd: kind.needed(kind.date),
  station: kind.text,
});
const ids = objectOf<IdQuery>()({ idExact: kind.text, idStartsWith: kind.text });

const systemId = kind.either(kind.anyNumber, kind.text);
const upload = objectOf<UploadOptions>()({
  ...CALL_OPTIONS.fields,
  soundingFile: kind.address,
  overlapFile: kind.address,
  lidarRatioFile: kind.address,
  delayHours: kind.whole({ min: 0, max: 96 }),
  force: kind.flag,
  measurementId: kind.text,
  onProgress: kind.callback(),
  uploadTimeoutMs: kind.limitMs,
  settleMs: kind.durationMs,
});
const uploadFiles = objectOf<UploadFilesOptions>()({ ...upload.fields, systemId, skipCalibration: kind.flag });
const { signal: _signal, timeoutMs: _timeoutMs, onProgress: _onProgress, ...ownUpload } = upload.fields;
const uploadItem = objectOf<UploadItem>()({ ...ownUpload, file: kind.needed(kind.address), systemId });
const uploaded = kind.either(kind.address, uploadItem);

const products = objectOf<ProductOptions>()({
  ...DOWNLOAD_OPTIONS.fields,
  products: kind.list(kind.word<SccProduct>()),
  extract: kind.flag,
});
const wait = waitOptions<Measurement>();
const process = objectOf<ProcessOptions>()({ ...upload.fields, ...wait.fields, ...products.fields });
const rerun = objectOf<CallOptions & { readonly from?: RerunStep }>()({
  ...CALL_OPTIONS.fields,
  from: kind.oneOf(...RERUN_STEPS),
});
const deletion = objectOf<CallOptions & { readonly related?: boolean }>()({
  ...CALL_OPTIONS.fields,
  related: kind.flag,
});

const id = kind.needed(kind.judgedBy<string>('a measurement id', (value, args) => requireMeasurementId(args, value)));
const file = kind.needed(kind.address);
const system = kind.needed(
  kind.judgedBy<number | string>('a system id', (value, args) => requireSystemId(args, value)),
);
const directory = kind.needed(kind.address);

const mirrorQuery = objectOf<SccMirrorQuery>()({ ...dates.fields, products: kind.list(kind.word<SccProduct>()) });
const mirror = objectOf<SccMirrorOptions>()({ ...MIRROR_OPTIONS.fields, directory });

const station = objectOf<StationOptions>()({
  ...CALL_OPTIONS.fields,
  directory,
  systemId,
  products: kind.list(kind.word<SccProduct>()),
  extract: kind.flag,
  datalog: kind.address,
  once: kind.flag,
  pollIntervalMs: kind.durationMs,
  stableMs: kind.durationMs,
  deadlineMs: kind.durationMs,
  replace: kind.flag,
  rerun: kind.flag,
  skipCalibration: kind.flag,
  delayHours: upload.fields.delayHours,
  uploadTimeoutMs: upload.fields.uploadTimeoutMs,
  settleMs: upload.fields.settleMs,
  concurrency: DOWNLOAD_OPTIONS.fields.concurrency,
});

export const CLIENT = { credentials, options: client };
export const SHARED = { options: SHARED_CLIENT_OPTIONS };
export const SETTINGS = { path: kind.text };
export const CALL = { options: CALL_OPTIONS };
export const DOCTOR = { options: DOCTOR_OPTIONS };
export const BY_DATE = { query: kind.needed(dates), options: CALL_OPTIONS };
export const BY_ID = { query: ids, options: CALL_OPTIONS };
export const ONE = { id, options: CALL_OPTIONS };
export const NEXT_ID = { date: kind.needed(kind.date), callSign: kind.needed(kind.text), options: CALL_OPTIONS };
export const ANCILLARY = {
  filename: kind.needed(kind.text),
  type: kind.needed(kind.word<AncillaryType>()),
  options: CALL_OPTIONS,
};
export const UPLOAD_FILE = { file, systemId: system, options: upload };
export const UPLOAD_FILES = {
  files: kind.needed(
    kind.either(kind.text, kind.iterable<Exclude<UploadSource, string>>('a folder or a list of files', uploaded)),
  ),
  options: uploadFiles,
};
/** One element of what {@link UPLOAD_FILES} takes, for those that are not in a list. */
export const UPLOAD_ITEM = { file: kind.needed(uploaded) };
export const WAIT = { id, options: wait };
export const MIRROR = { query: kind.needed(mirrorQuery), options: kind.needed(mirror) };
export const STATION = { folder: kind.needed(kind.address), options: kind.needed(station) };
export const PRODUCTS = { id, directory, options: products };
export const OPEN = { id, product: kind.needed(kind.word<SccProduct>()), options: CALL_OPTIONS };
export const DOWNLOAD_FILE = {
  url: kind.needed(kind.address),
  path: kind.needed(kind.address),
  options: DOWNLOAD_FILE_OPTIONS,
};
export const PROCESS = { file, systemId: system, directory, options: process };
export const RERUN = { id, options: rerun };
export const DELETE = { id, options: deletion };
