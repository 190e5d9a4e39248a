import { copyFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC } from '../../../src/scc/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { simulateHmi, simulateImap, simulateScc, simulateScops } from '../../../src/testing/index.js';
import { cleanUp } from '../../support/clean-up.js';
import { exampleFile } from '../../support/example-file.js';
import { start } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';

// With a single place for requests every call of every centre comes to its end: none waits for a place that it holds itself.

const one = { maxConcurrency: 1, retries: 0 } as const;
const DONE = '20210630aky0900';
const done = { upload: 127, hirelpp: 127, cloudmask: 127, elpp: 127, elda: 127, elic: 127, elquick: 127 };
const finished = { data: { replace: true, measurements: [{ id: DONE, statuses: done }] } } as const;

it('the SCC: uploads, waits, downloads, and downloads again', async () => {
  const sim = simulateScc({ clock: { perRequestMs: 60_000 } });
  const scc = new SCC(sim.credentials, { baseUrl: (await start(sim)).url, ...one });
  cleanUp(() => scc.close());
  const at = tempDir();
  const options = { soundingFile: exampleFile('rs_20210601aky09.nc'), extract: true, pollIntervalMs: 1 };
  const { measurement, files } = await scc.processFile(exampleFile('20210601aky0930.nc'), 437, at, options);
  expect(files.length).toBeGreaterThan(2);
  const again = await scc.downloadProducts(measurement.id, at).toArray();
  expect(again.map(({ status }) => status)).not.toContain('downloaded');
  await scc.rerunProcessing(measurement.id);
  await scc.deleteMeasurement(measurement.id);
});

it('the SCC: a file that appears while its answer comes is judged by a request besides', async () => {
  const sim = simulateScc(finished);
  const { url } = await start(sim);
  const at = tempDir();
  const first = new SCC(sim.credentials, { baseUrl: url, ...one });
  cleanUp(() => first.close());
  const [file] = await first.downloadProducts(DONE, tempDir(), { products: ['elpp'] }).toArray();
  const fetchLate: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (new Request(input).url.includes('download')) {
      const bytes = (await stat(file?.path ?? '')).size;
      await writeFile(join(at, `preprocessed_${DONE}.zip`), Buffer.alloc(bytes));
    }
    return answer;
  };
  const scc = new SCC(sim.credentials, { baseUrl: url, fetch: fetchLate, ...one });
  cleanUp(() => scc.close());
  const files = await scc.downloadProducts(DONE, at, { products: ['elpp'] }).toArray();
  expect(files).toHaveLength(1);
});

it('IMAP: queries, downloads through the storage, uploads, packets', async () => {
  const sim = simulateImap();
  const listening = await start(sim);
  const dataDir = tempDir();
  const imap = new ImapClient({
    baseUrl: listening.url,
    webpodaUrl: listening.origins.packets ?? '',
    apiKey: sim.credentials.apiKey,
    webpodaToken: sim.credentials.webpodaToken,
    dataDir,
    ...one,
  });
  cleanUp(() => imap.close());
  const files = await imap.query({ instrument: 'mag' });
  const downloaded = await imap.downloadAll(files, { concurrency: 8 }).toArray();
  expect(downloaded).toHaveLength(files.length);
  const upload = join(dataDir, 'imap_swe_l1b_sci_20260301_v001.0001.cdf');
  await copyFile(exampleFile('imap_codice_l1a_hi-counters-aggregated_20240429_v001.0001.cdf'), upload);
  expect((await imap.upload(upload)).bytes).toBeGreaterThan(0);
});

it('HMI: lists and downloads side by side', async () => {
  const hmi = new HmiClient({ baseUrl: (await start(simulateHmi())).url, ...one });
  cleanUp(() => hmi.close());
  const range = { start: '2015-12-11T23:00:00Z', end: '2015-12-11T23:30:00Z' };
  const files = await hmi.download(hmi.query('hmi.sharp_720s', range), tempDir(), { concurrency: 8 }).toArray();
  expect(files.length).toBeGreaterThan(2);
});

it('SCOPS: orders, waits, downloads', async () => {
  const sim = simulateScops({ clock: { perRequestMs: 15_000 } });
  const scops = new ScopsClient({ ...sim.credentials, baseUrl: (await start(sim)).url, confirmSpacingMs: 0, ...one });
  cleanUp(() => scops.close());
  const order = { flight: { year: 2014, day: 217 }, lines: [{ name: 'f21701' }], email: 'me@institute.org' };
  const { files } = await scops.process(order, tempDir(), { find: { probeIntervalMs: 1 }, pollIntervalMs: 1 });
  expect(files.length).toBeGreaterThan(0);
});
