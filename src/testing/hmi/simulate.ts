import { sleep } from '../../core/util/time.js';
import { createClock, createSimulator } from '../kit/simulator.js';
import type { SimContext, Simulator } from '../kit/types.js';
import { buildArchive } from './archive.js';
import { answer } from './handle.js';
import { resolveSettings, type HmiSettings, type HmiSimulatorOptions } from './options.js';
import { createQueue } from './queue.js';
import { routeOf } from './routes.js';

/** The HMI service knows no credentials: nothing to hand to the client. */
export type HmiSimCredentials = Readonly<Record<string, never>>;

/** A simulated FLARECAST HMI service. */
export type HmiSimulator = Simulator<HmiSimCredentials>;

const VIRTUAL_ORIGIN = 'http://hmi.simulated:8001';
const CLOCK_START = '2016-05-27T08:00:00Z';

/**
 * Simulates the FLARECAST HMI service in any of its generations, with three days of SHARPs
 * (2015-12-10 to 2015-12-12; near real time: 2016-01-18 to 2016-01-20) and all rows that the project published.
 *
 * @throws `RangeError` for another generation, `TypeError` for a range of data without valid dates.
 * @example
 * ```ts
 * import { simulateHmi } from '@lab/sdc/testing';
 *
 * const sim = simulateHmi({ generation: 4, contentDisposition: 'evil' });
 * const list = await sim.fetch(`${sim.baseUrl}HMI/hmi.sharp_720s?start=2015-12-11T23:00:00Z&end=2015-12-12T00:00:00Z`);
 * console.log(await list.json());
 * ```
 */
export function simulateHmi(options: HmiSimulatorOptions = {}): HmiSimulator {
  const settings = resolveSettings(options);
  const archive = buildArchive(settings.data);
  const clock = createClock(options.clock ?? {}, CLOCK_START);
  let inTurn = createQueue();
  const handle = async (sim: SimContext): Promise<Response> => {
    const serve = async (): Promise<Response> => {
      const wait = latencyOf(sim, settings);
      // A client that goes away ends the pause, not the server.
      if (wait > 0) await sleep(wait, sim.request.signal).catch(() => undefined);
      return answer({ sim, settings, archive });
    };
    return settings.singleThread ? inTurn(serve) : serve();
  };
  return createSimulator<HmiSimCredentials>({
    centre: 'hmi',
    main: 'hmi',
    services: { hmi: { origin: VIRTUAL_ORIGIN, basePath: settings.basePath, handle } },
    credentials: {},
    clock,
    reset: () => {
      inTurn = createQueue();
    },
  });
}

function latencyOf(sim: SimContext, settings: HmiSettings): number {
  const { latencyMs } = settings;
  return typeof latencyMs === 'number' ? latencyMs : latencyMs(routeOf(sim.path, settings)?.kind ?? 'unknown');
}
