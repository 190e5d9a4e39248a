import type { CallOptions } from '../../types.js';

/** Options of a query, which other calls of the room make, too. */
export interface AskOptions extends CallOptions {
  /** The public call that asks, which errors name; default: the query itself. */
  readonly operation?: string;
}
