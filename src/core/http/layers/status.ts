import type { SdcErrorInit } from '../../../errors.js';
import { now } from '../../util/time.js';
import type { HttpResponse, ErrorResponse, ResponseHeaders } from '../response.js';
import { errorForStatus, rateLimited, TransientError, safeExcerpt } from '../errors.js';
import { isRetryableStatus, MAX_RETRY_AFTER_MS, retryAfterMs } from '../../retry/retry-timing.js';
import type { Attempt } from './attempt.js';
import { isRedirect, type FinalResponse } from './redirect.js';

const EXCERPT_BYTES = 65_536;
const READ_BYTES = 2 * EXCERPT_BYTES;
const EXCERPT_MS = 5_000;
/** Under these names servers tell which request of theirs it was. */
const REQUEST_ID_HEADERS = ['x-request-id', 'x-amzn-requestid', 'x-amz-request-id', 'apigw-requestid'] as const;

/**
 * Passes on a response whose status the call accepts.
 *
 * @throws the error that its status means to the call, else to the client, else to HTTP; inside {@link TransientError} where
 * the next attempt may succeed.
 */
export async function requireAccepted(attempt: Attempt, { answer, url }: FinalResponse): Promise<HttpResponse> {
  const { changing } = attempt;
  if (isAccepted(attempt, answer.status)) {
    attempt.handOver();
    return answer;
  }
  const delivered = changing?.mayBeTaken === true && !changing.repeatable ? 'maybe' : undefined;
  throw await failureOf(attempt, answer, { ...attempt.init(url), delivered });
}

function isAccepted({ call }: Attempt, status: number): boolean {
  if (call.accept !== undefined) return call.accept(status);
  return (status >= 200 && status < 300) || (call.redirect === 'manual' && isRedirect(status));
}

async function failureOf(attempt: Attempt, answer: HttpResponse, base: SdcErrorInit): Promise<Error> {
  const { call, settings } = attempt;
  const { status, headers } = answer;
  const { redactor } = settings;
  const body = await readExcerpt(answer);
  // Cut after it is clean: a secret that the limit cuts in two would show its beginning.
  const text = redactor.page(body).slice(0, EXCERPT_BYTES);
  const requestId = requestIdOf(headers);
  const url = redactor.url(answer.url);
  // Within a tunnel nobody but the centre can answer.
  const via = answer.url.startsWith('http:') ? attempt.via(new URL(answer.url)) : '';
  const init = {
    ...base,
    status,
    url,
    bodyExcerpt: safeExcerpt(body, redactor),
    requestId: requestId === undefined ? undefined : redactor.text(requestId),
  };
  const failed: ErrorResponse = { status, headers, url, via, text, init };
  const waitMs = status === 429 || status === 503 ? retryAfterMs(headers.get('retry-after'), now()) : undefined;
  if (waitMs !== undefined && waitMs > MAX_RETRY_AFTER_MS) return rateLimited(failed, waitMs);
  const error =
    call.mapError?.(failed) ?? settings.mapError?.(failed) ?? errorForStatus(failed, settings.credentialLayer);
  return isRetryableStatus(status) ? new TransientError(error, false, waitMs) : error;
}

/** What the server calls the request that it answered. */
export function requestIdOf(headers: Pick<ResponseHeaders, 'get'>): string | undefined {
  return REQUEST_ID_HEADERS.map((name) => headers.get(name)).find((id) => id !== null) ?? undefined;
}

/** The start of a failed answer's body; whatever goes wrong with it must not hide the failure itself. */
async function readExcerpt(answer: HttpResponse): Promise<string> {
  const stream = answer.stream();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const timer = setTimeout(() => stream.destroy(), EXCERPT_MS);
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) break;
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes >= READ_BYTES) break;
    }
  } catch {
    // the status says enough
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, READ_BYTES));
}
