import { SdcError } from '../../errors.js';
import type { DownloadedFile, DownloadOptions, Downloads, FailedDownload } from '../../types.js';
import type { Transport } from '../http/transport.js';
import { mapConcurrent } from '../util/concurrency.js';
import { linkSignals } from '../util/signal.js';
import { requireInteger, requireOneOf } from '../validate/arguments.js';
import { checkOptions, downloadOne, type Batch } from './download.js';
import { Slots } from './slots.js';
import type { TransferRequest } from './types.js';

/** Options of {@link downloadMany}. */
export interface DownloadManyOptions extends DownloadOptions {
  /** How many files there are, where that is known. */
  readonly total?: number;
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
  return withToArray(each(transport, requests, options, limit));
}

async function* each<S>(
  transport: Transport,
  requests: Iterable<TransferRequest<S>> | AsyncIterable<TransferRequest<S>>,
  options: DownloadManyOptions,
  limit: number,
): AsyncGenerator<DownloadedFile<S> | FailedDownload<S>, void, undefined> {
  const files = { done: 0, total: options.total };
  const batch: Batch = { files, linked: true, slots: new Slots(limit), unnamed: new Slots(limit) };
  // While bodies come, the files before them are checked and placed, and the next ones are prepared.
  const atWork = limit + 2 * Math.floor(limit / 4);
  const link = linkSignals(options.signal, transport.lifetime.signal);
  const one = async (
    request: TransferRequest<S>,
    signal: AbortSignal,
  ): Promise<DownloadedFile<S> | FailedDownload<S>> => {
    try {
      return await downloadOne(transport, request, { ...options, signal }, batch);
    } catch (error) {
      if (options.onFailure !== 'yield' || signal.aborted || !(error instanceof SdcError)) throw error;
      batch.files.done += 1;
      return failed(request, error);
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

function failed<S>(request: TransferRequest<S>, error: SdcError): FailedDownload<S> {
  const path: unknown = Reflect.get(error, 'partPath');
  return { status: 'failed', error, source: request.source, ...(typeof path === 'string' && { path }) };
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
