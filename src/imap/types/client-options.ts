import type { ClientOptions } from '../../types.js';

/** Options of the IMAP client. Every one wins over its environment variable. */
export interface ImapOptions extends ClientOptions {
  /** Where downloads go; default `IMAP_DATA_DIR`, else `./data`. */
  readonly dataDir?: string | URL;
  /** Key of the Science Data Center; default `IMAP_API_KEY`. Wins over an access token. */
  readonly apiKey?: string;
  /** Token of the Science Data Center; default `IMAP_ACCESS_TOKEN`. */
  readonly accessToken?: string;
  /** Base64 of `user:password` for the packet service; default `IMAP_WEBPODA_TOKEN`. */
  readonly webpodaToken?: string;
  /** Where the packet service is; default `IMAP_WEBPODA_URL`, else the one at LASP, system `SID1`. */
  readonly webpodaUrl?: string | URL;
}
