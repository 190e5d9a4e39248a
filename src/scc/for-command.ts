/** What the command line takes of this room besides its public entry: names and words, without loading the client. */
export { SCC_PRODUCTS } from './centre.js';
export { requireProduct } from './names/product.js';
export { exitWords, finishedProducts, hasEnded, hasStarted } from './processing/state.js';
