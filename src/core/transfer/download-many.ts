import { defined } from '../util/defined.js';
import { SdcError } from '../../errors.js';
import type { DownloadedFile, DownloadOptions, Downloads, FailedDownload } from '../../types.js';
import type { Operation } from '../operation/operation.js';
import { mapConcurrent } from '../util/concurrency.js';
import { Semaphore } from '../util/locks.js';
import { withToArray } from '../util/results.js';
import { checkOptions, downloadOne, type Batch } from './download.js';
import type { FileCount } from './progress.js';
import type { TransferRequest } from './types.js';

export interface DownloadManyOptions extends DownloadOptions {
  /** How many files there are, where that is known; a function where it becomes known on the way. */
  readonly total?: number | (() => number | undefined) | undefined;
}

/**
 * Downloads files, several at a time, and yields each when it is done. Requests are pulled as places become free;
 * leaving the loop or a failure aborts what is in flight. With `onFailure: 'yield'` a failed file is an element.
 *
 * @throws TypeError or RangeError for a bad option, at the call.
 */
export function downloadMany<S>(
  op: Operation,
  requests: Iterable<TransferRequest<S>> | AsyncIterable<TransferRequest<S>>,
  options: DownloadManyOptions & { readonly onFailure: 'yield' },
): Downloads<DownloadedFile<S> | FailedDownload<S>>;
export function downloadMany<S>(
  op: Operation,
  requests: Iterable<TransferRequest<S>> | AsyncIterable<TransferRequest<S>>,
  options?: DownloadManyOptions & { readonly onFailure?: 'throw' },
): Downloads<DownloadedFile<S>>;
export function downloadMany<S>(
  op: Operation,
  requests: Iterable<TransferRequest<S>> | AsyncIterable<TransferRequest<S>>,
  options?: DownloadManyOptions,
): Downloads<DownloadedFile<S> | FailedDownload<S>>;
export function downloadMany<S>(
  op: Operation,
  requests: Iterable<TransferRequest<S>> | AsyncIterable<TransferRequest<S>>,
  options: DownloadManyOptions = {},
): Downloads<DownloadedFile<S> | FailedDownload<S>> {
  const args = op.arguments;
  checkOptions(options, args);
  const limit = args.integer(options.concurrency ?? 4, 'concurrency', { min: 1, max: 1000 });
  args.oneOf(options.onFailure ?? 'throw', 'onFailure', ['throw', 'yield'] as const);
  return withToArray(each(op, requests, options, limit));
}

async function* each<S>(
  op: Operation,
  requests: Iterable<TransferRequest<S>> | AsyncIterable<TransferRequest<S>>,
  options: DownloadManyOptions,
  limit: number,
): AsyncGenerator<DownloadedFile<S> | FailedDownload<S>, void, undefined> {
  op.assertOpen();
  const { total, signal: given = op.signal } = options;
  const files = typeof total === 'function' ? new CountedLater(total) : { done: 0, total };
  const batch: Batch = { files, linked: true, slots: new Semaphore(limit), unnamed: new Semaphore(limit) };
  // While bodies come, the files before them are checked and placed, and the next ones are prepared.
  const atWork = limit + 2 * Math.floor(limit / 4);
  const link = op.lifetime.link(op, given);
  const one = async (
    request: TransferRequest<S>,
    signal: AbortSignal,
  ): Promise<DownloadedFile<S> | FailedDownload<S>> => {
    let path: string | undefined;
    const onTarget = (target: string): void => {
      path = target;
    };
    try {
      return await downloadOne(op, request, { ...options, signal }, { ...batch, onTarget });
    } catch (error) {
      if (options.onFailure !== 'yield' || signal.aborted || !(error instanceof SdcError)) throw error;
      batch.files.done += 1;
      return { status: 'failed', error, source: request.source, ...defined({ path }) };
    }
  };
  try {
    yield* mapConcurrent(requests, atWork, one, link.signal);
  } catch (error) {
    link.signal.throwIfAborted();
    throw error;
  } finally {
    link.dispose();
  }
}

/** Files that are counted while they are listed. */
class CountedLater implements FileCount {
  done = 0;
  readonly #total: () => number | undefined;

  constructor(total: () => number | undefined) {
    this.#total = total;
  }

  get total(): number | undefined {
    return this.#total();
  }
}
