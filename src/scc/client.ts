import type {
  CallOptions,
  DateLike,
  DownloadedFile,
  DownloadOptions,
  Downloads,
  FailedDownload,
  OpenedFile,
  Pager,
  WaitOptions,
} from '../types.js';
import { checkArguments, type ArgumentKinds } from '../core/operation/declared.js';
import { Operation } from '../core/operation/operation.js';
import * as kinds from './arguments.js';
import { deleteMeasurement } from './calls/delete-measurement.js';
import { downloadFile } from './calls/download-file.js';
import { downloadProducts } from './calls/download-products.js';
import { findMeasurement } from './calls/find-measurement.js';
import { getAncillary } from './calls/get-ancillary.js';
import { getLidarConstants } from './calls/get-lidar-constants.js';
import { getMeasurement } from './calls/get-measurement.js';
import { listMeasurements } from './calls/list-measurements.js';
import { login } from './calls/login.js';
import { logout } from './calls/logout.js';
import { nextMeasurementId } from './calls/next-measurement-id.js';
import { openProduct } from './calls/open-product.js';
import { processFile } from './calls/process-file.js';
import { queryMeasurements } from './calls/query-measurements.js';
import { rerunProcessing } from './calls/rerun-processing.js';
import { uploadFile } from './calls/upload-file.js';
import { uploadFiles } from './calls/upload-files.js';
import { waitForProcessing } from './calls/wait-for-processing.js';
import { watchProcessing } from './calls/watch-processing.js';
import type { SccContext, SccOperation } from './context.js';
import { createContext } from './options.js';
import { closeClient } from './session/close.js';
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
  UploadedFile,
  UploadFilesOptions,
  UploadOptions,
  UploadResult,
  DateQuery,
  IdQuery,
  RerunStep,
  UploadSource,
} from './types.js';

