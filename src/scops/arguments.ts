import { givenObject, objectOf } from '../core/operation/fields.js';
import { needed, neededLater } from '../core/operation/kind.js';
import {
  address,
  anyNumber,
  callback,
  date,
  either,
  flag,
  list,
  number,
  oneOf,
  pair,
  record,
  secret,
  text,
  whole,
  word,
} from '../core/operation/kinds.js';
import { CALL_OPTIONS, CLIENT_OPTIONS, DOWNLOAD_OPTIONS, waitOptions } from '../core/operation/shared-options.js';
import type { ScopsConfig } from './config/types.js';
import type { ScopsEnvironment } from './workspace/environment.js';
import type {
  BandMathRequest,
  DemFile,
  FindConfigNameOptions,
  FindProcessingIdOptions,
  Flight,
  FlightDay,
  GeoBounds,
  LineOrder,
  LostOrder,
  ReuploadDemOptions,
  ScopsDownloadOptions,
  ScopsInterpolation,
  ScopsMask,
  ScopsOptions,
  ScopsOrder,
  ScopsProcessOptions,
  ScopsStatus,
  ScopsWaitOptions,
  SubmitOptions,
  SubmittedOrder,
} from './types.js';
import type { WorkspaceOptions, WorkspaceWaitOptions } from './workspace/types.js';

/**
 * What the arguments of each public call must be. A new option is one line in its type and one here; the compiler reports
 * when either is missing. What must be given, bounds that depend on other values, and what a name may look like are checked
 * where they are used, as far as that is before the first request.
 */

const client = objectOf<ScopsOptions>()({
  ...CLIENT_OPTIONS.fields,
  project: text,
  password: secret,
  serverTimeZone: text,
  allowInsecure: flag,
  confirmSpacingMs: anyNumber,
});

const flightDay = objectOf<FlightDay>()({ year: neededLater(anyNumber), day: neededLater(anyNumber), sortie: text });
const line = objectOf<LineOrder>()({ name: neededLater(text), bands: pair(anyNumber) });
const bounds = objectOf<GeoBounds>()({
  north: needed(anyNumber),
  south: needed(anyNumber),
  east: needed(anyNumber),
  west: needed(anyNumber),
});
const demFile = objectOf<DemFile>()({ file: needed(address), header: address });
const order = objectOf<ScopsOrder>()({
  flight: neededLater(either(givenObject<Flight>('a flight', 'lines', 'form'), flightDay)),
  lines: neededLater(list(line)),
  email: neededLater(text),
  masks: either(word<'all' | 'none'>(), list(word<ScopsMask>())),
  projection: either(text, objectOf<{ readonly proj: string }>()({ proj: needed(text) })),
  pixelSize: either(anyNumber, pair(anyNumber)),
  bounds,
  interpolation: word<ScopsInterpolation>(),
  dem: either(word<'aster' | 'srtm' | 'ftp'>(), demFile),
  bandMath: flag,
  allowUnorderableLines: flag,
});
const bandMath = objectOf<BandMathRequest>()({ equations: record(text), plugins: list(text), lines: list(text) });

const submit = objectOf<SubmitOptions>()({ ...CALL_OPTIONS.fields, onProgress: callback() });
const reupload = objectOf<ReuploadDemOptions>()({ ...submit.fields, again: flag });
const findName = objectOf<FindConfigNameOptions>()({
  ...CALL_OPTIONS.fields,
  withinSeconds: whole({ min: 0, max: 30 }),
});
const findId = objectOf<FindProcessingIdOptions>()({
  ...CALL_OPTIONS.fields,
  confirmedAt: date,
  windowMs: number({ min: 1, max: 4 * 3_600_000 }),
  probeIntervalMs: number({ min: 0 }),
});
const stallMs = number({ min: 1 });
const wait = objectOf<ScopsWaitOptions>()({ ...waitOptions<ScopsStatus>().fields, stallMs, allowPartial: flag });
const download = objectOf<ScopsDownloadOptions>()({
  ...DOWNLOAD_OPTIONS.fields,
  products: either(word<'project'>(), list(text)),
});

const { signal: _signal, timeoutMs: _timeoutMs, ...find } = findId.fields;
const { signal: _ownSignal, timeoutMs: _ownTimeoutMs, onFailure: _onFailure, ...files } = download.fields;
const process = objectOf<ScopsProcessOptions>()({
  ...wait.fields,
  processingId: either(
    oneOf('probe'),
    callback<(order: SubmittedOrder, signal: AbortSignal | undefined) => Promise<string>>(),
  ),
  bandMath,
  find: objectOf<NonNullable<ScopsProcessOptions['find']>>()(find),
  download: objectOf<NonNullable<ScopsProcessOptions['download']>>()(files),
  onOrder: callback(),
});

const configName = needed(text);
const processingId = needed(text);
const directory = needed(address);

export const CLIENT = { options: client };
export const GET_FLIGHT = { flight: needed(flightDay), options: CALL_OPTIONS };
export const SUBMIT = { order: needed(order), options: submit };
export const BY_CONFIG_NAME = { configName, options: CALL_OPTIONS };
export const FIND_CONFIG_NAME = {
  order: needed(givenObject<LostOrder>('an order with year, day and submittedAt')),
  options: findName,
};
export const SUBMIT_BAND_MATH = { configName, request: needed(bandMath), options: CALL_OPTIONS };
export const FIND_PROCESSING_ID = {
  order: needed(givenObject<SubmittedOrder>('an order of submit()')),
  options: findId,
};
export const BY_ID = { processingId, options: CALL_OPTIONS };
export const WAIT = { processingId, options: wait };
export const DOWNLOAD = { processingId, directory, options: download };
export const OPEN = { processingId, product: needed(text), options: CALL_OPTIONS };
export const REUPLOAD_DEM = { processingId, dem: needed(demFile), options: reupload };
export const PROCESS = { order: needed(order), directory, options: process };

export const WORKSPACE = {
  environment: needed(givenObject<ScopsEnvironment>('settings of scopsEnvironment()', 'webConfigDir', 'webOutput')),
  options: objectOf<WorkspaceOptions>()({
    pluginDirectory: address,
    pluginArgs: list(text),
    statusFrom: oneOf('files', 'database'),
  }),
};
export const CONFIG = {
  config: needed(givenObject<ScopsConfig>('a config with defaults and lines', 'defaults', 'lines')),
};
export const WORKSPACE_ID = { processingId };
export const WORKSPACE_STATUS = { processingId, options: CALL_OPTIONS };
export const WORKSPACE_WAIT = {
  processingId,
  options: objectOf<WorkspaceWaitOptions>()({ ...waitOptions<ScopsStatus>().fields, stallMs }),
};
