import { NotFoundError, PageNotAccessible, RejectedError, RemoteFileNotFound, SdcError } from '../errors.js';
import { parseJson } from '../core/util/json.js';
import type { ErrorResponse } from '../core/http/response.js';
import { isRecord } from '../core/util/records.js';

/**
 * The service's own words in a failed answer: a problem document (connexion, RFC 7807), or the `{message}` of the
 * project's base class, which arrives as `text/html`. `undefined` where there are none.
 */
export function problemWords(text: string): string | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return undefined;
  try {
    return messageOf(parseJson(trimmed));
  } catch {
    return undefined;
  }
}

/** The words of a JSON value that reports a problem; `undefined` when it is something else. */
export function messageOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const { message, detail, title } = value;
  for (const words of [detail, message, title]) {
    if (typeof words === 'string' && words.trim() !== '') return words.trim().split('\n', 3).join(' ').slice(0, 300);
  }
  return undefined;
}

/** Errors for failed answers that hold the service's words; others are left to the transport. */
export function mapProblem(failed: ErrorResponse): SdcError | undefined {
  const words = problemWords(failed.text);
  if (words === undefined) return undefined;
  const { status, url } = failed;
  const init = { ...failed.init, bodyExcerpt: words };
  if (status === 400 || status === 422)
    return new RejectedError(`the HMI service refuses the request: ${words}`, { ...init, messages: [words] });
  if (status === 404 || status === 410) return new NotFoundError(`nothing found at ${url} (${status}): ${words}`, init);
  if (status === 405 || status >= 500)
    return new PageNotAccessible(`${url} answered ${status}: ${words}`, { ...init, retryable: status >= 500 });
  return undefined;
}

/** The same for a file: 404 is {@link RemoteFileNotFound}, in words that name the record and segment where they are known. */
export function mapFileProblem(file: string, title = ''): (failed: ErrorResponse) => SdcError | undefined {
  return (failed) => {
    if (failed.status !== 404 && failed.status !== 410) return mapProblem(failed);
    const words = problemWords(failed.text);
    return new RemoteFileNotFound(
      `the HMI service has no file ${file}${title === '' ? '' : ` (${title})`}${words === undefined ? '' : `: ${words}`}`,
      { ...failed.init, file },
    );
  };
}

/** How a service that takes one record number only may refuse several; a 500 of it is a lasting fault, not a passing one. */
const BATCH_REFUSALS = new Set([400, 404, 405, 414, 422, 500, 501]);

/** Whether the answer to a batch of record numbers is to be read: it succeeded, or may refuse a batch as such. */
export function answersBatch(status: number): boolean {
  return (status >= 200 && status < 300) || BATCH_REFUSALS.has(status);
}

/** Whether an error says that no service answers there, or that it is out of order. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof SdcError && ['network', 'timeout', 'server'].includes(error.code);
}
