import { monotonic } from '../../core/util/time.js';
import { SCC_MODULES } from '../centre.js';
import { hasModuleEnded, isActive, isSameState } from './state.js';
import type { Measurement } from '../types.js';

const MAX_KEPT = 1000;

/**
 * Restarts that were asked for and not yet seen to begin.
 *
 * Until the chain takes a measurement up, the SCC shows the results of the run before, without any flag: that state
 * must not pass for the end of the new run.
 */
export class Reruns {
  readonly #asked = new Map<string, { readonly before: Measurement; readonly at: number }>();

  /** Keeps what the measurement was when its restart was asked for. */
  add(before: Measurement): void {
    this.#asked.delete(before.id);
    this.#asked.set(before.id, { before, at: monotonic() });
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > MAX_KEPT && oldest !== undefined) this.#asked.delete(oldest);
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
