import { WrongCredentials, type SdcError } from '../errors.js';
import type { FailedAnswer } from '../core/http/call.js';
import { Transport } from '../core/http/transport.js';
import { errorMap } from './answers.js';
import type { ImapContext } from './context.js';
import { resolveImap } from './settings.js';
import type { ImapOptions } from './types.js';

/** Builds what a client works with: one transport a service, each with its own credential and no other. */
export function createContext(options: ImapOptions): ImapContext {
  const settings = resolveImap(options);
  const { access, accessToken, apiKey, shared, webpodaToken, webpodaUrl } = settings;
  const transport = new Transport({
    ...shared,
    credentialLayer: access === 'token' ? 'token' : 'api-key',
    mapError: errorMap(access),
    authorize: (headers) => {
      if (access === 'api-key' && apiKey !== undefined) headers['x-api-key'] = apiKey;
      else if (access === 'token' && accessToken !== undefined) headers.authorization = `Bearer ${accessToken}`;
    },
  });
  const packets = new Transport({
    ...shared,
    baseUrl: webpodaUrl,
    credentialLayer: 'token',
    mapError: packetError,
    authorize: (headers) => {
      if (webpodaToken !== undefined) headers.authorization = `Basic ${webpodaToken}`;
    },
  });
  return { settings, transport, packets, server: {} };
}

/** Ends both transports; what is in flight is aborted. */
export function closeContext({ packets, transport }: ImapContext): void {
  transport.lifetime.end();
  transport.close();
  packets.close();
}

function packetError({ status, init }: FailedAnswer): SdcError | undefined {
  if (status !== 401) return undefined;
  return new WrongCredentials(
    'the packet service does not accept its token (401); check option webpodaToken or IMAP_WEBPODA_TOKEN, the base64 of user:password',
    { ...init, layer: 'token' },
  );
}
