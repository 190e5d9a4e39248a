import type { RecordedRequest, FaultPlan } from '../../../src/testing/kit/types.js';
import { simulateHmi, simulateImap, simulateScc } from '../../../src/testing/index.js';
import { start } from '../../support/server.js';
import { noise } from '../../support/noise.js';
import type { Place } from './queries.js';

/** A simulated centre with some files to be mirrored. */
export interface Archive {
  readonly place: Place;
  readonly faults: FaultPlan;
  readonly requests: RecordedRequest[];
  /** How many files the query finds. */
  readonly files: number;
  /** Requests for the bytes of a file. */
  readonly body: RegExp;
  /** What is asked for in a run with nothing new. */
  readonly asks: readonly RegExp[];
}

const ok = { upload: 127, hirelpp: 127, cloudmask: 127, elpp: 127, elda: 127, elic: 127, elquick: 127 } as const;

async function imap(): Promise<Archive> {
  const files = Array.from({ length: 16 }, (_, at) => ({
    name: `imap_mag_l1a_norm-mago_202601${String(at + 1).padStart(2, '0')}_v001.0001.cdf`,
    body: Buffer.concat([Buffer.from('cdf300010000ffff', 'hex'), noise(5000, at + 1)]),
    released: true,
    ingestedAt: '2026-01-30T08:00:00Z',
  }));
  const sim = simulateImap({ data: { replace: true, files } });
  const { url } = await start(sim);
  return {
    place: { room: 'imap', url, credentials: { ...sim.credentials } },
    faults: sim.faults,
    requests: sim.requests,
    files: files.length,
    body: /^GET \/sds-data/u,
    asks: [/^GET \/api-key\/query$/u],
  };
}

async function scc(): Promise<Archive> {
  const measurements = Array.from({ length: 8 }, (_, at) => ({
    id: `202106${String(at + 10)}aky0930`,
    statuses: ok,
    updated: '2021-06-30T12:00:00Z',
  }));
  const sim = simulateScc({ downloadRanges: true, data: { replace: true, measurements } });
  const { url } = await start(sim);
  return {
    place: { room: 'scc', url, credentials: { ...sim.credentials } },
    faults: sim.faults,
    requests: sim.requests,
    files: 2 * measurements.length,
    body: /^GET \/data_processing\/measurements\/\w+\/download-/u,
    // A run logs in, reads the list, and logs out.
    asks: [
      /^GET \/accounts\/login\/$/u,
      /^POST \/accounts\/login\/$/u,
      /^GET \/admin\/database\/measurements\/$/u,
      /^POST \/accounts\/logout\/$/u,
    ],
  };
}

async function hmi(): Promise<Archive> {
  const sim = simulateHmi({ ranges: true });
  const { url } = await start(sim);
  return {
    place: { room: 'hmi', url, credentials: {} },
    faults: sim.faults,
    requests: sim.requests,
    files: 17,
    body: /^GET \/HMI\/.*\.fits/u,
    // A day each: what is dated less than three days before the last one may have come late.
    asks: Array.from({ length: 3 }, () => /^GET \/HMI\//u),
  };
}

export const ARCHIVES = { imap, scc, hmi };
