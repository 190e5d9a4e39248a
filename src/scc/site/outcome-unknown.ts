import { isSdcError } from '../../errors.js';
import { linkSignals } from '../../core/util/signal.js';
import { monotonic, sleep } from '../../core/util/time.js';
import type { SccOperation } from '../context.js';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** A look that may fail, but not hide an abort or the end of the client; `undefined` when it fails. */
export async function unlessEnded<T>(op: SccOperation, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch {
    op.signal?.throwIfAborted();
    op.assertOpen();
    return undefined;
  }
}

/**
 * Whether the site may still be at work on a request whose answer was lost: no answer came, or a gateway gave up waiting for one.
 * After an error page of its own it is not.
 */
export function mayStillAct(error: unknown): boolean {
  if (!isSdcError(error)) return false;
  return error.code === 'timeout' || error.code === 'network' || error.status === 504;
}

/**
 * Looks whether a request whose answer was lost took effect after all: at once, and again and again until it shows or the time is
 * over. A look that fails is no answer; an abort or the end of the client ends the looking.
 */
export async function settles(op: SccOperation, withinMs: number, look: () => Promise<boolean>): Promise<boolean> {
  const begun = monotonic();
  const linked = linkSignals(op.signal, op.lifetime.signal);
  try {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      if ((await unlessEnded(op, look)) === true) return true;
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

/** A failure that is not the call's own, for the log. */
export function reasonOf(error: unknown): { readonly reason: string } {
  return { reason: error instanceof Error ? error.message : 'unknown' };
}
