import type {
  CallOptions,
  DoctorOptions,
  DoctorReport,
  DownloadedFile,
  Downloads,
  FailedDownload,
  Mirror,
  MirrorOptions,
  OpenedFile,
  SharedClientOptions,
} from '../types.js';
import { Arguments } from '../core/operation/arguments.js';
import { checkArguments, type ArgumentKinds } from '../core/operation/fields.js';
import { Operation } from '../core/operation/operation.js';
import * as kinds from './arguments.js';
import { doctor } from './calls/doctor.js';
import { downloadAll } from './calls/download-all.js';
import { downloadDailyPackets } from './calls/download-daily-packets.js';
import { downloadRepointingPackets } from './calls/download-repointing-packets.js';
import { download } from './calls/download.js';
import { metakernel } from './calls/metakernel.js';
import { mirror } from './calls/mirror.js';
import { open } from './calls/open.js';
import { processingJobs } from './calls/processing-jobs.js';
import { processingLog } from './calls/processing-log.js';
import { query as queryFiles } from './calls/query.js';
import { release } from './calls/release.js';
import { repointTable } from './calls/repoint-table.js';
import { reprocess } from './calls/reprocess.js';
import { smallForcesTable } from './calls/small-forces-table.js';
import { spiceQuery } from './calls/spice-query.js';
import { spinTable } from './calls/spin-table.js';
import { upload } from './calls/upload.js';
import { verify } from './calls/verify.js';
import type { ImapContext, ImapOperation } from './context.js';
import { createContext, shareContext } from './options.js';
import type {
  DailyPacketQuery,
  PacketFile,
  PacketOptions,
  PacketSource,
  RepointingPacketQuery,
} from './packets/types.js';
import type {
  Downloadable,
  ImapDownloadOptions,
  ImapFile,
  ImapMirrorQuery,
  ImapOptions,
  ImapQuery,
  ImapUploadOptions,
  ImapUploadResult,
  MetakernelQuery,
  ProcessingJob,
  ProcessingJobQuery,
  ProcessingLog,
  ReleaseOptions,
  ReleaseQuery,
  ReprocessQuery,
  SpiceFile,
  SpiceQuery,
  TableFile,
  TableQuery,
  VerifiedFile,
} from './types.js';

/**
 * The IMAP Science Data Center: find, download and upload the files of the mission.
 *
 * Every call can reject with {@link WrongCredentials}, {@link Forbidden}, {@link RejectedError}, {@link NotFoundError} (a route that
 * this server lacks), {@link NetworkError}, {@link TimeoutError}, {@link RateLimited}, {@link PageNotAccessible} or
 * {@link UnexpectedResponse} besides the errors it names, with {@link ConfigError} (code `closed`) after {@link ImapClient.close}, and
 * with the signal's reason after an abort; bad arguments are `TypeError` or `RangeError` before any request.
 *
 * @example
 * ```ts
 * import { ImapClient } from '@lab/sdc';
 *
 * const imap = new ImapClient({ dataDir: 'data' });
 * const files = await imap.query({ instrument: 'mag', dataLevel: 'l1a', startDate: '20260101', version: 'latest' });
 * for await (const file of imap.downloadAll(files)) console.log(file.status, file.path);
 * await imap.close();
 * ```
 */
export class ImapClient implements AsyncDisposable {
  /** What clients of {@link ImapClient.withOptions} share, by the options that they are made with. */
  static readonly #shared = new WeakMap<ImapOptions, ImapContext>();
  /** Where downloads go, absolute. */
  readonly dataDir: string;
  readonly #context: ImapContext;

  /**
   * Creates a client; nothing is sent before the first call.
   *
   * @param options - They win over the environment variables of the Python tool, and those over defaults.
   * @throws {@link ConfigError} for settings that are out of bounds or contradict each other; `TypeError` for an unknown option or a
   * value of another type.
   */
  constructor(options: ImapOptions = {}) {
    checkArguments(new Arguments('imap.client'), kinds.CLIENT, { options });
    this.#context = ImapClient.#shared.get(options) ?? createContext(options);
    this.dataDir = this.#context.settings.dataDir;
  }

