import { readFile } from 'node:fs/promises';
import { simulateScc, type SccSimulator } from '../../../src/testing/index.js';
import { makeZip } from '../../../src/testing/kit/zip.js';
import { exampleFile } from '../../support/example-file.js';
import type { Made } from './scene.js';

const data = (name: string): Promise<Buffer> => readFile(exampleFile(name));

const DONE = '20210630aky0900';
const RAW = '20210601aky0930';
const OTHER = '20210602aky0930';
const ok = { upload: 127, hirelpp: 127, cloudmask: 127, elpp: 127, elda: 127, elic: 127, elquick: 127 } as const;
const finished = (id: string) => ({ id, statuses: ok, updated: '2021-06-30T12:00:00Z' });
const named = (name: string): Uint8Array => new TextEncoder().encode(name);

/** The archives of a measurement, as files on the disk. */
function archives(sim: SccSimulator, id: string): Map<string, Uint8Array> {
  return new Map([
    [`preprocessed_${id}.zip`, makeZip(sim.productFiles(id, 'preprocessed'))],
    [`optical_${id}.zip`, makeZip(sim.productFiles(id, 'optical'))],
  ]);
}

async function made(
  sim: SccSimulator,
  more: Pick<Made, 'truth' | 'settled' | 'sent' | 'stored' | 'local'>,
): Promise<Made> {
  const { url, origins, close } = await sim.listen();
  return {
    site: { centre: 'scc', url, credentials: { ...sim.credentials }, wanted: [DONE], records: [] },
    faults: sim.faults,
    requests: sim.requests,
    origins,
    close,
    ...more,
  };
}

const rawOf = (sim: SccSimulator, ids: readonly string[]): Uint8Array[] =>
  ids.flatMap((id) => sim.measurement(id)?.raw ?? []);

/** A finished measurement, and another one to be uploaded. */
async function scc(): Promise<Made> {
  const sim = simulateScc({ downloadRanges: true, data: { replace: true, measurements: [finished(DONE)] } });
  const raw = await data(`${RAW}.nc`);
  return made(sim, {
    truth: archives(sim, DONE),
    sent: [raw],
    stored: () => rawOf(sim, [RAW]),
    local: { [`${RAW}.nc`]: raw },
  });
}

/** A measurement with three further files; those are stored by name. */
async function combined(): Promise<Made> {
  const sim = simulateScc({ data: { replace: true } });
  const raw = await data(`${RAW}.nc`);
  const radiosonde = await data('rs_20210601aky09.nc');
  const further = ['rs_20210601aky09.nc', 'ov_20210601.nc', 'lr_20210601.nc'];
  return made(sim, {
    truth: new Map(),
    sent: [raw, ...further.map(named)],
    stored: () => [...rawOf(sim, [RAW]), ...sim.ancillaries.map(({ filename }) => named(filename))],
    local: { [`${RAW}.nc`]: raw, ...Object.fromEntries(further.map((name) => [name, radiosonde])) },
  });
}

/** Two measurements to be uploaded, whose radiosondes the SCC has. */
async function many(): Promise<Made> {
  const held = ['rs_20210601aky09.nc', 'rs_20210602aky09.nc'];
  const sim = simulateScc({ data: { replace: true } });
  for (const name of held) sim.addAncillary('sounding', name, 'ok');
  const [one, two] = [await data(`${RAW}.nc`), await data(`${OTHER}.nc`)];
  return made(sim, {
    truth: new Map(),
    sent: [one, two],
    stored: () => rawOf(sim, [RAW, OTHER]),
    local: { [`${RAW}.nc`]: one, [`${OTHER}.nc`]: two },
  });
}

/** A measurement that is processed as soon as it is uploaded. */
async function processed(): Promise<Made> {
  const sim = simulateScc({
    downloadRanges: true,
    processing: { acceptMs: 0, queueMs: 0, moduleMs: 0 },
    data: { replace: true },
  });
  sim.addAncillary('sounding', 'rs_20210601aky09.nc', 'ok');
  const raw = await data(`${RAW}.nc`);
  return made(sim, {
    truth: archives(sim, RAW),
    // They are of the processing that the upload begins.
    settled: () => Promise.resolve(archives(sim, RAW)),
    sent: [raw],
    stored: () => rawOf(sim, [RAW]),
    local: { [`${RAW}.nc`]: raw },
  });
}

/** The scenes of the SCC. */
export const SCC_SCENES = { scc, 'scc-combined': combined, 'scc-many': many, 'scc-process': processed };
