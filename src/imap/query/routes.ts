import type { Call } from '../../core/http/call.js';
import { isMissingRoute } from '../answers.js';
import type { ImapContext } from '../context.js';

/**
 * Sends a call that some servers answer below another name, or without a credential only: each is tried where the one before
 * does not exist. No credential goes to the public route.
 */
export async function askRoute<T>(
  { settings }: ImapContext,
  call: Omit<Call, 'url'>,
  routes: readonly string[],
  send: (call: Call) => Promise<T>,
): Promise<T> {
  const own = routes.map((url): Call => ({ ...call, url }));
  const open = routes.map((url): Call => ({ ...call, url: new URL(url, settings.publicUrl), anonymous: true }));
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
