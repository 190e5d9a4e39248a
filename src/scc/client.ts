import type {
  CallOptions,
  DateLike,
  DoctorOptions,
  DoctorReport,
  DownloadedFile,
  DownloadOptions,
  Downloads,
  FailedDownload,
  Mirror,
  OpenedFile,
  Pager,
  Results,
  SharedClientOptions,
  WaitOptions,
} from '../types.js';
import { Arguments } from '../core/operation/arguments.js';
import { checkArguments, type ArgumentKinds } from '../core/operation/fields.js';
import { Operation } from '../core/operation/operation.js';
import { withToArray } from '../core/util/results.js';
import * as kinds from './arguments.js';
import { deleteMeasurement } from './calls/delete-measurement.js';
import { doctor } from './calls/doctor.js';
import { downloadFile } from './calls/download-file.js';
import { downloadProducts } from './calls/download-products.js';
import { findMeasurement } from './calls/find-measurement.js';
import { getAncillary } from './calls/get-ancillary.js';
import { getLidarConstants } from './calls/get-lidar-constants.js';
import { getMeasurement } from './calls/get-measurement.js';
import { listMeasurements } from './calls/list-measurements.js';
import { login } from './calls/login.js';
import { logout } from './calls/logout.js';
import { mirror } from './calls/mirror.js';
import { nextMeasurementId } from './calls/next-measurement-id.js';
import { openProduct } from './calls/open-product.js';
import { processFile } from './calls/process-file.js';
import { queryMeasurements } from './calls/query-measurements.js';
import { rerunProcessing } from './calls/rerun-processing.js';
import { station } from './calls/station.js';
import { uploadFile } from './calls/upload-file.js';
import { uploadFiles } from './calls/upload-files.js';
import { waitForProcessing } from './calls/wait-for-processing.js';
import { watchProcessing } from './calls/watch-processing.js';
import type { SccContext, SccOperation } from './context.js';
import { createContext, shareContext } from './options.js';
import { closeClient } from './session/log-out.js';
import { keepAlive } from './session/keep-alive.js';
import type {
  AncillaryFile,
  AncillaryType,
  FailedUpload,
  LidarConstant,
  Measurement,
  ProcessedFile,
  ProcessOptions,
  ProductOptions,
  SccCredentials,
  SccOptions,
  SccProduct,
  StationEvent,
  StationOptions,
  UploadedFile,
  UploadFilesOptions,
  UploadOptions,
  UploadResult,
  DateQuery,
  SccMirrorOptions,
  SccMirrorQuery,
  IdQuery,
  RerunStep,
  UploadSource,
} from './types.js';

/**
 * The Single Calculus Chain of EARLINET/ACTRIS: upload raw lidar measurements, wait for their processing, fetch the products.
 *
 * The first call logs in automatically. A session that has ended is noticed on any call and renewed once, by one login
 * for all calls in flight. Close the client, or create it with `await using`, so that the session ends on the server too.
 *
 * Every call can reject with {@link WrongCredentials}, {@link SessionExpired}, {@link Forbidden}, {@link NetworkError},
 * {@link TimeoutError}, {@link PageNotAccessible}, {@link RateLimited} or {@link UnexpectedResponse} besides the errors it names,
 * with {@link ConfigError} (code `closed`) after {@link SCC.close}, and with the signal's reason after an abort;
 * bad arguments are `TypeError` or `RangeError` before any request. All times are UTC.
 *
 * @example
 * ```ts
 * import { SCC } from '@lab/sdc';
 *
 * await using scc = new SCC();
 * const { measurementId } = await scc.uploadFile('20210601aky0930.nc', 437);
 * await scc.waitForProcessing(measurementId);
 * for await (const file of scc.downloadProducts(measurementId, 'products')) console.log(file.path);
 * ```
 */
export class SCC implements AsyncDisposable {
  /** What clients of {@link SCC.withOptions} share, by the options that they are made with. */
  static readonly #shared = new WeakMap<SccOptions, SccContext>();
  readonly #context: SccContext;
  readonly #stopKeepAlive: () => void;
  #closing: Promise<void> | undefined;

