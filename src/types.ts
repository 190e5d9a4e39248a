import type { SdcError } from './errors.js';

/** A moment: a `Date`, or a text in ISO 8601 or the centre's own form. A text without zone is UTC. */
export type DateLike = Date | string;

/** Any subset of the four levels; silent by default. */
export interface Logger {
  /** Each request, with `status`, `ms` and `attempt`. */
  readonly debug?: (message: string, fields?: Record<string, unknown>) => void;
  /** What a user may want to know. */
  readonly info?: (message: string, fields?: Record<string, unknown>) => void;
  /** What went on all the same: a retry, a look that failed, a file that others can read. */
  readonly warn?: (message: string, fields?: Record<string, unknown>) => void;
  /** Not used so far: what fails is thrown, not logged. */
  readonly error?: (message: string, fields?: Record<string, unknown>) => void;
}

/** Options that every client takes. They win over environment variables, those over defaults. */
export interface ClientOptions {
  /** Where the centre is, with or without trailing slash and path prefix. */
  readonly baseUrl?: string | URL;
  /** Transport to use instead of the built-in one; every request goes through it, transfers too. */
  readonly fetch?: typeof globalThis.fetch;
  /** Longest wait for the headers of one attempt, in milliseconds; default 30 000. */
  readonly timeoutMs?: number;
  /** Longest silence while a body is read, in milliseconds; default 60 000. */
  readonly idleTimeoutMs?: number;
  /** Further attempts of calls that are safe to repeat; default 3. */
  readonly retries?: number;
  /** Where to log; silent by default. `SDC_LOG=debug` prints to the standard error stream. */
  readonly logger?: Logger;
  /** Default `lab-sdc/<version>`. */
  readonly userAgent?: string;
}

/** The last parameter of every call that does I/O. */
export interface CallOptions {
  /** Aborts the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Longest wait for the headers of one attempt, in milliseconds; default: the client's. */
  readonly timeoutMs?: number;
}

/** One page of a listing. */
export interface Page<T> {
  /** In the order of the centre's list. */
  readonly items: T[];
  /** 1-based. */
  readonly page: number;
  /** How many pages there are, where the centre tells. */
  readonly pageCount?: number;
  /** How many elements there are on all pages, where the centre tells. */
  readonly totalCount?: number;
  /** What could not be read on this page; the other rows are there all the same. */
  readonly warnings: string[];
}

/** A lazy listing: nothing is fetched before it is asked for, and every iteration starts afresh. */
export interface Pager<T> extends AsyncIterable<T> {
  /** Page by page; `from` is 1-based. */
  byPage(options?: { readonly from?: number }): AsyncIterable<Page<T>>;
  /** The first element, or `undefined` where there is none. */
  first(options?: CallOptions): Promise<T | undefined>;
  /** All elements, or the first `limit` ones. */
  toArray(options?: CallOptions & { readonly limit?: number }): Promise<T[]>;
}

/** Downloads in progress: each element is a finished file. Leaving the loop aborts what is in flight. */
export interface Downloads<F> extends AsyncGenerator<F, void, undefined> {
  /** Waits for all files. */
  toArray(): Promise<F[]>;
}

/** A file that is there, checked, under its final name. */
export interface DownloadedFile<S = unknown> {
  /**
   * `resumed`: the rest of an earlier part was fetched; `updated`: another body took the place of an older one; `skipped`: it was
   * there already, with `overwrite: 'update'` known to be the same, or fetched and found the same.
   */
  readonly status: 'downloaded' | 'resumed' | 'updated' | 'skipped';
  /** Where it is, absolute. */
  readonly path: string;
  /** Its length. */
  readonly bytes: number;
  /** Digest of the body as lower-case hexadecimal; always there, except on `skipped`. */
  readonly sha256?: string;
  /** Where it came from, secrets removed. */
  readonly url: string;
  /** As the server called it. */
  readonly contentType?: string;
  /** What was asked for: the product, record or name. */
  readonly source: S;
  /** Where an archive was unpacked, when that was asked for: the files' paths. */
  readonly extracted?: string[];
}

