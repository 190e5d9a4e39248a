export type * from './types/call.js';
export type * from './types/client-options.js';
export type * from './types/diagnostics.js';
export type * from './types/doctor.js';
export type * from './types/download.js';
export type * from './types/listing.js';
export type * from './types/mirror.js';
export type * from './types/waiting.js';

declare global {
  // TypeScript before 5.2 knows neither; declared the way its library and @types/node do, so that all three merge.
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
  interface AsyncDisposable {
    /** Ends what is open or in flight; `await using` calls it at the end of its block. */
    [Symbol.asyncDispose](): PromiseLike<void>;
  }
}
