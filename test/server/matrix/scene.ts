import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Centre } from '../../../src/errors.js';
import { HmiClient } from '../../../src/hmi/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { simulateHmi, simulateImap, simulateScc, simulateScops } from '../../../src/testing/index.js';
import type { FaultPlan, RecordedRequest } from '../../../src/testing/kit/types.js';
import { makeZip } from '../../../src/testing/kit/zip.js';
import type { Site } from './subjects.js';

const RAW = fileURLToPath(new URL('../../../examples/data/20210601aky0930.nc', import.meta.url));
const DONE = '20210630aky0900';
const ok = { upload: 127, hirelpp: 127, cloudmask: 127, elpp: 127, elda: 127, elic: 127, elquick: 127 } as const;

/** A simulated centre on real sockets with what is asked of it. */
export interface Scene {
  readonly site: Site;
  readonly faults: FaultPlan;
  readonly requests: readonly RecordedRequest[];
  /** Ports of all its services. */
  readonly ports: ReadonlySet<number>;
  /** What it holds: path below the target folder, and bytes. */
  readonly truth: ReadonlyMap<string, Uint8Array>;
  /** What came with uploads so far. */
  readonly stored: () => readonly Uint8Array[];
  /** What should come with an upload. */
  readonly sent: Uint8Array;
  /** An empty folder of its own. */
  readonly at: string;
  readonly end: () => Promise<void>;
}

