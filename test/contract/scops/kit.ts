import { onTestFinished } from 'vitest';
import { ScopsClient, type ScopsOptions, type ScopsOrder } from '../../../src/scops/index.js';
import { simulateScops, type ScopsSimulator, type ScopsSimulatorOptions } from '../../../src/testing/index.js';

/** How the simulated site serves its pages, for all tests of a file. */
export const served: { pages: 'as-served' | 'ill-formed' } = { pages: 'as-served' };

let worlds = 0;

/** A name of its own for a simulated service, since orders of one service wait for each other, in all tests of a file. */
function ownName(sim: ScopsSimulator): { readonly baseUrl: string; readonly fetch: typeof fetch } {
  const { host } = new URL(sim.baseUrl);
  const own = `own-${(worlds += 1)}.${host}`;
  return {
    baseUrl: sim.baseUrl.replace(host, own),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const answer = await sim.fetch(new Request(request.url.replace(own, host), request));
      const location = answer.headers.get('location');
      if (location !== null) answer.headers.set('location', location.replace(host, own));
      return answer;
    },
  };
}

/** A simulated service and a client of it, without pauses between confirmations. */
export function world(
  simulated: ScopsSimulatorOptions = {},
  options: ScopsOptions = {},
): { sim: ScopsSimulator; scops: ScopsClient } {
  const sim = simulateScops({ ...served, ...simulated });
  const scops = new ScopsClient({
    ...sim.credentials,
    ...ownName(sim),
    confirmSpacingMs: 0,
    retries: 0,
    ...options,
  });
  onTestFinished(() => scops.close());
  return { sim, scops };
}

/** The smallest order. */
export function order(change: Partial<ScopsOrder> = {}): ScopsOrder {
  return { flight: { year: 2014, day: 217 }, lines: [{ name: 'f21701' }], email: 'me@institute.org', ...change };
}

/** An order, confirmed and finished. */
export async function finished(
  sim: ScopsSimulator,
  scops: ScopsClient,
  change: Partial<ScopsOrder> = {},
): Promise<string> {
  const { configName } = await scops.submit(order(change));
  await scops.confirm(configName);
  sim.clock.advance(20 * 60_000);
  return sim.processingIds.at(-1)!;
}