  /**
   * Files of the science (default), ancillary and quicklook tables, in the order of their paths.
   *
   * Dates are inclusive; `endDate` limits the **start** date in every table. Without `version`, the science table returns all minor
   * versions of the newest major version. Without a credential, only released files are found.
   *
   * A query that the server cannot answer at once is split into parts by start day, which together give the whole result in the same order.
   * Rows that cannot be read are left out, with one warning in the log for each answer that contains some.
   *
   * @param query - At least one condition besides `table` and `version: 'latest'`.
   * @param options - Signal and time limit of each request.
   * @throws {@link RejectedError} with the server's words for what it does not accept.
   * @throws {@link PageNotAccessible} or {@link TimeoutError} that say how to narrow the query, when a single day is more than the
   * server can answer.
   * @throws `TypeError` for an unknown name or a wrong value, and for a misspelt known word, with a suggestion; a word that is
   * unlike any known one is sent. `RangeError` for a range that ends before it starts.
   * @example
   * ```ts
   * const files = await imap.query({ instrument: 'mag', dataLevel: 'l1a', startDate: '20260105', version: 'latest' });
   * console.log(files.map(({ filePath, version }) => `${version} ${filePath}`));
   * ```
   */
  async query(query: ImapQuery, options: CallOptions = {}): Promise<ImapFile[]> {
    const op = this.#begin('imap.query', kinds.QUERY, { query, options });
    return op.run(() => queryFiles(op, query));
  }

  /**
   * Kernels and table files of one kind, in no particular order. What the server cannot answer at once is split into
   * parts (kernels by coverage), with each file listed once. Rows that cannot be read are left out, with one warning in
   * the log for each answer that contains some.
   *
   * @param query - `type` is required; coverage in UTC.
   * @param options - Signal and time limit.
   * @throws `TypeError` for an unknown name or value, `RangeError` for a range that ends before it starts.
   * @example
   * ```ts
   * const kernels = await imap.spiceQuery({ type: 'ephemeris_predicted', latest: true });
   * ```
   */
  async spiceQuery(query: SpiceQuery, options: CallOptions = {}): Promise<SpiceFile[]> {
    const op = this.#begin('imap.spiceQuery', kinds.SPICE_QUERY, { query, options });
    return op.run(() => spiceQuery(op, query));
  }

  /**
   * Downloads a file to `<dataDir>/<path in the archive>`.
   *
   * @param file - A name, a path (only its last part counts) or a row of a query result.
   * @param options - `directory` puts it directly into another folder; `verify` compares an existing file with the
   * archive; `connections` fetches ranges of a large file in parallel.
   * @throws {@link RemoteFileNotFound} when the archive has no such file.
   * @throws {@link Forbidden} when it is not released and no credential is set.
   * @throws {@link TransferError} when the body breaks off or differs from the storage's digest, or the target exists with
   * `overwrite: 'error'`.
   * @throws {@link InvalidImapFileName} (a `TypeError`) for a name that the archive cannot hold.
   * @example
   * ```ts
   * const { status, path, sha256 } = await imap.download('imap_mag_l1a_norm-mago_20260105_v001.0001.cdf');
   * ```
   */
  async download(file: Downloadable, options: ImapDownloadOptions = {}): Promise<DownloadedFile<string>> {
    const op = this.#begin('imap.download', kinds.DOWNLOAD, { file, options });
    return op.run(() => download(op, file, options));
  }

