import { SdcError, type SdcErrorInit } from './base.js';

/** What was asked for does not exist. */
export class NotFoundError extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'NotFoundError';
  constructor(message: string, init: SdcErrorInit) {
    super(message, init, 'not-found');
  }
}

/** The SCC has no measurement with this id. */
export class MeasurementNotFound extends NotFoundError {
  /** @hidden */
  static override readonly kind: string = 'MeasurementNotFound';
  /** The id that was asked for. */
  readonly measurementId: string;
  constructor(message: string, init: SdcErrorInit & { readonly measurementId: string }) {
    super(message, init);
    this.measurementId = init.measurementId;
  }
}

/** The centre has no file with this name. */
export class RemoteFileNotFound extends NotFoundError {
  /** @hidden */
  static override readonly kind: string = 'RemoteFileNotFound';
  /** The name that was asked for. */
  readonly file: string;
  constructor(message: string, init: SdcErrorInit & { readonly file: string }) {
    super(message, init);
    this.file = init.file;
  }
}

/** The centre has no job with this id. */
export class JobNotFound extends NotFoundError {
  /** @hidden */
  static override readonly kind: string = 'JobNotFound';
  /** The id that was asked for. */
  readonly jobId: string;
  constructor(message: string, init: SdcErrorInit & { readonly jobId: string }) {
    super(message, init);
    this.jobId = init.jobId;
  }
}

/** SCOPS has no flight of this project, year, day and sortie. */
export class FlightNotFound extends NotFoundError {
  /** @hidden */
  static override readonly kind: string = 'FlightNotFound';
}

/** The measurement or job exists, but this product of it does not: not run, failed or not finished. */
export class ProductNotAvailable extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'ProductNotAvailable';
  constructor(message: string, init: SdcErrorInit) {
    super(message, init, 'not-available');
  }
}
