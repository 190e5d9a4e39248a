import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { beforeEach, expect, test } from 'vitest';
import { openPromise } from 'yauzl';
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { DataError, openData, plot } from '../../../src/read/index.js';
import { SCC } from '../../../src/scc/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { simulateHmi, simulateImap, simulateScc, simulateScops } from '../../../src/testing/index.js';
import { exampleFile } from '../../support/example-file.js';
import { rejection } from '../../support/rejection.js';
import { start } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';

// What a call of each room gives back leads to a file that opens.

let folder = '';
beforeEach(() => {
  folder = tempDir();
});

test('SCC: a raw file comes back with its values, products come unpacked', async () => {
  const sim = simulateScc({ clock: { perRequestMs: 60_000 } });
  const { url } = await start(sim);
  await using scc = new SCC(sim.credentials, { baseUrl: url });
  const { measurementId } = await scc.uploadFile(exampleFile('20210602aky0930.nc'), 437, {
    soundingFile: exampleFile('rs_20210602aky09.nc'),
  });
  await scc.waitForProcessing(measurementId, { pollIntervalMs: 1 });
  const options = { products: ['raw', 'elpp', 'optical'], extract: true } as const;
  const files = await scc.downloadProducts(measurementId, folder, options).toArray();
  expect(files.map(({ source }) => source).sort()).toEqual(['elpp', 'optical', 'raw']);
  const raw = files.find(({ source }) => source === 'raw');
  await using file = await openData(raw?.path ?? '');
  expect([file.format, file.attributes.Measurement_ID]).toEqual(['netcdf3', measurementId]);
  const signal = file.variables.get('Raw_Lidar_Data');
  const part = { start: [3, 1, 100], count: [1, 1, 3] };
  await using original = await openData(exampleFile('20210602aky0930.nc'));
  expect((await signal?.read(part))?.data).toEqual((await original.variables.get('Raw_Lidar_Data')?.read(part))?.data);
  for (const path of files.flatMap(({ extracted }) => extracted ?? [])) {
    await using product = await openData(path);
    expect([product.format, product.attributes.measurement_ID]).toEqual(['netcdf3', measurementId]);
  }
});

test('IMAP: a CDF and packets', async () => {
  const names = ['imap_mag_l1a_burst-magi_20231025_v001.cdf', 'imap_mag_l0_raw_20240312_v001.0001.pkts'];
  const files = names.map((name) => ({ name, body: new Uint8Array(readFileSync(exampleFile(name))), released: true }));
  const { url } = await start(simulateImap({ data: { files } }));
  await using imap = new ImapClient({ baseUrl: url, dataDir: folder });
  const [cdf, packets] = await Promise.all(names.map((name) => imap.download(name)));
  await using field = await openData(cdf?.path ?? '');
  const vectors = field.variables.get('vectors');
  expect([field.format, vectors?.shape]).toEqual(['cdf', [608, 4]]);
  expect((await vectors?.read({ start: [0, 0], count: [1, 4] }))?.data).toEqual(BigInt64Array.of(20n, 83n, 167n, 3n));
  if (vectors !== undefined) expect((await plot(vectors)).svg).toContain('Magnetic field vector data (counts)');
  await using level0 = await openData(packets?.path ?? '');
  const apids = await level0.variables.get('apid')?.read();
  expect(level0.format).toBe('ccsds');
  expect(new Set(apids?.data as Uint16Array)).toEqual(new Set([1052, 1068]));
});

test('HMI: an image, with or without keywords', async () => {
  const body = new Uint8Array(readFileSync(exampleFile('hmi-magnetogram.fits')));
  for (const options of [{ body }, {}]) {
    const { url } = await start(simulateHmi(options));
    await using hmi = new HmiClient({ baseUrl: url });
    const records = hmi.query('hmi.sharp_720s', { start: '2015-12-11T23:00', end: '2015-12-11T23:30' });
    const [image] = await hmi.download(records, folder, { segments: ['magnetogram'], overwrite: 'replace' }).toArray();
    await using file = await openData(image?.path ?? '');
    const [variable] = file.variables.values();
    expect(file.format).toBe('fits');
    expect(variable?.shape).toHaveLength(2);
    if ('body' in options) expect(file.groups?.get('PRIMARY')?.attributes.CONTENT).toBe('CONTINUUM INTENSITY');
    expect((await variable?.read({ start: [0, 0], count: [1, 2] }))?.data).toHaveLength(2);
  }
});

test('SCOPS: the cube of a product, after its archive was unpacked', async () => {
  const sim = simulateScops({ clock: { perRequestMs: 10_000 } });
  const { url } = await start(sim);
  await using scops = new ScopsClient({ ...sim.credentials, baseUrl: url, confirmSpacingMs: 0 });
  const order = {
    flight: { year: 2014, day: 217 },
    lines: [{ name: 'f21701', bands: [1, 3] as const }],
    email: 'me@institute.org',
  };
  const { files } = await scops.process(order, folder, {
    processingId: 'probe',
    find: { probeIntervalMs: 1 },
    pollIntervalMs: 1,
  });
  const archive = files[0]?.path ?? '';
  expect(await rejection(openData(archive))).toMatchObject({
    constructor: DataError,
    message: `${archive}, byte 0: this is a zip archive; unpack it and open a file from it`,
  });
  const members = await unpack(archive, join(folder, 'unpacked'));
  await using file = await openData(members.find((name) => name.endsWith('.bil')) ?? '');
  const cube = file.variables.get('data');
  expect([file.format, cube?.dimensions, cube?.shape[0]]).toEqual(['envi', ['band', 'line', 'sample'], 3]);
  const first = await cube?.read({ start: [0, 0, 0], count: [1, 1, 1] });
  expect(Number(first?.data[0])).toBeGreaterThan(0);
});

/** Unpacks an archive with another program than the one under test. */
async function unpack(path: string, into: string): Promise<string[]> {
  const names: string[] = [];
  const zip = await openPromise(path);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    const target = join(into, basename(entry.fileName));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, await buffer(await zip.openReadStreamPromise(entry)));
    names.push(target);
  }
  return names;
}
