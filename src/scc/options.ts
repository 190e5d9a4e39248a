import { resolveClient } from '../core/config/client.js';
import { pageParser } from '../core/html/page.js';
import { Redactor } from '../core/redact/redactor.js';
import { Transport } from '../core/http/transport.js';
import { Operation } from '../core/operation/operation.js';
import { ClientCookies } from '../core/session/jar.js';
import { Session } from '../core/session/session.js';
import { Mutex } from '../core/util/locks.js';
import { zodLibrary } from '../core/validate/schema.js';
import { CENTRE, CREDENTIAL_LAYERS, VARIABLES, VISIBLE_PARAMETERS } from './centre.js';
import type { SccContext } from './context.js';
import { Changes } from './processing/changes.js';
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
  const session = new Session(shared.lifetime, (signal) =>
    logIn(new Operation('scc.login', { transport, cookies }, { signal }), credentials),
  );
  return {
    transport,
    cookies,
    session,
    reruns: new Reruns(),
    changes: new Changes(),
    unsettled: new Map(),
    adminWork: new Mutex(),
    productTimeoutMs: options.timeoutMs === undefined ? PRODUCT_TIMEOUT_MS : undefined,
  };
}
