import { SdcError, type SdcErrorInit } from './base.js';

/** Which login a centre refused. */
export type CredentialLayer = 'site' | 'account' | 'api-key' | 'token' | 'project';

/** A setting is missing or contradictory (`config`), or the client was closed (`closed`). */
export class ConfigError extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'ConfigError';
  constructor(message: string, init: SdcErrorInit) {
    super(message, init, 'config');
  }
}

/** The centre refuses the login; `layer` says which of its logins. */
export class WrongCredentials extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'WrongCredentials';
  /** `site` and `account`: the two logins of the SCC; `api-key` and `token`: IMAP; `project`: SCOPS. */
  readonly layer: CredentialLayer;
  constructor(message: string, init: SdcErrorInit & { readonly layer: CredentialLayer }) {
    super(message, init, 'credentials');
    this.layer = init.layer;
  }
}

/** Logged in, but not allowed to do this. */
export class Forbidden extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'Forbidden';
  constructor(message: string, init: SdcErrorInit) {
    super(message, init, 'forbidden');
  }
}

/** The session ended on the server, and one new login did not help or the call must not be repeated. */
export class SessionExpired extends SdcError {
  /** @hidden */
  static override readonly kind: string = 'SessionExpired';
  constructor(message: string, init: SdcErrorInit) {
    super(message, init, 'session-expired');
  }
}