  /**
   * Creates a client; nothing is sent before the first call.
   *
   * @param credentials - Default: option `credentials`, then the environment, each of the four by itself.
   * @param options - Site, limits, logger.
   * @throws {@link ConfigError} when a login is missing or a setting is out of bounds; `TypeError` for an unknown option or a value
   * of another type.
   */
  constructor(credentials?: SccCredentials, options: SccOptions = {}) {
    checkArguments(new Arguments('scc.client'), kinds.CLIENT, { credentials, options });
    this.#context = SCC.#shared.get(options) ?? createContext(credentials ?? options.credentials, options);
    this.#stopKeepAlive = options.keepAlive === true ? keepAlive(this.#context) : () => undefined;
  }

  /**
   * Logs in, even if there is already a session. Optional: the first call logs in automatically.
   *
   * @param options - Signal and time limit of a request.
   * @throws {@link ConfigError} when the base URL redirects to another site.
   * @throws {@link WrongCredentials} whose `layer` distinguishes the site login (`site`) from the account (`account`).
   */
  async login(options: CallOptions = {}): Promise<void> {
    const op = this.#begin('scc.login', kinds.CALL, { options });
    return op.run(() => login(op));
  }

  /**
   * Ends the session on the server; the next call logs in again. Without a session it sends nothing.
   *
   * @param options - Signal and time limit of a request.
   */
  async logout(options: CallOptions = {}): Promise<void> {
    const op = this.#begin('scc.logout', kinds.CALL, { options });
    return op.run(() => logout(op));
  }

  /**
   * Lists measurements by their start (SCC admin changelist; all Django generations that are known).
   *
   * Rows that cannot be read are `warnings` of their page. The table has neither `isQueued` nor exit codes;
   * {@link SCC.getMeasurement} does.
   *
   * @param query - `dateStart` inclusive, `dateEnd` exclusive; `station` as three lower-case letters.
   * @param options - Signal and time limit of each request.
   * @throws {@link RejectedError}, within the iteration, when the site does not accept the search.
   * @throws `TypeError` for an invalid date or station code, `RangeError` for an empty range.
   * @example
   * ```ts
   * const june = { dateStart: '2021-06-01', dateEnd: '2021-07-01', station: 'aky' };
   * for await (const { id, products } of scc.queryMeasurements(june)) console.log(id, products.elda.status);
   * ```
   */
  queryMeasurements(query: DateQuery, options: CallOptions = {}): Pager<Measurement> {
    const op = this.#begin('scc.queryMeasurements', kinds.BY_DATE, { query, options });
    return queryMeasurements(op, query);
  }

  /**
   * Lists measurements by id (SCC JSON API, `id__exact` and `id__startswith`); without a condition, all of them.
   *
   * @param query - The whole id, or how it begins: `20210601` is a day, `20210601aky` one of a station.
   * @param options - Signal and time limit of each request.
   * @throws `TypeError` for what cannot be an id.
   * @example
   * ```ts
   * const day = await scc.listMeasurements({ idStartsWith: '20210601' }).toArray();
   * ```
   */
  listMeasurements(query: IdQuery = {}, options: CallOptions = {}): Pager<Measurement> {
    const op = this.#begin('scc.listMeasurements', kinds.BY_ID, { query, options });
    return listMeasurements(op, query);
  }

  /**
   * One measurement with the state of each module (SCC JSON API).
   *
   * @param id - Such as `20210601aky0930`.
   * @param options - Signal and time limit.
   * @throws {@link MeasurementNotFound}
   * @throws `TypeError` for what cannot be an id.
   */
  async getMeasurement(id: string, options: CallOptions = {}): Promise<Measurement> {
    const op = this.#begin('scc.getMeasurement', kinds.ONE, { id, options });
    return op.run(() => getMeasurement(op, id));
  }

