import { describe, expect, it } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC } from '../../../src/scc/index.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { simulateScc } from '../../../src/testing/index.js';
import { credentials } from '../scc/fake-site.js';

const fetch = (): Promise<Response> => Promise.reject(new Error('nothing may be sent'));
const scc = new SCC(credentials, { baseUrl: 'https://scc.example/', fetch });
const imap = new ImapClient({ apiKey: 'k', baseUrl: 'https://imap.example/', fetch });
const hmi = new HmiClient({ baseUrl: 'https://hmi.example/', fetch });
const scops = new ScopsClient({ project: 'GB13_08', password: 'x', baseUrl: 'https://scops.example/', fetch });
const CONFIG = 'GB13_08_2014_217_20180307152824';
const order = { configName: CONFIG, tag: 'abcdefgh', submittedAt: new Date('2021-06-01') };

/** Public calls with a date, of all four centres; the other dates are fine. */
const CALLS: Readonly<Record<string, (date: string) => unknown>> = {
  'scc.queryMeasurements: dateStart': (date) =>
    scc.queryMeasurements({ dateStart: date, dateEnd: '2021-07-01' }).toArray({ limit: 1 }),
  'scc.queryMeasurements: dateEnd': (date) =>
    scc.queryMeasurements({ dateStart: '2021-05-01', dateEnd: date }).toArray({ limit: 1 }),
  'scc.getLidarConstants: dateEnd': (date) =>
    scc.getLidarConstants({ dateStart: '2021-05-01', dateEnd: date }).toArray({ limit: 1 }),
  'scc.nextMeasurementId: date': (date) => scc.nextMeasurementId(date, 'aky'),
  'imap.query: startDate': (date) => imap.query({ startDate: date }),
  'imap.query: ingestionEndDate': (date) => imap.query({ ingestionEndDate: date }),
  'imap.reprocess: startDate': (date) => imap.reprocess({ startDate: date, endDate: '2021-07-01' }),
  'hmi.query: start': (date) => hmi.query('hmi.sharp_720s', { start: date, end: '2021-07-01' }).toArray({ limit: 1 }),
  'hmi.query: end': (date) => hmi.query('hmi.sharp_720s', { start: '2021-05-01', end: date }).toArray({ limit: 1 }),
  'scops.findConfigName: submittedAt': (date) => scops.findConfigName({ year: 2014, day: 217, submittedAt: date }),
  'scops.findProcessingId: confirmedAt': (date) => scops.findProcessingId(order, { confirmedAt: date }),
  'simulateScc: clock.start': (date) => simulateScc({ clock: { start: date } }),
};

const cases = Object.entries(CALLS).flatMap(([name, call]) =>
  [' 2021-06-01', '2021-06-01 ', '2021-06-01\n', '2021-06-01T09:30:00Z\r\n', '2021-06-01\u00a0'].map(
    (date) => [name, date, call] as const,
  ),
);

describe('a date with a blank or a line end around it', () => {
  it.each(cases)('is refused before anything is sent: %s %j', async (_name, date, call) => {
    await expect((async () => call(date))()).rejects.toThrow(TypeError);
    await expect((async () => call(date))()).rejects.toThrow(/date|time/iu);
  });
});
