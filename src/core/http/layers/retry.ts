import { isSdcError, type SdcError } from '../../../errors.js';
import { repeat } from '../../retry/repeat.js';
import { now } from '../../util/time.js';
import type { HttpRequest } from '../request.js';
import { TransientError } from '../errors.js';
import { MAX_RETRY_AFTER_MS } from '../../retry/retry-timing.js';
import type { TransportSettings } from '../settings.js';

/**
 * Repeats a request where that is safe: one that only reads or is marked as safe, and any of which nothing was sent.
 *
 * @param once - One attempt, with its number and whether no other follows once it has left.
 */
export async function withRetries<T>(
  settings: Pick<TransportSettings, 'retries' | 'log' | 'sleep'>,
  call: HttpRequest,
  signal: AbortSignal,
  once: (attempts: number, last: boolean) => Promise<T>,
): Promise<T> {
  const budget = call.budget ?? { left: call.retries ?? settings.retries };
  const repeatable = call.safeToRetry ?? (isRead(call.method) && call.delivery === undefined);
  return repeat((attempt) => once(attempt, !repeatable || budget.left <= 0), {
    budget,
    signal,
    sleep: settings.sleep,
    judge: (error) => {
      const failure = transientFailure(error);
      if (failure === undefined || !(repeatable || failure.nothingSent)) return undefined;
      const { retryAfterMs } = failure;
      return retryAfterMs !== undefined && retryAfterMs > MAX_RETRY_AFTER_MS ? undefined : { waitMs: retryAfterMs };
    },
    onWait: (waitMs, error, attempt) => {
      settings.log.debug(
        `${call.op.name}: attempt ${attempt} failed; the next one starts in ${Math.round(waitMs)} ms`,
        {
          reason: transientFailure(error)?.failure.message,
          at: now(),
        },
      );
    },
  });
}

function isRead(method: HttpRequest['method']): boolean {
  return method === undefined || method === 'GET' || method === 'HEAD';
}

interface Transient {
  readonly failure: SdcError;
  readonly nothingSent: boolean;
  readonly retryAfterMs: number | undefined;
}

function transientFailure(error: unknown): Transient | undefined {
  if (error instanceof TransientError) return error;
  if ((isSdcError(error, 'network') || isSdcError(error, 'timeout')) && error.retryable) {
    return { failure: error, nothingSent: false, retryAfterMs: undefined };
  }
  return undefined;
}
