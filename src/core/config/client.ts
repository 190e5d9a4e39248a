import { ConfigError, type Centre } from '../../errors.js';
import type { ClientOptions } from '../../types.js';
import type { Redactor } from '../redact/redactor.js';
import { safeLogger } from '../log/logger.js';
import type { TransportSettings } from '../http/settings.js';
import { Lifetime } from '../session/lifetime.js';
import { env } from './env.js';
import { VERSION } from './version.js';

/** Where a client finds its base URL when the caller names none. */
export interface ClientDefaults {
  readonly centre: Centre;
  /** Name of the environment variable. */
  readonly baseUrlVariable: string;
  readonly baseUrl?: string;
}

/** The part of the transport's settings that all clients share. */
export type SharedSettings = Omit<TransportSettings, 'credentialLayer' | 'authorize' | 'wrapHandler' | 'mapError'>;

const MAX_TIMER_MS = 2_147_483_647;

/**
 * Reads and checks the options that every client takes: options win over the environment, that over defaults.
 *
 * @throws {@link ConfigError} when an option cannot be meant; it names option and environment variable.
 */
export function resolveClient(options: ClientOptions, defaults: ClientDefaults, redactor: Redactor): SharedSettings {
  const operation = `${defaults.centre}.client`;
  const fail = (message: string): never => {
    throw new ConfigError(message, { centre: defaults.centre, operation });
  };
  const duration = (name: 'timeoutMs' | 'idleTimeoutMs', fallback: number): number => {
    const value = options[name] ?? fallback;
    if (!Number.isFinite(value) || value <= 0 || value > MAX_TIMER_MS) {
      return fail(`option ${name} must be a number of milliseconds above 0 and at most ${MAX_TIMER_MS}`);
    }
    return value;
  };
  const retries = options.retries ?? 3;
  if (!Number.isInteger(retries) || retries < 0) fail('option retries must be a whole number, 0 or more');
  if (options.fetch !== undefined && typeof options.fetch !== 'function')
    fail('option fetch must be a function like the global fetch');
  const userAgent = options.userAgent ?? `lab-sdc/${VERSION}`;
  if (!/^[\x20-\x7e]+$/u.test(userAgent)) fail('option userAgent must be printable ASCII text');
  return {
    centre: defaults.centre,
    baseUrl: baseUrlOf(options.baseUrl, defaults, fail, redactor),
    timeoutMs: duration('timeoutMs', 30_000),
    idleTimeoutMs: duration('idleTimeoutMs', 60_000),
    retries,
    userAgent,
    log: safeLogger(options.logger, redactor),
    redactor,
    lifetime: new Lifetime(defaults.centre),
    fetch: options.fetch,
  };
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
      `the base URL must not hold user or password; use the credential options instead (option baseUrl or ${baseUrlVariable})`,
    );
  }
  url.search = '';
  url.hash = '';
  url.pathname = `${url.pathname.replace(/\/+$/u, '')}/`;
  return url;
}
