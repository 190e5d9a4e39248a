import { objectOf } from '../core/operation/fields.js';
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
  judgedBy,
  limitMs,
  list,
  whole,
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
  RerunStep,
  SccCredentials,
  SccOptions,
  SccProduct,
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
  httpAuthUser: neededLater(secret),
  httpAuthPassword: neededLater(secret),
  username: neededLater(secret),
  password: neededLater(secret),
});
const client = objectOf<SccOptions>()({ ...CLIENT_OPTIONS.fields, credentials, keepAlive: flag });

const dates = objectOf<DateQuery>()({ dateStart: needed(date), dateEnd: needed(date), station: text });
const ids = objectOf<IdQuery>()({ idExact: text, idStartsWith: text });

const systemId = either(anyNumber, text);
const upload = objectOf<UploadOptions>()({
  ...CALL_OPTIONS.fields,
  soundingFile: address,
  overlapFile: address,
  lidarRatioFile: address,
  delayHours: whole({ min: 0, max: 96 }),
  force: flag,
  measurementId: text,
  onProgress: callback(),
  uploadTimeoutMs: limitMs,
  settleMs: durationMs,
});
const uploadFiles = objectOf<UploadFilesOptions>()({ ...upload.fields, systemId, skipCalibration: flag });
const { signal: _signal, timeoutMs: _timeoutMs, onProgress: _onProgress, ...ownUpload } = upload.fields;
const uploadItem = objectOf<UploadItem>()({ ...ownUpload, file: needed(address), systemId });
const uploaded = either(address, uploadItem);

const products = objectOf<ProductOptions>()({
  ...DOWNLOAD_OPTIONS.fields,
  products: list(word<SccProduct>()),
  extract: flag,
});
const wait = waitOptions<Measurement>();
const process = objectOf<ProcessOptions>()({ ...upload.fields, ...wait.fields, ...products.fields });
const rerun = objectOf<CallOptions & { readonly from?: RerunStep }>()({
  ...CALL_OPTIONS.fields,
  from: oneOf(...RERUN_STEPS),
});
const deletion = objectOf<CallOptions & { readonly related?: boolean }>()({ ...CALL_OPTIONS.fields, related: flag });

const id = needed(judgedBy<string>('a measurement id', (value, args) => requireMeasurementId(args, value)));
const file = needed(address);
const system = needed(judgedBy<number | string>('a system id', (value, args) => requireSystemId(args, value)));
const directory = needed(address);

export const CLIENT = { credentials, options: client };
export const SETTINGS = { path: text };
export const CALL = { options: CALL_OPTIONS };
export const BY_DATE = { query: needed(dates), options: CALL_OPTIONS };
export const BY_ID = { query: ids, options: CALL_OPTIONS };
export const ONE = { id, options: CALL_OPTIONS };
export const NEXT_ID = { date: needed(date), callSign: needed(text), options: CALL_OPTIONS };
export const ANCILLARY = { filename: needed(text), type: needed(word<AncillaryType>()), options: CALL_OPTIONS };
export const UPLOAD_FILE = { file, systemId: system, options: upload };
export const UPLOAD_FILES = {
  files: needed(either(text, iterable<Exclude<UploadSource, string>>('a folder or a list of files', uploaded))),
  options: uploadFiles,
};
/** One element of what {@link UPLOAD_FILES} takes, for those that come later. */
export const UPLOAD_ITEM = { file: needed(uploaded) };
export const WAIT = { id, options: wait };
export const PRODUCTS = { id, directory, options: products };
export const OPEN = { id, product: needed(word<SccProduct>()), options: CALL_OPTIONS };
export const DOWNLOAD_FILE = { url: needed(address), path: needed(address), options: DOWNLOAD_FILE_OPTIONS };
export const PROCESS = { file, systemId: system, directory, options: process };
export const RERUN = { id, options: rerun };
export const DELETE = { id, options: deletion };
