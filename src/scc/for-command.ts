/** What the command line takes of this room besides its public entry: names and words, without loading the client. */
export { SCC_PRODUCTS } from './endpoints.js';
export { requireProduct } from './product-name.js';
export { exitWords, finishedProducts, hasEnded, hasStarted } from './progress.js';
