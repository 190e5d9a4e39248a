import { RecentMap } from '../../core/util/recent.js';
import { monotonic } from '../../core/util/time.js';
import { isActive, hasModuleEnded, isSameState } from './state.js';
import { SCC_MODULES } from '../centre.js';
import type { Measurement } from '../types.js';

const MAX_KEPT = 1000;

/**
 * Restarts that were requested and have not visibly begun.
 *
 * Until the chain takes a measurement up, the SCC shows the results of the run before, without any flag: that state
 * must not pass for the end of the new run.
 */
export class Reruns {
  readonly #asked = new RecentMap<{ readonly before: Measurement; readonly at: number }>(MAX_KEPT);

  /** Keeps what the measurement was when its restart was asked for. */
  add(before: Measurement): void {
    this.#asked.set(before.id, { before, at: monotonic() });
  }

  forget(id: string): void {
    this.#asked.delete(id);
  }

  /** Whether a state may be of the run before: nothing has begun, and the restart is not older than `withinMs`. */
  isStale(now: Measurement, withinMs: number): boolean {
    const asked = this.#asked.get(now.id);
    if (asked === undefined) return false;
    if (
      monotonic() - asked.at < withinMs &&
      !isActive(now) &&
      (isSameState(asked.before, now) || isReset(asked.before, now))
    )
      return true;
    this.#asked.delete(now.id);
    return false;
  }
}

/** A module that had ended is to run again. */
function isReset(before: Measurement, now: Measurement): boolean {
  return SCC_MODULES.some((module) => hasModuleEnded(before, module) && now.products[module].status === 'not-run');
}
