import { monotonic, sleep } from '../../core/util/time.js';
import type { ScopsProduct, ScopsStatus } from '../types.js';
import { stageRank } from './product.js';
import { summarise, hasChanged, hasEnded } from './summary.js';

const STALL_MS = 30 * 60_000;

interface Seen {
  readonly product: ScopsProduct;
  /** When it last moved, by a clock that never jumps. */
  readonly movedAt: number;
}

/**
 * Remembers what was seen of an order: keeps percentages from falling back within a run (pitfall 9), and notices products
 * that have not moved for long (pitfalls 10 and 28).
 */
export class StatusTracker {
  readonly #stallMs: number;
  readonly #seen = new Map<string, Seen>();

  constructor(stallMs = STALL_MS) {
    this.#stallMs = stallMs;
  }

  /** The status with steady percentages and stalled products marked. */
  follow(status: ScopsStatus): ScopsStatus {
    const at = monotonic();
    const products = status.products.map((product) => this.#follow(product, at));
    return summarise(status.processingId, products, status.details);
  }

  #follow(product: ScopsProduct, at: number): ScopsProduct {
    const before = this.#seen.get(product.name);
    const steady = before === undefined ? product : steadied(before.product, product);
    const movedAt = before === undefined || moved(before.product, steady) ? at : before.movedAt;
    this.#seen.set(product.name, { product: steady, movedAt });
    const open = steady.state === 'queued' || steady.state === 'running' || steady.state === 'unknown';
    return open && at - movedAt >= this.#stallMs ? { ...steady, state: 'stalled' } : steady;
  }
}

function steadied(before: ScopsProduct, after: ScopsProduct): ScopsProduct {
  const restarted =
    (before.failed && !after.failed) || (after.stage !== 'unknown' && stageRank(after.stage) < stageRank(before.stage));
  return restarted ? after : { ...after, percent: Math.max(before.percent, after.percent) };
}

function moved(before: ScopsProduct, after: ScopsProduct): boolean {
  return (
    before.stageText !== after.stageText ||
    before.percent !== after.percent ||
    before.failed !== after.failed ||
    before.approximateBytes !== after.approximateBytes ||
    before.approximateZipBytes !== after.approximateZipBytes
  );
}

/** Between two checks of an order that has ended. */
export const SECOND_CHECK_MS = 250;

/**
 * Reads a status; an end counts when it is read a second time: status files are emptied before they are written, and a
 * reader sees something else in that moment.
 */
export async function settledStatus(
  read: () => Promise<ScopsStatus>,
  pauseMs: number,
  signal: AbortSignal | undefined,
): Promise<ScopsStatus> {
  let status = await read();
  while (hasEnded(status)) {
    await sleep(pauseMs, signal);
    const again = await read();
    if (!hasChanged(status, again)) return again;
    status = again;
  }
  return status;
}
