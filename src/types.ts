import type { SdcError } from './errors.js';

/** A moment: a `Date`, or a text in ISO 8601 or the centre's own form. A text without zone is UTC. */
export type DateLike = Date | string;

/** Any subset of the four levels; silent by default. */
export interface Logger {
  readonly debug?: (message: string, fields?: Record<string, unknown>) => void;
  readonly info?: (message: string, fields?: Record<string, unknown>) => void;
  readonly warn?: (message: string, fields?: Record<string, unknown>) => void;
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
  readonly items: T[];
  /** 1-based. */
  readonly page: number;
  readonly pageCount?: number;
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
  /** `skipped`: it was there already. */
  readonly status: 'downloaded' | 'resumed' | 'skipped';
  readonly path: string;
  readonly bytes: number;
  /** Digest of the body as lower-case hexadecimal; always there, except on `skipped`. */
  readonly sha256?: string;
  /** Where it came from, secrets removed. */
  readonly url: string;
  readonly contentType?: string;
  /** What was asked for: the product, record or name. */
  readonly source: S;
  /** Where an archive was unpacked, when that was asked for: the files' paths. */
  readonly extracted?: string[];
}

/** One file of many that could not be had; only with `onFailure: 'yield'`. */
export interface FailedDownload<S = unknown> {
  readonly status: 'failed';
  readonly error: SdcError;
  readonly source: S;
  readonly path?: string;
}

/** What to do when the target exists. */
export type OverwriteMode = 'skip' | 'replace' | 'unique' | 'error';

/** Options of every download. */
export interface DownloadOptions extends CallOptions {
  /** How many files at a time; default 4. */
  readonly concurrency?: number;
  /** An existing target; default `skip`. */
  readonly overwrite?: OverwriteMode;
  /** Continue a partial file where the server allows; default true. */
  readonly resume?: boolean;
  /** Whether one failed file ends the loop or is an element of it; default `throw`. */
  readonly onFailure?: 'throw' | 'yield';
  /** Called at most every 100 ms a file, plus once at its end. */
  readonly onProgress?: (progress: TransferProgress) => void;
  /** Longest silence while a body is read, in milliseconds; default: the client's. */
  readonly idleTimeoutMs?: number;
}

/** How far one file of a transfer is. */
export interface TransferProgress {
  readonly name: string;
  /** Bytes of this file so far, those of an earlier run included. */
  readonly bytes: number;
  readonly totalBytes?: number;
  readonly resumedFromBytes: number;
  readonly filesDone: number;
  readonly filesTotal?: number;
}

/** A remote file as a stream, for services without a disk. Cancel the stream to end it early. */
export interface OpenedFile {
  readonly stream: ReadableStream<Uint8Array>;
  readonly name: string;
  readonly bytes?: number;
  readonly contentType?: string;
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
    [Symbol.asyncDispose](): PromiseLike<void>;
  }
}