  /**
   * One measurement, or `undefined` if there is none.
   *
   * @param id - Such as `20210601aky0930`.
   * @param options - Signal and time limit.
   * @throws `TypeError` for what cannot be an id.
   */
  async findMeasurement(id: string, options: CallOptions = {}): Promise<Measurement | undefined> {
    const op = this.#begin('scc.findMeasurement', kinds.ONE, { id, options });
    return op.run(() => findMeasurement(op, id));
  }

  /**
   * The first id of a day (UTC) that is free: day, call sign and two digits, such as `20210601aky00`.
   *
   * @param date - The day.
   * @param callSign - The station, two or three lower-case letters.
   * @param options - Signal and time limit of each request.
   * @throws {@link RejectedError} when all hundred are taken.
   * @throws {@link UnexpectedResponse} when an id of the day cannot be read, since any could then be taken.
   * @throws `TypeError` for an invalid date or call sign.
   * @example
   * ```ts
   * const measurementId = await scc.nextMeasurementId('2021-06-01', 'aky');
   * ```
   */
  async nextMeasurementId(date: DateLike, callSign: string, options: CallOptions = {}): Promise<string> {
    const op = this.#begin('scc.nextMeasurementId', kinds.NEXT_ID, { date, callSign, options });
    return op.run(() => nextMeasurementId(op, date, callSign));
  }

  /**
   * An ancillary file by its name, or `undefined`; `exists` is false for one that measurements only refer to.
   *
   * @param filename - Name without folders, such as `rs_20210601aky09.nc`.
   * @param type - Its kind; each kind has its own list.
   * @param options - Signal and time limit.
   * @throws `TypeError` for a path or an unknown type.
   */
  async getAncillary(
    filename: string,
    type: AncillaryType,
    options: CallOptions = {},
  ): Promise<AncillaryFile | undefined> {
    const op = this.#begin('scc.getAncillary', kinds.ANCILLARY, { filename, type, options });
    return op.run(() => getAncillary(op, filename, type));
  }

  /**
   * Uploads a raw measurement (netCDF: classic, 64-bit offsets, CDF-5 or netCDF 4) and checks that the SCC has received
   * it. A file is never sent twice: if the response is lost, the client asks the API whether the file has arrived.
   *
   * @param file - Streamed from the disk.
   * @param systemId - Number of the lidar configuration.
   * @param options - Ancillary files, delay, `force`.
   * @throws {@link AlreadyExists} when there is a measurement of this id and `force` is not set.
   * @throws {@link SCCError} with the SCC's own words when it refuses the file, or with `force` the deletion.
   * @throws {@link RejectedError} when `force` is set and other objects protect the measurement.
   * @throws {@link SessionExpired} when the session ended during the upload; the next call works.
   * @throws {@link TransferError} when a file changes or cannot be read while it is being sent.
   * @throws {@link UnexpectedResponse} when the SCC accepted the file but stored it under another id, or does not show it.
   * @throws `TypeError` for a file that is missing, empty, not netCDF or without `Measurement_ID`; `RangeError` for a delay
   * outside 0 to 96 hours.
   * @example
   * ```ts
   * const { measurementId } = await scc.uploadFile('20210601aky0930.nc', 437, { soundingFile: 'rs_20210601aky09.nc' });
   * ```
   */
  async uploadFile(file: string | URL, systemId: number | string, options: UploadOptions = {}): Promise<UploadResult> {
    const op = this.#begin('scc.uploadFile', kinds.UPLOAD_FILE, { file, systemId, options });
    return op.run(() => uploadFile(op, file, systemId, options));
  }

