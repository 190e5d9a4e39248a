import { untilAborted } from '../../core/util/signal.js';
import { monotonic, sleep } from '../../core/util/time.js';

/** When the last call of a kind ended, in this process; the next one of that kind waits for it. */
const tails = new Map<string, Promise<number>>();

/**
 * Does work of one kind one after another, with at least `gapMs` between the end of one and the beginning of the next,
 * for all clients of this process. An abort while waiting does nothing and leaves the others' distances as they are.
 */
export async function spaced<T>(
  key: string,
  gapMs: number,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const previous = tails.get(key) ?? Promise.resolve(-Infinity);
  let begun = false;
  const run = async (): Promise<T> => {
    const ended = await untilAborted(previous, signal);
    const waitMs = gapMs - (monotonic() - ended);
    if (waitMs > 0) await sleep(waitMs, signal);
    signal?.throwIfAborted();
    begun = true;
    return work();
  };
  const running = run();
  tails.set(
    key,
    running.then(
      () => monotonic(),
      () => (begun ? monotonic() : previous),
    ),
  );
  return running;
}
