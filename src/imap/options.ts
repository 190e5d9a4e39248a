import { resolve } from 'node:path';
import { resolveClient, resolveSharing } from '../core/config/client.js';
import { env } from '../core/config/env.js';
import { Redactor } from '../core/redact/redactor.js';
import { Transport } from '../core/http/transport.js';
import { toPath } from '../core/files/paths.js';
import { ConfigError } from '../errors.js';
import type { SharedClientOptions } from '../types.js';
import { CENTRE, DOORS, VARIABLES, VISIBLE_PARAMETERS } from './centre.js';
import type { ImapContext } from './context.js';
import { errorMap, packetError } from './errors.js';
import { BASE_URL, doorOf, PACKET_SERVICE, packetServiceOf, publicUrlOf } from './routes.js';
import type { ImapOptions } from './types.js';

/**
 * Builds what a client works with: one transport per service, each with its own credential and no other. Options win over the
 * environment, that over defaults; the API key wins over the token.
 *
 * @throws {@link ConfigError} for invalid settings.
 */
export function createContext(options: ImapOptions): ImapContext {
  const redactor = new Redactor(VISIBLE_PARAMETERS);
  const apiKey = secretOf(options, 'apiKey');
  const accessToken = secretOf(options, 'accessToken');
  const webpodaToken = secretOf(options, 'webpodaToken');
  redactor.add(apiKey, accessToken, webpodaToken, ...decoded(webpodaToken));
  const defaults = { centre: CENTRE, baseUrlVariable: VARIABLES.baseUrl, baseUrl: BASE_URL } as const;
  const shared = resolveClient(options, defaults, redactor);
  const publicUrl = publicUrlOf(shared.baseUrl);
  const access = apiKey !== undefined ? 'api-key' : accessToken !== undefined ? 'token' : 'public';
  const webpodaUrl = webpodaUrlOf(options.webpodaUrl);
  const dataDir =
    options.dataDir === undefined || options.dataDir === '' ? (env(VARIABLES.dataDir) ?? 'data') : options.dataDir;
  const settings = {
    publicUrl,
    access,
    hasPackets: webpodaToken !== undefined,
    dataDir: resolve(toPath(dataDir)),
  } as const;
  const transport = new Transport({
    ...shared,
    baseUrl: doorOf(publicUrl, access),
    credentialLayer: DOORS[access].layer,
    mapError: errorMap(access),
    authorize: (headers) => {
      if (apiKey !== undefined) headers['x-api-key'] = apiKey;
      else if (accessToken !== undefined) headers.authorization = `Bearer ${accessToken}`;
    },
  });
  const packets = new Transport({
    ...shared,
    // for the centre's own origin
    headers: undefined,
    baseUrl: webpodaUrl,
    credentialLayer: 'token',
    mapError: packetError,
    authorize: (headers) => {
      if (webpodaToken !== undefined) headers.authorization = `Basic ${webpodaToken}`;
    },
  });
  return { settings, transport, packets, server: {} };
}

/** The same for a client that shares session and connections with another one. */
export function shareContext(context: ImapContext, options: SharedClientOptions): ImapContext {
  const shared = resolveSharing(options, context.transport.settings);
  // headers are for the centre's own origin
  const packets = context.packets.with({ ...shared, headers: undefined });
  return { ...context, transport: context.transport.with(shared), packets };
}

function secretOf(options: ImapOptions, option: 'apiKey' | 'accessToken' | 'webpodaToken'): string | undefined {
  const variable = VARIABLES[option];
  const text = (options[option] ?? env(variable))?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^[\x21-\x7e]+$/u.test(text)) return text;
  throw invalid(`option ${option} (or ${variable}) must be printable ASCII without spaces`);
}

/** User and password inside the packet service's token, to be kept out of messages as well. */
function decoded(token: string | undefined): string[] {
  if (token === undefined) return [];
  const text = Buffer.from(token, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? [] : [text, text.slice(colon + 1)];
}

function webpodaUrlOf(option: string | URL | undefined): URL {
  const given = String(option === undefined || option === '' ? (env(VARIABLES.webpodaUrl) ?? PACKET_SERVICE) : option);
  if (URL.canParse(given) && /^https?:$/u.test(new URL(given).protocol)) return packetServiceOf(new URL(given));
  throw invalid(`option webpodaUrl (or ${VARIABLES.webpodaUrl}) must be an absolute http or https URL`);
}

function invalid(message: string): ConfigError {
  return new ConfigError(message, { centre: CENTRE, operation: `${CENTRE}.client` });
}
