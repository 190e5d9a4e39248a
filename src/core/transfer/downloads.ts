import { SdcError } from '../../errors.js';
import type { DownloadedFile, DownloadOptions, Downloads, FailedDownload } from '../../types.js';
import type { Transport } from '../http/transport.js';
import { mapConcurrent } from '../util/concurrency.js';
import { Semaphore } from '../util/locks.js';
import { requireInteger, requireOneOf } from '../validate/arguments.js';
import { checkOptions, downloadOne, type Batch } from './download.js';
import type { FileCount } from './progress.js';
import type { TransferRequest } from './types.js';

/** Options of {@link downloadMany}. */
export interface DownloadManyOptions extends DownloadOptions {
  /** How many files there are, where that is known; a function where it becomes known on the way. */
  readonly total?: number | (() => number | undefined);
  /** The public call, for words about its options; default: that of the centre’s `download`. */
  readonly operation?: string;
}

/**
 * Downloads files, several at a time, and yields each when it is done. Requests are pulled as places become free;
 * leaving the loop or a failure aborts what is in flight. With `onFailure: 'yield'` a failed file is an element.
 *
 * @throws TypeError or RangeError for a bad option, at the call.
 */
export function downloadMany<S>(
  transport: Transport,
  requests: Iterable<TransferRequest<S>> | AsyncIterable<TransferRequest<S>>,
  options: DownloadManyOptions & { readonly onFailure: 'yield' },
): Downloads<DownloadedFile<S> | FailedDownload<S>>;
export function downloadMany<S>(
  transport: Transport,
  requests: Iterable<TransferRequest<S>> | AsyncIterable<TransferRequest<S>>,
  options?: DownloadManyOptions & { readonly onFailure?: 'throw' },
): Downloads<DownloadedFile<S>>;
export function downloadMany<S>(
  transport: Transport,
  requests: Iterable<TransferRequest<S>> | AsyncIterable<TransferRequest<S>>,
  options?: DownloadManyOptions,
): Downloads<DownloadedFile<S> | FailedDownload<S>>;
export function downloadMany<S>(
  transport: Transport,
  requests: Iterable<TransferRequest<S>> | AsyncIterable<TransferRequest<S>>,
  options: DownloadManyOptions = {},
): Downloads<DownloadedFile<S> | FailedDownload<S>> {
  const operation = options.operation ?? `${transport.centre}.download`;
  checkOptions(options, operation);
  const limit = requireInteger(options.concurrency ?? 4, 'concurrency', operation, { min: 1, max: 1000 });
  requireOneOf(options.onFailure ?? 'throw', ['throw', 'yield'] as const, 'onFailure', operation);
  return withToArray(each(transport, requests, options, limit, operation));
}

async function* each<S>(
  transport: Transport,
  requests: Iterable<TransferRequest<S>> | AsyncIterable<TransferRequest<S>>,
  options: DownloadManyOptions,
  limit: number,
  operation: string,
): AsyncGenerator<DownloadedFile<S> | FailedDownload<S>, void, undefined> {
  transport.lifetime.assertOpen(operation);
  const { total } = options;
  const files = typeof total === 'function' ? new CountedLater(total) : { done: 0, total };
  const batch: Batch = { files, linked: true, slots: new Semaphore(limit), unnamed: new Semaphore(limit) };
  // While bodies come, the files before them are checked and placed, and the next ones are prepared.
  const atWork = limit + 2 * Math.floor(limit / 4);
  const link = transport.lifetime.link(operation, options.signal);
  const one = async (
    request: TransferRequest<S>,
    signal: AbortSignal,
  ): Promise<DownloadedFile<S> | FailedDownload<S>> => {
    let path: string | undefined;
    const onTarget = (target: string): void => {
      path = target;
    };
    try {
      return await downloadOne(transport, request, { ...options, signal }, { ...batch, onTarget });
    } catch (error) {
      if (options.onFailure !== 'yield' || signal.aborted || !(error instanceof SdcError)) throw error;
      batch.files.done += 1;
      return { status: 'failed', error, source: request.source, ...(path !== undefined && { path }) };
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

/** Adds `toArray` to a generator. */
export function withToArray<F>(files: AsyncGenerator<F, void, undefined>): Downloads<F> {
  const toArray = async (): Promise<F[]> => {
    const all: F[] = [];
    for await (const file of files) all.push(file);
    return all;
  };
  return Object.assign(files, { toArray });
}
