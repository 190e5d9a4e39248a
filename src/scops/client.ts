import { Arguments } from '../core/operation/arguments.js';
import { checkArguments, type ArgumentKinds } from '../core/operation/fields.js';
import { Operation } from '../core/operation/operation.js';
import { withToArray } from '../core/util/results.js';
import * as kinds from './arguments.js';
import { confirm } from './calls/confirm.js';
import { doctor } from './calls/doctor.js';
import { download } from './calls/download.js';
import { findConfigName } from './calls/find-config-name.js';
import { findProcessingId } from './calls/find-processing-id.js';
import { getBandMath } from './calls/get-band-math.js';
import { getDemError } from './calls/get-dem-error.js';
import { getFlight } from './calls/get-flight.js';
import { getStatus } from './calls/get-status.js';
import { open } from './calls/open.js';
import { orderExists } from './calls/order-exists.js';
import { process } from './calls/process.js';
import { reuploadDem } from './calls/reupload-dem.js';
import { submitBandMath } from './calls/submit-band-math.js';
import { submit } from './calls/submit.js';
import { waitFor } from './calls/wait-for.js';
import { watch } from './calls/watch.js';
import type {
  CallOptions,
  DoctorOptions,
  DoctorReport,
  DownloadedFile,
  Downloads,
  FailedDownload,
  OpenedFile,
  Results,
  SharedClientOptions,
} from '../types.js';
import type { ScopsContext, ScopsOperation } from './context.js';
import { createContext, shareContext } from './options.js';
import type {
  BandMathForm,
  BandMathRequest,
  DemError,
  DemFile,
  FindConfigNameOptions,
  FindProcessingIdOptions,
  Flight,
  FlightDay,
  LostOrder,
  ReuploadDemOptions,
  ScopsDownloadOptions,
  ScopsOptions,
  ScopsOrder,
  ScopsProcessOptions,
  ScopsProcessResult,
  ScopsStatus,
  ScopsWaitOptions,
  SentBandMath,
  SubmitOptions,
  SubmittedOrder,
} from './types.js';

/**
 * A client of SCOPS, which processes airborne hyperspectral flight lines.
 *
 * SCOPS has forms instead of an API, and some invalid requests would stop it for everybody; whatever
 * could do so is refused before it is sent. Settings come from the options, or else from `SCOPS_BASE_URL` (including the path,
 * such as `/processor`), `SCOPS_PROJECT` and `SCOPS_PASSWORD`.
 *
 * Every call can reject with {@link WrongCredentials}, {@link NetworkError}, {@link TimeoutError}, {@link PageNotAccessible},
 * {@link RateLimited} or {@link UnexpectedResponse} besides the errors it names, with {@link ConfigError} (code `closed`) after
 * {@link ScopsClient.close}, and with the signal's reason after an abort; bad arguments are `TypeError` or `RangeError` before any
 * request.
 *
 * @example
 * ```ts
 * import { ScopsClient } from '@lab/sdc';
 *
 * await using scops = new ScopsClient();
 * const flight = await scops.getFlight({ year: 2014, day: 217 });
 * const order = await scops.submit({ flight, lines: [{ name: 'f21701', bands: [1, 20] }], email: 'me@institute.org' });
 * await scops.confirm(order.configName);
 * const processingId = await scops.findProcessingId(order);
 * for await (const status of scops.watch(processingId)) console.log(status.state, status.percent);
 * for await (const file of scops.download(processingId, './flight')) console.log(file.path);
 * ```
 */
export class ScopsClient implements AsyncDisposable {
  /** What clients of {@link ScopsClient.withOptions} share, by the options that they are made with. */
  static readonly #shared = new WeakMap<ScopsOptions, ScopsContext>();
  readonly #context: ScopsContext;

  /**
   * Creates a client; nothing is sent before the first call.
   *
   * @param options - They win over the environment.
   * @throws {@link ConfigError} when a setting is missing or contradictory, and for plain http to another host; `TypeError` for an
   * unknown option or a value of another type.
   */
  constructor(options: ScopsOptions = {}) {
    checkArguments(new Arguments('scops.client'), kinds.CLIENT, { options });
    this.#context = ScopsClient.#shared.get(options) ?? createContext(options);
  }

