import type { DownloadOptions } from '../../types.js';
import type { ImapFile } from './query.js';
import type { SpiceFile } from './spice.js';
import type { TableFile } from './tables.js';

/** What can be downloaded: a name, a path or a row of an answer. */
export type Downloadable = string | ImapFile | SpiceFile | TableFile;

/** Options of IMAP downloads. */
export interface ImapDownloadOptions extends DownloadOptions {
  /** Put files directly into this folder, instead of the archive's layout in the data directory. */
  readonly directory?: string | URL;
  /** Compare an existing file with the archive (length, digest), and fetch it again if it differs. Default false. */
  readonly verify?: boolean;
  /** Also refuse bodies that do not begin as the format of their name requires (CDF, PNG, zip …). Default false. */
  readonly checkFormat?: boolean;
}

/** What {@link ImapDownloadOptions.verify} found for a local file. */
export interface VerifiedFile {
  /** Where the local copy is, or would be. */
  readonly path: string;
  /** `same`: in length and, where known, in digest; `different`: see `reason`; `missing`: no local copy. */
  readonly status: 'same' | 'missing' | 'different';
  /** What differs, in words. */
  readonly reason?: string;
  /** Length of the local copy in bytes; absent when it is missing. */
  readonly bytes?: number;
  /** Length in the archive. */
  readonly remoteBytes?: number;
  /** Whether a digest could be compared; otherwise only the length was. */
  readonly digest: boolean;
}
