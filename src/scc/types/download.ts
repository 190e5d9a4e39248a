import type { DownloadOptions } from '../../types.js';
import type { SccProduct } from './measurement.js';

/** Options of {@link SCC.downloadProducts}. */
export interface ProductOptions extends DownloadOptions {
  /**
   * Default: all finished products that the site offers. Products of newer chains have the name with which the
   * measurement's page links them.
   */
  readonly products?: readonly SccProduct[];
  /** Unpack each archive into `<directory>/<id>/<product>/`, and remove what earlier archives left there; default false. */
  readonly extract?: boolean;
}
