import { resolveClient } from '../../core/config/client.js';
import { pageParser } from '../../core/html/page.js';
import { Redactor } from '../../core/http/redact.js';
import { Transport } from '../../core/http/transport.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { Operation } from '../../core/operation/operation.js';
import { ClientCookies } from '../../core/session/jar.js';
import { Session } from '../../core/session/session.js';
import { zodLibrary } from '../../core/validate/schema.js';
import { every } from '../../core/util/every.js';
import { Mutex } from '../../core/util/locks.js';
import type { CallOptions } from '../../types.js';
import { HARMLESS_PARAMETERS } from '../centre.js';
import { SccConnection, type SccOperation } from '../context.js';
import { logIn, logOut, type LoginContext } from './login.js';
import { reasonOf } from '../site/outcome-unknown.js';
import { resolveCredentials } from '../options.js';
import type { SccCredentials, SccOptions } from '../types.js';
import { PATHS } from '../routes.js';

const KEEP_ALIVE_MS = 300_000;
const LOGOUT_MS = 10_000;
/** Archives are made when they are asked for, which may take minutes. */
const PRODUCT_TIMEOUT_MS = 300_000;

/** The life of one SCC client: its settings, its session, and the end of both. */
export class SccLife {
  readonly connection: SccConnection;
  readonly #adminWork = new Mutex();
  readonly #stopKeepAlive: () => void;
  #closing: Promise<void> | undefined;

  constructor(given: SccCredentials | undefined, options: SccOptions) {
    const credentials = resolveCredentials(given);
    const redactor = new Redactor(HARMLESS_PARAMETERS);
    const { httpAuthUser, httpAuthPassword } = credentials;
    const basic = Buffer.from(`${httpAuthUser}:${httpAuthPassword}`, 'utf8').toString('base64');
    redactor.add(httpAuthPassword, credentials.password, basic);
    const shared = resolveClient(
      options,
      { centre: 'scc', baseUrlVariable: 'SCC_BASE_URL', baseUrl: 'https://scc.imaa.cnr.it/' },
      redactor,
    );
    const cookies = new ClientCookies(redactor, { centre: 'scc', operation: 'scc.login' });
    const transport = new Transport({
      ...shared,
      credentialLayer: 'site',
      authorize: (headers) => {
        headers.authorization = `Basic ${basic}`;
      },
      wrapWire: (wire) => cookies.wrap(wire),
      prepare: () => Promise.all([pageParser(), zodLibrary()]),
    });
    const session = new Session(shared.lifetime, (signal) =>
      logIn(new Operation('scc.login', { transport, cookies }, { signal }), credentials),
    );
    this.connection = new SccConnection(transport, cookies, session, {
      productTimeoutMs: options.timeoutMs === undefined ? PRODUCT_TIMEOUT_MS : undefined,
    });
    this.#stopKeepAlive = options.keepAlive === true ? every(KEEP_ALIVE_MS, () => this.#look()) : () => undefined;
  }

  async login(op: SccOperation): Promise<void> {
    op.assertOpen();
    op.signal?.throwIfAborted();
    // The session that is given up must not stay open on the server.
    if (this.connection.session.isOpen) await this.logout(op).catch((error: unknown) => notEnded(op, error));
    op.signal?.throwIfAborted();
    await this.connection.session.renew(op.signal, op.name);
  }

  async logout(op: SccOperation): Promise<void> {
    op.assertOpen();
    const { session } = this.connection;
    if (!session.isOpen) return;
    await logOut(this.#leaving(op.callOptions));
    session.end();
  }

  /** Admin operations tell their outcome by messages of the session: two at a time would read each other's. */
  oneAtATime<T>(op: SccOperation, work: (delivery: Delivery) => Promise<T>): Promise<T> {
    return op.changing((delivery) => this.#adminWork.run(() => work(delivery), op.signal));
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    const { session, transport, cookies } = this.connection;
    this.#stopKeepAlive();
    transport.lifetime.end();
    try {
      await session.settled();
      if (session.isOpen) await logOut(this.#leaving({ signal: AbortSignal.timeout(LOGOUT_MS) }), true);
    } catch (error) {
      notEnded(new Operation('scc.close', this.connection), error);
    } finally {
      session.end();
      transport.close();
      await cookies.clear();
    }
  }

  #leaving(options: CallOptions): Operation<LoginContext> {
    return new Operation('scc.logout', this.connection, options);
  }

  async #look(): Promise<void> {
    const { session, transport } = this.connection;
    if (!session.isOpen || transport.lifetime.closed) return;
    const op = new Operation('scc.keepAlive', this.connection);
    try {
      await this.connection.json(op, { url: PATHS.apiMeasurements, query: [['limit', '1']] });
    } catch (error) {
      op.warn('the look failed', reasonOf(error));
    }
  }
}

function notEnded(op: SccOperation, error: unknown): void {
  op.warn('the session could not be ended on the server', reasonOf(error));
}
