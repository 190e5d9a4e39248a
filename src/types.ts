import type { Centre, SdcError } from './errors.js';

/** A point in time: a `Date`, or a string in ISO 8601 or the centre's own format. A string without a time zone is UTC. */
export type DateLike = Date | string;

/** Any subset of the four levels; silent by default. */
export interface Logger {
  /** Each attempt of a request, with the fields of {@link RequestMessage}. */
  readonly debug?: (message: string, fields?: Record<string, unknown>) => void;
  /** What a user may want to know. */
  readonly info?: (message: string, fields?: Record<string, unknown>) => void;
  /** Problems that did not stop the call: a retry, a failed status check, a settings file that others can read. */
  readonly warn?: (message: string, fields?: Record<string, unknown>) => void;
  /** Not used so far: failures are thrown, not logged. */
  readonly error?: (message: string, fields?: Record<string, unknown>) => void;
}

/** Options of every client. They win over environment variables, and those win over defaults. */
export interface ClientOptions {
  /** Address of the centre, with or without a trailing slash or a path prefix. */
  readonly baseUrl?: string | URL;
  /** Transport to use instead of the built-in one; every request goes through it, including transfers. */
  readonly fetch?: typeof globalThis.fetch;
  /**
   * The proxy for every request, including transfers: the address of an http or https proxy, with its login if needed. Default: what
   * `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` (upper or lower case) say when the client is created; `false` or an empty string: none. Cannot be combined with
   * `fetch`.
   */
  readonly proxy?: string | URL | false;
  /** Longest wait for the headers of one attempt, in milliseconds; default 30 000. */
  readonly timeoutMs?: number;
  /** Longest pause while a body is read, in milliseconds; default 60 000. */
  readonly idleTimeoutMs?: number;
  /** Number of retries for calls that are safe to repeat; default 3. */
  readonly retries?: number;
  /** Where to log; silent by default. `SDC_LOG=debug` prints to the standard error stream. */
  readonly logger?: Logger;
  /** Default `lab-sdc/<version>`. */
  readonly userAgent?: string;
  /**
   * Headers for requests to the centre's own origin, never to another, for instance for a gateway in front of it. A request's own headers come
   * first.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * How many requests may be in flight at a time, over all calls of the client; default 32. A transfer counts until its body has ended; a login
   * does not. Calls that wait take turns, so that a batch of many files does not hold up a single call.
   */
  readonly maxConcurrency?: number;
}

/** Options that may differ in a client that shares session, connections and `maxConcurrency` with another one. */
export type SharedClientOptions = Pick<ClientOptions, 'timeoutMs' | 'idleTimeoutMs' | 'retries' | 'logger' | 'headers'>;

/** Published for each public call; the same object from its start to its end. */
export interface CallMessage {
  /** The public call, such as `imap.query`. */
  readonly operation: string;
  /** The centre of the call. */
  readonly centre: Centre;
  /** The error that it failed with; set before `error` is published. */
  error?: unknown;
}

/** Published for each attempt of a request, with redirects followed; the log has the same fields, without `publicCall` and `error`. */
export interface RequestMessage {
  /** The public call that it was sent for, or a login that the call needed. */
  readonly operation: string;
  /** The centre of the call. */
  readonly centre: Centre;
  /** Method of the last request: the one that was answered, or failed. */
  readonly method: string;
  /** Its address, secrets removed. */
  readonly url: string;
  /** Left out where there was no answer. */
  readonly status?: number;
  /** From the beginning of the attempt to the head of the answer, in milliseconds. */
  readonly ms: number;
  /** From 1. */
  readonly attempt: number;
  /** The server's own id of the request, if it gives one. */
  readonly requestId?: string;
  /** The call that it is part of: the object that `@lab/sdc:operation` publishes. */
  readonly publicCall: CallMessage;
  /** Why the attempt failed. */
  readonly error?: unknown;
}

/** The last parameter of every call that does I/O. */
export interface CallOptions {
  /** Aborts the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Longest wait for the headers of one attempt, in milliseconds; default: the client's. */
  readonly timeoutMs?: number;
  /** Longest pause while a body is read, in milliseconds; default: the client's. */
  readonly idleTimeoutMs?: number;
  /** Number of retries for each request that is safe to repeat; default: the client's. */
  readonly retries?: number;
}

/** One page of a listing. */
export interface Page<T> {
  /** In the order of the centre's list. */
  readonly items: T[];
  /** 1-based. */
  readonly page: number;
  /** How many pages there are, if the centre says. */
  readonly pageCount?: number;
  /** How many elements there are on all pages, if the centre says. */
  readonly totalCount?: number;
  /** What could not be read on this page; the other rows are not affected. */
  readonly warnings: string[];
}

/** A lazy listing: nothing is fetched before it is asked for, and every iteration starts from the beginning. */
export interface Pager<T> extends AsyncIterable<T> {
  /** Page by page; `from` is 1-based. */
  byPage(options?: { readonly from?: number }): AsyncIterable<Page<T>>;
  /** The first element, or `undefined` if there is none. */
  first(options?: CallOptions): Promise<T | undefined>;
  /** All elements, or the first `limit` ones. */
  toArray(options?: CallOptions & { readonly limit?: number }): Promise<T[]>;
}

/** Results as they arrive. Nothing happens before the first one is asked for; leaving the loop aborts what is in flight. */
export interface Results<T> extends AsyncGenerator<T, void, undefined> {
  /** Waits for all of them. */
  toArray(): Promise<T[]>;
}

/** Downloads in progress: each element is a finished file. Leaving the loop aborts what is in flight. */
export type Downloads<F> = Results<F>;

