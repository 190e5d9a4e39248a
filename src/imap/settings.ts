import { resolve } from 'node:path';
import { resolveClient, type SharedSettings } from '../core/config/client.js';
import { env } from '../core/config/env.js';
import { Redactor } from '../core/http/redact.js';
import { toPath } from '../core/files/paths.js';
import { ConfigError } from '../errors.js';
import { HARMLESS_PARAMETERS } from './centre.js';
import type { Access } from './answers.js';
import type { ImapOptions } from './types.js';

/** What a client works with, once options, environment and defaults are put together. */
export interface ImapSettings {
  /** Everything but the base URL is the client's own; the base URL ends with the prefix of the credential. */
  readonly shared: SharedSettings;
  /** The public door of the same server. */
  readonly publicUrl: URL;
  readonly access: Access;
  readonly apiKey: string | undefined;
  readonly accessToken: string | undefined;
  readonly webpodaToken: string | undefined;
  readonly webpodaUrl: URL;
  /** Absolute. */
  readonly dataDir: string;
}

const PREFIX: Readonly<Record<Access, string>> = { public: '', token: 'authorized/', 'api-key': 'api-key/' };
const WEBPODA = 'https://lasp.colorado.edu/ops/imap/poda/dap2/apids/SID1';

/**
 * Reads options and environment: options win, then the environment, then defaults. The API key wins over the token.
 *
 * @throws {@link ConfigError} for settings that cannot be meant.
 */
export function resolveImap(options: ImapOptions): ImapSettings {
  const redactor = new Redactor(HARMLESS_PARAMETERS);
  const apiKey = secret(options.apiKey ?? env('IMAP_API_KEY'), 'apiKey', 'IMAP_API_KEY');
  const accessToken = secret(options.accessToken ?? env('IMAP_ACCESS_TOKEN'), 'accessToken', 'IMAP_ACCESS_TOKEN');
  const webpodaToken = secret(options.webpodaToken ?? env('IMAP_WEBPODA_TOKEN'), 'webpodaToken', 'IMAP_WEBPODA_TOKEN');
  redactor.add(apiKey, accessToken, webpodaToken, ...decoded(webpodaToken));
  const defaults = {
    centre: 'imap',
    baseUrlVariable: 'IMAP_DATA_ACCESS_URL',
    baseUrl: 'https://api.imap-mission.com',
  } as const;
  const shared = resolveClient(options, defaults, redactor);
  const publicUrl = withoutPrefix(shared.baseUrl);
  const access = apiKey !== undefined ? 'api-key' : accessToken !== undefined ? 'token' : 'public';
  const dataDir =
    options.dataDir === undefined || options.dataDir === '' ? (env('IMAP_DATA_DIR') ?? 'data') : options.dataDir;
  return {
    shared: { ...shared, baseUrl: new URL(PREFIX[access], publicUrl) },
    publicUrl,
    access,
    apiKey,
    accessToken,
    webpodaToken,
    webpodaUrl: webpodaBase(options.webpodaUrl),
    dataDir: resolve(toPath(dataDir)),
  };
}

/** Without one trailing `/api-key` or `/authorized`, with a trailing slash. */
function withoutPrefix(base: URL): URL {
  const url = new URL(base);
  const path = url.pathname.replace(/\/+$/u, '').replace(/\/(?:api-key|authorized)$/u, '');
  url.pathname = `${path.replace(/\/+$/u, '')}/`;
  return url;
}

function secret(value: string | undefined, option: string, variable: string): string | undefined {
  const text = value?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^[\x21-\x7e]+$/u.test(text)) return text;
  throw new ConfigError(`option ${option} (or ${variable}) must be printable ASCII without blanks`, {
    centre: 'imap',
    operation: 'imap.client',
  });
}

/** User and password inside the packet service's token, to be kept out of messages as well. */
function decoded(token: string | undefined): string[] {
  if (token === undefined) return [];
  const text = Buffer.from(token, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? [] : [text, text.slice(colon + 1)];
}

/** The folder of one system's APIDs; a bare host or a shorter path is completed. */
function webpodaBase(option: string | URL | undefined): URL {
  const given = String(option === undefined || option === '' ? (env('IMAP_WEBPODA_URL') ?? WEBPODA) : option);
  if (!URL.canParse(given) || !/^https?:$/u.test(new URL(given).protocol)) {
    throw new ConfigError('option webpodaUrl (or IMAP_WEBPODA_URL) must be an absolute http or https URL', {
      centre: 'imap',
      operation: 'imap.client',
    });
  }
  const url = new URL(given);
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  let path = url.pathname.replace(/\/+$/u, '');
  if (path === '') path = '/ops/imap/poda/dap2';
  if (path.endsWith('/dap2')) path += '/apids';
  if (!/\/SID[0-9]+$/iu.test(path)) path += '/SID1';
  url.pathname = `${path}/`;
  return url;
}