  /**
   * The request page of a flight day: lines, bands with wavelengths, box, projections, pixel sizes.
   *
   * @param flight - Year and day; `sortie` only if the flight has a letter.
   * @param options - Signal and time limit.
   * @throws `TypeError` or `RangeError` for a bad day; {@link FlightNotFound}, {@link WrongCredentials},
   * {@link UnexpectedResponse}, {@link PageNotAccessible}, {@link NetworkError}, {@link TimeoutError}.
   * @example
   * ```ts
   * const { lines, utmZone, pixelSizes } = await scops.getFlight({ year: 2014, day: 217 });
   * console.log(utmZone, pixelSizes, lines.map(({ name, sensor, bands }) => `${name} (${sensor}, ${bands.length} bands)`));
   * ```
   */
  async getFlight(flight: FlightDay, options: CallOptions = {}): Promise<Flight> {
    const op = this.#begin('scops.getFlight', kinds.GET_FLIGHT, { flight, options });
    return op.run(() => getFlight(op, flight));
  }

  /**
   * Stores an order, which then waits for {@link ScopsClient.confirm}. The page's defaults fill in what is left out.
   *
   * Orders of one project are sent at least 1.1 s apart; an order is never repeated automatically.
   *
   * @param order - What to process. SCOPS stores the box, but maps whole lines anyway.
   * @param options - Signal, time limit, progress of a DEM.
   * @throws `TypeError` or `RangeError` for anything that the service could not accept or that would stop it, before anything is sent;
   * {@link FlightNotFound}, {@link RejectedError}, {@link OrderStoredWithoutName}, {@link WrongCredentials},
   * {@link UnexpectedResponse}, {@link PageNotAccessible}; {@link NetworkError} or {@link TimeoutError}, which say whether the
   * order may have been stored.
   * @example
   * ```ts
   * const order = await scops.submit({
   *   flight: { year: 2014, day: 217 },
   *   lines: [{ name: 'f21701', bands: [1, 20] }],
   *   email: 'me@institute.org',
   *   pixelSize: 2,
   * });
   * console.log(order.configName);
   * ```
   */
  async submit(order: ScopsOrder, options: SubmitOptions = {}): Promise<SubmittedOrder> {
    const op = this.#begin('scops.submit', kinds.SUBMIT, { order, options });
    return op.run(() => op.changing((delivery) => submit(op, order, options, delivery)));
  }

  /**
   * Confirms an order, as the link in the first mail does, so that it is processed. Harmless when repeated.
   *
   * The order's existence is checked first, since confirming an unknown name stops the service for all users. Confirmations
   * of one flight day are {@link ScopsOptions.confirmSpacingMs} apart, since two that begin in the same second break each
   * other; so the call may take a minute.
   *
   * @param configName - From {@link ScopsClient.submit} or the mail.
   * @param options - Signal and time limit.
   * @throws `TypeError` for anything but a config name of this project; {@link JobNotFound}, {@link WrongCredentials},
   * {@link UnexpectedResponse}, {@link PageNotAccessible}, {@link NetworkError}, {@link TimeoutError}.
   */
  async confirm(configName: string, options: CallOptions = {}): Promise<void> {
    const op = this.#begin('scops.confirm', kinds.BY_CONFIG_NAME, { configName, options });
    return op.run(() => op.changing((delivery) => confirm(op, configName, delivery)));
  }

  /**
   * Whether an order of this name is stored. Read-only.
   *
   * @param configName - From {@link ScopsClient.submit} or the mail.
   * @param options - Signal and time limit.
   * @throws As {@link ScopsClient.confirm}, but never {@link JobNotFound}.
   */
  async orderExists(configName: string, options: CallOptions = {}): Promise<boolean> {
    const op = this.#begin('scops.orderExists', kinds.BY_CONFIG_NAME, { configName, options });
    return op.run(() => orderExists(op, configName));
  }

  /**
   * Searches for the config name of an order whose answer did not contain it, near the time of that answer.
   *
   * Tries up to ten likely names; each wrong one is an error in the server's log, so this is never done automatically.
   *
   * @param order - From {@link OrderStoredWithoutName}, or flight day and time.
   * @param options - Signal, time limit, how many seconds to search before and after.
   * @throws {@link JobNotFound} when none is there, {@link UnexpectedResponse} when several are.
   */
  async findConfigName(order: LostOrder, options: FindConfigNameOptions = {}): Promise<string> {
    const op = this.#begin('scops.findConfigName', kinds.FIND_CONFIG_NAME, { order, options });
    return op.run(() => findConfigName(op, order, options));
  }

