import { createClock } from '../kit/clock.js';
import { createSimulator } from '../kit/simulator.js';
import type { SccSimulator, SccSimulatorOptions, SimSccCredentials } from './options.js';
import { productFiles } from './products.js';
import { serveSite } from './site.js';
import { SccWorld } from './world.js';

/** The account that a simulator accepts when none is given. */
const SAMPLE_ACCOUNT: SimSccCredentials = {
  httpAuthUser: 'earlinet',
  httpAuthPassword: 'site-password',
  username: 'scc_user',
  password: 'account-password',
};

/**
 * The Single Calculus Chain, simulated: login, lists, uploads, processing, products, with every known failure answer.
 *
 * It starts with a month of measurements (June 2021) of the stations aky, fik, cvo, gra, brc and pot.
 *
 * @param options - Server generation, data, timing and what goes wrong.
 * @example
 * ```ts
 * import { SCC } from '@lab/sdc';
 * import { simulateScc } from '@lab/sdc/testing';
 *
 * const sim = simulateScc();
 * const scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch });
 * await scc.login();
 * ```
 */
export function simulateScc(options: SccSimulatorOptions = {}): SccSimulator {
  const credentials = options.credentials ?? SAMPLE_ACCOUNT;
  const clock = createClock({ perRequestMs: 1000, ...options.clock }, '2021-07-01T00:00:00Z');
  const world = new SccWorld(options, credentials, clock);
  const simulator = createSimulator<SimSccCredentials>({
    centre: 'scc',
    main: 'site',
    services: {
      site: {
        origin: 'https://scc.simulated',
        basePath: (options.basePath ?? '/').replace(/\/*$/, '/'),
        handle: (context) => serveSite(world, context),
      },
    },
    credentials,
    clock,
    reset: () => {
      world.reset();
    },
  });
  return {
    ...simulator,
    get sessionCount() {
      return world.sessions.size;
    },
    get measurementIds() {
      return world.all().map(({ id }) => id);
    },
    get ancillaries() {
      return world.ancillaries;
    },
    expireSessions: () => {
      world.sessions.clear();
    },
    measurement: (id) => world.find(id),
    addMeasurement: (measurement) => {
      world.add(measurement);
    },
    addAncillary: (kind, filename, status = 'available') => {
      world.addAncillary(kind, filename, status);
    },
    nextUpload: (outcome) => {
      world.uploads.push(outcome);
    },
    setDownload: (key, mode) => {
      world.downloads.set(key, mode);
    },
    setPermissions: (permissions) => {
      world.permissions = { ...world.permissions, ...permissions };
    },
    breakRow: (id, defect) => {
      world.defects.set(id, defect);
    },
    addMessage: (level, text) => {
      world.broadcast({ level, text });
    },
    productFiles: (id, download) => {
      const measurement = world.find(id);
      return measurement === undefined ? [] : productFiles(measurement, download);
    },
  };
}
