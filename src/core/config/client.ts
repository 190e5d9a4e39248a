import { ConfigError, type Centre } from '../../errors.js';
import type { ClientOptions, SharedClientOptions } from '../../types.js';
import { MAY_BE_SECRET, type Redactor } from '../redact/redactor.js';
import { safeLogger } from '../log/logger.js';
import type { SharingSettings, TransportSettings } from '../http/settings.js';
import { Lifetime } from '../session/lifetime.js';
import { Semaphore } from '../util/locks.js';
import { env } from './env.js';
import { resolveProxy } from './proxy.js';
import { VERSION } from './version.js';
import { MAX_TIMER_MS } from '../util/time.js';

/** Where a client finds its base URL when the caller names none. */
export interface ClientDefaults {
  readonly centre: Centre;
  /** Name of the environment variable. */
  readonly baseUrlVariable: string;
  readonly baseUrl?: string;
}

/** The part of the transport's settings that all clients share. */
export type SharedSettings = Omit<TransportSettings, 'credentialLayer' | 'authorize' | 'wrapHandler' | 'mapError'>;

/**
 * Reads and checks the options that every client takes: options win over the environment, and the environment over defaults.
 *
 * @throws {@link ConfigError} for an invalid option; it names the option and its environment variable.
 */
export function resolveClient(options: ClientOptions, defaults: ClientDefaults, redactor: Redactor): SharedSettings {
  const fail = failing(defaults.centre, 'client');
  const { maxConcurrency = 32 } = options;
  if (!Number.isInteger(maxConcurrency) || maxConcurrency < 1)
    fail('option maxConcurrency must be a whole number, 1 or more');
  if (options.fetch !== undefined && typeof options.fetch !== 'function')
    fail('option fetch must be a function like the global fetch');
  const userAgent = options.userAgent ?? `lab-sdc/${VERSION}`;
  if (!/^[\x20-\x7e]+$/u.test(userAgent)) fail('option userAgent must be printable ASCII');
  return {
    centre: defaults.centre,
    baseUrl: baseUrlOf(options.baseUrl, defaults, fail, redactor),
    ...limitsOf(options, DEFAULT_LIMITS, fail),
    places: new Semaphore(maxConcurrency),
    userAgent,
    log: safeLogger(options.logger, redactor),
    redactor,
    lifetime: new Lifetime(defaults.centre),
    fetch: options.fetch,
    headers: headersOf(options.headers, fail, redactor),
    proxyFor: resolveProxy(options, fail, redactor),
  };
}

/**
 * Reads the options of a client that shares session and connections with another one; what is not given is that one's.
 * Headers are added to those of that one, or take the place of those of the same names.
 *
 * @throws {@link ConfigError} for an invalid option.
 */
export function resolveSharing(options: SharedClientOptions, first: TransportSettings): SharingSettings {
  const { centre, redactor } = first;
  const fail = failing(centre, 'withOptions');
  return {
    ...limitsOf(options, first, fail),
    log: options.logger === undefined ? first.log : safeLogger(options.logger, redactor),
    headers: merged(first.headers, headersOf(options.headers, fail, redactor)),
    lifetime: first.lifetime.share(),
  };
}

type Limits = Pick<TransportSettings, 'timeoutMs' | 'idleTimeoutMs' | 'retries'>;

const DEFAULT_LIMITS: Limits = { timeoutMs: 30_000, idleTimeoutMs: 60_000, retries: 3 };

function limitsOf(options: SharedClientOptions, usual: Limits, fail: (message: string) => never): Limits {
  const duration = (name: 'timeoutMs' | 'idleTimeoutMs'): number => {
    const value = options[name] ?? usual[name];
    if (!Number.isFinite(value) || value <= 0 || value > MAX_TIMER_MS) {
      return fail(`option ${name} must be a number of milliseconds above 0 and at most ${MAX_TIMER_MS}`);
    }
    return value;
  };
  const { retries = usual.retries } = options;
  if (!Number.isInteger(retries) || retries < 0) fail('option retries must be a whole number, 0 or more');
  return { timeoutMs: duration('timeoutMs'), idleTimeoutMs: duration('idleTimeoutMs'), retries };
}

function failing(centre: Centre, call: string): (message: string) => never {
  return (message) => {
    throw new ConfigError(message, { centre, operation: `${centre}.${call}` });
  };
}

function merged(headers: ClientOptions['headers'] = {}, own: ClientOptions['headers'] = {}): ClientOptions['headers'] {
  const taken = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !taken.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...own };
}

/** A token and a field value (RFC 9110, sections 5.6.2 and 5.5). */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/u;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/u;
/** Headers of the connection and of the body, which are not the user's to set. */
const TAKEN = new Set([
  'connection',
  'content-length',
  'cookie',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function headersOf(
  given: ClientOptions['headers'],
  fail: (message: string) => never,
  redactor: Redactor,
): ClientOptions['headers'] {
  for (const [name, value] of Object.entries(given ?? {})) {
    if (!HEADER_NAME.test(name)) fail(`option headers has an invalid name: ${JSON.stringify(name.slice(0, 60))}`);
    if (TAKEN.has(name.toLowerCase())) fail(`option headers must not set ${name}`);
    if (!HEADER_VALUE.test(value))
      fail(`option headers: the value of ${name} holds characters that are not allowed in headers`);
    if (MAY_BE_SECRET.test(name)) redactor.add(value);
  }
  return given && { ...given };
}

function baseUrlOf(
  option: string | URL | undefined,
  defaults: ClientDefaults,
  fail: (message: string) => never,
  redactor: Redactor,
): URL {
  const { baseUrlVariable } = defaults;
  const given = option === undefined || option === '' ? (env(baseUrlVariable) ?? defaults.baseUrl) : String(option);
  if (given === undefined) return fail(`no base URL: set option baseUrl or ${baseUrlVariable}`);
  if (!URL.canParse(given)) {
    return fail(
      `the base URL ${JSON.stringify(redactor.url(given))} is not an absolute URL (option baseUrl or ${baseUrlVariable})`,
    );
  }
  const url = new URL(given);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    fail(`the base URL must be http or https (option baseUrl or ${baseUrlVariable})`);
  if (url.username !== '' || url.password !== '') {
    redactor.add(url.username, url.password);
    fail(
      `the base URL must not contain a user or password; use the credential options instead (option baseUrl or ${baseUrlVariable})`,
    );
  }
  url.search = '';
  url.hash = '';
  url.pathname = `${url.pathname.replace(/\/+$/u, '')}/`;
  return url;
}