  /**
   * The band-maths page of an order: lines, bands of the first line, built-in equations, plugins.
   *
   * @param configName - Of an order with `bandMath: true`.
   * @param options - Signal and time limit.
   * @throws As {@link ScopsClient.confirm}.
   */
  async getBandMath(configName: string, options: CallOptions = {}): Promise<BandMathForm> {
    const op = this.#begin('scops.getBandMath', kinds.BY_CONFIG_NAME, { configName, options });
    return op.run(() => getBandMath(op, configName));
  }

  /**
   * Adds equations and plugins to an order; see {@link ndvi} and {@link bandAt} for writing them.
   *
   * Repeatable: later calls add or replace. With plugins, or for only some lines, SCOPS never makes the project archive; then
   * download the products one by one.
   *
   * @param configName - Of an order with `bandMath: true`.
   * Equations are checked by the rules of the server's NumExpr under Python 2. There, whole numbers are divided without
   * remainder, so `1/2*band1` is sent as `1.0/2*band1`, with a warning to the log; every line must have the bands.
   *
   * @param request - Equations by name, plugins, lines (all by default).
   * @param options - Signal and time limit.
   * @returns The equations as they were sent.
   * @throws `TypeError` or `RangeError` for names and equations that the server would misread; otherwise as
   * {@link ScopsClient.confirm}, and {@link RejectedError}.
   * @example
   * ```ts
   * const configName = 'GB13_08_2014_217_20180307152824';
   * await scops.submitBandMath(configName, { equations: { ratio: 'band10 / band4' }, lines: ['f21701'] });
   * ```
   */
  async submitBandMath(configName: string, request: BandMathRequest, options: CallOptions = {}): Promise<SentBandMath> {
    const op = this.#begin('scops.submitBandMath', kinds.SUBMIT_BAND_MATH, { configName, request, options });
    return op.run(() => op.changing((delivery) => submitBandMath(op, configName, request, delivery)));
  }

  /**
   * Searches for the processing id of an order, which SCOPS sends by e-mail only ({@link parseScopsMail}).
   *
   * Asks at most twice a second for likely ids, the first seconds of each minute first, and verifies what it finds by the
   * order's tag. Read-only.
   *
   * @param order - From {@link ScopsClient.submit}; confirmed.
   * @param options - Signal, time limit, when it was confirmed, how long to look (15 minutes by default).
   * @throws `TypeError` for an order without its tag; {@link JobNotFound} when nothing is found in time; otherwise as
   * {@link ScopsClient.getStatus}.
   */
  async findProcessingId(order: SubmittedOrder, options: FindProcessingIdOptions = {}): Promise<string> {
    const op = this.#begin('scops.findProcessingId', kinds.FIND_PROCESSING_ID, { order, options });
    return op.run(() => findProcessingId(op, order, options));
  }

  /**
   * The state of an order and its products.
   *
   * @param processingId - From the mail or {@link ScopsClient.findProcessingId}.
   * @param options - Signal and time limit.
   * @throws `TypeError` for anything but a processing id of this project; {@link JobNotFound}, {@link WrongCredentials},
   * {@link UnexpectedResponse}, {@link PageNotAccessible}, {@link NetworkError}, {@link TimeoutError}.
   * @example
   * ```ts
   * const { state, percent, products } = await scops.getStatus('GB13_08_2014_21720180307152902');
   * console.log(state, percent, products.map(({ name, stage }) => `${name}: ${stage}`));
   * ```
   */
  async getStatus(processingId: string, options: CallOptions = {}): Promise<ScopsStatus> {
    const op = this.#begin('scops.getStatus', kinds.BY_ID, { processingId, options });
    return op.run(() => getStatus(op, processingId));
  }

