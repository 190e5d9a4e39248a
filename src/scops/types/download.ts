import type { DownloadOptions } from '../../types.js';

/** Options of {@link ScopsClient.download}. */
export interface ScopsDownloadOptions extends DownloadOptions {
  /** Product names, or `project` for the archive of all; default: every complete product, one by one. */
  readonly products?: readonly string[] | 'project';
}