  /**
   * Uploads many files one after the other, or the `*.nc` of a folder without `rs_*`, `ov_*` and `lr_*`; one result per file.
   *
   * A file that fails is an element with its error, and the others continue. All elements are checked before the first
   * upload. The radiosonde, overlap and lidar ratio files that a file names (`Sounding_File_Name`, `Overlap_File_Name`,
   * `LR_File_Name`) are sent along if they are in the same folder. In a folder, links to files count as files, and
   * hidden files are left out.
   *
   * @param files - A folder, one file, or many, each with or without its own options.
   * @param options - For all files; those of a single file take precedence.
   * @throws {@link WrongCredentials}, which ends the loop: every further file would try the same login.
   * @throws `TypeError` when the folder cannot be read.
   * @example
   * ```ts
   * for await (const result of scc.uploadFiles('measurements', { systemId: 437 })) {
   *   console.log(result.file, result.status === 'failed' ? result.error.message : result.measurementId);
   * }
   * ```
   */
  uploadFiles(files: UploadSource, options: UploadFilesOptions = {}): Results<UploadedFile | FailedUpload> {
    const op = this.#begin('scc.uploadFiles', kinds.UPLOAD_FILES, { files, options });
    return withToArray(op.loop(uploadFiles(op, files, options)));
  }

  /**
   * Follows the processing: each change of state, the last one included. Leaving the loop never stops the processing.
   *
   * A module that failed is a state, not an error; {@link SCC.waitForProcessing} makes it an error. Temporary faults of the site
   * are tolerated until the deadline.
   *
   * @param id - Such as `20210601aky0930`.
   * @param options - Pause between two status checks (default 10 s), deadline, signal.
   * @throws {@link MeasurementNotFound} when it does not appear within `appearMs` (default 5 minutes).
   * @throws {@link WaitTimeout} at the deadline (default 2 hours).
   * @throws `TypeError` for what cannot be an id, `RangeError` for a negative duration.
   * @example
   * ```ts
   * for await (const { isQueued, products } of scc.watchProcessing('20210615po01')) console.log(isQueued, products.elpp.status);
   * ```
   */
  watchProcessing(id: string, options: WaitOptions<Measurement> = {}): Results<Measurement> {
    const op = this.#begin('scc.watchProcessing', kinds.WAIT, { id, options });
    return withToArray(op.loop(watchProcessing(op, id, options)));
  }

  /**
   * Waits for the end of the processing. Ending the wait never stops the processing.
   *
   * After {@link SCC.rerunProcessing} of this client, results of the previous run do not count: it waits until the chain
   * begins, for as long as `appearMs` after the restart, or 30 status checks.
   *
   * @param id - Such as `20210601aky0930`.
   * @param options - Pause between two status checks (default 10 s), deadline, signal.
   * @throws {@link ProcessingFailed} when a module failed or nothing was started; it carries the last state.
   * @throws {@link WaitTimeout} at the deadline (default 2 hours), with the last state.
   * @throws {@link MeasurementNotFound} when it does not appear within `appearMs` (default 5 minutes).
   * @throws `TypeError` for what cannot be an id, `RangeError` for a negative duration.
   */
  async waitForProcessing(id: string, options: WaitOptions<Measurement> = {}): Promise<Measurement> {
    const op = this.#begin('scc.waitForProcessing', kinds.WAIT, { id, options });
    return op.run(() => waitForProcessing(op, id, options));
  }

  /**
   * Downloads products as archives, checked before they get their names; `raw` is unpacked to its netCDF file.
   *
   * Products keep their names when they are made again, so existing files are not assumed to be current: with
   * `overwrite: 'update'`, the default, a file is kept only if the SCC is known to have nothing newer, or after it was fetched and found
   * to be the same. After an upload or a rerun by this client, `'skip'` means the same. A product that was chosen by default but is not
   * there, although its module succeeded, is left out with a warning in the log.
   *
   * @param id - Such as `20210601aky0930`.
   * @param directory - Target folder, created if needed.
   * @param options - `products` (default: all that the measurement has finished), `extract`, and what every download takes. An
   * archive may take the site minutes to make: `timeoutMs` is 5 minutes here, unless the client sets its own.
   * @throws {@link MeasurementNotFound}
   * @throws {@link ProductNotAvailable} for a product that was named but is not there, or if none of several is.
   * @throws {@link TransferError} when a body breaks off or is not an archive, or a target exists with `overwrite: 'error'`.
   * @throws `TypeError` at the call for what cannot be a product or is a misspelt one, and for an empty list.
   * @example
   * ```ts
   * for await (const file of scc.downloadProducts('20210601aky0000', 'products', { products: ['elpp', 'optical'] })) {
   *   console.log(file.source, file.path, file.sha256);
   * }
   * ```
   */
  downloadProducts(
    id: string,
    directory: string | URL,
    options: ProductOptions & { readonly onFailure: 'yield' },
  ): Downloads<DownloadedFile<SccProduct> | FailedDownload<SccProduct>>;
  downloadProducts(
    id: string,
    directory: string | URL,
    options?: ProductOptions & { readonly onFailure?: 'throw' },
  ): Downloads<DownloadedFile<SccProduct>>;
  downloadProducts(
    id: string,
    directory: string | URL,
    options?: ProductOptions,
  ): Downloads<DownloadedFile<SccProduct> | FailedDownload<SccProduct>>;
  downloadProducts(
    id: string,
    directory: string | URL,
    options: ProductOptions = {},
  ): Downloads<DownloadedFile<SccProduct> | FailedDownload<SccProduct>> {
    const op = this.#begin('scc.downloadProducts', kinds.PRODUCTS, { id, directory, options });
    return op.loop(downloadProducts(op, id, directory, options));
  }