  /**
   * Downloads files, several at a time, each once; yields each when it is complete. After an interruption, the same
   * call fetches only what is missing.
   *
   * @param files - Names, paths or rows. All of them are checked before the first request; those of an async iterable are checked as they
   * come, and it is read no faster than files are fetched.
   * @param options - `concurrency` (default 4), and what {@link ImapClient.download} takes.
   * @throws What {@link ImapClient.download} throws, for the first file that fails; with `onFailure: 'yield'` such an error is
   * an element instead.
   * @throws {@link InvalidImapFileName} (a `TypeError`) at the call for a name that the archive cannot hold; when its
   * turn comes, if `files` is an async iterable.
   * @example
   * ```ts
   * const files = await imap.query({ instrument: 'mag', dataLevel: 'l1a', version: 'latest' });
   * for await (const { status, path } of imap.downloadAll(files, { concurrency: 8 })) console.log(status, path);
   * ```
   */
  downloadAll(
    files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
    options: ImapDownloadOptions & { readonly onFailure: 'yield' },
  ): Downloads<DownloadedFile<string> | FailedDownload<string>>;
  downloadAll(
    files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
    options?: ImapDownloadOptions & { readonly onFailure?: 'throw' },
  ): Downloads<DownloadedFile<string>>;
  downloadAll(
    files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
    options?: ImapDownloadOptions,
  ): Downloads<DownloadedFile<string> | FailedDownload<string>>;
  downloadAll(
    files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
    options: ImapDownloadOptions = {},
  ): Downloads<DownloadedFile<string> | FailedDownload<string>> {
    const op = this.#begin('imap.downloadAll', kinds.DOWNLOAD_ALL, { files, options });
    return op.loop(downloadAll(op, files, options));
  }

  /**
   * Keeps a local copy up to date, in the archive's own layout: asks for what the archive has added since the last run
   * of the same query, fetches what is new or has changed, and records it in `<directory>/.sdc/manifest.jsonl`. If it
   * is killed, the next run continues; two at once share the work. If a file fails, the next run asks for it again.
   *
   * @param query - A query, one of kernels with `table: 'spice'`, or several; files that several find are fetched once.
   * @param options - `directory` (default: {@link ImapClient.dataDir}), and what to fetch, verify, list as withdrawn or leave out.
   * @returns The run; it starts when it is iterated, or asked for its summary.
   * @throws `TypeError` or `RangeError` for invalid arguments, at the call. The run rejects with what
   * {@link ImapClient.query} throws, after what was listed until then was fetched; what {@link ImapClient.download}
   * throws is an element, unless `onFailure` is `throw`.
   * @example
   * ```ts
   * const run = imap.mirror({ instrument: 'mag', dataLevel: 'l1a' }, { directory: 'mag' });
   * for await (const { status, path } of run) if (status !== 'unchanged') console.log(status, path);
   * console.log(await run.summary());
   * ```
   */
  mirror(query: ImapMirrorQuery | readonly ImapMirrorQuery[], options: MirrorOptions = {}): Mirror {
    const op = this.#begin('imap.mirror', kinds.MIRROR, { query, options });
    return mirror(op, query, options);
  }

  /**
   * Opens a file as a stream, for services without a disk. Cancel the stream to end it early.
   *
   * @param file - A name, a path or a row.
   * @param options - Signal, which also ends the stream, and time limit.
   * @throws {@link RemoteFileNotFound}
   * @throws {@link Forbidden} when it is not released and no credential is set.
   * @throws {@link InvalidImapFileName} (a `TypeError`) for a name that the archive cannot hold.
   * @example
   * ```ts
   * const { stream, bytes } = await imap.open('imap_mag_l1a_norm-mago_20260105_v001.0001.cdf', { signal });
   * await stream.cancel();
   * ```
   */
  async open(file: Downloadable, options: CallOptions = {}): Promise<OpenedFile> {
    const op = this.#begin('imap.open', kinds.OPEN, { file, options });
    return op.run(() => open(op, file));
  }

  /**
   * Compares the local copy of a file with the archive: length, and digest where the archive has one. Fetches one byte.
   *
   * @param file - A name, a path or a row.
   * @param options - `directory`, if the copy is not in the data directory.
   * @throws {@link RemoteFileNotFound}
   * @throws {@link Forbidden} when it is not released and no credential is set.
   * @throws {@link InvalidImapFileName} (a `TypeError`) for a name that the archive cannot hold.
   */
  async verify(file: Downloadable, options: ImapDownloadOptions = {}): Promise<VerifiedFile> {
    const op = this.#begin('imap.verify', kinds.VERIFY, { file, options });
    return op.run(() => verify(op, file, options));
  }

