import { isSdcError, type SdcError } from '../../../errors.js';
import { lazy } from '../../util/lazy.js';
import { now, random, sleep } from '../../util/time.js';
import type { Call } from '../call.js';
import { RetryableFailure } from '../failures.js';
import { backoffMs, MAX_RETRY_AFTER_MS } from '../retry.js';
import type { TransportSettings } from '../settings.js';

/**
 * Repeats what is safe to repeat. p-retry keeps the count; the waits are ours, because it can neither honour
 * `Retry-After` nor draw full jitter. What succeeds or fails for good at once does not need it.
 *
 * @param once - One attempt, with its number and whether no other follows once it has left.
 */
export async function withRetries<T>(
  settings: Pick<TransportSettings, 'retries' | 'log'>,
  call: Call,
  signal: AbortSignal,
  once: (attempts: number, last: boolean) => Promise<T>,
): Promise<T> {
  const budget = call.budget ?? { left: call.retries ?? settings.retries };
  // Without it nothing is repeated, and the failure is reported as it is.
  const loading = retryLoop().catch(() => undefined);
  const repeatable = call.safeToRetry ?? (isRead(call.method) && call.delivery === undefined);
  const isLast = (): boolean => !repeatable || budget.left <= 0;
  const first = once(1, isLast());
  try {
    return await first;
  } catch (error) {
    // What will not pass, of whatever kind, needs no further attempt; the rest is judged below, as every other failure.
    if (passingFailure(error) === undefined) throw error;
  }
  const pRetry = await loading;
  if (pRetry === undefined) return first;
  return pRetry((attempts) => (attempts === 1 ? first : once(attempts, isLast())), {
    retries: budget.left,
    minTimeout: 0,
    factor: 1,
    shouldRetry: async ({ error, attemptNumber }) => {
      if (signal.aborted) return false;
      const failure = passingFailure(error);
      if (failure === undefined || !(repeatable || failure.nothingSent) || budget.left <= 0) return false;
      const { retryAfterMs } = failure;
      if (retryAfterMs !== undefined && retryAfterMs > MAX_RETRY_AFTER_MS) return false;
      const waitMs = retryAfterMs ?? backoffMs(attemptNumber, random());
      settings.log.debug(`${call.operation}: attempt ${attemptNumber} failed, the next in ${Math.round(waitMs)} ms`, {
        reason: failure.failure.message,
        at: now(),
      });
      budget.left -= 1;
      await sleep(waitMs, signal);
      return true;
    },
  });
}

/** Loaded beside the first request, not when that has failed. */
const retryLoop = lazy(async () => (await import('p-retry')).default);

function isRead(method: Call['method']): boolean {
  return method === undefined || method === 'GET' || method === 'HEAD';
}

interface PassingFailure {
  readonly failure: SdcError;
  readonly nothingSent: boolean;
  readonly retryAfterMs: number | undefined;
}

function passingFailure(error: unknown): PassingFailure | undefined {
  if (error instanceof RetryableFailure) return error;
  if ((isSdcError(error, 'network') || isSdcError(error, 'timeout')) && error.retryable) {
    return { failure: error, nothingSent: false, retryAfterMs: undefined };
  }
  return undefined;
}
