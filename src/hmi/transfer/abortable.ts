import { untilAborted } from '../../core/util/signal.js';
import type { DownloadOptions } from '../../types.js';
import type { HmiOperation } from '../context.js';

/**
 * Goes through a source that may take long to give its next element, such as a listing: an abort ends the wait at once.
 * Leaving closes the source; after an abort that is not awaited, since it may still be busy.
 */
export async function* abortable<T>(
  source: Iterable<T> | AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  if (!(Symbol.asyncIterator in source)) {
    yield* source;
    return;
  }
  const iterator = source[Symbol.asyncIterator]();
  let exhausted = false;
  try {
    for (;;) {
      const next = await untilAborted(iterator.next(), signal);
      if (next.done === true) {
        exhausted = true;
        return;
      }
      yield next.value;
    }
  } finally {
    if (!exhausted) {
      const closed = Promise.resolve(iterator.return?.()).catch(() => undefined);
      if (signal?.aborted !== true) await closed;
    }
  }
}

const DEFAULT_CONCURRENCY = 4;

/**
 * The wait for the headers of a file: a single-threaded service answers one request after the other, so with several at
 * a time the default is multiplied. What the caller sets, holds.
 */
export function headerTimeout({ context, http }: HmiOperation, options: DownloadOptions): number | undefined {
  const { timeoutMs, concurrency = DEFAULT_CONCURRENCY } = options;
  if (timeoutMs !== undefined || !context.hasDefaultTimeout || !(concurrency > 1)) return timeoutMs;
  return http.settings.timeoutMs * Math.min(concurrency, 16);
}
