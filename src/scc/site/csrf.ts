import type { Operation } from '../../core/operation/operation.js';
import { COOKIES } from '../centre.js';
import type { LoginContext } from '../context.js';

/** The token that Django wants with every POST, as the jar has it for an address. */
export function csrfToken(op: Operation<LoginContext>, url = op.http.baseUrl): Promise<string | undefined> {
  return op.context.cookies.value(url, COOKIES.csrf);
}

/** The headers of a POST that Django's check passes. */
export function csrfHeaders(url: URL, token: string): Readonly<Record<string, string>> {
  return { 'x-csrftoken': token, referer: url.href, origin: url.origin };
}
