import type { SccProduct } from '../../scc/index.js';

/** All products; a copy, so that help and completion need not load the client. */
export const SCC_PRODUCTS: readonly SccProduct[] = [
  'raw',
  'hirelpp',
  'cloudmask',
  'elpp',
  'optical',
  'plots',
  'elic',
  'elquick',
];
