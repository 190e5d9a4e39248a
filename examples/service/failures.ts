// What the service answers when a call to the SCC fails.
import { isSdcError, RateLimited, type SdcErrorCode } from '@lab/sdc';

/** More products are being streamed than the service allows itself. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
  constructor() {
    super('too many products are being streamed; try again in some seconds');
  }
}

export interface FailedAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: { readonly error: string; readonly message: string };
}

/** Every other code is the SCC's fault as seen from here: 502. */
const STATUSES: Partial<Record<SdcErrorCode, number>> = {
  'not-found': 404,
  'not-available': 404,
  'rate-limited': 503,
  timeout: 504,
  closed: 503,
};

/** The errors of this package are free of secrets: their messages can be shown. */
export function answerOf(error: unknown): FailedAnswer {
  if (error instanceof TooBusy) return failed(503, 'busy', error.message, 5);
  if (isSdcError(error)) {
    const seconds = error instanceof RateLimited ? Math.ceil((error.retryAfterMs ?? 60_000) / 1000) : undefined;
    return failed(STATUSES[error.code] ?? 502, error.code, error.message, seconds);
  }
  // bad arguments: from the routes' schemas, or from a call
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : undefined;
  if (status !== undefined && status < 500) return failed(status, 'request', (error as Error).message);
  if (error instanceof TypeError || error instanceof RangeError) return failed(400, 'request', error.message);
  return failed(500, 'internal', 'the service failed; its log tells more');
}

function failed(status: number, error: string, message: string, retryAfterSeconds?: number): FailedAnswer {
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return { status, headers, body: { error, message } };
}
