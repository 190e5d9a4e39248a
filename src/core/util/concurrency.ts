import { linkSignals } from './signal.js';

/**
 * Works on items, several at a time, and yields the results as they come.
 *
 * Items are pulled lazily, never more than `limit` ahead of the consumer. Leaving the loop or a failure aborts the
 * work in flight, waits for it to end, and closes the source.
 */
export async function* mapConcurrent<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (item: T, signal: AbortSignal) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R, void, undefined> {
  const linked = linkSignals(signal);
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const running = new Map<number, Promise<{ key: number; result: R }>>();
  let exhausted = false;
  let key = 0;
  try {
    for (;;) {
      while (!exhausted && running.size < limit) {
        linked.signal.throwIfAborted();
        const next = await source.next();
        if (next.done === true) {
          exhausted = true;
          break;
        }
        const own = key++;
        const task = work(next.value, linked.signal).then((result) => ({ key: own, result }));
        task.catch(() => undefined);
        running.set(own, task);
      }
      if (running.size === 0) return;
      const done = await Promise.race(running.values());
      running.delete(done.key);
      yield done.result;
    }
  } finally {
    if (running.size > 0) linked.abort(new DOMException('The loop over the results was left', 'AbortError'));
    await Promise.allSettled(running.values());
    linked.dispose();
    if (!exhausted) await source.return?.();
  }
}
