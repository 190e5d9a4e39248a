import { createClock, createSimulator } from '../kit/simulator.js';
import { handleGateway } from './api/gateway.js';
import { handleRest } from './api/rest-2024.js';
import { acceptedBy, firstKey } from './credentials.js';
import type { ImapCredentials, ImapSimulator, ImapSimulatorOptions } from './options.js';
import { handlePackets } from './packets/handle.js';
import { createState } from './state.js';
import { handleStorage } from './storage/handle.js';

const API = 'https://api.imap.simulated';
const STORAGE = 'https://s3.imap.simulated';
/** The packet service keeps its real address: only a caller that injects the simulator's `fetch` reaches this one there. */
const PACKETS = 'https://lasp.colorado.edu';
const START = '2026-03-02T12:00:00Z';

/**
 * Simulates the IMAP Science Data Center: API, storage and packet service, each on an origin of its own, with public
 * sample data.
 *
 * @example
 * ```ts
 * import { ImapClient } from '@lab/sdc/imap';
 * import { simulateImap } from '@lab/sdc/testing';
 *
 * const sim = simulateImap();
 * const imap = new ImapClient({ baseUrl: sim.baseUrl, fetch: sim.fetch, ...sim.credentials });
 * const files = await imap.query({ instrument: 'mag', dataLevel: 'l2' });
 * ```
 */
export function simulateImap(options: ImapSimulatorOptions = {}): ImapSimulator {
  const clock = createClock(options.clock ?? {}, START);
  const accepted = acceptedBy(options);
  const state = createState(options, clock);
  const { archive, requestId } = state;
  const api = { archive, options, keys: accepted.keys, tokens: accepted.tokens, jobs: state.jobs, requestId };
  const storage = {
    archive,
    signedHeaders: options.signedHeaders ?? {},
    indexingDelayMs: options.indexingDelayMs ?? 0,
    keepBytes: options.keepUploadBytes ?? 64 * 1024 * 1024,
    takeSlowDown: state.takeSlowDown,
    requestId,
  };
  const packets = { tokens: accepted.webpodaTokens, lineEnd: options.packetLineEnd ?? '\r\n', packets: state.packets };
  const handleApi = options.generation === '2024' ? handleRest : handleGateway;

  const simulator = createSimulator<ImapCredentials>({
    centre: 'imap',
    main: 'api',
    services: {
      api: { origin: API, handle: (context) => handleApi(context, api) },
      storage: { origin: STORAGE, handle: (context) => handleStorage(context, storage) },
      packets: { origin: PACKETS, handle: (context) => handlePackets(context, packets) },
    },
    credentials: {
      apiKey: firstKey(accepted.keys, 'full') || ([...accepted.keys.keys()][0] ?? ''),
      accessToken: accepted.tokens[0] ?? '',
      webpodaToken: accepted.webpodaTokens[0] ?? '',
    },
    clock,
    reset: state.reset,
  });

  return Object.assign(simulator, {
    webpodaUrl: `${PACKETS}/ops/imap/poda/dap2/apids/`,
    readOnlyApiKey: firstKey(accepted.keys, 'read'),
    reprocessQueue: archive.reprocessQueue,
    keys: () => [...archive.objects.keys()].sort(),
    read: (key: string) => {
      const content = archive.objects.get(key)?.content();
      return content === undefined || content instanceof Uint8Array ? content : content.read(0, content.size);
    },
    addFile: (file: Parameters<typeof archive.add>[0]) => {
      archive.add(file);
    },
    setReleased: (name: string, released: boolean) => {
      if (!archive.setReleased(name, released)) throw new TypeError(`simulateImap: there is no file ${name}`);
    },
    slowDown: (times: number, method?: 'GET' | 'PUT') => {
      state.armSlowDown(times, method);
    },
  });
}
