import { checkArguments, type ArgumentKinds } from '../core/operation/declared.js';
import { Operation } from '../core/operation/operation.js';
import type { CallOptions, DateLike, DownloadedFile, Downloads, FailedDownload, OpenedFile, Pager } from '../types.js';
import * as kinds from './arguments.js';
import { describe } from './calls/describe.js';
import { downloadFile } from './calls/download-file.js';
import { download } from './calls/download.js';
import { isAlive } from './calls/is-alive.js';
import { latest } from './calls/latest.js';
import { meta } from './calls/meta.js';
import { nearest } from './calls/nearest.js';
import { open } from './calls/open.js';
import { query as queryRecords } from './calls/query.js';
import type { HmiContext, HmiOperation } from './context.js';
import { createContext } from './options.js';
import type {
  HmiDownloadFileOptions,
  HmiDownloadOptions,
  HmiFile,
  HmiLatestOptions,
  HmiMeta,
  HmiMetaOptions,
  HmiNearestOptions,
  HmiOptions,
  HmiQuery,
  HmiRecord,
} from './types.js';

type Records = Iterable<HmiRecord> | AsyncIterable<HmiRecord> | HmiRecord;

/**
 * The FLARECAST HMI service: SDO/HMI images, listed by time and downloaded as FITS. Reads all four generations of its
 * contract. The service asks for no login; it is reached through a tunnel, so links are fetched from `baseUrl`.
 *
 * Every call can reject with {@link NetworkError}, {@link TimeoutError}, {@link PageNotAccessible}, {@link RateLimited} or
 * {@link UnexpectedResponse} besides the errors it names, with {@link ConfigError} (code `closed`) after {@link HmiClient.close}, and
 * with the signal's reason after an abort; bad arguments are `TypeError` or `RangeError` before any request.
 *
 * @example
 * ```ts
 * import { HmiClient } from '@lab/sdc/hmi';
 *
 * const hmi = new HmiClient({ baseUrl: 'http://localhost:8001' });
 * const records = hmi.query('hmi.sharp_720s', { start: '2015-12-11', end: '2015-12-12', quality: 0, cadenceMinutes: 60 });
 * for await (const file of hmi.download(records, 'data', { segments: ['magnetogram', 'bitmap'] })) {
 *   console.log(file.status, file.path, file.source.record.harpnum);
 * }
 * await hmi.close();
 * ```
 */
export class HmiClient implements AsyncDisposable {
  readonly #context: HmiContext;

  /**
   * Makes a client; nothing is sent before the first call.
   *
   * @param options - Base URL (also `HMI_BASE_URL`), transport and host policy.
   * @throws {@link ConfigError} for a setting that is missing or out of bounds; `TypeError` for an unknown option or a value of
   * another type.
   */
  constructor(options: HmiOptions = {}) {
    checkArguments('hmi.client', kinds.CLIENT, { options });
    this.#context = createContext(options);
  }

  /** Where the service is, with trailing slash. */
  get baseUrl(): string {
    return this.#context.transport.baseUrl.href;
  }

  /**
   * Lists records in time order, each once. One page is one time slice (a day by default); nothing is asked for before
   * it is needed, and memory stays that of two slices.
   *
   * A slice that fails rejects the iteration with its error: there are never silent holes. `byPage({ from })` goes on there.
   *
   * @param series - As the service calls it: `hmi.sharp_720s`, in older generations `sharp_720s` or `720`. Never rewritten.
   * @param query - Range (end exclusive) and conditions.
   * @param options - Signal and time limit.
   * @throws `TypeError` or `RangeError` for bad arguments, at once. The iteration rejects with {@link RejectedError},
   * {@link NotFoundError}, {@link PageNotAccessible}, {@link UnexpectedResponse}, {@link NetworkError}, {@link TimeoutError} or
   * {@link RateLimited}.
   * @example
   * ```ts
   * const day = { start: '2015-12-11', end: '2015-12-12', harpnum: 6178, cadenceMinutes: 60 };
   * for await (const { dateObsText, quality } of hmi.query('hmi.sharp_720s', day)) console.log(dateObsText, quality);
   * ```
   */
  query(series: string, query: HmiQuery, options: CallOptions = {}): Pager<HmiRecord> {
    const op = this.#begin('hmi.query', kinds.QUERY, { series, query, options });
    return queryRecords(op, series, query);
  }