/**
 * The Single Calculus Chain of EARLINET/ACTRIS: upload raw lidar measurements, wait for their processing, fetch the products.
 *
 * The first call logs in by itself. A session that has ended is noticed on any call and renewed once, by one login
 * for any number of calls in flight. Close the client, or make it with `await using`, so that the session ends on the server too.
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
  readonly #context: SccContext;
  readonly #stopKeepAlive: () => void;
  #closing: Promise<void> | undefined;

  /**
   * Makes a client; nothing is sent before the first call.
   *
   * @param credentials - Default: option `credentials`, then the environment, each of the four by itself.
   * @param options - Site, limits, logger.
   * @throws {@link ConfigError} when a login is missing or a setting is out of bounds; `TypeError` for an unknown option or a value
   * of another type.
   */
  constructor(credentials?: SccCredentials, options: SccOptions = {}) {
    checkArguments('scc.client', kinds.CLIENT, { credentials, options });
    this.#context = createContext(credentials ?? options.credentials, options);
    this.#stopKeepAlive = options.keepAlive === true ? keepAlive(this.#context) : () => undefined;
  }

  /**
   * Logs in, again if there is a session already. Optional: the first call logs in by itself.
   *
   * @param options - Signal and time limit of a request.
   * @throws {@link ConfigError} when the base URL redirects to another site.
   * @throws {@link WrongCredentials} whose `layer` tells the site login (`site`) from the account (`account`).
   */
  async login(options: CallOptions = {}): Promise<void> {
    const op = this.#begin('scc.login', kinds.CALL, { options });
    return login(op);
  }

  /**
   * Ends the session on the server; the next call logs in again. Without a session it asks for nothing.
   *
   * @param options - Signal and time limit of a request.
   */
  async logout(options: CallOptions = {}): Promise<void> {
    const op = this.#begin('scc.logout', kinds.CALL, { options });
    return logout(op);
  }

  /**
   * Lists measurements by their start (SCC admin changelist; all Django generations that are known).
   *
   * Rows that cannot be read are `warnings` of their page. The table tells neither `isQueued` nor exit codes;
   * {@link SCC.getMeasurement} does.
   *
   * @param query - `dateStart` inclusive, `dateEnd` exclusive; `station` as three lower-case letters.
   * @param options - Signal and time limit of each request.
   * @throws {@link RejectedError}, within the iteration, when the site does not accept the search.
   * @throws `TypeError` for a date that is none or an unusual station, `RangeError` for an empty span.
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
   * Lists measurements by id (SCC JSON API, `id__exact` and `id__startswith`); without a condition all there are.
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
    return getMeasurement(op, id);
  }

  /**
   * One measurement, or `undefined` where there is none.
   *
   * @param id - Such as `20210601aky0930`.
   * @param options - Signal and time limit.
   * @throws `TypeError` for what cannot be an id.
   */
  async findMeasurement(id: string, options: CallOptions = {}): Promise<Measurement | undefined> {
    const op = this.#begin('scc.findMeasurement', kinds.ONE, { id, options });
    return findMeasurement(op, id);
  }

  /**
   * The first id of a day (UTC) that is free: day, call sign and two digits, such as `20210601aky00`.
   *
   * @param date - The day.
   * @param callSign - The station, two or three lower-case letters.
   * @param options - Signal and time limit of each request.
   * @throws {@link RejectedError} when all hundred are taken.
   * @throws {@link UnexpectedResponse} when an id of the day cannot be read, since any could then be taken.
   * @throws `TypeError` for a date or a call sign that is none.
   * @example
   * ```ts
   * const measurementId = await scc.nextMeasurementId('2021-06-01', 'aky');
   * ```
   */
  async nextMeasurementId(date: DateLike, callSign: string, options: CallOptions = {}): Promise<string> {
    const op = this.#begin('scc.nextMeasurementId', kinds.NEXT_ID, { date, callSign, options });
    return nextMeasurementId(op, date, callSign);
  }

  /**
   * An ancillary file by its name, or `undefined`; `exists` is false for one that measurements only refer to.
   *
   * @param filename - Name without folders, such as `rs_20210601aky09.nc`.
   * @param type - Which kind: they have lists of their own.
   * @param options - Signal and time limit.
   * @throws `TypeError` for a path or an unknown type.
   */
  async getAncillary(
    filename: string,
    type: AncillaryType,
    options: CallOptions = {},
  ): Promise<AncillaryFile | undefined> {
    const op = this.#begin('scc.getAncillary', kinds.ANCILLARY, { filename, type, options });
    return getAncillary(op, filename, type);
  }

  /**
   * Uploads a raw measurement (netCDF: classic, 64-bit offsets, CDF-5 or netCDF 4) and proves that the SCC has it. Never sent twice: where the answer is lost,
   * the API tells whether the file arrived.
   *
   * @param file - Streamed from the disk.
   * @param systemId - Number of the lidar configuration.
   * @param options - Ancillary files, delay, `force`.
   * @throws {@link AlreadyExists} when there is a measurement of this id and `force` is not set.
   * @throws {@link SCCError} with the SCC's own words when it refuses the file, or with `force` the deletion.
   * @throws {@link RejectedError} when `force` is set and other objects protect the measurement.
   * @throws {@link SessionExpired} when the session ended during the upload; the next call works.
   * @throws {@link TransferError} when a file changes or cannot be read while it is sent.
   * @throws {@link UnexpectedResponse} when the SCC took the file but stored it under another id, or does not show it.
   * @throws `TypeError` for a file that is missing, empty, no netCDF or without `Measurement_ID`; `RangeError` for a delay
   * outside 0 to 96 hours.
   * @example
   * ```ts
   * const { measurementId } = await scc.uploadFile('20210601aky0930.nc', 437, { soundingFile: 'rs_20210601aky09.nc' });
   * ```
   */
  async uploadFile(file: string | URL, systemId: number | string, options: UploadOptions = {}): Promise<UploadResult> {
    const op = this.#begin('scc.uploadFile', kinds.UPLOAD_FILE, { file, systemId, options });
    return uploadFile(op, file, systemId, options);
  }

  /**
   * Uploads many files one after the other, or the `*.nc` of a folder without `rs_*`, `ov_*` and `lr_*`; one result per file.
   *
   * A file that fails is a result with its error, and the rest goes on. The radiosonde, overlap and lidar ratio files that a file
   * names (`Sounding_File_Name`, `Overlap_File_Name`, `LR_File_Name`) are sent along when they lie beside it. In a folder, links
   * to files count as files, and names that begin with a dot are left out.
   *
   * @param files - A folder, one file, or many, each with or without options of its own.
   * @param options - For all files; those of a single file win.
   * @throws {@link WrongCredentials}, which ends the loop: every further file would try the same login.
   * @throws `TypeError` when the folder cannot be read.
   * @example
   * ```ts
   * for await (const result of scc.uploadFiles('measurements', { systemId: 437 })) {
   *   console.log(result.file, result.status === 'failed' ? result.error.message : result.measurementId);
   * }
   * ```
   */
  uploadFiles(
    files: UploadSource,
    options: UploadFilesOptions = {},
  ): AsyncGenerator<UploadedFile | FailedUpload, void, undefined> {
    const op = this.#begin('scc.uploadFiles', kinds.UPLOAD_FILES, { files, options });
    return uploadFiles(op, files, options);
  }

  /**
   * Follows the processing: each change of state, the last one included. Leaving the loop never stops the processing.
   *
   * A module that failed is a state, not an error; {@link SCC.waitForProcessing} makes it one. Passing faults of the site
   * are forgiven until the deadline.
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
  watchProcessing(id: string, options: WaitOptions<Measurement> = {}): AsyncGenerator<Measurement, void, undefined> {
    const op = this.#begin('scc.watchProcessing', kinds.WAIT, { id, options });
    return watchProcessing(op, id, options);
  }

  /**
   * Waits for the end of the processing. Stopping to wait never stops the processing.
   *
   * After {@link SCC.rerunProcessing} of this client, results of the run before do not count: it waits until the chain
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
    return waitForProcessing(op, id, options);
  }

  /**
   * Downloads products as archives, checked before they get their names; `raw` as the netCDF file in it.
   *
   * Products keep their names when they are made again, so files that are there are not taken for those of now: with
   * `overwrite: 'update'`, the default, one stays only if the SCC is known to have nothing newer, or after it was fetched and found
   * the same. After an upload or a rerun by this client `'skip'` means the same. What was taken by default and is not
   * there, although its module has ended well, is left out with a warning in the log.
   *
   * @param id - Such as `20210601aky0930`.
   * @param directory - Made if it is not there.
   * @param options - `products` (default: all that the measurement has finished), `extract`, and what every download takes. An
   * archive may take the site minutes to make: `timeoutMs` is 5 minutes here, unless the client has one of its own.
   * @throws {@link MeasurementNotFound}
   * @throws {@link ProductNotAvailable} for a product that was named but is not there, or where none of several is.
   * @throws {@link TransferError} when a body breaks off or is no archive, or a target exists with `overwrite: 'error'`.
   * @throws `TypeError` at once for what cannot be a product or is nearly the name of one, and for an empty list.
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
    return downloadProducts(op, id, directory, options);
  }

  /**
   * Opens one product as a stream, for services without a disk. Cancel the stream to end it early.
   *
   * The first bytes are checked, a break shows as an error of the stream. `raw` is passed on as the SCC sends it, which can
   * be an archive around the file.
   *
   * @param id - Such as `20210601aky0930`.
   * @param product - Which one.
   * @param options - Signal, which also ends the stream, and time limit.
   * @throws {@link MeasurementNotFound}
   * @throws {@link ProductNotAvailable} when it is not there.
   * @throws {@link TransferError} when the body is no archive.
   * @throws `TypeError` for an unknown product or what cannot be an id.
   * @example
   * ```ts
   * const { stream, name, bytes } = await scc.openProduct('20210601aky0000', 'optical');
   * await stream.cancel();
   * ```
   */
  async openProduct(id: string, product: SccProduct, options: CallOptions = {}): Promise<OpenedFile> {
    const op = this.#begin('scc.openProduct', kinds.OPEN, { id, product, options });
    return openProduct(op, id, product);
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
   * @throws `TypeError` for an address on another host, or a path that ends as the files do that are still coming
   * (`.part`, `.part.json`, `.part.lock`).
   */
  async downloadFile(url: string | URL, path: string | URL, options: DownloadOptions = {}): Promise<DownloadedFile> {
    const op = this.#begin('scc.downloadFile', kinds.DOWNLOAD_FILE, { url, path, options });
    return downloadFile(op, url, path, options);
  }

  /**
   * Uploads a file, waits for its processing and downloads what was finished.
   *
   * @param file - A raw measurement, netCDF 3 or 4.
   * @param systemId - Number of the lidar configuration.
   * @param directory - Where the products go.
   * @param options - Those of {@link SCC.uploadFile}, {@link SCC.waitForProcessing} and {@link SCC.downloadProducts};
   * `onProgress` tells of the downloads.
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
    return processFile(op, file, systemId, directory, options);
  }

  /**
   * Runs the processing again: the whole chain (default), from ELPP, or the optical step only. Waits its turn behind other
   * reruns and deletions of this client, since the site tells their outcome on the session's next page.
   *
   * @param id - Such as `20210601aky0930`.
   * @param options - `from`: where to start, default `all`.
   * @throws {@link MeasurementNotFound}
   * @throws {@link SCCError} with the SCC's own words when it does not restart.
   * @throws {@link UnexpectedResponse} when the site does not say that it restarted.
   * @throws `TypeError` for another step.
   */
  async rerunProcessing(id: string, options: CallOptions & { readonly from?: RerunStep } = {}): Promise<void> {
    const op = this.#begin('scc.rerunProcessing', kinds.RERUN, { id, options });
    return rerunProcessing(op, id, options);
  }

  /**
   * Deletes a measurement and proves by the API that it is gone. Waits its turn behind other deletions and reruns of this
   * client.
   *
   * @param id - Such as `20210601aky0930`.
   * @param options - `related`: delete what belongs to it as well; default false.
   * @throws {@link MeasurementNotFound}
   * @throws {@link RejectedError} when the SCC protects it because of other objects, which `messages` names.
   * @throws {@link SCCError} with the SCC's own words when it is still there.
   */
  async deleteMeasurement(id: string, options: CallOptions & { readonly related?: boolean } = {}): Promise<void> {
    const op = this.#begin('scc.deleteMeasurement', kinds.DELETE, { id, options });
    return deleteMeasurement(op, id, options);
  }

  /**
   * Lists lidar constants by the start of their profile (SCC admin changelist). A field that cannot be read is `undefined`
   * and a warning of its page.
   *
   * @param query - `dateStart` inclusive, `dateEnd` exclusive; `station` as three lower-case letters.
   * @param options - Signal and time limit of each request.
   * @throws {@link RejectedError}, within the iteration, when the site does not accept the search.
   * @throws `TypeError` for a date that is none or an unusual station, `RangeError` for an empty span.
   * @example
   * ```ts
   * const constants = await scc.getLidarConstants({ dateStart: '2021-06-01', dateEnd: '2021-07-01' }).toArray({ limit: 10 });
   * ```
   */
  getLidarConstants(query: DateQuery, options: CallOptions = {}): Pager<LidarConstant> {
    const op = this.#begin('scc.getLidarConstants', kinds.BY_DATE, { query, options });
    return getLidarConstants(op, query);
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
