import type { CallOptions } from './call.js';

/** One page of a listing. */
export interface Page<T> {
  /** In the order of the centre's list. */
  readonly items: T[];
  /** 1-based. */
  readonly page: number;
  /** How many pages there are, if the centre says. */
  readonly pageCount?: number;
  /** How many elements there are on all pages, if the centre says. */
  readonly totalCount?: number;
  /** What could not be read on this page; the other rows are not affected. */
  readonly warnings: string[];
}

/** A lazy listing: nothing is fetched before it is asked for, and every iteration starts from the beginning. */
export interface Pager<T> extends AsyncIterable<T> {
  /** Page by page; `from` is 1-based. */
  byPage(options?: { readonly from?: number }): AsyncIterable<Page<T>>;
  /** The first element, or `undefined` if there is none. */
  first(options?: CallOptions): Promise<T | undefined>;
  /** All elements, or the first `limit` ones. */
  toArray(options?: CallOptions & { readonly limit?: number }): Promise<T[]>;
}

/** Results as they arrive. Nothing happens before the first one is asked for; leaving the loop aborts what is in flight. */
export interface Results<T> extends AsyncGenerator<T, void, undefined> {
  /** Waits for all of them. */
  toArray(): Promise<T[]>;
}
