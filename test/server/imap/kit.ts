import { join } from 'node:path';
import { beforeEach, vi } from 'vitest';
import { ImapClient, type ImapOptions } from '../../../src/imap/index.js';
import { simulateImap } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { cleanUp } from '../../support/clean-up.js';
import { start } from '../../support/server.js';

export type Sim = ReturnType<typeof simulateImap>;
export type SimOptions = NonNullable<Parameters<typeof simulateImap>[0]>;

export interface Bench {
  readonly folder: string;
  /** A simulated centre on real sockets (API, storage, packets: one port each), and a client with its key. */
  centre(
    options?: SimOptions,
    client?: ImapOptions,
  ): Promise<{ sim: Sim; imap: ImapClient; client: (more?: ImapOptions) => ImapClient }>;
}

/** A fresh folder, centres and clients for each test, all of them ended afterwards. */
export function useBench(): () => Bench {
  let folder = '';
  beforeEach(() => {
    folder = tempDir();
    for (const name of [
      'IMAP_DATA_ACCESS_URL',
      'IMAP_DATA_DIR',
      'IMAP_API_KEY',
      'IMAP_ACCESS_TOKEN',
      'IMAP_WEBPODA_TOKEN',
    ])
      vi.stubEnv(name, '');
  });
  return () => ({
    folder,
    centre: async (options = {}, own = {}) => {
      const sim = simulateImap(options);
      const listening = await start(sim);
      const client = (more: ImapOptions = {}): ImapClient => {
        const made = new ImapClient({
          baseUrl: listening.url,
          webpodaUrl: listening.origins.packets ?? '',
          apiKey: sim.credentials.apiKey,
          webpodaToken: sim.credentials.webpodaToken,
          dataDir: join(folder, 'data'),
          retries: 0,
          ...own,
          ...more,
        });
        cleanUp(() => made.close());
        return made;
      };
      return { sim, imap: client(), client };
    },
  });
}
