import { expect, it } from 'vitest';
import { ImapClient } from '../../../src/imap/index.js';
import { simulateImap } from '../../../src/testing/index.js';
import { isFull } from '../../support/full.js';

// The simulator takes its time over so many; of fewer, too, one answer could not hold them all.
const COUNT = isFull ? 45_000 : 27_000;

it(`${COUNT} files of levels and an instrument that this version does not know, without any date`, async () => {
  const levels = ['l1a', 'l2-pre', 'l4'];
  const files = Array.from({ length: COUNT }, (_unused, at) => {
    const day = new Date(Date.UTC(2025, 8, 1 + (at % 900))).toISOString().slice(0, 10).replaceAll('-', '');
    const level = levels[Math.floor(at / 900) % 3] ?? 'l1a';
    const name = `imap_newinst_${level}_p${Math.floor(at / 2_700)}_${day}_v001.0001.cdf`;
    return { name, body: '', released: true, ingestedAt: '2026-02-01' };
  });
  const words = { instruments: ['newinst'], dataLevels: ['l2-pre', 'l4'] };
  const sim = simulateImap({ words, data: { files, replace: true } });
  const imap = new ImapClient({ baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0, dataDir: 'data' });
  const paths = (await imap.query({ instrument: 'newinst' })).map(({ filePath }) => filePath);
  expect(paths).toHaveLength(COUNT);
  expect(paths).toEqual(sim.keys());
  expect(sim.requests.length).toBeGreaterThan(1);
  expect(sim.requests.length).toBeLessThan(40);
}, 300_000);
