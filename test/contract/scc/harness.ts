import { setupServer } from 'msw/node';
import { onTestFinished } from 'vitest';
import { SCC, type SccOptions } from '../../../src/scc/index.js';
import { simulateScc } from '../../../src/testing/scc/simulate.js';
import type { SccSimulator, SccSimulatorOptions } from '../../../src/testing/scc/options.js';

/** How the simulated site serves its pages, for all tests of a file. */
export const served: { pages: 'as-served' | 'ill-formed' } = { pages: 'as-served' };

/** The simulated SCC behind msw, and a client of it; both end with the test. */
export function scene(options: SccSimulatorOptions = {}, client: SccOptions = {}): { sim: SccSimulator; scc: SCC } {
  const sim = simulateScc({ ...served, ...options });
  const server = setupServer(...sim.handlers());
  server.listen({ onUnhandledRequest: 'error' });
  const scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, retries: 1, ...client });
  onTestFinished(async () => {
    await scc.close();
    server.close();
  });
  return { sim, scc };
}

/** What was asked of the simulator, as `METHOD /path`. */
export const asked = (sim: SccSimulator, pattern?: RegExp): string[] =>
  sim.requests
    .map(({ method, path }) => `${method} ${path}`)
    .filter((line) => pattern === undefined || pattern.test(line));

/** Waits fast: the simulator's clock moves with each request. */
export const quick = { pollIntervalMs: 1 } as const;