/** One file of many that could not be had; only with `onFailure: 'yield'`. */
export interface FailedDownload<S = unknown> {
  /** Tells it from a {@link DownloadedFile}, which is never `failed`. */
  readonly status: 'failed';
  /** Why; `error.retryable` tells whether the same call may succeed later. */
  readonly error: SdcError;
  /** What was asked for. */
  readonly source: S;
  /** Where it would have gone, if its name was known; a part that was kept is `error.partPath`. */
  readonly path?: string;
}

/**
 * What to do when the target exists: `skip` keeps it and asks nothing; `update` keeps it where it is known to be what the centre has
 * now, else fetches, and replaces it when it differs; `replace` fetches and replaces it; `unique` puts the new file beside it under a
 * number; `error` fails before any request.
 */
export type OverwriteMode = 'skip' | 'update' | 'replace' | 'unique' | 'error';

/** Options of every download. */
export interface DownloadOptions extends CallOptions {
  /** How many files at a time; default 4. */
  readonly concurrency?: number;
  /** An existing target; default `skip`. */
  readonly overwrite?: OverwriteMode;
  /** Continue a partial file where the server allows; default true. */
  readonly resume?: boolean;
  /**
   * What the file must be: its SHA-256 digest as 64 hexadecimal digits, in either case. A body with another one is a `TransferError`;
   * an existing target is kept (`skip`, `update`) where it has this digest, and replaced where it has not. For calls that bring a single
   * file; the others refuse it.
   */
  readonly sha256?: string;
  /** Whether one failed file ends the loop or is an element of it; default `throw`. */
  readonly onFailure?: 'throw' | 'yield';
  /** Called at most every 100 ms a file, plus once at its end. */
  readonly onProgress?: (progress: TransferProgress) => void;
  /** Longest silence while a body is read, in milliseconds; default: the client's. */
  readonly idleTimeoutMs?: number;
}

/** How far one file of a transfer is. */
export interface TransferProgress {
  /** The file's final name. */
  readonly name: string;
  /** Bytes of this file so far, those of an earlier run included. */
  readonly bytes: number;
  /** Its length, where the server tells. */
  readonly totalBytes?: number;
  /** How many of `bytes` are of an earlier run; 0 for a fresh start. */
  readonly resumedFromBytes: number;
  /** How many files of the call are done. */
  readonly filesDone: number;
  /** Of how many, where that is known in advance. */
  readonly filesTotal?: number;
}

/** A remote file as a stream, for services without a disk. Cancel the stream to end it early. */
export interface OpenedFile {
  /**
   * The body, decoded. A break in it is an error of the stream. Where the server tells no length and the end of the connection ends
   * the body, its format is asked (zip, FITS, CDF, netCDF, packets, JSON): a body that it shows to be cut is an error of the stream,
   * too; one of another format ends as the connection does.
   */
  readonly stream: ReadableStream<Uint8Array>;
  /** The name that a download would give it. */
  readonly name: string;
  /** Its length, where the server tells. */
  readonly bytes?: number;
  /** As the server called it. */
  readonly contentType?: string;
  /** Where it comes from, secrets removed. */
  readonly url: string;
}

/** How to wait for processing. */
export interface WaitOptions<S = unknown> extends CallOptions {
  /** Pause between two looks, in milliseconds; default 10 000. */
  readonly pollIntervalMs?: number;
  /** Longest wait in all, in milliseconds; default 2 hours. */
  readonly deadlineMs?: number;
  /** How long the job may take to appear or to start, in milliseconds. */
  readonly appearMs?: number;
  /** Called at each change of state. */
  readonly onState?: (state: S) => void;
}

declare global {
  // TypeScript before 5.2 knows neither; declared the way its library and @types/node do, so that all three merge.
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
  interface AsyncDisposable {
    /** Ends what is open or in flight; called by `await using` at the end of its block. */
    [Symbol.asyncDispose](): PromiseLike<void>;
  }
}
