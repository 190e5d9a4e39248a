export type * from './shared-types/call.js';
export type * from './shared-types/client-options.js';
export type * from './shared-types/diagnostics.js';
export type * from './shared-types/doctor.js';
export type * from './shared-types/download.js';
export type * from './shared-types/listing.js';
export type * from './shared-types/mirror.js';
export type * from './shared-types/waiting.js';

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
