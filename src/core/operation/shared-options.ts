import type { CallOptions, ClientOptions, DownloadOptions, Logger, WaitOptions } from '../../types.js';
import { objectOf, type ObjectKind } from './fields.js';
import { kindOf, type Kind } from './kind.js';
import {
  address,
  anyNumber,
  callback,
  durationMs,
  flag,
  limitMs,
  oneOf,
  refused,
  sha256,
  signal,
  text,
  whole,
} from './kinds.js';

/**
 * The options that all rooms share, declared once. Rooms spread `fields` into their own declarations, so an option that
 * is added here is known everywhere.
 */

export const CALL_OPTIONS = objectOf<CallOptions>()({ signal, timeoutMs: limitMs });

/** Those of calls that may bring several files. */
export const DOWNLOAD_OPTIONS = objectOf<DownloadOptions>()({
  ...CALL_OPTIONS.fields,
  concurrency: whole({ min: 1, max: 1000 }),
  overwrite: oneOf('skip', 'update', 'replace', 'unique', 'error'),
  resume: flag,
  sha256: refused('is what a single file must be; this call has no single file to compare with it'),
  onFailure: oneOf('throw', 'yield'),
  onProgress: callback(),
  idleTimeoutMs: limitMs,
});

/** Those of calls that bring one file. */
export const DOWNLOAD_FILE_OPTIONS = objectOf<DownloadOptions>()({ ...DOWNLOAD_OPTIONS.fields, sha256 });

/** Those of a wait for jobs whose state is `S`. */
export function waitOptions<S>(): ObjectKind<WaitOptions<S>> {
  return objectOf<WaitOptions<S>>()({
    ...CALL_OPTIONS.fields,
    pollIntervalMs: durationMs,
    deadlineMs: durationMs,
    appearMs: durationMs,
    onState: callback(),
  });
}

/** A logger may be anything that has some of the four levels: `console`, or one of a logging library. */
const logger: Kind<Logger> = kindOf('an object with functions debug, info, warn or error', (value) => {
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null || Array.isArray(value)))
    return false;
  return ['debug', 'info', 'warn', 'error']
    .map((level): unknown => Reflect.get(value, level, value))
    .every((level) => level === undefined || typeof level === 'function');
});

/** Numbers out of bounds are settings that contradict themselves: the client's `ConfigError` names them. */
export const CLIENT_OPTIONS = objectOf<ClientOptions>()({
  baseUrl: address,
  fetch: callback(),
  timeoutMs: anyNumber,
  idleTimeoutMs: anyNumber,
  retries: anyNumber,
  logger,
  userAgent: text,
});
