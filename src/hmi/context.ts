import { NetworkError, UnexpectedResponse } from '../errors.js';
import type { Answer, Call } from '../core/http/call.js';
import { safeExcerpt } from '../core/http/failures.js';
import { parseJson } from '../core/http/json.js';
import { isRedirect, MAX_REDIRECTS } from '../core/http/redirects.js';
import type { Transport } from '../core/http/transport.js';
import { resolveRedirect, type LinkSettings } from './links.js';
import type { Pace } from './pace.js';

/** What all calls of one client share. */
export interface HmiContext {
  readonly transport: Transport;
  readonly links: LinkSettings;
  readonly pace: Pace;
  /** The caller set no `timeoutMs`, so calls that are known to be slow may wait longer than the default. */
  readonly patient: boolean;
}

interface Hop {
  readonly from: string;
  readonly location: string | null;
}

/**
 * Sends a call and reads its answer. Redirects are followed under the rules for links: the service must not send the
 * client to a host that it would not contact by itself.
 */
export async function sendWithin<T>(context: HmiContext, call: Call, read: (answer: Answer) => Promise<T>): Promise<T> {
  let next = manual(call, context);
  for (let hops = 0; ; hops += 1) {
    const outcome = await context.transport.send(next, async (answer) =>
      isRedirect(answer.status) ? hopOf(answer) : { value: await read(answer) },
    );
    if ('value' in outcome) return outcome.value;
    next = afterHop(context, next, outcome, hops);
  }
}

/** The same for a body that is left to the caller. */
export async function openWithin(context: HmiContext, call: Call): Promise<Answer> {
  let next = manual(call, context);
  for (let hops = 0; ; hops += 1) {
    const answer = await context.transport.open(next);
    if (!isRedirect(answer.status)) return answer;
    const hop = hopOf(answer);
    await answer.discard();
    next = afterHop(context, next, hop, hops);
  }
}

/** The answer as JSON, whatever its content type says: the service labels some JSON as HTML. */
export function jsonWithin(context: HmiContext, call: Call): Promise<unknown> {
  const headers = { accept: 'application/json', ...call.headers };
  return sendWithin(context, { ...call, headers }, async (answer) =>
    readJson(context, call, answer, await answer.text()),
  );
}

function readJson({ transport }: HmiContext, call: Call, answer: Answer, text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    if (isCutOff(text)) {
      const init = { ...transport.init(call), url: transport.redactor.url(answer.url), status: answer.status };
      throw new NetworkError('the answer broke off within its JSON; try again, or ask for shorter slices', init);
    }
    const excerpt = safeExcerpt(text, transport.redactor);
    const init = { ...transport.init(call), url: transport.redactor.url(answer.url) };
    throw new UnexpectedResponse(
      `expected JSON, but the answer (${answer.contentType ?? 'no content type'}) begins: ${excerpt.slice(0, 120) || '(empty)'}; is baseUrl the HMI service?`,
      { ...init, status: answer.status, bodyExcerpt: excerpt },
    );
  }
}

/** Without `Content-Length` a broken connection looks like the end of the body: JSON that is never closed was cut. */
function isCutOff(text: string): boolean {
  const trimmed = text.trim();
  return (trimmed.startsWith('[') && !trimmed.endsWith(']')) || (trimmed.startsWith('{') && !trimmed.endsWith('}'));
}

function manual(call: Call, { transport }: HmiContext): Call {
  const { accept, budget = { left: call.retries ?? transport.retries } } = call;
  const settings = { ...call, budget, redirect: 'manual' as const };
  return accept === undefined ? settings : { ...settings, accept: (status) => isRedirect(status) || accept(status) };
}

function hopOf(answer: Answer): Hop {
  return { from: answer.url, location: answer.headers.get('location') };
}

function afterHop({ transport, links }: HmiContext, call: Call, hop: Hop, hops: number): Call {
  const init = { ...transport.init(call), url: transport.redactor.url(hop.from) };
  if (hop.location === null) throw new UnexpectedResponse(`${init.url} redirects without saying where to`, init);
  if (hops >= MAX_REDIRECTS)
    throw new UnexpectedResponse(`more than ${MAX_REDIRECTS} redirects, from ${init.url}`, init);
  const target = resolveRedirect(hop.from, hop.location, links);
  if ('refused' in target)
    throw new UnexpectedResponse(`${init.url} redirects to an address that is not followed: ${target.refused}`, init);
  // The query went with the first address; the redirect names its own.
  return { ...call, query: [], url: target.url };
}
