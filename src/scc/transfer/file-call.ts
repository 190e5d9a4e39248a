import type { OwnRequest } from '../../core/operation/operation.js';
import type { SccOperation } from '../context.js';

/** The request for a file of the site. */
export function fileCall(op: SccOperation, url: string | URL): OwnRequest {
  return { url, bulk: true, headers: { accept: '*/*' }, timeoutMs: op.context.productTimeoutMs };
}
