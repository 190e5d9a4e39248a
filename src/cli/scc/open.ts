import type { SCC, SccCredentials } from '../../scc/index.js';
import type { ClientOptions } from '../../types.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import { UsageError } from '../command/usage-error.js';

/** Works with the SCC, logged in with what is set; the session ends with the work. */
export async function withScc<T>(context: Context, work: (scc: SCC) => Promise<T>): Promise<T> {
  const scc = await openScc(context, credentialsOf(context));
  try {
    return await work(scc);
  } finally {
    await scc.close();
  }
}

/** A client with the given logins. */
export async function openScc({ settings, client }: Context, credentials: SccCredentials): Promise<SCC> {
  const { SCC: Client } = await import('../../scc/index.js');
  const options: ClientOptions = { ...client, ...defined({ baseUrl: settings.get('scc.base_url') }) };
  return new Client(credentials, options);
}

function credentialsOf({ settings }: Context): SccCredentials {
  const parts = {
    httpAuthUser: settings.get('scc.http_auth_user') ?? '',
    httpAuthPassword: settings.get('scc.http_auth_password') ?? '',
    username: settings.get('scc.username') ?? '',
    password: settings.get('scc.password') ?? '',
  };
  if (Object.values(parts).every((part) => part !== '')) return parts;
  throw new UsageError(
    'the SCC needs two logins: run "sdc scc login", or set SCC_HTTP_AUTH_USER, SCC_HTTP_AUTH_PASSWORD, SCC_USERNAME and SCC_PASSWORD',
  );
}
