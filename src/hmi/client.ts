import { Arguments } from '../core/operation/arguments.js';
import { checkArguments, type ArgumentKinds } from '../core/operation/fields.js';
import { Operation } from '../core/operation/operation.js';
import type {
  CallOptions,
  DateLike,
  DoctorOptions,
  DoctorReport,
  DownloadedFile,
  Downloads,
  FailedDownload,
  Mirror,
  OpenedFile,
  Pager,
  SharedClientOptions,
} from '../types.js';
import * as kinds from './arguments.js';
import { describe } from './calls/describe.js';
import { doctor } from './calls/doctor.js';
import { downloadFile } from './calls/download-file.js';
import { download } from './calls/download.js';
import { isAlive } from './calls/is-alive.js';
import { latest } from './calls/latest.js';
import { meta } from './calls/meta.js';
import { mirror } from './calls/mirror.js';
import { nearest } from './calls/nearest.js';
import { open } from './calls/open.js';
import { query as queryRecords } from './calls/query.js';
import type { HmiContext, HmiOperation } from './context.js';
import { createContext, shareContext } from './options.js';
import type {
  HmiDownloadFileOptions,
  HmiDownloadOptions,
  HmiFile,
  HmiLatestOptions,
  HmiMeta,
  HmiMetaOptions,
  HmiNearestOptions,
  HmiOptions,
  HmiMirrorOptions,
  HmiQuery,
  HmiRecord,
} from './types.js';

type Records = Iterable<HmiRecord> | AsyncIterable<HmiRecord> | HmiRecord;