  /**
   * Uploads a local file; its name decides where the archive keeps it. It is streamed from disk to the storage; if an answer is lost,
   * the file there is compared, so that nothing is sent twice.
   *
   * @param file - The local file.
   * @param options - Progress, what to do if the archive already has the file, whether to wait until queries list it.
   * @throws {@link AlreadyExists} when the archive already has a file with that name.
   * @throws {@link Forbidden} for a key that may only read.
   * @throws {@link ConfigError} when the server accepts uploads only with an API key and none is set.
   * @throws {@link TransferError} when the storage refuses the body or the file changes while it is being sent.
   * @throws {@link WaitTimeout} with `waitUntilIndexed`, when it is not listed within `deadlineMs`.
   * @throws {@link InvalidImapFileName} (a `TypeError`) for a science file without `vMMM.mmmm`; `TypeError` or `RangeError` for a
   * file that is missing or empty.
   * @example
   * ```ts
   * const { name, bytes } = await imap.upload('imap_mag_l0_raw_20240312_v001.0001.pkts', { existing: 'accept-identical' });
   * ```
   */
  async upload(file: string | URL, options: ImapUploadOptions = {}): Promise<ImapUploadResult> {
    const op = this.#begin('imap.upload', kinds.UPLOAD, { file, options });
    return op.run(() => upload(op, file, options));
  }

  /**
   * Queues a date range for reprocessing; resolves to the server's message. Sent once, never repeated.
   *
   * @param query - First and last start day, both inclusive; a level requires an instrument and a descriptor.
   * @param options - Signal and time limit.
   * @throws {@link ConfigError} when the server accepts such orders only with an API key and none is set.
   * @throws {@link Forbidden} for a key that may only read.
   * @throws {@link RejectedError} with the server's words.
   * @throws `TypeError` for a missing or unknown condition, `RangeError` for a range that ends before it starts.
   */
  async reprocess(query: ReprocessQuery, options: CallOptions = {}): Promise<string> {
    const op = this.#begin('imap.reprocess', kinds.REPROCESS, { query, options });
    return op.run(() => reprocess(op, query));
  }

  /**
   * Uploads a release manifest, waits until the archive lists it, and asks for the release; resolves to the server's
   * message. The request itself is sent once, never repeated.
   *
   * @param query - The local manifest, and whether to release or withdraw.
   * @param options - How long to wait for the manifest: at most `deadlineMs`, 60 s.
   * @throws {@link ConfigError} without an API key.
   * @throws {@link WaitTimeout} when the manifest is not listed in time; calling again uses the one that was uploaded.
   * @throws {@link AlreadyExists} when the archive has a different manifest with that name.
   * @throws {@link Forbidden} for a key without the right, {@link RejectedError} with the server's words.
   * @throws {@link InvalidImapFileName} (a `TypeError`) for a manifest of another name, `TypeError` for an unknown release type.
   */
  async release(query: ReleaseQuery, options: ReleaseOptions = {}): Promise<string> {
    const op = this.#begin('imap.release', kinds.RELEASE, { query, options });
    return op.run(() => release(op, query, options));
  }

  /**
   * A metakernel for a time range or, with `listFiles`, the names of its kernels. Takes up to a minute.
   *
   * @param query - The time range in UTC, and which kernels.
   * @param options - Signal and time limit (here 120 s by default).
   * @throws {@link RejectedError}, naming the gaps, with `requireCoverage` and a range that is not fully covered.
   * @throws `TypeError` without a start or an end, `RangeError` for a range that ends before it starts.
   * @example
   * ```ts
   * const text = await imap.metakernel({ startTime: '2026-01-05', endTime: '2026-01-06', spicePath: 'data/imap/spice' });
   * ```
   */
  metakernel(query: MetakernelQuery & { readonly listFiles: true }, options?: CallOptions): Promise<string[]>;
  metakernel(query: MetakernelQuery & { readonly listFiles?: false }, options?: CallOptions): Promise<string>;
  async metakernel(query: MetakernelQuery, options: CallOptions = {}): Promise<string | string[]> {
    const op = this.#begin('imap.metakernel', kinds.METAKERNEL, { query, options });
    return op.run(() => metakernel(op, query));
  }

