import { UnexpectedResponse } from '../../../errors.js';
import { addressOf, encodeBody, type Method, type RedirectPolicy } from '../request.js';
import { defined } from '../../util/defined.js';
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
  /** In place of those that the last request had. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A response that is not a redirect, and where it came from. */
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
  const always = { 'user-agent': settings.userAgent, ...encoded?.headers };
  let headers: Record<string, string> = { ...always, ...call.headers };
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
      body,
      once: attempt.turn.last || changing !== undefined,
    };
    if (ownOrigin) {
      settings.authorize?.(sent.headers, call);
      addOwn(sent.headers, settings.headers);
    }
    redactor.addAddress(url);
    attempt.exchanges(method, url);
    const answer = await sendWithinLimits(attempt, { url, sent, ownOrigin, first: hops === 0, acting });
    attempt.exchanges(method, url, answer);
    const { status } = answer;
    if (status >= 400 && status < 500) acting?.notTaken();
    if (!isRedirect(status) || call.redirect === 'manual') return { answer, url };
    const policy = typeof call.redirect === 'function' ? call.redirect : undefined;
    const location = answer.headers.get('location') ?? '';
    if (call.accept?.(status) === true && (policy === undefined || location === '')) return { answer, url };
    const next = await nextHop(url, status, location, sent, policy);
    if (next === undefined) return { answer, url };
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
    if (next.headers !== undefined) headers = { ...always, ...next.headers };
    // 307 and 308 ask to send the same elsewhere, so it was not done here; after the others it may have been.
    if (status === 307 || status === 308) acting?.notTaken();
    else acting = undefined;
    hop = { ...next, keepBody: next.keepBody && hop.keepBody };
  }
}

/** Adds the headers that the user wants at the centre, where the request has none of that name. */
function addOwn(headers: Record<string, string>, own: Readonly<Record<string, string>> = {}): void {
  const taken = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  for (const [name, value] of Object.entries(own)) if (!taken.has(name.toLowerCase())) headers[name] = value;
}

function withoutBodyHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.toLowerCase().startsWith('content-')));
}

export function isRedirect(status: number): boolean {
  return STATUSES.has(status);
}

/**
 * The next request after a redirect (RFC 9110 section 15.4): 303 becomes a GET, 301 and 302 turn a POST into a GET,
 * 307 and 308 keep method and body. A streamed PUT is sent on by 307 and 308 only, and no body to another origin.
 *
 * @returns a text that says what is wrong where the redirect must not be followed; nothing where it is the answer.
 */
export async function nextHop(
  from: URL,
  status: number,
  location: string,
  request: Pick<HandlerRequest, 'method' | 'body'>,
  policy: RedirectPolicy = anyHost,
): Promise<Hop | string | undefined> {
  if (location === '') return `answered ${status} without a Location header`;
  if (!URL.canParse(location, from.href)) return `answered ${status} with an unreadable Location header`;
  const step = await policy(from, location);
  if (step === undefined || typeof step === 'string') return step;
  const { url, headers } = step instanceof URL ? { url: step } : step;
  const { method, body } = request;
  const keeps = status === 307 || status === 308;
  // After another status it is unknown where the file belongs, and a GET that succeeds would say nothing about it.
  if (method === 'PUT' && typeof body === 'object' && !keeps)
    return `redirects the upload with ${status}, which does not allow sending it elsewhere (only 307 and 308 do)`;
  const toGet = status === 303 ? method !== 'HEAD' : (status === 301 || status === 302) && method === 'POST';
  if (toGet) return { url, method: 'GET', keepBody: false };
  // Data goes only where the caller sent it, unless its policy says more (IMAP: a new bucket answers 307 to a presigned PUT).
  if (body !== undefined && headers === undefined && url.origin !== from.origin)
    return `redirects the data that was sent to another host (${url.host})`;
  return { url, method, keepBody: true, ...defined({ headers }) };
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

function harmlessHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name.toLowerCase())));
}