  /**
   * Keeps a local copy of the products of a date range up to date: those that are new, or whose measurement was changed
   * or processed again since, are fetched and recorded in `<directory>/.sdc/manifest.jsonl`, under the names of
   * {@link SCC.downloadProducts}. If it is killed, the next run continues; two at the same time share the work.
   *
   * @param query - Measurements by date, as in {@link SCC.queryMeasurements}, and which products.
   * @param options - `directory`, and what to fetch, verify, list as withdrawn or leave out.
   * @returns The run; it starts when it is iterated, or asked for its summary.
   * @throws `TypeError` or `RangeError` for invalid arguments, at the call. The run rejects with what
   * {@link SCC.queryMeasurements} throws, after what was listed until then was fetched; what
   * {@link SCC.downloadProducts} throws is an element, unless `onFailure` is `throw`.
   * @example
   * ```ts
   * const june = { dateStart: '2021-06-01', dateEnd: '2021-07-01', station: 'aky' };
   * console.log(await scc.mirror(june, { directory: 'products' }).summary());
   * ```
   */
  mirror(query: SccMirrorQuery, options: SccMirrorOptions): Mirror {
    const op = this.#begin('scc.mirror', kinds.MIRROR, { query, options });
    return mirror(op, query, options);
  }

  /**
   * Runs a lidar station: watches a folder, uploads new raw files with the ancillary files that they name, follows
   * their processing, and fetches their products.
   *
   * A file is left alone until it no longer changes. Each measurement is sent once, even if the process is killed: what
   * is about to be sent is written to the datalog first, and the next start asks the SCC for it. A measurement that the
   * SCC already has is followed, not sent, unless `replace` or `rerun` says otherwise. Temporary failures (the network,
   * maintenance, a full disk) are tried again, with growing pauses of up to an hour; with `once` they are an element
   * `failed`, and the next start tries again. If the SCC rejected a file, or its processing failed, nothing happens
   * until the file changes. A file that cannot be sent is checked again when it, or another file in the folder, has
   * changed, and at the next start.
   *
   * @param folder - The raw files, `*.nc`; `rs_*`, `ov_*` and `lr_*` are ancillary files. Folders in it are not searched.
   * @param options - `directory` for the products, `systemId`, `once`, `datalog`, signal …
   * @returns what happens to each file, as it happens. Leaving the loop, or an abort, shuts the station down
   * gracefully; processing at the SCC continues.
   * @throws `TypeError` or `RangeError` for invalid arguments, at the call; within the loop `TypeError` for a folder that cannot be read.
   * @throws {@link WrongCredentials}, which ends the station.
   * @throws {@link TransferError} when the datalog cannot be written, or another station uses it (then `retryable`).
   * @example
   * ```ts
   * for await (const { file, state, error } of scc.station('raw', { systemId: 437, directory: 'products', once: true })) {
   *   console.log(file, state, error?.message ?? '');
   * }
   * ```
   */
  station(folder: string | URL, options: StationOptions): Results<StationEvent> {
    const op = this.#begin('scc.station', kinds.STATION, { folder, options });
    return withToArray(op.loop(station(op, folder, options)));
  }

