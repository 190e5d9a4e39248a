import type { CallOptions, DownloadedFile, Downloads, FailedDownload, OpenedFile } from '../types.js';
import { reprocess } from './admin/reprocess.js';
import { release } from './admin/release.js';
import { createContext, closeContext } from './connect.js';
import type { ImapContext } from './context.js';
import { downloadDaily, downloadRepointings } from './packets/download.js';
import type {
  DailyPacketQuery,
  PacketFile,
  PacketOptions,
  PacketSource,
  RepointingPacketQuery,
} from './packets/types.js';
import { queryJobs, readJobLog } from './query/jobs.js';
import { buildMetakernel, listMetakernel } from './query/metakernel.js';
import { queryFiles } from './query/query.js';
import { querySpice } from './query/spice.js';
import { queryTable } from './query/tables.js';
import { downloadFile, downloadFiles, openFile } from './transfer/download.js';
import { remoteFileOf, type Downloadable } from './transfer/remote-file.js';
import { uploadFile } from './transfer/upload.js';
import { verifyFile } from './transfer/verify.js';
import { toPath } from '../core/files/paths.js';
import type {
  ImapDownloadOptions,
  ImapFile,
  ImapOptions,
  ImapQuery,
  ImapUploadOptions,
  ImapUploadResult,
  MetakernelQuery,
  ProcessingJob,
  ProcessingJobQuery,
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
 * The IMAP Science Data Center: find, fetch and deliver the files of the mission.
 *
 * Every call rejects with an `SdcError` for what the centre or the network did, with a `TypeError` or `RangeError` for a bad argument
 * before any request, and with the signal's reason after an abort.
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
  /** Where downloads go, absolute. */
  readonly dataDir: string;
  readonly #context: ImapContext;

  /**
   * @param options - Win over the environment variables of the Python tool, those over defaults.
   * @throws `ConfigError` for settings that cannot be meant.
   */
  constructor(options: ImapOptions = {}) {
    this.#context = createContext(options);
    this.dataDir = this.#context.settings.dataDir;
  }

  /**
   * Files of the science (default), ancillary and quicklook tables, in the order of their paths.
   *
   * Dates are inclusive; `endDate` limits the **start** date in every table. Without `version` science answers all minor
   * versions of the newest major version. Without a credential only released files are found.
   */
  query(query: ImapQuery, options?: CallOptions): Promise<ImapFile[]> {
    return queryFiles(this.#context, query, options);
  }

  /** Kernels and table files of one kind; the server gives them in no particular order. */
  spiceQuery(query: SpiceQuery, options?: CallOptions): Promise<SpiceFile[]> {
    return querySpice(this.#context, query, options);
  }

  /**
   * Downloads a file to `<dataDir>/<path in the archive>`.
   *
   * @param file - A name, a path (of which the last part counts) or a row of an answer.
   */
  download(file: Downloadable, options?: ImapDownloadOptions): Promise<DownloadedFile<string>> {
    return downloadFile(this.#context, file, options);
  }

  /** Downloads files, several at a time, each once; yields each as it is done. Run again after a break, it fetches only what is missing. */
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
    options?: ImapDownloadOptions,
  ): Downloads<DownloadedFile<string> | FailedDownload<string>> {
    return downloadFiles(this.#context, files, options);
  }

  /** Opens a file as a stream, for services without a disk. */
  open(file: Downloadable, options?: CallOptions): Promise<OpenedFile> {
    return openFile(this.#context, file, options);
  }

  /** Compares the local copy of a file with the archive: length, and digest where the archive tells one. */
  async verify(file: Downloadable, options: ImapDownloadOptions = {}): Promise<VerifiedFile> {
    const operation = 'imap.verify';
    const directory =
      options.directory === undefined ? undefined : toPath(options.directory, `${operation}: directory`);
    return verifyFile(this.#context, remoteFileOf(file, operation), directory, callsOf(options), operation);
  }

  /**
   * Uploads a local file; its name decides where the archive keeps it.
   *
   * Rejects with `AlreadyExists` when the archive holds a file of that name, `Forbidden` for keys that may only read, and
   * `ConfigError` where the server takes uploads with an API key only and none is set.
   */
  upload(file: string | URL, options?: ImapUploadOptions): Promise<ImapUploadResult> {
    return uploadFile(this.#context, file, options);
  }

  /** Queues processing of a span once more; resolves to the server's message. Sent once, never repeated. */
  reprocess(query: ReprocessQuery, options?: CallOptions): Promise<string> {
    return reprocess(this.#context, query, options);
  }

  /**
   * Uploads a release manifest, waits until the archive lists it, and asks for the release; resolves to the server's
   * message. The request itself is sent once, never repeated.
   *
   * Rejects with `WaitTimeout` when the manifest is not listed in time; calling again uses the one that is there.
   */
  release(query: ReleaseQuery, options?: ReleaseOptions): Promise<string> {
    return release(this.#context, query, options);
  }

  /** A metakernel for a span of time, or the names of its kernels. Takes up to a minute. */
  metakernel(query: MetakernelQuery & { readonly listFiles: true }, options?: CallOptions): Promise<string[]>;
  metakernel(query: MetakernelQuery & { readonly listFiles?: false }, options?: CallOptions): Promise<string>;
  metakernel(query: MetakernelQuery, options?: CallOptions): Promise<string | string[]> {
    return query.listFiles === true
      ? listMetakernel(this.#context, query, options)
      : buildMetakernel(this.#context, query, options);
  }

  /** Spin tables. */
  spinTable(query?: TableQuery, options?: CallOptions): Promise<TableFile[]> {
    return queryTable(this.#context, 'spinTable', query, options);
  }

  /** Repoint tables. */
  repointTable(query?: TableQuery, options?: CallOptions): Promise<TableFile[]> {
    return queryTable(this.#context, 'repointTable', query, options);
  }

  /** Small-forces (thruster) tables. */
  smallForcesTable(query?: TableQuery, options?: CallOptions): Promise<TableFile[]> {
    return queryTable(this.#context, 'smallForcesTable', query, options);
  }

  /** Processing jobs; the newest 100 without a query. */
  processingJobs(query?: ProcessingJobQuery, options?: CallOptions): Promise<ProcessingJob[]> {
    return queryJobs(this.#context, query, options);
  }

  /** Log events of one job, as the server sends them. */
  processingLog(jobLogStreamId: string, options?: CallOptions): Promise<unknown> {
    return readJobLog(this.#context, jobLogStreamId, options);
  }

  /** Raw packets from the packet service, one file a day, in time order, each packet once; days without packets make no file. */
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
    options: PacketOptions = {},
  ): Downloads<PacketFile | FailedDownload<PacketSource>> {
    return downloadDaily(this.#context, query, options);
  }

  /** Raw packets from the packet service, one file a pointing of the spacecraft. */
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
    options: PacketOptions = {},
  ): Downloads<PacketFile | FailedDownload<PacketSource>> {
    return downloadRepointings(this.#context, query, options);
  }

  /** Ends the client: later calls reject with `ConfigError` (code `closed`), those in flight are aborted. */
  close(): Promise<void> {
    closeContext(this.#context);
    return Promise.resolve();
  }

  /** The same as {@link ImapClient.close}; never throws. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function callsOf({ signal, timeoutMs }: CallOptions): CallOptions {
  return { ...(signal && { signal }), ...(timeoutMs !== undefined && { timeoutMs }) };
}