/** Bytes that no compression or repetition makes trivial. */
export function noise(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = seed;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** One header and some data, the data by seed. */
function fits(blocks: number, seed: number): Uint8Array {
  const cards = ['SIMPLE  =                    T', 'BITPIX  =                    8', 'NAXIS   =                    1'];
  const header = [...cards, `NAXIS1  = ${blocks * 2880}`, 'END']
    .map((card) => card.padEnd(80))
    .join('')
    .padEnd(2880);
  return Buffer.concat([Buffer.from(header, 'latin1'), noise(blocks * 2880, seed)]);
}

type Made = Omit<Scene, 'at' | 'end' | 'ports' | 'site'> & {
  readonly site: Omit<Site, 'sources'>;
  readonly origins: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

async function sccScene(): Promise<Made> {
  const sim = simulateScc({
    downloadRanges: true,
    data: { replace: true, measurements: [{ id: DONE, statuses: ok, updated: '2021-06-30T12:00:00Z' }] },
  });
  const { url, origins, close } = await sim.listen();
  const zip = (download: 'preprocessed' | 'optical'): Uint8Array => makeZip(sim.productFiles(DONE, download));
  return {
    site: { centre: 'scc', url, credentials: { ...sim.credentials }, wanted: [DONE], records: [] },
    truth: new Map([
      [`preprocessed_${DONE}.zip`, zip('preprocessed')],
      [`optical_${DONE}.zip`, zip('optical')],
    ]),
    sent: await readFile(RAW),
    stored: () => {
      const raw = sim.measurement('20210601aky0930')?.raw;
      return raw === undefined ? [] : [raw];
    },
    faults: sim.faults,
    requests: sim.requests,
    origins,
    close,
  };
}

const CDF = ['20260105', '20260106'].map((day) => `imap_mag_l2_norm-gse_${day}_v009.0001.cdf`);
const UPLOADED = 'imap_swe_l1a_sci_20260201_v001.0001.cdf';

async function imapScene(): Promise<Made> {
  const sim = simulateImap({
    data: { replace: true, files: CDF.map((name, at) => ({ name, body: noise(90_000, at + 1), released: true })) },
  });
  const { url, origins, close } = await sim.listen();
  return {
    site: { centre: 'imap', url, credentials: { ...sim.credentials }, wanted: CDF, records: [] },
    truth: new Map(
      CDF.map((name) => {
        const key = `imap/mag/l2/2026/01/${name}`;
        return [key, sim.read(key) ?? new Uint8Array()];
      }),
    ),
    sent: noise(150_000, 9),
    stored: () => {
      const bytes = sim.read(`imap/swe/l1a/2026/02/${UPLOADED}`);
      return bytes === undefined ? [] : [bytes];
    },
    faults: sim.faults,
    requests: sim.requests,
    origins,
    close,
  };
}

async function hmiScene(): Promise<Made> {
  const held = new Map<number, Uint8Array>();
  const sim = simulateHmi({
    ranges: true,
    body: ({ recnum }) => {
      const body = held.get(recnum) ?? fits(20, recnum);
      held.set(recnum, body);
      return body;
    },
  });
  const { url, origins, close } = await sim.listen();
  const client = new HmiClient({ baseUrl: url });
  const range = { start: '2015-12-11T23:00:00Z', end: '2015-12-11T23:30:00Z', segments: ['magnetogram'] };
  const listed = await client.query('hmi.sharp_720s', range).toArray({ limit: 2 });
  await client.close();
  const records = listed.map((record) => ({
    ...record,
    files: record.files
      .filter(({ segment }) => segment === 'magnetogram')
      .map(({ url: link, segment }) => ({ url: link, segment })),
  }));
  const site: Omit<Site, 'sources'> = {
    centre: 'hmi',
    url,
    credentials: {},
    wanted: [],
    records: JSON.parse(JSON.stringify(records)),
  };
  const names = records.map((record) => {
    const stamp = record.dateObsText.replace(/[-T:]/gu, (mark) => (mark === 'T' ? '_' : '')).slice(0, 15);
    return [record.series, record.harpnum, stamp, record.recnum, 'magnetogram', 'fits'].join('.');
  });
  return {
    site: { ...site, wanted: names },
    truth: new Map(names.map((name, at) => [name, fits(20, records[at]?.recnum ?? 0)])),
    sent: new Uint8Array(),
    stored: () => [],
    faults: sim.faults,
    requests: sim.requests,
    origins,
    close,
  };
}

async function scopsScene(): Promise<Made> {
  const sim = simulateScops({ mapSize: [80, 60] });
  const { url, origins, close } = await sim.listen();
  const scops = new ScopsClient({ ...sim.credentials, baseUrl: url, confirmSpacingMs: 0 });
  const { configName } = await scops.submit({
    flight: { year: 2014, day: 217 },
    lines: [{ name: 'f21701' }, { name: 'f21702' }],
    email: 'me@institute.org',
  });
  await scops.confirm(configName);
  sim.clock.advance(20 * 60_000);
  const id = sim.processingIds.at(-1) ?? '';
  const { project, password } = sim.credentials;
  const authorization = `Basic ${Buffer.from(`${project}:${password}`).toString('base64')}`;
  const truth = new Map<string, Uint8Array>();
  for (const line of ['f21701', 'f21702']) {
    const answer = await fetch(`${url}downloads/${id}/${line}?project=${project}`, { headers: { authorization } });
    truth.set(`${line}3b_mapped.bil.zip`, new Uint8Array(await answer.arrayBuffer()));
  }
  await scops.close();
  return {
    site: { centre: 'scops', url, credentials: { ...sim.credentials }, wanted: [id], records: [] },
    truth,
    sent: noise(30_000, 5),
    stored: () => [...sim.demFiles].filter(([path]) => path.endsWith('.dem')).map(([, bytes]) => bytes),
    faults: sim.faults,
    requests: sim.requests,
    origins,
    close,
  };
}

const MAKERS: Readonly<Record<Centre, () => Promise<Made>>> = {
  scc: sccScene,
  imap: imapScene,
  hmi: hmiScene,
  scops: scopsScene,
};
const SOURCES: Readonly<Record<Centre, string>> = {
  scc: '20210601aky0930.nc',
  imap: UPLOADED,
  hmi: 'none',
  scops: 'a.dem',
};

/** Makes a scene; `files` says how many of its files the call is about. */
export async function scene(centre: Centre, files = 2): Promise<Scene> {
  const home = await mkdtemp(join(tmpdir(), 'sdc-matrix-'));
  const at = join(home, 'at');
  await mkdir(at);
  const { close, origins, ...made } = await MAKERS[centre]();
  const source = join(home, SOURCES[centre]);
  const header = join(home, 'a.hdr');
  await writeFile(source, made.sent);
  await writeFile(header, 'ENVI\nbands = 1\ninterleave = bil\n');
  return {
    ...made,
    truth: new Map([...made.truth].slice(0, files)),
    site: { ...made.site, sources: [source, header] },
    ports: new Set(Object.values(origins).map((origin) => Number(new URL(origin).port))),
    at,
    end: async () => {
      await close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** All files below a folder with their bytes, by relative path. */
export async function filesBelow(folder: string): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isDirectory()) found.set(relative(folder, path), await readFile(path));
  }
  return found;
}

/** Empties a folder. */
export async function emptied(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
}
