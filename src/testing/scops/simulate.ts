import { createClock } from '../kit/clock.js';
import { createSimulator } from '../kit/simulator.js';
import type { SimContext } from '../kit/types.js';
import { startCron } from './host/cron.js';
import { createOperator } from './operator.js';
import { BASE_PATH, CONFIG_DIRECTORY, DEM_DIRECTORY, ORIGIN, OUTPUT_DIRECTORY, resolveSettings } from './settings.js';
import { answer } from './web/answer.js';
import type { ScopsSimulator, ScopsSimulatorOptions } from './types.js';
import { World } from './world/world.js';

/** The moment of the example in the protocol notes: the first order gets the name that stands there. */
const START = '2018-03-07T15:28:24Z';

/**
 * A simulated SCOPS: the web site with its misleading answers, and the processing host that looks for orders at each
 * full minute of the simulator's clock.
 *
 * @example
 * ```ts
 * import { simulateScops } from '@lab/sdc/testing';
 *
 * const sim = simulateScops();
 * const page = await sim.fetch(`${sim.baseUrl}jobrequest?project=GB13_08&year=2014&day=217`);
 * console.log(page.status); // 401: the login is missing
 * ```
 */
export function simulateScops(options: ScopsSimulatorOptions = {}): ScopsSimulator {
  const settings = resolveSettings(options);
  const clock = createClock(options.clock ?? {}, START);
  let world = startWorld();
  const present = (): World => {
    world.schedule.runUntil(clock.now());
    return world;
  };
  function startWorld(): World {
    const fresh = new World(settings, clock.now());
    startCron(fresh);
    return fresh;
  }
  const [project = '', password = ''] = Object.entries(settings.projects)[0] ?? [];
  const simulator = createSimulator({
    centre: 'scops',
    main: 'site',
    services: {
      site: {
        origin: ORIGIN,
        basePath: BASE_PATH,
        handle: (context: SimContext) => answer(present(), context),
      },
    },
    credentials: { project, password },
    clock: {
      mode: clock.mode,
      now: () => clock.now(),
      tick: () => {
        clock.tick();
      },
      reset: () => {
        clock.reset();
      },
      advance: (ms) => {
        clock.advance(ms);
        present();
      },
    },
    reset: () => {
      world = startWorld();
    },
  });
  attach(simulator, {
    projects: settings.projects,
    operator: createOperator(present),
    get outbox() {
      return present().outbox;
    },
    get configs() {
      return textsBelow(present(), CONFIG_DIRECTORY);
    },
    get workspaceFiles() {
      return filesBelow(present(), OUTPUT_DIRECTORY, OUTPUT_DIRECTORY.length);
    },
    get demFiles() {
      return filesBelow(present(), DEM_DIRECTORY, 0);
    },
    get processingIds() {
      return present().processingIds;
    },
    get statusRows() {
      return present().rows;
    },
    get cronLog() {
      return present().cronLog;
    },
    get smtp() {
      return present().smtp;
    },
    set smtp(up: boolean) {
      present().smtp = up;
    },
  });
  return simulator;
}

/** Adds members without reading their getters. */
function attach<A extends object, B extends object>(target: A, members: B): asserts target is A & B {
  Object.defineProperties(target, Object.getOwnPropertyDescriptors(members));
}

function textsBelow(world: World, folder: string): Map<string, string> {
  return new Map(
    world.disk
      .list(folder)
      .map((path) => [path.slice(folder.length).replace(/\.cfg$/, ''), world.disk.text(path) ?? '']),
  );
}

function filesBelow(world: World, folder: string, cut: number): Map<string, Uint8Array> {
  return new Map(
    world.disk.list(folder).map((path) => [path.slice(cut), world.disk.read(path)?.bytes ?? new Uint8Array()]),
  );
}
