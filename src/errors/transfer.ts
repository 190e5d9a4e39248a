import { SdcError, type SdcErrorInit } from './base.js';

/** A body broke off or failed its check, or its target could not be written. */
export class TransferError extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'TransferError';
  /** The length in bytes, or the digest, that it should have. */
  declare readonly expected?: number | string;
  /** The one that it actually has. */
  declare readonly actual?: number | string;
  /** Where the part that did arrive is kept, so that the next call can continue it. */
  declare readonly partPath?: string;
  constructor(
    message: string,
    init: SdcErrorInit & {
      readonly expected?: number | string | undefined;
      readonly actual?: number | string | undefined;
      readonly partPath?: string | undefined;
    },
  ) {
    super(message, init, 'transfer');
    if (init.expected !== undefined) this.expected = init.expected;
    if (init.actual !== undefined) this.actual = init.actual;
    if (init.partPath !== undefined) this.partPath = init.partPath;
  }
}
