import type { MirrorOptions } from '../../types.js';
import type { SccProduct } from './measurement.js';
import type { DateQuery } from './query.js';

/** What a mirror keeps up to date: products of the measurements of a search. */
export interface SccMirrorQuery extends DateQuery {
  /** Default: all finished products of each measurement; a product that a measurement does not have is left out. */
  readonly products?: readonly SccProduct[];
}

/** Options of {@link SCC.mirror}. */
export interface SccMirrorOptions extends MirrorOptions {
  /** Where the copy is. */
  readonly directory: string | URL;
}
