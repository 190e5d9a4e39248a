import { givenObject, objectOf } from '../core/operation/fields.js';
import * as kind from '../core/operation/kinds.js';
import {
  CALL_OPTIONS,
  CLIENT_OPTIONS,
  DOCTOR_OPTIONS,
  DOWNLOAD_OPTIONS,
  SHARED_CLIENT_OPTIONS,
  waitOptions,
} from '../core/operation/shared-options.js';
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
  project: kind.text,
  password: kind.secret,
  serverTimeZone: kind.text,
  allowInsecure: kind.flag,
  confirmSpacingMs: kind.anyNumber,
});

const flightDay = objectOf<FlightDay>()({
  year: kind.neededLater(kind.anyNumber),
  day: kind.neededLater(kind.anyNumber),
  sortie: kind.text,
});
const line = objectOf<LineOrder>()({ name: kind.neededLater(kind.text), bands: kind.pair(kind.anyNumber) });
const bounds = objectOf<GeoBounds>()({
  north: kind.needed(kind.anyNumber),
  south: kind.needed(kind.anyNumber),
  east: kind.needed(kind.anyNumber),
  west: kind.needed(kind.anyNumber),
});
const demFile = objectOf<DemFile>()({ file: kind.needed(kind.address), header: kind.address });
const order = objectOf<ScopsOrder>()({
  flight: kind.neededLater(kind.either(givenObject<Flight>('a flight', 'lines', 'form'), flightDay)),
  lines: kind.neededLater(kind.list(line)),
  email: kind.neededLater(kind.text),
  masks: kind.either(kind.word<'all' | 'none'>(), kind.list(kind.word<ScopsMask>())),
  projection: kind.either(kind.text, objectOf<{ readonly proj: string }>()({ proj: kind.needed(kind.text) })),
  pixelSize: kind.either(kind.anyNumber, kind.pair(kind.anyNumber)),
  bounds,
  interpolation: kind.word<ScopsInterpolation>(),
  dem: kind.either(kind.word<'aster' | 'srtm' | 'ftp'>(), demFile),
  bandMath: kind.flag,
  allowUnorderableLines: kind.flag,
});
const bandMath = objectOf<BandMathRequest>()({
  equations: kind.record(kind.text),
  plugins: kind.list(kind.text),
  lines: kind.list(kind.text),
});

const submit = objectOf<SubmitOptions>()({ ...CALL_OPTIONS.fields, onProgress: kind.callback() });
const reupload = objectOf<ReuploadDemOptions>()({ ...submit.fields, again: kind.flag });
const findName = objectOf<FindConfigNameOptions>()({
  ...CALL_OPTIONS.fields,
  withinSeconds: kind.whole({ min: 0, max: 30 }),
});
const findId = objectOf<FindProcessingIdOptions>()({
  ...CALL_OPTIONS.fields,
  confirmedAt: kind.date,
  windowMs: kind.number({ min: 1, max: 4 * 3_600_000 }),
  probeIntervalMs: kind.number({ min: 0 }),
});
const stallMs = kind.number({ min: 1 });
const wait = objectOf<ScopsWaitOptions>()({ ...waitOptions<ScopsStatus>().fields, stallMs, allowPartial: kind.flag });
const download = objectOf<ScopsDownloadOptions>()({
  ...DOWNLOAD_OPTIONS.fields,
  products: kind.either(kind.word<'project'>(), kind.list(kind.text)),
});

const {
  signal: _signal,
  timeoutMs: _timeoutMs,
  idleTimeoutMs: _idleTimeoutMs,
  retries: _retries,
  ...find
} = findId.fields;
const { signal: _ownSignal, timeoutMs: _ownTimeoutMs, onFailure: _onFailure, ...files } = download.fields;
const process = objectOf<ScopsProcessOptions>()({
  ...wait.fields,
  processingId: kind.either(
    kind.oneOf('probe'),
    kind.callback<(order: SubmittedOrder, signal: AbortSignal | undefined) => Promise<string>>(),
  ),
  bandMath,
  find: objectOf<NonNullable<ScopsProcessOptions['find']>>()(find),
  download: objectOf<NonNullable<ScopsProcessOptions['download']>>()(files),
  onOrder: kind.callback(),
});

const configName = kind.needed(kind.text);
const processingId = kind.needed(kind.text);
const directory = kind.needed(kind.address);

export const CLIENT = { options: client };
export const SHARED = { options: SHARED_CLIENT_OPTIONS };
export const DOCTOR = { options: DOCTOR_OPTIONS };
export const GET_FLIGHT = { flight: kind.needed(flightDay), options: CALL_OPTIONS };
export const SUBMIT = { order: kind.needed(order), options: submit };
export const BY_CONFIG_NAME = { configName, options: CALL_OPTIONS };
export const FIND_CONFIG_NAME = {
  order: kind.needed(givenObject<LostOrder>('an order with year, day and submittedAt')),
  options: findName,
};
export const SUBMIT_BAND_MATH = { configName, request: kind.needed(bandMath), options: CALL_OPTIONS };
export const FIND_PROCESSING_ID = {
  order: kind.needed(givenObject<SubmittedOrder>('an order of submit()')),
  options: findId,
};
export const BY_ID = { processingId, options: CALL_OPTIONS };
export const WAIT = { processingId, options: wait };
export const DOWNLOAD = { processingId, directory, options: download };
export const OPEN = { processingId, product: kind.needed(kind.text), options: CALL_OPTIONS };
export const REUPLOAD_DEM = { processingId, dem: kind.needed(demFile), options: reupload };
export const PROCESS = { order: kind.needed(order), directory, options: process };

export const WORKSPACE = {
  environment: kind.needed(
    givenObject<ScopsEnvironment>('settings of scopsEnvironment()', 'webConfigDir', 'webOutput'),
  ),
  options: objectOf<WorkspaceOptions>()({
    pluginDirectory: kind.address,
    pluginArgs: kind.list(kind.text),
    statusFrom: kind.oneOf('files', 'database'),
  }),
};
export const CONFIG = {
  config: kind.needed(givenObject<ScopsConfig>('a config with defaults and lines', 'defaults', 'lines')),
};
export const WORKSPACE_ID = { processingId };
export const WORKSPACE_STATUS = { processingId, options: CALL_OPTIONS };
export const WORKSPACE_WAIT = {
  processingId,
  options: objectOf<WorkspaceWaitOptions>()({ ...waitOptions<ScopsStatus>().fields, stallMs }),
};
