import { UnexpectedResponse } from '../../../errors.js';
import { addressOf, encodeBody, type Method, type RedirectPolicy } from '../request.js';
import type { HttpResponse } from '../response.js';
import type { HandlerRequest } from '../handlers/handler.js';
import type { Attempt } from './attempt.js';
import { sendWithinLimits } from './deadline.js';

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
interface Hop {
  readonly url: URL;
  readonly method: Method;
  readonly keepBody: boolean;
}

/** An answer that leads nowhere else, and where it came from. */
export interface FinalResponse {
  readonly answer: HttpResponse;
  readonly url: URL;
}

/**
 * Sends a request and follows its redirects as the call allows: at most {@link MAX_REDIRECTS}, to other origins without
 * credentials of any kind, and without data that was not meant for them.
 *
 * @throws {@link UnexpectedResponse} for a redirect that must not be followed, and whatever the layer below throws.
 */
export async function followRedirects(attempt: Attempt): Promise<FinalResponse> {
  const { call, settings, changing } = attempt;
  const { redactor } = settings;
  const encoded = call.body === undefined ? undefined : encodeBody(call.body);
  let headers: Record<string, string> = { 'user-agent': settings.userAgent, ...encoded?.headers, ...call.headers };
  let hop: Hop = { url: addressOf(call, settings.baseUrl), method: call.method ?? 'GET', keepBody: true };
  let crossedOrigin = false;
  // What may act at the centre: the first request, and those that send the same again.
  let acting = changing;
  for (let hops = 0; ; hops += 1) {
    const { url, method } = hop;
    const body = hop.keepBody ? encoded?.body : undefined;
    if (!hop.keepBody) headers = withoutBodyHeaders(headers);
    const ownOrigin = !crossedOrigin && call.anonymous !== true && url.origin === settings.baseUrl.origin;
    const sent = {
      method,
      headers: { ...headers },
      redirect: 'manual' as const,
      ...(body !== undefined && { body }),
      ...((attempt.turn.last || changing !== undefined) && { once: true }),
    };
    if (ownOrigin) settings.authorize?.(sent.headers, call);
    redactor.addAddress(url);
    const answer = await sendWithinLimits(attempt, { url, sent, ownOrigin, first: hops === 0, acting });
    const { status } = answer;
    if (status >= 400 && status < 500) acting?.notTaken();
    if (!isRedirect(status) || call.redirect === 'manual' || call.accept?.(status) === true) return { answer, url };
    const policy = typeof call.redirect === 'function' ? call.redirect : undefined;
    const next = nextHop(url, status, answer.headers.get('location'), sent, policy);
    await answer.discard();
    const refuse = (words: string): never => {
      throw new UnexpectedResponse(words, { ...attempt.init(url), status });
    };
    if (typeof next === 'string') return refuse(`${redactor.url(url)} ${redactor.text(next)}`);
    if (hops >= MAX_REDIRECTS)
      return refuse(`more than ${MAX_REDIRECTS} redirects, the last to ${redactor.url(next.url)}`);
    if (next.url.origin !== url.origin) {
      crossedOrigin = true;
      headers = harmlessHeaders(headers);
    }
    // 307 and 308 ask to send the same elsewhere, so it was not done here; after the others it may have been.
    if (status === 307 || status === 308) acting?.notTaken();
    else acting = undefined;
    hop = { ...next, keepBody: next.keepBody && hop.keepBody };
  }
}

function withoutBodyHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.toLowerCase().startsWith('content-')));
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
  request: Pick<HandlerRequest, 'method' | 'body'>,
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
function harmlessHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name.toLowerCase())));
}
