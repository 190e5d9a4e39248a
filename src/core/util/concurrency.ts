import { linkSignals, onAbort } from './signal.js';

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
  const inbox = new Inbox<TaskEvent<T, R>>();
  /** Started and not yet handed to the consumer; of these, those that are still at work. */
  let ahead = 0;
  let busy = 0;
  const release = onAbort(linked.signal, () => {
    inbox.ring();
  });
  let pulling = false;
  let exhausted = false;
  const start = (item: T): void => {
    // Work that throws before it gives a promise is not under way.
    const task = work(item, linked.signal);
    ahead += 1;
    busy += 1;
    task.then(
      (result) => {
        busy -= 1;
        inbox.report({ kind: 'done', result });
      },
      (error: unknown) => {
        busy -= 1;
        inbox.report({ kind: 'failed', error });
      },
    );
  };
  try {
    for (;;) {
      linked.signal.throwIfAborted();
      if (!exhausted && !pulling && ahead < limit) {
        pulling = true;
        pull(source, inbox);
      }
      if (!pulling && ahead === 0) return;
      const event = inbox.next();
      if (event === undefined) await inbox.rung();
      else if (event.kind === 'failed') throw event.error;
      else if (event.kind === 'done') {
        ahead -= 1;
        yield event.result;
      } else {
        pulling = false;
        if (event.next.done === true) exhausted = true;
        else start(event.next.value);
      }
    }
  } finally {
    release();
    if (busy > 0) linked.abort(new DOMException('The loop over the results was left', 'AbortError'));
    while (busy > 0) await inbox.rung();
    linked.dispose();
    if (!exhausted) await close(source, pulling);
  }
}

type TaskEvent<T, R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'pulled'; readonly next: IteratorResult<T> }
  | { readonly kind: 'failed'; readonly error: unknown };

type Source<T> = Iterator<T> | AsyncIterator<T>;

/** Events are taken in the order in which they are reported. A race over all tasks would keep one reaction per round on each slow task. */
class Inbox<E> {
  readonly #events: E[] = [];
  #ring: () => void = () => undefined;

  report(event: E): void {
    this.#events.push(event);
    this.#ring();
  }

  next(): E | undefined {
    return this.#events.shift();
  }

  ring(): void {
    this.#ring();
  }

  /** Waits for the next event, or for the ring alone. */
  rung(): Promise<void> {
    return new Promise((resolve) => {
      this.#ring = resolve;
    });
  }
}

function pull<T, R>(source: Source<T>, inbox: Inbox<TaskEvent<T, R>>): void {
  (async () => source.next())().then(
    (next) => {
      inbox.report({ kind: 'pulled', next });
    },
    (error: unknown) => {
      inbox.report({ kind: 'failed', error });
    },
  );
}

/** Closes a source; a busy one closes when it is done, without being waited for. Never hides the first error. */
async function close<T>(source: Source<T>, pulling: boolean): Promise<void> {
  const closing = (async () => source.return?.())().catch(() => undefined);
  if (!pulling) await closing;
}
