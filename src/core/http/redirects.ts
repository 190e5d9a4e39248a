import type { Method, RedirectPolicy } from './call.js';
import type { WireRequest } from './wire.js';

/** More redirects than this are taken for a loop. */
export const MAX_REDIRECTS = 5;
const STATUSES = new Set([301, 302, 303, 307, 308]);
/** What may travel to another origin: nothing that could hold a credential of any kind. */
const HARMLESS = new Set([
  'accept',
  'accept-encoding',
  'content-type',
  'content-length',
  'if-range',
  'range',
  'user-agent',
]);

/** Where a redirect leads, and with which method and body. */
export interface Hop {
  readonly url: URL;
  readonly method: Method;
  readonly keepBody: boolean;
}

/** Whether the status is a redirect that can be followed. */
export function isRedirect(status: number): boolean {
  return STATUSES.has(status);
}

/**
 * The next request after a redirect (RFC 9110 section 15.4): 303 becomes a GET, 301 and 302 turn a POST into a GET,
 * 307 and 308 keep method and body. A streamed PUT is sent on by 307 and 308 only, and no body to another origin.
 *
 * @returns a text that says what is wrong where the redirect must not be followed.
 */
export function nextHop(
  from: URL,
  status: number,
  location: string | null,
  request: Pick<WireRequest, 'method' | 'body'>,
  policy: RedirectPolicy = anyHost,
): Hop | string {
  if (location === null || location === '') return `answered ${status} without a Location header`;
  if (!URL.canParse(location, from.href)) return `answered ${status} with an unreadable Location header`;
  const url = policy(from, location);
  if (typeof url === 'string') return url;
  const { method, body } = request;
  const keeps = status === 307 || status === 308;
  // After another status nobody knows where the file belongs, and a GET that succeeds would tell nothing of it.
  if (method === 'PUT' && typeof body === 'object' && !keeps)
    return `redirects the upload with ${status}, which does not say that it may be sent on (only 307 and 308 do)`;
  const toGet = status === 303 ? method !== 'HEAD' : (status === 301 || status === 302) && method === 'POST';
  if (toGet) return { url, method: 'GET', keepBody: false };
  // Data goes only where the caller sent it. A room whose centre hands uploads on to others judges their addresses itself
  // (IMAP: a new bucket answers 307 to a presigned PUT).
  if (body !== undefined && url.origin !== from.origin) return `redirects the sent data to another host (${url.host})`;
  return { url, method, keepBody: true };
}

/** Any host, but not less safely than before. */
function anyHost(from: URL, location: string): URL | string {
  const url = new URL(location, from.href);
  url.username = '';
  url.password = '';
  url.hash = '';
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return `redirects to the scheme "${url.protocol.slice(0, 20)}"`;
  if (from.protocol === 'https:' && url.protocol === 'http:') return `redirects from https to plain http (${url.host})`;
  return url;
}

/** The headers that may go along to another origin. */
export function harmlessHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name.toLowerCase())));
}
