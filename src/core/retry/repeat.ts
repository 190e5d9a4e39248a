import { lazy } from '../util/lazy.js';
import { random, sleep } from '../util/time.js';

const BASE_MS = 500;
const CAP_MS = 20_000;

/** How many further attempts are left; several loops may share it. */
export interface RetryBudget {
  left: number;
}

/** What decides about further attempts. */
export interface Repeating {
  readonly budget: RetryBudget;
  readonly signal: AbortSignal | undefined;
  /** Whether another attempt may mend this failure; `waitMs` where it is known when, else the back-off. */
  readonly judge: (failure: unknown) => { readonly waitMs?: number | undefined } | undefined;
  /** Called before the wait for the next attempt. */
  readonly onWait?: (waitMs: number, failure: unknown, attempt: number) => void;
}

/**
 * Makes attempts until one succeeds, fails for good, or none is left. p-retry keeps the count; the waits are ours, because it can
 * neither wait as long as a server asks nor draw full jitter. What succeeds or fails for good at once does not need it.
 *
 * @param once - One attempt, with its number, from 1.
 * @throws whatever the last attempt threw, and the signal's reason.
 */
export async function repeat<T>(once: (attempt: number) => Promise<T>, repeating: Repeating): Promise<T> {
  const { budget, signal, judge, onWait } = repeating;
  // Without it nothing is repeated, and the failure is reported as it is.
  const loading = retryLoop().catch(() => undefined);
  const first = once(1);
  try {
    return await first;
  } catch (failure) {
    if (budget.left <= 0 || judge(failure) === undefined) throw failure;
  }
  const pRetry = await loading;
  if (pRetry === undefined) return first;
  // What is thrown need not be an error, which p-retry insists on.
  let thrown: { readonly failure: unknown } | undefined;
  const attempt = async (number: number): Promise<T> => {
    try {
      return await (number === 1 ? first : once(number));
    } catch (failure) {
      thrown = { failure };
      throw new AttemptFailed();
    }
  };
  try {
    return await pRetry(attempt, {
      retries: budget.left,
      minTimeout: 0,
      factor: 1,
      shouldRetry: async ({ attemptNumber }) => {
        const { failure } = thrown ?? {};
        const verdict = signal?.aborted === true || budget.left <= 0 ? undefined : judge(failure);
        if (verdict === undefined) return false;
        const waitMs = verdict.waitMs ?? backoffMs(attemptNumber);
        onWait?.(waitMs, failure, attemptNumber);
        budget.left -= 1;
        await sleep(waitMs, signal);
        return true;
      },
    });
  } catch (error) {
    throw error instanceof AttemptFailed && thrown !== undefined ? thrown.failure : error;
  }
}

class AttemptFailed extends Error {}

/** Loaded beside the first attempt, not when that has failed. */
const retryLoop = lazy(async () => (await import('p-retry')).default);

/** Exponential back-off with full jitter: anything from nothing to the doubled base of the attempt. */
function backoffMs(attempt: number): number {
  return random() * Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1));
}
