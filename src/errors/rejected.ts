import { SdcError, type SdcErrorInit } from './base.js';

/** The centre refuses the input; `messages` holds its own words. */
export class RejectedError extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'RejectedError';
  /** The centre's own messages; empty if it gave none. */
  readonly messages: string[];
  constructor(message: string, init: SdcErrorInit & { readonly messages?: readonly string[] }) {
    super(message, init, 'rejected');
    this.messages = [...(init.messages ?? [])];
  }
}

/** The SCC refuses the input; `messages` are parsed from its page. */
export class SCCError extends RejectedError {
  /** @hidden */
  static override readonly kind: string = 'SCCError';
}

/** What was to be created already exists. */
export class AlreadyExists extends RejectedError {
  /** @hidden */
  static override readonly kind: string = 'AlreadyExists';
  constructor(message: string, init: SdcErrorInit & { readonly messages?: readonly string[] }) {
    super(message, { code: 'exists', ...init });
  }
}
