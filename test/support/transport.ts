import { resolveClient } from '../../src/core/config/client.js';
import type { TransportSettings } from '../../src/core/http/settings.js';
import { Transport } from '../../src/core/http/transport.js';
import { Redactor } from '../../src/core/redact/redactor.js';
import type { ClientOptions } from '../../src/types.js';

/** The transport that a client makes, without retries unless they are given; programs outside of Vitest use it, too. */
export function makeTransport(options: ClientOptions, settings: Partial<TransportSettings> = {}): Transport {
  const shared = resolveClient(
    { retries: 0, ...options },
    { centre: 'imap', baseUrlVariable: 'SDC_TEST_BASE_URL' },
    settings.redactor ?? new Redactor(['version']),
  );
  return new Transport({ ...shared, credentialLayer: 'token', ...settings });
}
