import { HmiClient } from '../../../src/hmi/index.js';
import { simulateHmi } from '../../../src/testing/index.js';
import { noise } from '../../support/noise.js';
import type { Made } from './scene.js';

/** One header and some data, the data by seed. */
function fits(blocks: number, seed: number): Uint8Array {
  const cards = ['SIMPLE  =                    T', 'BITPIX  =                    8', 'NAXIS   =                    1'];
  const header = [...cards, `NAXIS1  = ${blocks * 2880}`, 'END']
    .map((card) => card.padEnd(80))
    .join('')
    .padEnd(2880);
  return Buffer.concat([Buffer.from(header, 'latin1'), noise(blocks * 2880, seed)]);
}

/** Two magnetograms. */
export async function hmiScene(): Promise<Made> {
  const held = new Map<number, Uint8Array>();
  const sim = simulateHmi({
    ranges: true,
    // The fault compresses, and says so once.
    gzip: false,
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
  const names = records.map((record) => {
    const stamp = record.dateObsText.replace(/[-T:]/gu, (mark) => (mark === 'T' ? '_' : '')).slice(0, 15);
    return [record.series, record.harpnum, stamp, record.recnum, 'magnetogram', 'fits'].join('.');
  });
  return {
    site: { centre: 'hmi', url, credentials: {}, wanted: names, records: JSON.parse(JSON.stringify(records)) },
    truth: new Map(names.map((name, at) => [name, fits(20, records[at]?.recnum ?? 0)])),
    sent: [],
    stored: () => [],
    local: {},
    faults: sim.faults,
    requests: sim.requests,
    origins,
    close,
  };
}
