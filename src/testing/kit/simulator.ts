import type { Centre } from '../../errors.js';
import { asRunning, createClock, type RunningClock } from './clock.js';
import { createEngine } from './engine.js';
import { createFaultPlan } from './fault-plan.js';
import { createFetch } from './fetch.js';
import { createHandlers } from './msw.js';
import { listen } from './server.js';
import type { RecordedRequest, SimClock, Simulator, SimService } from './types.js';

/** What a simulated centre is made of. */
export interface SimulatorDefinition<C> {
  readonly centre: Centre;
  /** Name of the service that `baseUrl` points to. */
  readonly main: string;
  readonly services: Readonly<Record<string, SimService>>;
  /** Shown as `credentials`, in the form that the client takes. */
  readonly credentials: C;
  /** Made by {@link createClock}, so that the services share it. */
  readonly clock: SimClock & Partial<RunningClock>;
  /** Brings data and sessions back to their first state. */
  reset(): void;
}

/** Makes a simulator out of services. */
export function createSimulator<C>(definition: SimulatorDefinition<C>): Simulator<C> {
  const { services, main, credentials } = definition;
  const clock = asRunning(definition.clock);
  const requests: RecordedRequest[] = [];
  const faults = createFaultPlan();
  const engine = createEngine({ services, clock, faults, requests });
  const service = services[main];
  if (service === undefined) throw new TypeError(`createSimulator: no service is called ${main}`);
  return {
    baseUrl: new URL(service.basePath ?? '/', service.origin).href,
    credentials,
    requests,
    clock,
    faults,
    fetch: createFetch(engine),
    handlers: () => createHandlers(engine),
    listen: (options) => listen(engine, main, options?.port),
    reset: () => {
      requests.length = 0;
      faults.clear();
      clock.reset();
      definition.reset();
    },
  };
}

export { createClock };
export type * from './types.js';
