import { lazy } from '../util/lazy.js';
import { sleep as sleepFor } from '../util/time.js';
import { backoffMs } from './retry-timing.js';

/** How many further attempts are left; several loops may share it. */
export interface RetryBudget {
  left: number;
}

export interface Repeating {
  readonly budget: RetryBudget;
  readonly signal: AbortSignal | undefined;
  /** Whether another attempt may succeed after this failure; `waitMs` where the time is known, else the back-off. */
  readonly judge: (failure: unknown) => { readonly waitMs?: number | undefined } | undefined;
  /** How the waits pass; tests replace it by their own clock. */
  readonly sleep?: typeof sleepFor | undefined;
  /** Called before the wait for the next attempt. */
  readonly onWait?: (waitMs: number, failure: unknown, attempt: number) => void;
}

/**
 * Makes attempts until one succeeds, fails permanently, or none is left. p-retry keeps the count; the waits are ours, because it can
 * neither wait as long as a server asks nor draw full jitter. A first attempt that succeeds or fails permanently does not need it.
 *
 * @param once - One attempt, with its number, from 1.
 * @throws whatever the last attempt threw, and the signal's reason.
 */
export async function repeat<T>(once: (attempt: number) => Promise<T>, repeating: Repeating): Promise<T> {
  const { budget, signal, judge, onWait, sleep = sleepFor } = repeating;
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

/** Loaded during the first attempt, not after its failure. */
const retryLoop = lazy(async () => (await import('p-retry')).default);
