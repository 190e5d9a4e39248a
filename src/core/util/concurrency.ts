import { linkSignals, untilAborted } from './signal.js';

/**
 * Works on items, several at a time, and yields the results as they come, also while the source is slow.
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
  const running = new Map<number, Promise<Done<R>>>();
  let pulling: Promise<Pulled<T>> | undefined;
  let exhausted = false;
  let key = 0;
  try {
    for (;;) {
      linked.signal.throwIfAborted();
      if (!exhausted && running.size < limit) pulling ??= pull(source);
      if (pulling === undefined && running.size === 0) return;
      const contenders = [...(pulling === undefined ? [] : [pulling]), ...running.values()];
      const first = await untilAborted(Promise.race(contenders), linked.signal);
      if (first.kind === 'done') {
        running.delete(first.key);
        yield first.result;
        continue;
      }
      pulling = undefined;
      if (first.next.done === true) {
        exhausted = true;
        continue;
      }
      running.set(key, start(work, first.next.value, linked.signal, key));
      key += 1;
    }
  } finally {
    if (running.size > 0) linked.abort(new DOMException('The loop over the results was left', 'AbortError'));
    await Promise.allSettled(running.values());
    linked.dispose();
    if (!exhausted) await close(source, pulling);
  }
}

interface Done<R> {
  readonly kind: 'done';
  readonly key: number;
  readonly result: R;
}

interface Pulled<T> {
  readonly kind: 'pulled';
  readonly next: IteratorResult<T>;
}

type Source<T> = Iterator<T> | AsyncIterator<T>;

function pull<T>(source: Source<T>): Promise<Pulled<T>> {
  const pulled = Promise.resolve(source.next()).then((next): Pulled<T> => ({ kind: 'pulled', next }));
  pulled.catch(() => undefined);
  return pulled;
}

function start<T, R>(
  work: (item: T, signal: AbortSignal) => Promise<R>,
  item: T,
  signal: AbortSignal,
  key: number,
): Promise<Done<R>> {
  const task = work(item, signal).then((result): Done<R> => ({ kind: 'done', key, result }));
  task.catch(() => undefined);
  return task;
}

/** Closes a source; one that is busy closes when it is done, which nobody waits for. Never hides the first error. */
async function close<T>(source: Source<T>, pulling: Promise<unknown> | undefined): Promise<void> {
  const closing = (async () => source.return?.())().catch(() => undefined);
  if (pulling === undefined) await closing;
}
