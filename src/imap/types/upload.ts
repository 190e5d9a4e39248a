import type { DownloadOptions } from '../../types.js';
import type { ReleaseOptions } from './release.js';

/** Options of an upload. */
export interface ImapUploadOptions extends ReleaseOptions {
  /** Called at most every 100 ms, and once at the end; a retry counts from 0 again. */
  readonly onProgress?: DownloadOptions['onProgress'];
  /** What to do if the archive already has a file with that name: `error` (default), or `accept-identical` to accept an identical one. */
  readonly existing?: 'error' | 'accept-identical';
  /** Wait until queries find the file, at most `deadlineMs`. Default false. */
  readonly waitUntilIndexed?: boolean;
  /** Mark the file as reprocessed by hand; only some servers support this. */
  readonly manuallyReprocessed?: boolean;
}

/** A finished upload. */
export interface ImapUploadResult {
  /** Name of the file in the archive: that of the local file, without directories. */
  readonly name: string;
  /** How many bytes the file has. */
  readonly bytes: number;
  /** `exists`: an identical file was already there. */
  readonly status: 'uploaded' | 'exists';
}
