import { Operation } from '../../core/operation/operation.js';
import { every } from '../../core/util/time.js';
import type { SccContext } from '../context.js';
import { reasonOf } from '../errors.js';
import { API_MEASUREMENTS_ROUTE } from '../routes.js';
import { getJson } from '../site/get-page.js';

const KEEP_ALIVE_MS = 300_000;

/** Asks the site for something every five minutes while there is a session; the result stops it. */
export function keepAlive(context: SccContext): () => void {
  return every(KEEP_ALIVE_MS, async () => {
    if (!context.session.isOpen || context.transport.lifetime.closed) return;
    const op = new Operation('scc.keepAlive', context);
    try {
      await getJson(op, { url: API_MEASUREMENTS_ROUTE, query: [['limit', '1']] });
    } catch (error) {
      op.warn('the request failed', reasonOf(error));
    }
  });
}
