import { RecentMap } from '../core/util/recent.js';
import { Arguments } from '../core/operation/arguments.js';
import { resolveClient, resolveSharing } from '../core/config/client.js';
import { env } from '../core/config/env.js';
import { Redactor } from '../core/redact/redactor.js';
import { pageParser } from '../core/html/page.js';
import { Transport } from '../core/http/transport.js';
import { zodLibrary } from '../core/validate/schema.js';
import { ConfigError } from '../errors.js';
import type { SharedClientOptions } from '../types.js';
import { CENTRE, CREDENTIAL_LAYER, VARIABLES, VISIBLE_PARAMETERS } from './centre.js';
import type { ScopsContext } from './context.js';
import { isProjectCode } from './names/ids.js';
import type { ScopsOptions } from './types.js';

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/u;
const DEFAULT_CONFIRM_SPACING_MS = 61_000;

/**
 * Reads and checks the options of a client.
 *
 * @throws {@link ConfigError} naming option and environment variable.
 */
export function createContext(options: ScopsOptions): ScopsContext {
  const redactor = new Redactor(VISIBLE_PARAMETERS);
  const project = options.project ?? env(VARIABLES.project);
  const password = options.password ?? env(VARIABLES.password);
  if (project === undefined || project === '') throw misuse('no project: set option project or SCOPS_PROJECT');
  if (password === undefined || password === '') throw misuse('no password: set option password or SCOPS_PASSWORD');
  const login = Buffer.from(`${project}:${password}`, 'utf8').toString('base64');
  redactor.add(password, login);
  if (!isProjectCode(project))
    throw misuse(
      `the project code ${JSON.stringify(redactor.text(project))} must be letters, digits and single underscores, such as GB13_08 (option project or SCOPS_PROJECT)`,
    );
  const shared = resolveClient(options, { centre: CENTRE, baseUrlVariable: VARIABLES.baseUrl }, redactor);
  requireSecure(shared.baseUrl, options.allowInsecure);
  const { serverTimeZone, confirmSpacingMs = DEFAULT_CONFIRM_SPACING_MS } = options;
  if (serverTimeZone !== undefined && !isTimeZone(serverTimeZone))
    throw misuse('option serverTimeZone must be the IANA name of a time zone, such as Europe/London');
  if (!Number.isFinite(confirmSpacingMs) || confirmSpacingMs < 0)
    throw misuse('option confirmSpacingMs must be a number of milliseconds, 0 or more');
  const authorization = `Basic ${login}`;
  const transport = new Transport({
    ...shared,
    credentialLayer: CREDENTIAL_LAYER,
    authorize: (headers) => {
      headers.authorization = authorization;
    },
    prepare: () => Promise.all([pageParser(), zodLibrary()]),
  });
  return {
    transport,
    project,
    serverTimeZone,
    confirmSpacingMs,
    local: LOOPBACK.test(shared.baseUrl.hostname),
    memory: { known: recent(), details: recent(), confirmed: recent(), reuploaded: recent() },
  };
}

function recent<V>(): RecentMap<V> {
  return new RecentMap(1000);
}

/** The same for a client that shares session and connections with another one. */
export function shareContext(context: ScopsContext, options: SharedClientOptions): ScopsContext {
  const transport = context.transport.with(resolveSharing(options, context.transport.settings));
  return { ...context, transport };
}

/** The password travels with each request, readable to everybody on the way of plain http (pitfall 7). */
function requireSecure(baseUrl: URL, allowInsecure: boolean | undefined): void {
  if (baseUrl.protocol === 'https:' || allowInsecure === true || LOOPBACK.test(baseUrl.hostname)) return;
  throw misuse(
    `the base URL must be https, since the password travels with each request (option baseUrl or SCOPS_BASE_URL); option allowInsecure: true allows plain http to ${baseUrl.host}`,
  );
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function misuse(message: string): ConfigError {
  return new ConfigError(message, new Arguments('scops.client').init);
}
