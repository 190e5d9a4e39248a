import { backoffMs } from '../../core/retry/retry-timing.js';
import { monotonic, sleep } from '../../core/util/time.js';
import type { SccOperation } from '../context.js';

/** How long the SCC is asked whether a restart or a deletion took effect whose answer was lost. */
export const SETTLE_MS = 5_000;


/** A status check that may fail, but not hide an abort or the end of the client; `undefined` when it fails. */
export async function unlessClosed<T>(op: SccOperation, check: () => Promise<T>): Promise<T | undefined> {
  try {
    return await check();
  } catch {
    op.signal?.throwIfAborted();
    op.assertOpen();
    return undefined;
  }
}

/**
 * Whether a request whose answer was lost took effect after all: checked at once, and again until it shows or the time is over.
 * A failed check is not an answer; an abort or the end of the client ends the checking.
 */
export async function tookEffect(op: SccOperation, withinMs: number, check: () => Promise<boolean>): Promise<boolean> {
  const begun = monotonic();
  const linked = op.lifetime.link(op, op.signal);
  try {
    for (let attempt = 1; ; attempt += 1) {
      if ((await unlessClosed(op, check)) === true) return true;
      const leftMs = withinMs - (monotonic() - begun);
      if (leftMs <= 0) return false;
      await sleep(Math.min(backoffMs(attempt), leftMs), linked.signal);
    }
  } catch (error) {
    op.signal?.throwIfAborted();
    op.assertOpen();
    throw error;
  } finally {
    linked.dispose();
  }
}
