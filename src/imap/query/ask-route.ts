import type { OwnRequest } from '../../core/operation/operation.js';
import { isMissingRoute } from '../errors.js';
import type { ImapOperation } from '../context.js';

/**
 * Sends a request that some servers answer below another name, or without a credential only: each is tried where the one before
 * does not exist. No credential goes to the public route.
 */
export async function askRoute<T>(
  op: ImapOperation,
  request: Omit<OwnRequest, 'url'>,
  routes: readonly string[],
  send: (request: OwnRequest) => Promise<T>,
): Promise<T> {
  const { settings } = op.context;
  const own = routes.map((url): OwnRequest => ({ ...request, url }));
  const open = routes.map((url): OwnRequest => ({
    ...request,
    url: new URL(url, settings.publicUrl),
    anonymous: true,
  }));
  let missing: unknown;
  for (const each of settings.access === 'public' ? own : [...own, ...open]) {
    try {
      return await send(each);
    } catch (error) {
      if (!isMissingRoute(error)) throw error;
      missing ??= error;
    }
  }
  throw missing;
}