  /**
   * Yields each change of an order's state until all products have ended. Percentages never decrease; products that have
   * made no progress for a long time are marked `stalled`, which is not an error. Leaving the loop stops watching, not the processing.
   *
   * @param processingId - From the mail or {@link ScopsClient.findProcessingId}.
   * @param options - Interval (10 s by default), deadline (2 hours), patience (30 minutes).
   * @throws As {@link ScopsClient.getStatus}, and {@link WaitTimeout} at the deadline.
   */
  watch(processingId: string, options: ScopsWaitOptions = {}): Results<ScopsStatus> {
    const op = this.#begin('scops.watch', kinds.WAIT, { processingId, options });
    return withToArray(op.loop(watch(op, processingId, options)));
  }

  /**
   * Waits until all products have ended; judged by the products, since the project archive may never come.
   *
   * @param processingId - From the mail or {@link ScopsClient.findProcessingId}.
   * @param options - As {@link ScopsClient.watch}; `allowPartial` takes an order of which some products failed.
   * @returns The last state.
   * @throws As {@link ScopsClient.watch}, and {@link ProcessingFailed} with the last state when products failed.
   */
  async waitFor(processingId: string, options: ScopsWaitOptions = {}): Promise<ScopsStatus> {
    const op = this.#begin('scops.waitFor', kinds.WAIT, { processingId, options });
    return op.run(() => waitFor(op, processingId, options));
  }

  /**
   * Downloads archives: by default those of all complete products, as `<product>3b_mapped.bil.zip`; with
   * `products: 'project'` the one of the whole order. Each is checked to be complete, with all its members, before it gets its
   * name. Use one directory per order: names repeat between orders of the same flight. SCOPS keeps archives for two weeks.
   *
   * @param processingId - From the mail or {@link ScopsClient.findProcessingId}.
   * @param directory - Target folder, created if needed.
   * @param options - Products, concurrency, what to do with existing files and failures.
   * @throws `TypeError` or `RangeError` for bad arguments, at the call. The iteration rejects with {@link ProductNotAvailable}
   * (not complete, or no project archive), {@link JobNotFound}, {@link TransferError} or as {@link ScopsClient.getStatus}.
   * @example
   * ```ts
   * const processingId = 'GB13_08_2014_21720180307152902';
   * for await (const { path, sha256 } of scops.download(processingId, processingId)) console.log(path, sha256);
   * ```
   */
  download(
    processingId: string,
    directory: string | URL,
    options: ScopsDownloadOptions & { readonly onFailure: 'yield' },
  ): Downloads<DownloadedFile<string> | FailedDownload<string>>;
  download(
    processingId: string,
    directory: string | URL,
    options?: ScopsDownloadOptions & { readonly onFailure?: 'throw' },
  ): Downloads<DownloadedFile<string>>;
  download(
    processingId: string,
    directory: string | URL,
    options?: ScopsDownloadOptions,
  ): Downloads<DownloadedFile<string> | FailedDownload<string>>;
  download(
    processingId: string,
    directory: string | URL,
    options: ScopsDownloadOptions = {},
  ): Downloads<DownloadedFile<string> | FailedDownload<string>> {
    const op = this.#begin('scops.download', kinds.DOWNLOAD, { processingId, directory, options });
    return op.loop(download(op, processingId, directory, options));
  }

  /**
   * Opens one archive as a stream, for programs without a disk.
   *
   * @param processingId - From the mail or {@link ScopsClient.findProcessingId}.
   * @param product - A product's name, or `project` for the archive of the whole order.
   * @param options - Signal and time limit.
   * @throws As {@link ScopsClient.download}.
   */
  async open(processingId: string, product: string, options: CallOptions = {}): Promise<OpenedFile> {
    const op = this.#begin('scops.open', kinds.OPEN, { processingId, product, options });
    return op.run(() => open(op, processingId, product, options));
  }

  /**
   * What SCOPS says about an order whose DEM did not cover the lines; `undefined` for an order that has products. The page
   * says the same for every order, so only the mail is certain.
   *
   * @param processingId - From the mail.
   * @param options - Signal and time limit.
   * @throws As {@link ScopsClient.getStatus}.
   */
  async getDemError(processingId: string, options: CallOptions = {}): Promise<DemError | undefined> {
    const op = this.#begin('scops.getDemError', kinds.BY_ID, { processingId, options });
    return op.run(() => getDemError(op, processingId));
  }

