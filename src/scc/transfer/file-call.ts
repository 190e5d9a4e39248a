import type { Call } from '../../core/http/call.js';
import type { SccOperation } from '../context.js';

/** The request for a file of the site. */
export function fileCall(op: SccOperation, url: string | URL): Call {
  return { operation: op.name, url, bulk: true, headers: { accept: '*/*' }, timeoutMs: op.context.productTimeoutMs };
}