/**
 * The FLARECAST HMI service: SDO/HMI images, listed by time and downloaded as FITS. Reads every generation of its
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
  /** What clients of {@link HmiClient.withOptions} share, by the options that they are made with. */
  static readonly #shared = new WeakMap<HmiOptions, HmiContext>();
  readonly #context: HmiContext;

  /**
   * Creates a client; nothing is sent before the first call.
   *
   * @param options - Base URL (also `HMI_BASE_URL`), transport and host policy.
   * @throws {@link ConfigError} for a setting that is missing or out of bounds; `TypeError` for an unknown option or a value of
   * another type.
   */
  constructor(options: HmiOptions = {}) {
    checkArguments(new Arguments('hmi.client'), kinds.CLIENT, { options });
    this.#context = HmiClient.#shared.get(options) ?? createContext(options);
  }

  /** Where the service is, with trailing slash. */
  get baseUrl(): string {
    return this.#context.transport.baseUrl.href;
  }

  /**
   * Lists records in time order, each once. One page is one time slice (a day by default); nothing is requested before
   * it is needed, and memory use stays that of two slices.
   *
   * A slice that fails rejects the iteration with its error: there are never silent gaps. `byPage({ from })` continues there.
   *
   * @param series - The service's own name: `hmi.sharp_720s`, in older generations `sharp_720s` or `720`. Sent unchanged.
   * @param query - Range (end exclusive) and conditions.
   * @param options - Signal and time limit.
   * @throws `TypeError` or `RangeError` for bad arguments, at the call. The iteration rejects with {@link RejectedError},
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
   * The records (one per HARP) of the slot nearest to a given time; empty if there is none within reach.
   *
   * @param series - As in {@link HmiClient.query}.
   * @param when - The time.
   * @param options - Reach (6 hours by default), conditions, signal.
   * @throws `TypeError` or `RangeError` for bad arguments; {@link RejectedError}, {@link NotFoundError}.
   * @example
   * ```ts
   * const [record] = await hmi.nearest('hmi.sharp_720s', '2015-12-11T12:00:00Z', { harpnum: 6178 });
   * ```
   */
  async nearest(series: string, when: DateLike, options: HmiNearestOptions = {}): Promise<HmiRecord[]> {
    const op = this.#begin('hmi.nearest', kinds.NEAREST, { series, when, options });
    return op.run(() => nearest(op, series, when, options));
  }

  /**
   * The records (one per HARP) of the latest slot that has any; empty if there is none within reach.
   *
   * @param series - As in {@link HmiClient.query}.
   * @param options - Latest time (default now), reach (30 days by default), conditions, signal.
   * @throws `TypeError` or `RangeError` for bad arguments; {@link RejectedError}, {@link NotFoundError}.
   * @example
   * ```ts
   * const records = await hmi.latest('hmi.sharp_720s', { before: '2015-12-14' });
   * ```
   */
  async latest(series: string, options: HmiLatestOptions = {}): Promise<HmiRecord[]> {
    const op = this.#begin('hmi.latest', kinds.LATEST, { series, options });
    return op.run(() => latest(op, series, options));
  }

  /**
   * Reads keywords (`area`, `usflux`, …) of records, in batches; falls back to one record per request if the service
   * does not accept more. Numbers are unique only within one series.
   *
   * @param series - As in {@link HmiClient.query}.
   * @param recnums - Record numbers.
   * @param fields - Keyword names; sent in lower case. An empty list asks for all, which is slow.
   * @param options - Batch size, signal, time limit.
   * @returns keywords by record number; `missing` lists the numbers that the service does not have.
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
    return op.run(() => meta(op, series, recnums, fields, options));
  }

  /**
   * Downloads the files of records, 4 at a time by default; `concurrency: 1` is the safe mode for a service of one thread.
   *
   * Each body is checked to be a whole FITS file before it gets its name. With unique names (the default) running the
   * same call again requests no file that already exists, so it fetches only what is missing.
   *
   * @param records - A record, several, or a pager of {@link HmiClient.query}.
   * @param directory - Target folder, created if needed.
   * @param options - Segments, naming, concurrency, what to do with existing files and failures.
   * @throws `TypeError` or `RangeError` for bad arguments, at the call. The iteration rejects with {@link TransferError} (not FITS,
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
    return op.loop(download(op, records, directory, options));
  }

  /**
   * Keeps a local copy of a range up to date: asks for records from the last run on, fetches the files that are new,
   * and records them in `<directory>/.sdc/manifest.jsonl`, under the unique names of {@link HmiClient.download}. If it
   * is killed, the next run continues; two at once share the work. Once a week the whole range is listed, to catch
   * records that were added late.
   *
   * @param series - As in {@link HmiClient.query}.
   * @param query - As in {@link HmiClient.query}; with a `filter` of your own every run lists the whole range.
   * @param options - `directory`, and what to fetch, verify, list as withdrawn or leave out.
   * @returns The run; it starts when it is iterated, or asked for its summary.
   * @throws `TypeError` or `RangeError` for invalid arguments, at the call. The run rejects with what {@link HmiClient.query} throws, after
   * what was listed until then was fetched; what {@link HmiClient.download} throws is an element, unless `onFailure` is `throw`.
   * @example
   * ```ts
   * const query = { start: '2015-12-01', end: '2016-01-01', segments: ['magnetogram'] };
   * console.log(await hmi.mirror('hmi.sharp_720s', query, { directory: 'sharps' }).summary());
   * ```
   */
  mirror(series: string, query: HmiQuery, options: HmiMirrorOptions): Mirror {
    const op = this.#begin('hmi.mirror', kinds.MIRROR, { series, query, options });
    return mirror(op, series, query, options);
  }

  /**
   * Downloads one file by its link, as found in a list.
   *
   * @param url - Link of the service, rebased as {@link HmiOptions.rebaseUrls} says.
   * @param directory - Target folder, created if needed.
   * @param options - Naming, and what to do with an existing file.
   * @throws As {@link HmiClient.download}.
   */
  async downloadFile(
    url: string | URL,
    directory: string | URL,
    options: HmiDownloadFileOptions = {},
  ): Promise<DownloadedFile<string>> {
    const op = this.#begin('hmi.downloadFile', kinds.DOWNLOAD_FILE, { url, directory, options });
    return op.run(() => downloadFile(op, url, directory, options));
  }

  /**
   * Opens a file as a stream, for programs without a disk. The first bytes are checked to be FITS; the length is for the
   * reader to check, since the service does not always give it.
   *
   * @param file - A file of a record, or a link.
   * @param options - Signal and time limit.
   * @throws As {@link HmiClient.download}.
   */
  async open(file: HmiFile | string | URL, options: CallOptions = {}): Promise<OpenedFile> {
    const op = this.#begin('hmi.open', kinds.OPEN, { file, options });
    return op.run(() => open(op, file));
  }

  /**
   * The service's own description, its `/swagger.json`; `undefined` if it has none.
   *
   * @param options - Signal and time limit.
   * @throws {@link UnexpectedResponse}, {@link PageNotAccessible}, {@link NetworkError}, {@link TimeoutError}, {@link RateLimited}.
   */
  async describe(options: CallOptions = {}): Promise<unknown> {
    const op = this.#begin('hmi.describe', kinds.CALL, { options });
    return op.run(() => describe(op));
  }

  /**
   * Whether the service answers at all, asked once: a quick test of the tunnel. Resolves to `false` instead of a network error.
   *
   * @param options - Signal and time limit.
   * @throws {@link ConfigError} (code `closed`) after {@link HmiClient.close}, and the signal's reason after an abort.
   */
  async isAlive(options: CallOptions = {}): Promise<boolean> {
    const op = this.#begin('hmi.isAlive', kinds.CALL, { options });
    return op.run(() => isAlive(op));
  }

  /**
   * Checks point by point whether the service behaves as this package expects, with at most 20 small requests that change nothing, one at
   * a time. A failed request is recorded in its point, so an address where nothing answers gives a report, too.
   *
   * @param options - A folder for the answers, with ids replaced; signal and time limit.
   * @throws `TypeError` for invalid arguments, or a `record` folder that holds files; {@link TransferError} if it cannot be written to.
   * @example
   * ```ts
   * const { points } = await hmi.doctor();
   * for (const { id, known, seen, verdict } of points) if (verdict === 'differs') console.log(id, known, seen);
   * ```
   */
  async doctor(options: DoctorOptions = {}): Promise<DoctorReport> {
    const op = this.#begin('hmi.doctor', kinds.DOCTOR, { options });
    return op.run(() => doctor(op, options));
  }

  /**
   * A client with different limits, logger or headers, which shares connections and `maxConcurrency` with this one.
   * Closing it ends its own calls only; closing this one ends those of both.
   *
   * @param options - What is different; everything else stays as in this client. Headers are added to those of this client.
   * @throws {@link ConfigError} for a value out of bounds; `TypeError` for an unknown option or a value of another type.
   * @example
   * ```ts
   * const patient = hmi.withOptions({ timeoutMs: 120_000, retries: 5 });
   * ```
   */
  withOptions(options: SharedClientOptions = {}): HmiClient {
    checkArguments(new Arguments('hmi.withOptions'), kinds.SHARED, { options });
    const own: HmiOptions = {};
    HmiClient.#shared.set(own, shareContext(this.#context, options));
    return new HmiClient(own);
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
