import type { HmiOperation } from '../context.js';
import { isUnreachable } from '../errors.js';
import { withinLinks } from '../links/resolve-link.js';
import { UI_ROUTE } from '../routes.js';

/** Whether something answers; its own 404 is an answer. */
export async function isAlive(op: HmiOperation): Promise<boolean> {
  const request = withinLinks(op, { url: UI_ROUTE, safeToRetry: false, accept: (status: number) => status < 500 });
  try {
    return await op.send(request, () => Promise.resolve(true));
  } catch (error) {
    if (isUnreachable(error)) return false;
    throw error;
  }
}
