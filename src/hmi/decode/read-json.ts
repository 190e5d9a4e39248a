import { NetworkError, UnexpectedResponse } from '../../errors.js';
import type { ResponseHead } from '../../core/http/response.js';
import { safeExcerpt } from '../../core/http/errors.js';
import { parseJson } from '../../core/util/json.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import type { HmiOperation } from '../context.js';
import { withinLinks } from '../links/within-links.js';

/** Sends a request and reads its answer as JSON, whatever its content type says: the service labels some JSON as HTML. */
export function readJson(op: HmiOperation, request: OwnRequest): Promise<unknown> {
  const headers = { accept: 'application/json', ...request.headers };
  return op.send(withinLinks(op, { ...request, headers }), async (answer) =>
    parseAnswer(op, answer, await answer.text()),
  );
}

function parseAnswer(op: HmiOperation, answer: ResponseHead, text: string): unknown {
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