  /**
   * Sends a new elevation model for an order in DEM error, which restarts it. Only a new upload fixes it: choosing
   * `aster` or `srtm` there would use the bad DEM without a check, so that is not offered.
   *
   * @param processingId - From the mail.
   * @param dem - The DEM and its ENVI header.
   * @param options - Signal, time limit, progress.
   * @throws `TypeError` or `RangeError` for missing and empty files; {@link RejectedError} for an order that is not in DEM
   * error, and for a second DEM; otherwise as {@link ScopsClient.getStatus}.
   */
  async reuploadDem(processingId: string, dem: DemFile, options: ReuploadDemOptions = {}): Promise<void> {
    const op = this.#begin('scops.reuploadDem', kinds.REUPLOAD_DEM, { processingId, dem, options });
    return op.run(() => op.changing((delivery) => reuploadDem(op, processingId, dem, options, delivery)));
  }

  /**
   * Does it all: submit, band maths, confirm, find the processing id, wait, download.
   *
   * SCOPS sends the processing id only by e-mail. Calling this opts in to {@link ScopsClient.findProcessingId}, which
   * asks the server for likely ids; if you can read the mailbox, pass a function as `options.processingId` instead.
   * Takes as long as SCOPS does: half an hour to hours; {@link WaitOptions.deadlineMs} bounds the wait.
   *
   * @param order - What to process.
   * @param directory - Where the archives of the products go.
   * @param options - Where the processing id comes from, band maths, waiting, downloading.
   * @throws What the single calls throw; {@link ProcessingFailed} and {@link WaitTimeout} carry the last state.
   * @example
   * ```ts
   * import { ScopsClient } from '@lab/sdc';
   *
   * await using scops = new ScopsClient();
   * const order = { flight: { year: 2014, day: 217 }, lines: [{ name: 'f21701' }], email: 'me@institute.org' };
   * const { files } = await scops.process(order, './flight');
   * ```
   */
  async process(
    order: ScopsOrder,
    directory: string | URL,
    options: ScopsProcessOptions = {},
  ): Promise<ScopsProcessResult> {
    const op = this.#begin('scops.process', kinds.PROCESS, { order, directory, options });
    return op.run(() => op.changing((delivery) => process(op, order, directory, options, delivery)));
  }

  /**
   * Checks point by point whether SCOPS behaves as this package expects, with at most 20 small requests that change
   * nothing, one at a time. The request form is checked if the site links a flight of the project. A failed request is
   * recorded in its point, so an address where nothing answers gives a report, too.
   *
   * @param options - A folder for the answers, with secrets, the project, e-mail addresses and ids replaced; signal and time limit.
   * @throws `TypeError` for invalid arguments, or a `record` folder that holds files; {@link TransferError} if it cannot be written to.
   * @example
   * ```ts
   * const { points } = await scops.doctor();
   * for (const { id, known, seen, verdict } of points) if (verdict === 'differs') console.log(id, known, seen);
   * ```
   */
  async doctor(options: DoctorOptions = {}): Promise<DoctorReport> {
    const op = this.#begin('scops.doctor', kinds.DOCTOR, { options });
    return op.run(() => doctor(op, options));
  }

  /**
   * A client with different limits, logger or headers, which shares known orders, connections and `maxConcurrency` with
   * this one. Closing it ends its own calls only; closing this one ends those of both.
   *
   * @param options - What is different; everything else stays as in this client. Headers are added to those of this client.
   * @throws {@link ConfigError} for a value out of bounds; `TypeError` for an unknown option or a value of another type.
   * @example
   * ```ts
   * const patient = scops.withOptions({ timeoutMs: 120_000, retries: 5 });
   * ```
   */
  withOptions(options: SharedClientOptions = {}): ScopsClient {
    checkArguments(new Arguments('scops.withOptions'), kinds.SHARED, { options });
    const own: ScopsOptions = {};
    ScopsClient.#shared.set(own, shareContext(this.#context, options));
    return new ScopsClient(own);
  }

  /** Ends the client: calls in flight are aborted, later ones reject with {@link ConfigError} (code `closed`). */
  close(): Promise<void> {
    this.#context.transport.lifetime.end();
    this.#context.transport.close();
    return Promise.resolve();
  }

  /** The same as {@link ScopsClient.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #begin<T extends { readonly options?: CallOptions }>(
    name: string,
    kinds: ArgumentKinds<T>,
    values: T,
  ): ScopsOperation {
    return Operation.begin(this.#context, name, kinds, values);
  }
}
