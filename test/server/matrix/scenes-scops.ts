import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScopsClient } from '../../../src/scops/index.js';
import { simulateScops, type ScopsSimulator } from '../../../src/testing/index.js';
import { noise } from '../../support/noise.js';
import type { Made } from './scene.js';

const LINES = ['f21701', 'f21702'];
/** Of a DEM around the sample flight. */
const header = (samples: number, lines: number): string =>
  `ENVI\nsamples = ${samples}\nlines = ${lines}\nbands = 1\ninterleave = bil\ndata type = 2\nmap info = {Geographic Lat/Lon, 1, 1, -5, 51, 0.02, 0.02, WGS-84}\n`;
const HEADER = header(150, 100);
const ORDER = {
  flight: { year: 2014, day: 217 },
  lines: LINES.map((name) => ({ name })),
  email: 'me@institute.org',
};

type Stage = Pick<Made, 'site' | 'faults' | 'requests' | 'origins' | 'close'>;

async function staged(sim: ScopsSimulator): Promise<Stage> {
  const { url, origins, close } = await sim.listen();
  return {
    site: { centre: 'scops', url, credentials: { ...sim.credentials }, wanted: [], records: [] },
    faults: sim.faults,
    requests: sim.requests,
    origins,
    close,
  };
}

/** What the last order has on its page of downloads. */
async function archives(sim: ScopsSimulator, url: string): Promise<Map<string, Uint8Array>> {
  const id = sim.processingIds.at(-1);
  const { project, password } = sim.credentials;
  const authorization = `Basic ${Buffer.from(`${project}:${password}`).toString('base64')}`;
  const found = new Map<string, Uint8Array>();
  for (const line of LINES) {
    const address = `${url}downloads/${id ?? 'none'}/${line}?project=${project}`;
    const answer = id === undefined ? undefined : await fetch(address, { headers: { authorization } });
    found.set(`${line}3b_mapped.bil.zip`, new Uint8Array((await answer?.arrayBuffer()) ?? []));
  }
  return found;
}

/** Works as the user would have done before. */
async function before(sim: ScopsSimulator, url: string, work: (scops: ScopsClient) => Promise<unknown>): Promise<void> {
  const scops = new ScopsClient({ ...sim.credentials, baseUrl: url, confirmSpacingMs: 0 });
  await work(scops);
  await scops.close();
}

const demsOf = (sim: ScopsSimulator): Uint8Array[] =>
  [...sim.demFiles].filter(([path]) => path.endsWith('.dem')).map(([, bytes]) => bytes);

/** A finished order, and an elevation model to be uploaded with another. */
async function scops(): Promise<Made> {
  const sim = simulateScops({ mapSize: [80, 60] });
  const stage = await staged(sim);
  const { url } = stage.site;
  await before(sim, url, async (client) => {
    const { configName } = await client.submit(ORDER);
    await client.confirm(configName);
    sim.clock.advance(20 * 60_000);
  });
  const dem = noise(30_000, 5);
  return {
    ...stage,
    site: { ...stage.site, wanted: [sim.processingIds.at(-1) ?? ''] },
    truth: await archives(sim, url),
    sent: [dem],
    stored: () => demsOf(sim),
    local: { 'a.dem': dem, 'a.hdr': HEADER },
  };
}

/** An order that waits for an elevation model that covers its lines. */
async function demError(): Promise<Made> {
  const sim = simulateScops({ demCovers: false });
  const stage = await staged(sim);
  const dem = noise(30_000, 5);
  const small = noise(20_000, 6);
  const folder = await mkdtemp(join(tmpdir(), 'sdc-matrix-dem-'));
  const file = join(folder, 'a.dem');
  await writeFile(file, small);
  await writeFile(join(folder, 'a.hdr'), header(100, 100));
  await before(sim, stage.site.url, async (client) => {
    const { configName } = await client.submit({ ...ORDER, dem: { file } });
    await client.confirm(configName);
    sim.clock.advance(3 * 60_000);
  });
  await rm(folder, { recursive: true });
  return {
    ...stage,
    site: { ...stage.site, wanted: [sim.processingIds.at(-1) ?? ''] },
    truth: new Map(),
    sent: [dem],
    stored: () => demsOf(sim).filter((bytes) => Buffer.compare(bytes, small) !== 0),
    local: { 'a.dem': dem, 'a.hdr': HEADER },
  };
}

/** Nothing yet; ten seconds pass with each request. */
async function process(): Promise<Made> {
  const sim = simulateScops({ mapSize: [80, 60], clock: { perRequestMs: 10_000 } });
  const stage = await staged(sim);
  const order = new TextEncoder().encode('an order');
  return {
    ...stage,
    truth: new Map(LINES.map((line) => [`${line}3b_mapped.bil.zip`, new Uint8Array()])),
    settled: () => archives(sim, stage.site.url),
    sent: [order],
    stored: () => [...sim.configs].map(() => order),
    local: {},
  };
}

/** The scenes of SCOPS. */
export const SCOPS_SCENES = { scops, 'scops-dem': demError, 'scops-process': process };
