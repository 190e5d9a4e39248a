import { messageOf, restated } from '../../errors.js';
import { isSdcError, PageNotAccessible, TimeoutError, type SdcError } from '../../../errors.js';

/** Statuses of a server that could not put a large answer together (6 MB, about 30 s). */
const STATUSES = new Set([413, 500, 502, 503, 504]);

/** Whether a failed query may have asked for too much at once. */
export function isTooLarge(error: unknown): error is SdcError {
  if (!isSdcError(error) || error.code === 'rate-limited') return false;
  return error.code === 'timeout' || isCutOff(error) || (error.status !== undefined && STATUSES.has(error.status));
}

/** Whether the failure says by itself that the server is there and the answer was too long. */
export function isSurelyTooLarge(error: SdcError): boolean {
  return error.status === 413 || isCutOff(error);
}

/** A body that ends early, or a list whose end is missing. */
function isCutOff(error: SdcError): boolean {
  if (error.code === 'transfer') return true;
  return error.code === 'unexpected-response' && error.status === 200 && (error.bodyExcerpt ?? '').startsWith('[');
}

/** The error for a query that cannot be divided further; `span` says for what, in words. */
export function narrowIt(error: SdcError, span: string, advice: string): SdcError {
  const { status, url, bodyExcerpt } = error;
  const said = status === undefined ? 'no answer in time' : `${status}: ${messageOf(bodyExcerpt ?? '').slice(0, 100)}`;
  const words = `the Science Data Center could not answer ${span} (${said}), which cannot be divided further. It may be more than the server can send at once: narrow the query with ${advice}, or try again later`;
  if (status === undefined || url === undefined)
    return new TimeoutError(words, { ...restated(error), status: undefined });
  return new PageNotAccessible(words, { ...restated(error), status, url });
}
