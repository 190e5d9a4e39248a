import type { HttpRequest } from '../../core/http/request.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import type { HmiOperation } from '../context.js';
import { resolveRedirect } from './resolve-link.js';

/**
 * A request whose redirects are followed under the rules for links: the service must not send the client to a host that it
 * would not contact by itself.
 */
export function withinLinks<R extends OwnRequest | HttpRequest>(op: HmiOperation, request: R): R {
  return {
    ...request,
    redirect: (from: URL, location: string) => {
      const target = resolveRedirect(from.href, location, op.context.links);
      return 'url' in target ? target.url : `redirects to an address that is not followed: ${target.refused}`;
    },
  };
}