  /**
   * Spin tables of the archive.
   *
   * @param query - Conditions; none: all files.
   * @param options - Signal and time limit.
   * @throws `TypeError` for an unknown name or an invalid date, `RangeError` for a range that ends before it starts.
   */
  async spinTable(query: TableQuery = {}, options: CallOptions = {}): Promise<TableFile[]> {
    const op = this.#begin('imap.spinTable', kinds.TABLE, { query, options });
    return op.run(() => spinTable(op, query));
  }

  /**
   * Repoint tables of the archive.
   *
   * @param query - Conditions; none: all files. The server ignores `startDate` here.
   * @param options - Signal and time limit.
   * @throws `TypeError` for an unknown name or an invalid date, `RangeError` for a range that ends before it starts.
   */
  async repointTable(query: TableQuery = {}, options: CallOptions = {}): Promise<TableFile[]> {
    const op = this.#begin('imap.repointTable', kinds.TABLE, { query, options });
    return op.run(() => repointTable(op, query));
  }

  /**
   * Small-forces (thruster) tables of the archive; older servers call the route `thruster-table`.
   *
   * @param query - Conditions; none: all files.
   * @param options - Signal and time limit.
   * @throws `TypeError` for an unknown name or an invalid date, `RangeError` for a range that ends before it starts.
   */
  async smallForcesTable(query: TableQuery = {}, options: CallOptions = {}): Promise<TableFile[]> {
    const op = this.#begin('imap.smallForcesTable', kinds.TABLE, { query, options });
    return op.run(() => smallForcesTable(op, query));
  }

  /**
   * Processing jobs; the newest 100 without a query.
   *
   * @param query - Conditions, all of which hold.
   * @param options - Signal and time limit.
   * @throws `TypeError` or `RangeError` for an unknown name or value.
   */
  async processingJobs(query: ProcessingJobQuery = {}, options: CallOptions = {}): Promise<ProcessingJob[]> {
    const op = this.#begin('imap.processingJobs', kinds.JOBS, { query, options });
    return op.run(() => processingJobs(op, query));
  }

  /**
   * The log of one job: lines of text, one per event.
   *
   * @param jobLogStreamId - From {@link ProcessingJob}.
   * @param options - Signal and time limit.
   * @throws {@link NotFoundError} for a log that does not exist, `TypeError` for an empty id.
   * @example
   * ```ts
   * const [job] = await imap.processingJobs({ status: 'FAILED', instrument: 'mag' });
   * if (job?.jobLogStreamId !== undefined) console.log((await imap.processingLog(job.jobLogStreamId)).text);
   * ```
   */
  async processingLog(jobLogStreamId: string, options: CallOptions = {}): Promise<ProcessingLog> {
    const op = this.#begin('imap.processingLog', kinds.JOB_LOG, { jobLogStreamId, options });
    return op.run(() => processingLog(op, jobLogStreamId));
  }

  /**
   * Raw packets from the packet service, one file per day, in time order, each packet once; there is no file for days without packets.
   *
   * @param query - Instrument and range: with `ert` (default), the days of all packets received in it; with `sct`, its days by the
   * spacecraft clock.
   * @param options - `order: 'service'` keeps the packets as the service sends them; `concurrency` counts packet kinds.
   * @throws {@link ConfigError} without the token of the packet service; {@link WrongCredentials} (`layer: 'token'`) when it is refused.
   * @throws {@link TransferError} for a body that does not consist of complete packets.
   * @throws `TypeError` for an unknown instrument or an invalid date, `RangeError` for a range that ends before it starts.
   * @example
   * ```ts
   * const days = imap.downloadDailyPackets({ instrument: 'mag', startTime: '2026-01-05', endTime: '2026-01-08' });
   * for await (const { path, bytes } of days) console.log(path, bytes);
   * ```
   */
  downloadDailyPackets(
    query: DailyPacketQuery,
    options: PacketOptions & { readonly onFailure: 'yield' },
  ): Downloads<PacketFile | FailedDownload<PacketSource>>;
  downloadDailyPackets(
    query: DailyPacketQuery,
    options?: PacketOptions & { readonly onFailure?: 'throw' },
  ): Downloads<PacketFile>;
  downloadDailyPackets(
    query: DailyPacketQuery,
    options?: PacketOptions,
  ): Downloads<PacketFile | FailedDownload<PacketSource>>;
  downloadDailyPackets(
    query: DailyPacketQuery,
    options: PacketOptions = {},
  ): Downloads<PacketFile | FailedDownload<PacketSource>> {
    const op = this.#begin('imap.downloadDailyPackets', kinds.DAILY_PACKETS, { query, options });
    return op.loop(downloadDailyPackets(op, query, options));
  }

