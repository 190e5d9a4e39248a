import * as kind from './kinds.js';
import type {
  CallOptions,
  ClientOptions,
  DoctorOptions,
  DownloadOptions,
  Logger,
  MirrorOptions,
  OverwriteMode,
  SharedClientOptions,
  WaitOptions,
} from '../../types.js';
import { objectOf, type ObjectKind } from './fields.js';

/** What may be done with an existing target. */
export const OVERWRITE_MODES = [
  'skip',
  'update',
  'replace',
  'unique',
  'error',
] as const satisfies readonly OverwriteMode[];

/**
 * The options that all rooms share, declared once. Rooms spread `fields` into their own declarations, so an option that
 * is added here is known everywhere.
 */

export const CALL_OPTIONS = objectOf<CallOptions>()({
  signal: kind.signal,
  timeoutMs: kind.limitMs,
  idleTimeoutMs: kind.limitMs,
  retries: kind.whole({ min: 0 }),
});

/** Those of `doctor`. */
export const DOCTOR_OPTIONS = objectOf<DoctorOptions>()({ ...CALL_OPTIONS.fields, record: kind.address });

/** Those of calls that may bring several files. */
export const DOWNLOAD_OPTIONS = objectOf<DownloadOptions>()({
  ...CALL_OPTIONS.fields,
  concurrency: kind.whole({ min: 1, max: 1000 }),
  overwrite: kind.oneOf(...OVERWRITE_MODES),
  resume: kind.flag,
  sha256: kind.refused('is the digest of a single file; this call may fetch several, so leave it out'),
  connections: kind.refused('works only where the storage serves ranges in parallel (IMAP); leave it out here'),
  onFailure: kind.oneOf('throw', 'yield'),
  onProgress: kind.callback(),
});

/** Those of a mirror. */
export const MIRROR_OPTIONS = objectOf<MirrorOptions>()({
  ...DOWNLOAD_OPTIONS.fields,
  directory: kind.address,
  dryRun: kind.flag,
  verify: kind.flag,
  include: kind.list(kind.text),
  exclude: kind.list(kind.text),
  since: kind.date,
  remove: kind.oneOf('never', 'list', 'delete'),
  maxBytesPerSecond: kind.number({ min: 1 }),
  run: kind.callback(),
});

/** Those of calls that bring one file. */
export const DOWNLOAD_FILE_OPTIONS = objectOf<DownloadOptions>()({ ...DOWNLOAD_OPTIONS.fields, sha256: kind.sha256 });

/** Those of a wait for jobs whose state is `S`. */
export function waitOptions<S>(): ObjectKind<WaitOptions<S>> {
  return objectOf<WaitOptions<S>>()({
    ...CALL_OPTIONS.fields,
    pollIntervalMs: kind.durationMs,
    deadlineMs: kind.durationMs,
    appearMs: kind.durationMs,
    onState: kind.callback(),
  });
}

/** A logger may be anything that has some of the four levels: `console`, or one of a logging library. */
const logger: kind.Kind<Logger> = kind.kindOf('an object with the functions debug, info, warn or error', (value) => {
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null || Array.isArray(value)))
    return false;
  return ['debug', 'info', 'warn', 'error']
    .map((level): unknown => Reflect.get(value, level, value))
    .every((level) => level === undefined || typeof level === 'function');
});

/** Those that a client may have of its own while it shares the rest with another one. */
export const SHARED_CLIENT_OPTIONS = objectOf<SharedClientOptions>()({
  timeoutMs: kind.anyNumber,
  idleTimeoutMs: kind.anyNumber,
  retries: kind.anyNumber,
  logger,
  headers: kind.record(kind.secret),
});

/** Numbers out of bounds are settings that contradict themselves: the client's `ConfigError` names them. */
export const CLIENT_OPTIONS = objectOf<ClientOptions>()({
  ...SHARED_CLIENT_OPTIONS.fields,
  baseUrl: kind.address,
  fetch: kind.callback(),
  proxy: kind.addressOrFalse,
  userAgent: kind.text,
  maxConcurrency: kind.anyNumber,
});
