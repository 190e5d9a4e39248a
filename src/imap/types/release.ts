import type { CallOptions } from '../../types.js';
import type { ReleaseType } from '../centre.js';

/** What to release to the public, or to withdraw. */
export interface ReleaseQuery {
  /** `release` or `early-release` opens files to the public, `unrelease` withdraws them. */
  readonly releaseType: ReleaseType;
  /** A local file named `imap_<instrument>_<descriptor>_<start>[_<end>]_vXXX.txt`, one file name per line. */
  readonly manifestFile: string | URL;
}

/** How a release waits for its manifest to be indexed. */
export interface ReleaseOptions extends CallOptions {
  /** Pause between two status checks, in milliseconds; default 2 000. */
  readonly pollIntervalMs?: number;
  /** Longest wait, in milliseconds; default 60 000. */
  readonly deadlineMs?: number;
}
