import { now } from '../../core/util/time.js';
import type { ChangedMeasurement } from '../decode/last-change.js';
import { isActive } from './state.js';

const MAX_KEPT = 10_000;
/** How far the clocks of the SCC and of a file system may be apart, and how long an archive may take to come. */
const DOUBT_MS = 15 * 60_000;

/** The measurements that this client uploaded, replaced or ran again: their files of before are those of another processing. */
export class Changes {
  readonly #ids = new Set<string>();

  /** Also for a change whose answer was lost: it may have been made. */
  add(id: string): void {
    this.#ids.delete(id);
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > MAX_KEPT && oldest !== undefined) this.#ids.delete(oldest);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }
}

/**
 * Whether a file of that age can only hold the products that a measurement has now.
 *
 * The SCC sends neither validators nor digests, so only the date of the last change tells; where that is not known for sure, its
 * time zone included, or the clocks may disagree, nothing does.
 */
export function isNewer(modifiedAt: Date, { measurement, changedAt }: ChangedMeasurement): boolean {
  if (changedAt === undefined || isActive(measurement)) return false;
  return modifiedAt.getTime() <= now() && modifiedAt.getTime() - changedAt.getTime() > DOUBT_MS;
}
