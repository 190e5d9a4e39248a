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
import { findMeasurement, getAncillary, getMeasurement, listMeasurements } from './api.js';
import type { SccConnection } from './connection.js';
import { downloadFile } from './download-file.js';
import { getLidarConstants } from './lidar-constants.js';
import { SccLife } from './life.js';
import { queryMeasurements } from './measurements.js';
import { nextMeasurementId } from './next-id.js';
import { deleteMeasurement, rerunProcessing } from './operations.js';
import { prepareUpload } from './prepare-upload.js';
import { processFile } from './process-file.js';
import { downloadProducts, openProduct } from './products.js';
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
import { uploadFiles } from './upload-many.js';
import { upload } from './upload.js';
import { waitForProcessing, watchProcessing } from './waiting.js';

/**
 * The Single Calculus Chain of EARLINET/ACTRIS: upload raw lidar measurements, wait for their processing, fetch the products.
 *
 * The first call logs in by itself. A session that ends meanwhile is noticed on any call and renewed once, by one login
 * for any number of calls in flight. Close the client, or make it with `await using`, so that the session ends on the server too.
 *
 * Every call can reject with {@link WrongCredentials}, {@link SessionExpired}, {@link Forbidden}, {@link NetworkError},
 * {@link TimeoutError}, {@link PageNotAccessible}, {@link RateLimited} or {@link UnexpectedResponse} besides the errors it names;
 * bad arguments are `TypeError` or `RangeError` before any request.
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
  readonly #life: SccLife;

  /**
   * @param credentials - Default: option `credentials`, then the environment.
   * @throws {@link ConfigError} when a login is missing or an option cannot be meant.
   */
  constructor(credentials?: SccCredentials, options: SccOptions = {}) {
    this.#life = new SccLife(credentials ?? options.credentials, options);
  }

  get #connection(): SccConnection {
    return this.#life.connection;
  }

  /**
   * Logs in, anew if there is a session already.
   *
   * @throws {@link WrongCredentials} whose `layer` tells the site login (`site`) from the account (`account`).
   */
  login(options: CallOptions = {}): Promise<void> {
    return this.#life.login(options);
  }

  /** Ends the session on the server; the next call logs in again. */
  logout(options: CallOptions = {}): Promise<void> {
    return this.#life.logout(options);
  }

  /** Lists measurements by date; `dateEnd` is exclusive. Rows that cannot be read are warnings of their page (SCC admin changelist). */
  queryMeasurements(query: DateQuery, options: CallOptions = {}): Pager<Measurement> {
    return queryMeasurements(this.#connection, query, options);
  }

  /** Lists measurements by id (SCC JSON API). */
  listMeasurements(query: IdQuery = {}, options: CallOptions = {}): Pager<Measurement> {
    return listMeasurements(this.#connection, query, 'scc.listMeasurements', options);
  }

  /**
   * One measurement with the state of each module.
   *
   * @throws {@link MeasurementNotFound}
   */
  getMeasurement(id: string, options: CallOptions = {}): Promise<Measurement> {
    return getMeasurement(this.#connection, id, 'scc.getMeasurement', options);
  }

  /** One measurement, or `undefined` where there is none. */
  findMeasurement(id: string, options: CallOptions = {}): Promise<Measurement | undefined> {
    return findMeasurement(this.#connection, id, 'scc.findMeasurement', options);
  }

  /**
   * The first id of a day (UTC) that is free: day, call sign and two digits, such as `20210601aky00`.
   *
   * @throws {@link RejectedError} when all hundred are taken.
   */
  nextMeasurementId(date: DateLike, callSign: string, options: CallOptions = {}): Promise<string> {
    return nextMeasurementId(this.#connection, date, callSign, options);
  }

  /** An ancillary file by its name, or `undefined`; `exists` is false for one that is only referred to. */
  getAncillary(filename: string, type: AncillaryType, options: CallOptions = {}): Promise<AncillaryFile | undefined> {
    return getAncillary(this.#connection, filename, type, options);
  }

  /**
   * Uploads a raw measurement (netCDF 3 or 4) and proves that the SCC has it. Never sent twice.
   *
   * @param systemId - Number of the lidar configuration.
   * @throws {@link AlreadyExists} when there is a measurement of this id and `force` is not set.
   * @throws {@link SCCError} with the SCC's own words when it refuses the file.
   */
  async uploadFile(file: string | URL, systemId: number | string, options: UploadOptions = {}): Promise<UploadResult> {
    this.#life.assertOpen('scc.uploadFile');
    const prepared = await prepareUpload(file, systemId, options, this.#life.log, 'scc.uploadFile');
    return upload(this.#connection, prepared, options, 'scc.uploadFile');
  }

  /** Uploads many files, or the `*.nc` of a folder without `rs_*`, `ov_*` and `lr_*`; one result a file, failures included. */
  uploadFiles(
    files: UploadSource,
    options: UploadFilesOptions = {},
  ): AsyncGenerator<UploadedFile | FailedUpload, void, undefined> {
    return uploadFiles(this.#connection, files, options);
  }

  /**
   * Follows the processing: each change of state, the last one included. Leaving the loop never stops the processing.
   *
   * @throws {@link MeasurementNotFound} when it does not appear within `appearMs` (default 5 minutes).
   * @throws {@link WaitTimeout} at the deadline (default 2 hours).
   */
  watchProcessing(id: string, options: WaitOptions<Measurement> = {}): AsyncGenerator<Measurement, void, undefined> {
    return watchProcessing(this.#connection, id, options);
  }

  /**
   * Waits for the end of the processing.
   *
   * @throws {@link ProcessingFailed} when a module failed or nothing was started; it carries the last state.
   * @throws {@link WaitTimeout} at the deadline (default 2 hours).
   * @throws {@link MeasurementNotFound}
   */
  waitForProcessing(id: string, options: WaitOptions<Measurement> = {}): Promise<Measurement> {
    return waitForProcessing(this.#connection, id, options);
  }

  /**
   * Downloads products as archives, checked before they get their names.
   *
   * @throws {@link MeasurementNotFound}
   * @throws {@link ProductNotAvailable} for a product that was named but is not there.
   * @throws {@link TransferError} when a body breaks off or is no archive.
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
    return downloadProducts(this.#connection, id, directory, options);
  }

  /** Opens one product as a stream, for services without a disk. Cancel the stream to end it early. */
  openProduct(id: string, product: SccProduct, options: CallOptions = {}): Promise<OpenedFile> {
    return openProduct(this.#connection, id, product, options);
  }

  /** Downloads any file of the site to a path; other hosts are refused. */
  downloadFile(url: string | URL, path: string | URL, options: DownloadOptions = {}): Promise<DownloadedFile> {
    return downloadFile(this.#connection, url, path, options);
  }

  /**
   * Uploads a file, waits for its processing and downloads what was finished.
   *
   * @throws {@link ProcessingFailed} when nothing was finished; single modules that failed are told by the measurement.
   */
  processFile(
    file: string | URL,
    systemId: number | string,
    directory: string | URL,
    options: ProcessOptions = {},
  ): Promise<ProcessedFile> {
    return processFile(this.#connection, file, systemId, directory, options);
  }

  /**
   * Runs the processing again: the whole chain (default), from ELPP, or the optical step only.
   *
   * @throws {@link MeasurementNotFound}
   * @throws {@link SCCError} with the SCC's own words when it does not restart.
   */
  rerunProcessing(id: string, options: CallOptions & { readonly from?: RerunStep } = {}): Promise<void> {
    return this.#life.oneAtATime(() => rerunProcessing(this.#connection, id, options), options.signal);
  }

  /**
   * Deletes a measurement and proves that it is gone.
   *
   * @param options - `related`: delete what belongs to it as well; default false.
   * @throws {@link MeasurementNotFound}
   * @throws {@link RejectedError} when the SCC protects it.
   */
  deleteMeasurement(id: string, options: CallOptions & { readonly related?: boolean } = {}): Promise<void> {
    return this.#life.oneAtATime(() => deleteMeasurement(this.#connection, id, options), options.signal);
  }

  /** Lists lidar constants by the start of their profile; `dateEnd` is exclusive. A field that cannot be read is a warning of its page. */
  getLidarConstants(query: DateQuery, options: CallOptions = {}): Pager<LidarConstant> {
    return getLidarConstants(this.#connection, query, options);
  }

  /** Ends the session on the server and the client with it; calls in flight are aborted. Never rejects, and may be called again. */
  close(): Promise<void> {
    return this.#life.close();
  }

  /** The same as {@link SCC.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
