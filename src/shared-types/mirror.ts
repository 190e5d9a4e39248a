import type { SdcError } from '../errors.js';
import type { DateLike } from './call.js';
import type { DownloadOptions } from './download.js';

/** Options of a mirror, besides those of its downloads; `onFailure` is `yield` by default, and `overwrite` is `update`. */
export interface MirrorOptions extends DownloadOptions {
  /** Folder of the copy. For IMAP, default: the client's `dataDir`; required for the others. */
  readonly directory?: string | URL;
  /** Only report what would be fetched; write and delete nothing. Default false. */
  readonly dryRun?: boolean;
  /**
   * Also read every file of the copy and compare its digest; a file that differs is fetched again. Default false: only
   * lengths are compared.
   */
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
