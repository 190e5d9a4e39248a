import type { CallMessage } from '../../types.js';

/** A public call as requests, sessions and lifetimes know it; an operation is one. */
export interface NamedCall {
  /** Such as `imap.query`. */
  readonly name: string;
  /** What is published of the public call that it is, or that needed it, as one may need a login. */
  readonly publicCall?: CallMessage | undefined;
}
