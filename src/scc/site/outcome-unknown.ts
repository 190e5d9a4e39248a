import { linkSignals } from '../../core/util/signal.js';
import { monotonic, sleep } from '../../core/util/time.js';
import type { SccOperation } from '../context.js';

/** How long the SCC is asked whether a restart or a deletion took effect whose answer was lost. */
export const SETTLE_MS = 5_000;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

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
 * A check that fails is no answer; an abort or the end of the client ends the checking.
 */
export async function tookEffect(op: SccOperation, withinMs: number, check: () => Promise<boolean>): Promise<boolean> {
  const begun = monotonic();
  const linked = linkSignals(op.signal, op.lifetime.signal);
  try {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      if ((await unlessClosed(op, check)) === true) return true;
      const leftMs = withinMs - (monotonic() - begun);
      if (leftMs <= 0) return false;
      await sleep(Math.min(pauseMs, leftMs), linked.signal);
    }
  } catch (error) {
    op.signal?.throwIfAborted();
    op.assertOpen();
    throw error;
  } finally {
    linked.dispose();
  }
}
