import { expect, it } from 'vitest';
import { SdcError } from '../../../src/errors.js';
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC } from '../../../src/scc/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { simulateHmi, simulateImap, simulateScc, simulateScops } from '../../../src/testing/index.js';
import { rejection } from '../../support/rejection.js';

interface Closable {
  close(): Promise<void>;
}
type Calls<C> = Readonly<Record<string, (client: C) => Promise<unknown>>>;

/** Begins all calls at a centre that never answers, closes the client, and gives what each call rejects with. */
async function closed<C extends Closable>(client: C, calls: Calls<C>, asked: () => number): Promise<void> {
  const names = Object.keys(calls);
  const errors = names.map(async (name): Promise<unknown> => {
    try {
      await calls[name]?.(client);
      return new Error(`${name} resolved`);
    } catch (error) {
      return error;
    }
  });
  while (asked() === 0) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  await client.close();
  const ended = await Promise.all(errors);
  expect(ended.map((error) => (error instanceof SdcError ? [error.code, error.operation] : error))).toEqual(
    names.map((name) => ['closed', name]),
  );
  expect(new Set(ended).size).toBe(names.length);
}
const STALL = { route: /./u, times: 99, fault: { kind: 'stall' } } as const;

it('each call of HMI that the end of the client ends has an error of its own, which names it', async () => {
  const sim = simulateHmi();
  sim.faults.add(STALL);
  const at = '/nonexistent/sdc';
  await closed(
    new HmiClient({ baseUrl: sim.baseUrl, fetch: sim.fetch }),
    {
      'hmi.query': (hmi) => hmi.query('hmi.sharp_720s', { start: '2015-12-11', end: '2015-12-12' }).toArray(),
      'hmi.describe': (hmi) => hmi.describe(),
      'hmi.downloadFile': (hmi) => hmi.downloadFile(`${sim.baseUrl}a.fits`, at),
    },
    () => sim.faults.fired,
  );
});

it('so has each of IMAP', async () => {
  const sim = simulateImap();
  sim.faults.add(STALL);
  await closed(
    new ImapClient({ ...sim.credentials, baseUrl: sim.baseUrl, fetch: sim.fetch }),
    {
      'imap.query': (imap) => imap.query({ instrument: 'mag' }),
      'imap.reprocess': (imap) => imap.reprocess({ startDate: '20260101', endDate: '20260102' }),
      'imap.processingJobs': (imap) => imap.processingJobs({ instrument: 'mag' }),
    },
    () => sim.faults.fired,
  );
});

it('so has each of SCOPS', async () => {
  const sim = simulateScops();
  sim.faults.add(STALL);
  const id = 'GB13_08_2014_21720180307152902';
  await closed(
    new ScopsClient({ ...sim.credentials, baseUrl: sim.baseUrl, fetch: sim.fetch }),
    {
      'scops.getFlight': (scops) => scops.getFlight({ year: 2014, day: 217 }),
      'scops.getStatus': (scops) => scops.getStatus(id),
      'scops.waitFor': (scops) => scops.waitFor(id),
    },
    () => sim.faults.fired,
  );
});

it('so has each of the SCC, also those that wait for one login', async () => {
  const sim = simulateScc();
  sim.faults.add(STALL);
  await closed(
    new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch }),
    {
      'scc.login': (scc) => scc.login(),
      'scc.getMeasurement': (scc) => scc.getMeasurement('20210615po01'),
      'scc.deleteMeasurement': (scc) => scc.deleteMeasurement('20210615po01'),
      'scc.rerunProcessing': (scc) => scc.rerunProcessing('20210615po01'),
      'scc.listMeasurements': (scc) => scc.listMeasurements().toArray(),
    },
    () => sim.faults.fired,
  );
});

it('those that wait for one login fail each with an error of their own', async () => {
  const sim = simulateScc();
  const scc = new SCC({ ...sim.credentials, password: 'wrong' }, { baseUrl: sim.baseUrl, fetch: sim.fetch });
  const errors = await Promise.all([1, 2].map(() => rejection(scc.getMeasurement('20210615po01'))));
  expect(errors[0]).toMatchObject({ name: 'WrongCredentials', layer: 'account' });
  expect(errors[1]).toEqual(errors[0]);
  expect(errors[1]).not.toBe(errors[0]);
});