/** Options of `doctor`. */
export interface DoctorOptions extends CallOptions {
  /**
   * A new or empty folder for the answers: one JSON file per answer with status, headers and body, and the report. Secrets, names, e-mail
   * addresses and ids are replaced, the same one by the same pseudonym. Default: nothing is kept.
   */
  readonly record?: string | URL;
}

/** One fact of a centre's protocol, and whether it holds there. */
export interface DoctorPoint {
  /** Stable, such as `list.array`. */
  readonly id: string;
  /** What the fact is about. */
  readonly what: string;
  /** What the client expects. */
  readonly known: string;
  /** What the centre showed; for `not-asked` the reason, where there is one. */
  readonly seen?: string;
  /** `not-asked`: the centre gave no answer, or the question does not apply there. */
  readonly verdict: 'holds' | 'differs' | 'not-asked';
  /** Why the question got no answer, where asking it failed. */
  readonly error?: SdcError;
}

/** What `doctor` found. */
export interface DoctorReport {
  /** The centre that was checked. */
  readonly centre: Centre;
  /** Its address. */
  readonly baseUrl: string;
  /** When it was checked. */
  readonly when: Date;
  /** In the order in which they were asked; the same ones each time. */
  readonly points: DoctorPoint[];
}

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
 * What to do when the target exists: `skip` keeps it without a request; `update` keeps it if it is known to be what the centre has
 * now, and otherwise fetches the file and replaces the target if it differs; `replace` fetches and replaces it; `unique` saves the new file next to it with a
 * number; `error` fails before any request.
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

/** Options of a mirror, besides those of its downloads; `onFailure` is `yield` by default, and `overwrite` is `update`. */
export interface MirrorOptions extends DownloadOptions {
  /** Folder of the copy. For IMAP, default: the client's `dataDir`; required for the others. */
  readonly directory?: string | URL;
  /** Only report what would be fetched; write and delete nothing. Default false. */
  readonly dryRun?: boolean;
  /** Also read every file of the copy and compare its digest; a file that differs is fetched again. Default false: only lengths are compared. */
  readonly verify?: boolean;
  /**
   * Only files whose path in the directory, with slashes, matches one of these globs, such as `imap/mag/l1a/**`. A glob without a slash
   * matches the name in any folder. Default: all.
   */
  readonly include?: readonly string[];
  /** Leave out files that match one of these globs, even if they match `include`. Default: none. */
  readonly exclude?: readonly string[];
  /** Ask for what is new since then: `last-run`, where the last run of the same query ended (default), or a date of the centre. */
  readonly since?: DateLike;
  /**
   * What to do about files of the copy that the centre no longer has: `never` does not look for them (default), `list` yields
   * them as `removed`, `delete` also deletes them here.
   */
  readonly remove?: 'never' | 'list' | 'delete';
  /** Limit in bytes per second for all files of the run together; default: no limit. */
  readonly maxBytesPerSecond?: number;
  /**
   * Called with each file that is new or has changed, as soon as it is complete; the run waits for the result. What it throws ends
   * the run. If the process is killed in between, it is not called again for that file.
   */
  readonly run?: (file: MirroredFile) => void | Promise<void>;
}

/** What a mirror did with one file, or found out about it. */
export interface MirroredFile {
  /**
   * `new`: fetched for the first time; `changed`: a new version replaced an older one; `unchanged`: already there; `removed`:
   * the centre no longer has it; `would-fetch`: with `dryRun`, instead of new and changed; `failed`: see `error`.
   */
  readonly status: 'new' | 'changed' | 'unchanged' | 'removed' | 'would-fetch' | 'failed';
  /** Path in the directory of the mirror, with slashes. */
  readonly path: string;
  /** Its length; absent if it is not known before the file is fetched. */
  readonly bytes?: number;
  /** Digest in lower-case hexadecimal; absent for a file that was not fetched. */
  readonly sha256?: string;
  /** What was asked for; for IMAP the path in the archive. */
  readonly source: unknown;
  /** The reason for `failed`; `error.retryable` says whether the next run may succeed. */
  readonly error?: SdcError;
}

/** Counts over all files of a run. */
export interface MirrorSummary {
  /** Fetched for the first time; with `dryRun`: to be fetched. */
  readonly new: number;
  /** Fetched to replace an older version; with `dryRun`: to be fetched. */
  readonly changed: number;
  /** Already there. */
  readonly unchanged: number;
  /** No longer at the centre. */
  readonly removed: number;
  /** Not fetched; the next run asks for them again. */
  readonly failed: number;
  /** Bytes of the new and changed files; with `dryRun`, as far as the centre gives them. */
  readonly bytes: number;
  /** How long it took. */
  readonly seconds: number;
}

/** One run of a mirror. It starts when the first element is asked for, or with {@link Mirror.summary}, and happens once. */
export interface Mirror extends AsyncIterable<MirroredFile> {
  /** Runs to the end and returns the counts. If a loop is going through the run, it resolves when that loop has ended. */
  summary(): Promise<MirrorSummary>;
  /** Waits for all files. */
  toArray(): Promise<MirroredFile[]>;
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

/** How to wait for processing. */
export interface WaitOptions<S = unknown> extends CallOptions {
  /** Pause between two status checks, in milliseconds; default 10 000. */
  readonly pollIntervalMs?: number;
  /** Longest total wait, in milliseconds; default 2 hours. */
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
    /** Ends what is open or in flight; `await using` calls it at the end of its block. */
    [Symbol.asyncDispose](): PromiseLike<void>;
  }
}