  /**
   * The records (one for each HARP) of the slot nearest to a moment; empty where there is none within reach.
   *
   * @param series - As in {@link HmiClient.query}.
   * @param when - The moment.
   * @param options - Reach (6 hours by default), conditions, signal.
   * @throws `TypeError` or `RangeError` for bad arguments; {@link RejectedError}, {@link NotFoundError}.
   * @example
   * ```ts
   * const [record] = await hmi.nearest('hmi.sharp_720s', '2015-12-11T12:00:00Z', { harpnum: 6178 });
   * ```
   */
  async nearest(series: string, when: DateLike, options: HmiNearestOptions = {}): Promise<HmiRecord[]> {
    const op = this.#begin('hmi.nearest', kinds.NEAREST, { series, when, options });
    return nearest(op, series, when, options);
  }

  /**
   * The records (one for each HARP) of the last slot that has any; empty where there is none within reach.
   *
   * @param series - As in {@link HmiClient.query}.
   * @param options - Before when (default now), reach (30 days by default), conditions, signal.
   * @throws `TypeError` or `RangeError` for bad arguments; {@link RejectedError}, {@link NotFoundError}.
   * @example
   * ```ts
   * const records = await hmi.latest('hmi.sharp_720s', { before: '2015-12-14' });
   * ```
   */
  async latest(series: string, options: HmiLatestOptions = {}): Promise<HmiRecord[]> {
    const op = this.#begin('hmi.latest', kinds.LATEST, { series, options });
    return latest(op, series, options);
  }

  /**
   * Reads keywords (`area`, `usflux`, …) of records, in batches; falls back to one record a request where the service
   * takes no more. Numbers are unique within one series only.
   *
   * @param series - As in {@link HmiClient.query}.
   * @param recnums - Record numbers.
   * @param fields - Keyword names; sent in lower case. An empty list asks for all, which is slow.
   * @param options - Batch size, signal, time limit.
   * @returns keywords by record number; `missing` lists the numbers that the service does not know.
   * @throws `TypeError` or `RangeError` for bad arguments; {@link NotFoundError} where the service has no metadata at all;
   * {@link RejectedError}, {@link PageNotAccessible}, {@link UnexpectedResponse}, {@link NetworkError}, {@link TimeoutError}.
   * @example
   * ```ts
   * const keywords = await hmi.meta('hmi.sharp_720s', [10087920], ['usflux', 'area']);
   * console.log(keywords.get(10087920)?.usflux, keywords.missing);
   * ```
   */
  async meta(
    series: string,
    recnums: Iterable<number>,
    fields: readonly string[],
    options: HmiMetaOptions = {},
  ): Promise<HmiMeta> {
    const op = this.#begin('hmi.meta', kinds.META, { series, recnums, fields, options });
    return meta(op, series, recnums, fields, options);
  }

