import type { SdcError, SdcErrorInit } from '../../errors.js';
import { now } from '../util/time.js';
import type { Answer, Call, FailedAnswer } from './call.js';
import { errorForStatus, rateLimited, safeExcerpt } from './failures.js';
import { isPassingStatus, MAX_RETRY_AFTER_MS, retryAfterMs } from './retry.js';
import type { Transport } from './transport.js';

const EXCERPT_BYTES = 65_536;
const READ_BYTES = 2 * EXCERPT_BYTES;

/** A failure that may be gone at the next attempt; never leaves the transport. */
export class RetryableFailure extends Error {
  constructor(
    readonly failure: SdcError,
    readonly nothingSent: boolean,
    readonly retryAfterMs: number | undefined,
  ) {
    super(failure.message);
  }
}

/** The error for an answer whose status is not accepted. */
export async function failureOf(transport: Transport, call: Call, answer: Answer, base: SdcErrorInit): Promise<Error> {
  const { status, headers } = answer;
  const { redactor } = transport;
  const body = await readExcerpt(answer);
  // Cut after it is clean: a secret that the limit cuts in two would show its beginning.
  const text = redactor.page(body).slice(0, EXCERPT_BYTES);
  const requestId =
    headers.get('x-request-id') ??
    headers.get('x-amzn-requestid') ??
    headers.get('x-amz-request-id') ??
    headers.get('apigw-requestid');
  const url = redactor.url(answer.url);
  const init = {
    ...base,
    status,
    url,
    bodyExcerpt: safeExcerpt(body, redactor),
    ...(requestId !== null && { requestId: redactor.text(requestId) }),
  };
  const failed: FailedAnswer = { status, headers, url, text, init };
  const waitMs = status === 429 || status === 503 ? retryAfterMs(headers.get('retry-after'), now()) : undefined;
  if (waitMs !== undefined && waitMs > MAX_RETRY_AFTER_MS) return rateLimited(failed, waitMs);
  const error =
    call.mapError?.(failed) ??
    transport.settings.mapError?.(failed) ??
    errorForStatus(failed, transport.settings.credentialLayer);
  return isPassingStatus(status) ? new RetryableFailure(error, false, waitMs) : error;
}

/** The start of a failed answer's body; whatever goes wrong with it must not hide the failure itself. */
async function readExcerpt(answer: Answer): Promise<string> {
  const stream = answer.stream();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const timer = setTimeout(() => stream.destroy(), 5_000);
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
