import { SdcError, type SdcErrorInit } from './base.js';

/** The job that was waited for failed; `state` is the last one seen. */
export class ProcessingFailed<S = unknown> extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'ProcessingFailed';
  /** The last state: a {@link Measurement} or a {@link ScopsStatus}. */
  readonly state: S;
  constructor(message: string, init: SdcErrorInit & { readonly state: S }) {
    super(message, init, 'job-failed');
    this.state = init.state;
  }
}

/** Still running at the deadline; the job goes on. `state` is the last one seen, if any was. */
export class WaitTimeout<S = unknown> extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'WaitTimeout';
  /** The last state, if any was seen. */
  readonly state: S | undefined;
  constructor(message: string, init: SdcErrorInit & { readonly state: S | undefined }) {
    super(message, { retryable: true, ...init }, 'wait-timeout');
    this.state = init.state;
  }
}