  /**
   * Downloads the files of records, 4 at a time by default; `concurrency: 1` is the safe mode for a service of one thread.
   *
   * Each body is checked to be a whole FITS file before it gets its name. With unique names (the default) running the
   * same call again asks for nothing that is there already, so it fetches only what is missing.
   *
   * @param records - Records, a list of them, or a pager of {@link HmiClient.query}.
   * @param directory - Target folder, made if needed.
   * @param options - Segments, naming, concurrency, what to do with existing files and failures.
   * @throws `TypeError` or `RangeError` for bad arguments, at once. The iteration rejects with {@link TransferError} (no FITS,
   * broken off, existing target with `overwrite: 'error'`), {@link RemoteFileNotFound}, {@link ProductNotAvailable} (no such
   * segment), {@link UnexpectedResponse} (a link that must not be followed), {@link PageNotAccessible}, {@link NetworkError},
   * {@link TimeoutError} or {@link RateLimited}; with `onFailure: 'yield'` they are elements instead.
   * @example
   * ```ts
   * const records = hmi.query('hmi.sharp_720s', { start: '2015-12-11T00:00', end: '2015-12-11T01:00' });
   * for await (const { path } of hmi.download(records, 'sharps', { segments: ['magnetogram'] })) console.log(path);
   * ```
   */
  download(
    records: Records,
    directory: string | URL,
    options: HmiDownloadOptions & { readonly onFailure: 'yield' },
  ): Downloads<DownloadedFile<HmiFile> | FailedDownload<HmiFile>>;
  download(
    records: Records,
    directory: string | URL,
    options?: HmiDownloadOptions & { readonly onFailure?: 'throw' },
  ): Downloads<DownloadedFile<HmiFile>>;
  download(
    records: Records,
    directory: string | URL,
    options?: HmiDownloadOptions,
  ): Downloads<DownloadedFile<HmiFile> | FailedDownload<HmiFile>>;
  download(
    records: Records,
    directory: string | URL,
    options: HmiDownloadOptions = {},
  ): Downloads<DownloadedFile<HmiFile>> | Downloads<DownloadedFile<HmiFile> | FailedDownload<HmiFile>> {
    const op = this.#begin('hmi.download', kinds.DOWNLOAD, { records, directory, options });
    return download(op, records, directory, options);
  }

  /**
   * Downloads one file by its link, as found in a list.
   *
   * @param url - Link of the service, rebased as {@link HmiOptions.rebaseUrls} says.
   * @param directory - Target folder, made if needed.
   * @param options - Naming, and what to do with an existing file.
   * @throws as {@link HmiClient.download}.
   */
  async downloadFile(
    url: string | URL,
    directory: string | URL,
    options: HmiDownloadFileOptions = {},
  ): Promise<DownloadedFile<string>> {
    const op = this.#begin('hmi.downloadFile', kinds.DOWNLOAD_FILE, { url, directory, options });
    return downloadFile(op, url, directory, options);
  }

  /**
   * Opens a file as a stream, for programs without a disk. The first bytes are checked to be FITS; the length is the
   * reader's matter, since the service does not always tell it.
   *
   * @param file - A file of a record, or a link.
   * @param options - Signal and time limit.
   * @throws as {@link HmiClient.download}.
   */
  async open(file: HmiFile | string | URL, options: CallOptions = {}): Promise<OpenedFile> {
    const op = this.#begin('hmi.open', kinds.OPEN, { file, options });
    return open(op, file);
  }

  /**
   * The service's own description, its `/swagger.json`; `undefined` where it serves none.
   *
   * @param options - Signal and time limit.
   * @throws {@link UnexpectedResponse}, {@link PageNotAccessible}, {@link NetworkError}, {@link TimeoutError}, {@link RateLimited}.
   */
  async describe(options: CallOptions = {}): Promise<unknown> {
    const op = this.#begin('hmi.describe', kinds.CALL, { options });
    return describe(op);
  }

  /**
   * Whether the service answers at all, asked once; a quick test of the tunnel. `false` in place of any error of the network.
   *
   * @param options - Signal and time limit.
   * @throws {@link ConfigError} (code `closed`) after {@link HmiClient.close}, and the signal's reason after an abort.
   */
  async isAlive(options: CallOptions = {}): Promise<boolean> {
    const op = this.#begin('hmi.isAlive', kinds.CALL, { options });
    return isAlive(op);
  }

  /** Ends the client: calls in flight are aborted, later ones reject with {@link ConfigError} (code `closed`). */
  close(): Promise<void> {
    this.#context.transport.lifetime.end();
    this.#context.transport.close();
    return Promise.resolve();
  }

  /** The same as {@link HmiClient.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #begin<T extends { readonly options?: CallOptions }>(name: string, kinds: ArgumentKinds<T>, values: T): HmiOperation {
    return Operation.begin(this.#context, name, kinds, values);
  }
}
