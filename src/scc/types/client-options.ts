import type { ClientOptions } from '../../types.js';

/** The two logins of the SCC: one shared by the community for the whole site, one personal account. */
export interface SccCredentials {
  /** User of the site login (HTTP Basic). */
  readonly httpAuthUser: string;
  /** Password of the site login. */
  readonly httpAuthPassword: string;
  /** User of the personal account. */
  readonly username: string;
  /** Password of the personal account. */
  readonly password: string;
}

/** Options of an {@link SCC} client. */
export interface SccOptions extends ClientOptions {
  /** Default: `SCC_HTTP_AUTH_USER`, `SCC_HTTP_AUTH_PASSWORD`, `SCC_USERNAME` and `SCC_PASSWORD`. */
  readonly credentials?: SccCredentials;
  /**
   * For services that keep one session for days: send the site a request every five minutes, so that a session that has ended is
   * renewed before a user's call notices. Default false.
   */
  readonly keepAlive?: boolean;
}

/** The contents of the YAML file of the Python tool `scc_access`. */
export interface SccSettings {
  /** `basic_credentials` and `website_credentials`. */
  readonly credentials: SccCredentials;
  /** `output_dir`: where the Python tool puts products. */
  readonly outputDir?: string;
  /** `base_url`. */
  readonly baseUrl?: string;
}
