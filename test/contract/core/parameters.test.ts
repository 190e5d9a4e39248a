import { expect, it } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { VISIBLE_PARAMETERS as HMI } from '../../../src/hmi/centre.js';
import { ImapClient } from '../../../src/imap/index.js';
import { VISIBLE_PARAMETERS as IMAP } from '../../../src/imap/centre.js';
import { SCC } from '../../../src/scc/index.js';
import { VISIBLE_PARAMETERS as SCC_ONES } from '../../../src/scc/centre.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { VISIBLE_PARAMETERS as SCOPS } from '../../../src/scops/centre.js';
import { simulateHmi, simulateImap, simulateScc, simulateScops } from '../../../src/testing/index.js';

/** A fetch that keeps the names of all query parameters that go to the centre's own origin. */
function watching(sim: { readonly fetch: typeof fetch; readonly baseUrl: string }): {
  fetch: typeof fetch;
  names: Set<string>;
} {
  const names = new Set<string>();
  const { origin } = new URL(sim.baseUrl);
  return {
    names,
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.origin === origin) for (const name of url.searchParams.keys()) names.add(name);
      return sim.fetch(input, init);
    },
  };
}
/** Whether it fails is not asked here. */
const all = (...calls: Promise<unknown>[]): Promise<unknown> => Promise.allSettled(calls);
const missing = (names: Set<string>, known: readonly string[]): string[] =>
  [...names].filter((name) => !known.includes(name));

it('every parameter that the IMAP client sends is readable in its errors', async () => {
  const sim = simulateImap();
  const { fetch, names } = watching(sim);
  const imap = new ImapClient({ ...sim.credentials, baseUrl: sim.baseUrl, fetch, retries: 0 });
  const dates = { startDate: '20260101', endDate: '20260102' };
  const ingested = { ingestionStartDate: '20260101', ingestionEndDate: '20260102' };
  await all(
    imap.query({
      ...dates,
      ...ingested,
      instrument: 'mag',
      dataLevel: 'l1a',
      descriptor: 'norm-mago',
      version: 'v001',
      extension: 'cdf',
    }),
    imap.query({ instrument: 'mag', repointing: 1, majorVersion: 1, minorVersion: 1, crid: 'c1', released: true }),
    imap.query({ cr: 2300 }),
    imap.query({ filePath: 'imap_mag_l1a_norm-mago_20260105_v001.0001.cdf' }),
    imap.spiceQuery({
      type: 'ephemeris_reconstructed',
      ...ingested,
      startTime: '2026-01-01',
      endTime: '2026-01-02',
      latest: true,
      fileName: 'a.bsp',
    }),
    imap.processingJobs({
      status: 'FAILED',
      instrument: 'mag',
      dataLevel: 'l1a',
      descriptor: 'x',
      startDate: '20260101',
      majorVersion: 1,
      minorVersion: 1,
      repointing: 1,
      jobLogStreamId: 'x',
    }),
    imap.metakernel({
      startTime: '2026-01-01',
      endTime: '2026-01-02',
      spicePath: '/x',
      requireCoverage: true,
      listFiles: true,
    }),
    imap.reprocess({ ...dates, instrument: 'mag', dataLevel: 'l1a', descriptor: 'x' }),
    imap.spinTable({ ...dates, ...ingested, latest: true }),
  );
  expect(names.size).toBeGreaterThan(20);
  expect(missing(names, IMAP)).toEqual([]);
});

it('every parameter that the SCC client sends is readable in its errors', async () => {
  const sim = simulateScc();
  const { fetch, names } = watching(sim);
  const scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch, retries: 0 });
  const dates = { dateStart: '2021-06-01', dateEnd: '2021-07-01', station: 'pot' };
  await all(
    scc.queryMeasurements(dates).toArray(),
    scc.getLidarConstants(dates).toArray(),
    scc.listMeasurements({ idStartsWith: '2021' }).toArray(),
    scc.listMeasurements({ idExact: '20210615po01' }).toArray(),
    scc.getMeasurement('20210615po01'),
  );
  expect(names.size).toBeGreaterThan(2);
  expect(missing(names, SCC_ONES)).toEqual([]);
});

it('every parameter that the HMI client sends is readable in its errors', async () => {
  const sim = simulateHmi();
  const { fetch, names } = watching(sim);
  const hmi = new HmiClient({ baseUrl: sim.baseUrl, fetch, retries: 0 });
  await all(
    hmi.query('hmi.sharp_720s', { start: '2015-12-11', end: '2015-12-12', meta: true }).toArray(),
    hmi.meta('hmi.sharp_720s', [1], ['HARPNUM']),
    hmi.describe(),
  );
  expect(names.size).toBeGreaterThan(1);
  expect(missing(names, HMI)).toEqual([]);
});

it('every parameter that the SCOPS client sends is readable in its errors', async () => {
  const sim = simulateScops();
  const { fetch, names } = watching(sim);
  const scops = new ScopsClient({ ...sim.credentials, baseUrl: sim.baseUrl, fetch, retries: 0 });
  await all(
    scops.getFlight({ year: 2014, day: 217, sortie: 'b' }),
    scops.submit({ flight: { year: 2014, day: 217 }, lines: [{ name: 'f21701' }], email: 'me@example.org' }),
    scops.getStatus('GB13_08_2014_21720180307152902'),
  );
  expect(names.size).toBeGreaterThan(2);
  expect(missing(names, SCOPS)).toEqual([]);
});
