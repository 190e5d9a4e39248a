import type { SdcError } from '../errors.js';
import type { CallOptions } from './call.js';
import type { Results } from './listing.js';

/** Downloads in progress: each element is a finished file. Leaving the loop aborts what is in flight. */
export type Downloads<F> = Results<F>;

/** A complete, checked file under its final name. */
export interface DownloadedFile<S = unknown> {
  /**
   * `resumed`: the rest of an earlier part was fetched; `updated`: a new version replaced an older one; `skipped`: it was
   * already there (with `overwrite: 'update'`: known to be the same, or fetched and found to be the same).
   */
  readonly status: 'downloaded' | 'resumed' | 'updated' | 'skipped';
  /** Where it is, absolute. */
  readonly path: string;
  /** Its length. */
  readonly bytes: number;
  /** Digest of the body in lower-case hexadecimal; always present, except with `skipped`. */
  readonly sha256?: string;
  /** Where it came from, secrets removed. */
  readonly url: string;
  /** The content type that the server named. */
  readonly contentType?: string;
  /** What was asked for: the product, record or name. */
  readonly source: S;
  /** Where an archive was unpacked, when that was asked for: the files' paths. */
  readonly extracted?: string[];
}

/** One of several files, which failed; only with `onFailure: 'yield'`. */
export interface FailedDownload<S = unknown> {
  /** Distinguishes it from a {@link DownloadedFile}, which is never `failed`. */
  readonly status: 'failed';
  /** The reason; `error.retryable` says whether the same call may succeed later. */
  readonly error: SdcError;
  /** What was asked for. */
  readonly source: S;
  /** The target, if its name was known; `error.partPath` is a part that was kept. */
  readonly path?: string;
}

/**
 * What to do when the target exists: `skip` keeps it without a request; `update` keeps it if it is known to be what the
 * centre has now, and otherwise fetches the file and replaces the target if it differs; `replace` fetches and replaces
 * it; `unique` saves the new file next to it with a number; `error` fails before any request.
 */
export type OverwriteMode = 'skip' | 'update' | 'replace' | 'unique' | 'error';

/** Options of every download. */
export interface DownloadOptions extends CallOptions {
  /** How many files at a time; default 4. */
  readonly concurrency?: number;
  /** What to do with an existing target; default `skip`. */
  readonly overwrite?: OverwriteMode;
  /** Continue a partial file if the server allows it; default true. */
  readonly resume?: boolean;
  /**
   * The expected SHA-256 digest of the file, as 64 hexadecimal digits in either case. A body with a different one is a `TransferError`;
   * an existing target is kept (`skip`, `update`) if it has this digest, and replaced if not. Only for calls that fetch a single
   * file.
   */
  readonly sha256?: string;
  /**
   * How many ranges of one large file are fetched in parallel, each over its own connection; default 1, at most 100. For files of
   * IMAP, whose storage serves ranges; the other centres refuse the option, since their servers are shared. Files of up to 8 MiB come with
   * one request, and so does every file with `resume: false`, which never asks for ranges. Each range counts for `maxConcurrency` and
   * has its own `retries`.
   */
  readonly connections?: number;
  /** Whether one failed file ends the loop or is an element of it; default `throw`. */
  readonly onFailure?: 'throw' | 'yield';
  /** Called at most every 100 ms per file, plus once at its end. */
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** Progress of one file of a transfer. */
export interface TransferProgress {
  /** The file's final name. */
  readonly name: string;
  /** Bytes of this file so far, including those of an earlier run. */
  readonly bytes: number;
  /** Its length, if the server gives it. */
  readonly totalBytes?: number;
  /** How many of `bytes` are from an earlier run; 0 for a fresh start. */
  readonly resumedFromBytes: number;
  /** How many files of the call are done. */
  readonly filesDone: number;
  /** How many files the call has in all, if that is known in advance. */
  readonly filesTotal?: number;
}

/** A remote file as a stream, for services without a disk. Cancel the stream to end it early. */
export interface OpenedFile {
  /**
   * The body, decoded. If it breaks off, the stream fails. If the server gives no length and the end of the connection ends
   * the body, its format is checked (zip, FITS, CDF, netCDF, packets, JSON): if that shows that the body was cut off, the stream fails
   * too; a body in another format ends with the connection.
   */
  readonly stream: ReadableStream<Uint8Array>;
  /** The name that a download would give it. */
  readonly name: string;
  /** Its length, if the server gives it. */
  readonly bytes?: number;
  /** The content type that the server named. */
  readonly contentType?: string;
  /** Where it came from, secrets removed. */
  readonly url: string;
}