  /**
   * Raw packets from the packet service, one file per pointing of the spacecraft, from a local repoint table.
   *
   * @param query - Instrument, range (earth-received time) and table.
   * @param options - As for {@link ImapClient.downloadDailyPackets}.
   * @throws {@link ConfigError} without the token of the packet service; {@link WrongCredentials} (`layer: 'token'`) when it is refused.
   * @throws {@link TransferError} for a body that does not consist of complete packets.
   * @throws `TypeError` for an unknown instrument, an invalid date or a table that cannot be read, `RangeError` for a span
   * that ends before it starts.
   */
  downloadRepointingPackets(
    query: RepointingPacketQuery,
    options: PacketOptions & { readonly onFailure: 'yield' },
  ): Downloads<PacketFile | FailedDownload<PacketSource>>;
  downloadRepointingPackets(
    query: RepointingPacketQuery,
    options?: PacketOptions & { readonly onFailure?: 'throw' },
  ): Downloads<PacketFile>;
  downloadRepointingPackets(
    query: RepointingPacketQuery,
    options?: PacketOptions,
  ): Downloads<PacketFile | FailedDownload<PacketSource>>;
  downloadRepointingPackets(
    query: RepointingPacketQuery,
    options: PacketOptions = {},
  ): Downloads<PacketFile | FailedDownload<PacketSource>> {
    const op = this.#begin('imap.downloadRepointingPackets', kinds.REPOINTING_PACKETS, { query, options });
    return op.loop(downloadRepointingPackets(op, query, options));
  }

  /**
   * Checks point by point whether the Science Data Center behaves as this package expects, with at most 20 small
   * requests that change nothing, one at a time, and the first bytes of one file. A failed request is recorded in its
   * point, so an address where nothing answers gives a report, too.
   *
   * @param options - A folder for the answers, with secrets and ids replaced; signal and time limit.
   * @throws `TypeError` for invalid arguments, or a `record` folder that holds files; {@link TransferError} if it cannot be written to.
   * @example
   * ```ts
   * const { points } = await imap.doctor();
   * for (const { id, known, seen, verdict } of points) if (verdict === 'differs') console.log(id, known, seen);
   * ```
   */
  async doctor(options: DoctorOptions = {}): Promise<DoctorReport> {
    const op = this.#begin('imap.doctor', kinds.DOCTOR, { options });
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
   * const patient = imap.withOptions({ timeoutMs: 120_000, retries: 5 });
   * ```
   */
  withOptions(options: SharedClientOptions = {}): ImapClient {
    checkArguments(new Arguments('imap.withOptions'), kinds.SHARED, { options });
    const own: ImapOptions = {};
    ImapClient.#shared.set(own, shareContext(this.#context, options));
    return new ImapClient(own);
  }

  /** Ends the client: later calls reject with {@link ConfigError} (code `closed`), those in flight are aborted. Never rejects. */
  close(): Promise<void> {
    const { packets, transport } = this.#context;
    transport.lifetime.end();
    transport.close();
    packets.close();
    return Promise.resolve();
  }

  /** The same as {@link ImapClient.close}; never throws. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #begin<T extends { readonly options?: CallOptions }>(
    name: string,
    kinds: ArgumentKinds<T>,
    values: T,
  ): ImapOperation {
    return Operation.begin(this.#context, name, kinds, values);
  }
}