  /**
   * Opens one product as a stream, for services without a disk. Cancel the stream to end it early.
   *
   * The first bytes are checked; if the body breaks off, the stream fails. `raw` is passed on as the SCC sends it, which can
   * be an archive around the file.
   *
   * @param id - Such as `20210601aky0930`.
   * @param product - Which one.
   * @param options - Signal, which also ends the stream, and time limit.
   * @throws {@link MeasurementNotFound}
   * @throws {@link ProductNotAvailable} when it is not there.
   * @throws {@link TransferError} when the body is not an archive.
   * @throws `TypeError` for an unknown product or what cannot be an id.
   * @example
   * ```ts
   * const { stream, name, bytes } = await scc.openProduct('20210601aky0000', 'optical');
   * await stream.cancel();
   * ```
   */
  async openProduct(id: string, product: SccProduct, options: CallOptions = {}): Promise<OpenedFile> {
    const op = this.#begin('scc.openProduct', kinds.OPEN, { id, product, options });
    return op.run(() => openProduct(op, id, product));
  }

  /**
   * Downloads any file of the site to a path of your choice, its name included.
   *
   * @param url - Absolute, or relative to the base URL; other hosts are refused.
   * @param path - The target.
   * @param options - What every download takes; `overwrite` is `'update'` by default.
   * @throws {@link NotFoundError} when there is none.
   * @throws {@link TransferError} when the body breaks off, is a page or a damaged archive, or the target exists with
   * `overwrite: 'error'`.
   * @throws `TypeError` for an address on another host, or a path that ends like a file that is still being downloaded
   * (`.part`, `.part.json`, `.part.lock`).
   */
  async downloadFile(url: string | URL, path: string | URL, options: DownloadOptions = {}): Promise<DownloadedFile> {
    const op = this.#begin('scc.downloadFile', kinds.DOWNLOAD_FILE, { url, path, options });
    return op.run(() => downloadFile(op, url, path, options));
  }

  /**
   * Uploads a file, waits for its processing and downloads what was finished.
   *
   * @param file - A raw measurement, netCDF 3 or 4.
   * @param systemId - Number of the lidar configuration.
   * @param directory - Where the products go.
   * @param options - Those of {@link SCC.uploadFile}, {@link SCC.waitForProcessing} and {@link SCC.downloadProducts};
   * `onProgress` reports the downloads.
   * @throws {@link ProcessingFailed} when nothing was finished; single modules that failed are states of the measurement.
   * @throws All that {@link SCC.uploadFile}, {@link SCC.watchProcessing} and {@link SCC.downloadProducts} throw.
   * @example
   * ```ts
   * const { measurement, files } = await scc.processFile('20210601aky0930.nc', 437, 'products', { extract: true });
   * console.log(measurement.products.elda.status, files.length);
   * ```
   */
  async processFile(
    file: string | URL,
    systemId: number | string,
    directory: string | URL,
    options: ProcessOptions = {},
  ): Promise<ProcessedFile> {
    const op = this.#begin('scc.processFile', kinds.PROCESS, { file, systemId, directory, options });
    return op.run(() => processFile(op, file, systemId, directory, options));
  }

  /**
   * Runs the processing again: the whole chain (default), from ELPP, or the optical step only. Waits for its turn after other
   * reruns and deletions of this client, since the site reports their outcome on the session's next page.
   *
   * @param id - Such as `20210601aky0930`.
   * @param options - `from`: where to start, default `all`.
   * @throws {@link MeasurementNotFound}
   * @throws {@link SCCError} with the SCC's own words when it does not restart.
   * @throws {@link UnexpectedResponse} when the site does not confirm the restart.
   * @throws `TypeError` for another step.
   */
  async rerunProcessing(id: string, options: CallOptions & { readonly from?: RerunStep } = {}): Promise<void> {
    const op = this.#begin('scc.rerunProcessing', kinds.RERUN, { id, options });
    return op.run(() => rerunProcessing(op, id, options));
  }

