import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ScopsClient, type ScopsOptions, type ScopsOrder } from '../../../src/scops/index.js';
import { simulateScops, type ScopsSimulator, type ScopsSimulatorOptions } from '../../../src/testing/index.js';

/** How the simulated site serves its pages, for all tests of a file. */
export const served: { pages: 'as-served' | 'ill-formed' } = { pages: 'as-served' };

/** A simulated service and a client of it, without pauses between confirmations. */
export function world(
  simulated: ScopsSimulatorOptions = {},
  options: ScopsOptions = {},
): { sim: ScopsSimulator; scops: ScopsClient } {
  const sim = simulateScops({ ...served, ...simulated });
  const scops = new ScopsClient({
    ...sim.credentials,
    baseUrl: sim.baseUrl,
    fetch: sim.fetch,
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

export async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'scops-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
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
