import { NetworkError, UnexpectedResponse } from '../errors.js';
import type { Answer, AnswerHead, Call } from '../core/http/call.js';
import { safeExcerpt } from '../core/http/failures.js';
import { parseJson } from '../core/http/json.js';
import type { Operation, OwnRequest } from '../core/operation/operation.js';
import type { Transport } from '../core/http/transport.js';
import { resolveRedirect, type LinkSettings } from './links/resolve-link.js';
import type { RateLimiter } from '../core/util/locks.js';

/** What all calls of one client share. */
export interface HmiContext {
  readonly transport: Transport;
  readonly links: LinkSettings;
  readonly rateLimiter: RateLimiter;
  /** The caller set no `timeoutMs`, so calls that are known to be slow may wait longer than the default. */
  readonly hasDefaultTimeout: boolean;
}

/** A public call of this room. */
export type HmiOperation = Operation<HmiContext>;

/**
 * A request whose redirects are followed under the rules for links: the service must not send the client to a host that it
 * would not contact by itself.
 */
export function withinLinks<R extends OwnRequest | Call>(op: HmiOperation, request: R): R {
  return {
    ...request,
    redirect: (from: URL, location: string) => {
      const target = resolveRedirect(from.href, location, op.context.links);
      return 'url' in target ? target.url : `redirects to an address that is not followed: ${target.refused}`;
    },
  };
}

/** The answer as JSON, whatever its content type says: the service labels some JSON as HTML. */
export function readJson(op: HmiOperation, request: OwnRequest): Promise<unknown> {
  const headers = { accept: 'application/json', ...request.headers };
  return op.send(withinLinks(op, { ...request, headers }), async (answer: Answer) =>
    parseAnswer(op, answer, await answer.text()),
  );
}

function parseAnswer(op: HmiOperation, answer: AnswerHead, text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    const init = op.initAt(answer);
    if (isCutOff(text))
      throw new NetworkError('the answer broke off within its JSON; try again, or ask for shorter slices', init);
    const bodyExcerpt = safeExcerpt(text, op.redactor);
    throw new UnexpectedResponse(
      `expected JSON, but the answer (${answer.contentType ?? 'no content type'}) begins: ${bodyExcerpt.slice(0, 120) || '(empty)'}; is baseUrl the HMI service?`,
      { ...init, bodyExcerpt },
    );
  }
}

/** Without `Content-Length` a broken connection looks like the end of the body: JSON that is never closed was cut. */
function isCutOff(text: string): boolean {
  const trimmed = text.trim();
  return (trimmed.startsWith('[') && !trimmed.endsWith(']')) || (trimmed.startsWith('{') && !trimmed.endsWith('}'));
}