  /**
   * Deletes a measurement and checks with the API that it is gone. Waits for its turn after other deletions and reruns of this
   * client.
   *
   * @param id - Such as `20210601aky0930`.
   * @param options - `related`: also delete what belongs to it; default false.
   * @throws {@link MeasurementNotFound}
   * @throws {@link RejectedError} when the SCC protects it because of other objects, which `messages` names.
   * @throws {@link SCCError} with the SCC's own words when it still exists.
   */
  async deleteMeasurement(id: string, options: CallOptions & { readonly related?: boolean } = {}): Promise<void> {
    const op = this.#begin('scc.deleteMeasurement', kinds.DELETE, { id, options });
    return op.run(() => deleteMeasurement(op, id, options));
  }

  /**
   * Lists lidar constants by the start of their profile (SCC admin changelist). A field that cannot be read is `undefined`
   * and a warning of its page.
   *
   * @param query - `dateStart` inclusive, `dateEnd` exclusive; `station` as three lower-case letters.
   * @param options - Signal and time limit of each request.
   * @throws {@link RejectedError}, within the iteration, when the site does not accept the search.
   * @throws `TypeError` for an invalid date or station code, `RangeError` for an empty range.
   * @example
   * ```ts
   * const constants = await scc.getLidarConstants({ dateStart: '2021-06-01', dateEnd: '2021-07-01' }).toArray({ limit: 10 });
   * ```
   */
  getLidarConstants(query: DateQuery, options: CallOptions = {}): Pager<LidarConstant> {
    const op = this.#begin('scc.getLidarConstants', kinds.BY_DATE, { query, options });
    return getLidarConstants(op, query);
  }

  /**
   * Checks point by point whether the SCC behaves as this package expects, with at most 20 small requests that change
   * nothing, one at a time. It logs in for this. A failed request is recorded in its point, so an address where nothing
   * answers gives a report, too.
   *
   * @param options - A folder for the answers, with secrets, names, e-mail addresses and ids replaced; signal and time limit.
   * @throws `TypeError` for invalid arguments, or a `record` folder that holds files; {@link TransferError} if it cannot be written to.
   * @example
   * ```ts
   * const { points } = await scc.doctor();
   * for (const { id, known, seen, verdict } of points) if (verdict === 'differs') console.log(id, known, seen);
   * ```
   */
  async doctor(options: DoctorOptions = {}): Promise<DoctorReport> {
    const op = this.#begin('scc.doctor', kinds.DOCTOR, { options });
    return op.run(() => doctor(op, options));
  }

  /**
   * A client with different limits, logger or headers, which shares session, connections and `maxConcurrency` with this
   * one. Closing it ends its own calls only; closing this one ends those of both.
   *
   * @param options - What is different; everything else stays as in this client. Headers are added to those of this client.
   * @throws {@link ConfigError} for a value out of bounds; `TypeError` for an unknown option or a value of another type.
   * @example
   * ```ts
   * const patient = scc.withOptions({ timeoutMs: 120_000, retries: 5 });
   * ```
   */
  withOptions(options: SharedClientOptions = {}): SCC {
    checkArguments(new Arguments('scc.withOptions'), kinds.SHARED, { options });
    const own: SccOptions = {};
    SCC.#shared.set(own, shareContext(this.#context, options));
    return new SCC(undefined, own);
  }

  /** Ends the session on the server and the client with it; calls in flight are aborted. Never rejects, and may be called again. */
  close(): Promise<void> {
    this.#stopKeepAlive();
    this.#closing ??= closeClient(this.#context);
    return this.#closing;
  }

  /** The same as {@link SCC.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #begin<T extends { readonly options?: CallOptions }>(name: string, kinds: ArgumentKinds<T>, values: T): SccOperation {
    return Operation.begin(this.#context, name, kinds, values);
  }
}
