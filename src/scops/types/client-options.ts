import type { ClientOptions } from '../../types.js';

/** Options of {@link ScopsClient}. They win over `SCOPS_BASE_URL`, `SCOPS_PROJECT` and `SCOPS_PASSWORD`. */
export interface ScopsOptions extends ClientOptions {
  /** Project code, which is also the user name: SCOPS has one login per project. */
  readonly project?: string;
  /** Password of the project's login; default: `SCOPS_PASSWORD`; without either, {@link ConfigError}. */
  readonly password?: string;
  /** IANA name of the time zone of the server's clock, such as `Europe/London`; default: read from the config name. */
  readonly serverTimeZone?: string;
  /** Allows plain http to hosts other than this machine; the password is then sent unencrypted. Default false. */
  readonly allowInsecure?: boolean;
  /**
   * Shortest time between two confirmations of one flight day, in milliseconds; default 61 000, since two that begin in
   * the same second damage each other.
   */
  readonly confirmSpacingMs?: number;
}
