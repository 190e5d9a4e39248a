import { resolveClient, resolveSharing } from '../core/config/client.js';
import { pageParser } from '../core/html/page.js';
import { Redactor } from '../core/redact/redactor.js';
import { Transport } from '../core/http/transport.js';
import { Operation } from '../core/operation/operation.js';
import { ClientCookies } from '../core/session/jar.js';
import { Session } from '../core/session/session.js';
import { Mutex } from '../core/util/locks.js';
import { RecentMap } from '../core/util/recent.js';
import { zodLibrary } from '../core/validate/schema.js';
import type { SharedClientOptions } from '../types.js';
import { CENTRE, CREDENTIAL_LAYERS, VARIABLES, VISIBLE_PARAMETERS } from './centre.js';
import type { SccContext } from './context.js';
import { Reruns } from './processing/reruns.js';
import { BASE_URL } from './routes.js';
import { resolveCredentials } from './session/credentials.js';
import { logIn } from './session/log-in.js';
import type { SccCredentials, SccOptions } from './types.js';

/** Archives are made when they are asked for, which may take minutes. */
const PRODUCT_TIMEOUT_MS = 300_000;

/**
 * What the calls of a client share, from its options.
 *
 * @throws {@link ConfigError} when a login is missing or a setting is out of bounds.
 */
export function createContext(given: SccCredentials | undefined, options: SccOptions): SccContext {
  const credentials = resolveCredentials(given);
  const redactor = new Redactor(VISIBLE_PARAMETERS);
  const { httpAuthUser, httpAuthPassword } = credentials;
  const basic = Buffer.from(`${httpAuthUser}:${httpAuthPassword}`, 'utf8').toString('base64');
  redactor.add(httpAuthPassword, credentials.password, basic);
  const shared = resolveClient(
    options,
    { centre: CENTRE, baseUrlVariable: VARIABLES.baseUrl, baseUrl: BASE_URL },
    redactor,
  );
  const cookies = new ClientCookies(redactor, { centre: CENTRE, operation: 'scc.login' });
  const transport = new Transport({
    ...shared,
    credentialLayer: CREDENTIAL_LAYERS.httpAuth,
    authorize: (headers) => {
      headers.authorization = `Basic ${basic}`;
    },
    wrapHandler: (handler) => cookies.wrap(handler),
    prepare: () => Promise.all([pageParser(), zodLibrary()]),
  });
  const session = new Session(shared.lifetime, (signal, publicCall) =>
    logIn(new Operation('scc.login', { transport, cookies }, { signal }, { uncounted: true, publicCall }), credentials),
  );
  return {
    transport,
    cookies,
    session,
    userNames: [httpAuthUser, credentials.username],
    reruns: new Reruns(),
    changed: new RecentMap(10_000),
    unsettled: new RecentMap(1000),
    adminWork: new Mutex(),
    productTimeoutMs: options.timeoutMs === undefined ? PRODUCT_TIMEOUT_MS : undefined,
  };
}

/** The same for a client that shares session and connections with another one. */
export function shareContext(context: SccContext, options: SharedClientOptions): SccContext {
  const transport = context.transport.with(resolveSharing(options, context.transport.settings));
  const productTimeoutMs = options.timeoutMs === undefined ? context.productTimeoutMs : undefined;
  return { ...context, transport, productTimeoutMs };
}
