import { ConfigError } from '../errors.js';
import { Redactor } from '../core/redact/redactor.js';
import { resolveClient, resolveSharing } from '../core/config/client.js';
import { Transport } from '../core/http/transport.js';
import { RateLimiter } from '../core/util/locks.js';
import type { SharedClientOptions } from '../types.js';
import {
  CENTRE,
  CREDENTIAL_LAYER,
  DEFAULT_BASE_URL,
  PROJECT_ORIGINS,
  VARIABLES,
  VISIBLE_PARAMETERS,
} from './centre.js';
import type { HmiContext } from './context.js';
import type { LinkSettings } from './links/resolve-link.js';
import { mapProblem } from './errors.js';
import type { HmiOptions } from './types.js';

const MAX_DELAY_MS = 3_600_000;

/**
 * Reads and checks the options of a client.
 *
 * @throws {@link ConfigError} naming option and environment variable.
 */
export function createContext(options: HmiOptions): HmiContext {
  const shared = resolveClient(
    options,
    { centre: CENTRE, baseUrlVariable: VARIABLES.baseUrl, baseUrl: DEFAULT_BASE_URL },
    new Redactor(VISIBLE_PARAMETERS),
  );
  const { rebaseUrls = true, politeDelayMs = 0 } = options;
  if (!Number.isFinite(politeDelayMs) || politeDelayMs < 0 || politeDelayMs > MAX_DELAY_MS)
    throw misuse(`option politeDelayMs must be a number of milliseconds from 0 to ${MAX_DELAY_MS}`);
  const links: LinkSettings = {
    baseUrl: shared.baseUrl,
    rebaseUrls,
    allowedOrigins: originsOf(options.allowedOrigins),
  };
  return {
    transport: new Transport({ ...shared, credentialLayer: CREDENTIAL_LAYER, mapError: mapProblem }),
    links,
    rateLimiter: new RateLimiter(politeDelayMs),
    hasDefaultTimeout: options.timeoutMs === undefined,
  };
}

/** The same for a client that shares session and connections with another one. */
export function shareContext(context: HmiContext, options: SharedClientOptions): HmiContext {
  const transport = context.transport.with(resolveSharing(options, context.transport.settings));
  return { ...context, transport, hasDefaultTimeout: context.hasDefaultTimeout && options.timeoutMs === undefined };
}

function originsOf(given: Iterable<string | URL> | undefined): ReadonlySet<string> {
  const origins = new Set(PROJECT_ORIGINS);
  for (const one of typeof given === 'string' ? [given] : (given ?? [])) {
    const text = String(one);
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
      throw misuse('option allowedOrigins must hold http(s) addresses such as http://data.example:8001');
    origins.add(url.origin);
  }
  return origins;
}

function misuse(message: string): ConfigError {
  return new ConfigError(message, { centre: CENTRE, operation: 'hmi.client' });
}
