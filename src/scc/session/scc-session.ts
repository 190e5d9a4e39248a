import { SCC } from '../client.js';
import type { SccCredentials, SccOptions } from '../types.js';

/**
 * A logged-in client, to be held with `await using`; or, with a third argument, a piece of work within a session that is
 * ended afterwards, whatever the work did. Ending it never hides the work's own error.
 *
 * @param credentials - Default: the environment.
 * @throws {@link ConfigError} when a login is missing, {@link WrongCredentials} when one is refused.
 * @example
 * ```ts
 * import { sccSession } from '@lab/sdc';
 *
 * await using scc = await sccSession();
 * console.log(await scc.queryMeasurements({ dateStart: '2021-06-01', dateEnd: '2021-07-01', station: 'aky' }).toArray());
 * ```
 * @example Where the compiler knows no await using, such as in notebooks
 * ```ts
 * import { sccSession } from '@lab/sdc';
 *
 * const measurement = await sccSession(undefined, {}, (scc) => scc.getMeasurement('20210601aky0930'));
 * ```
 */
export function sccSession(credentials?: SccCredentials, options?: SccOptions): Promise<SCC>;
export function sccSession<T>(
  credentials: SccCredentials | undefined,
  options: SccOptions,
  use: (scc: SCC) => Promise<T>,
): Promise<T>;
export async function sccSession<T>(
  credentials?: SccCredentials,
  options: SccOptions = {},
  use?: (scc: SCC) => Promise<T>,
): Promise<SCC | T> {
  if (use !== undefined && typeof use !== 'function') throw new TypeError('scc.session: use must be a function');
  const scc = new SCC(credentials, options);
  try {
    await scc.login();
    if (use === undefined) return scc;
  } catch (error) {
    await scc.close();
    throw error;
  }
  try {
    return await use(scc);
  } finally {
    await scc.close();
  }
}
