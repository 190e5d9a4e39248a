import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ImapClient } from '../../../src/imap/index.js';
import { simulateImap } from '../../../src/testing/index.js';
import type { TransferProgress } from '../../../src/types.js';
import { packet } from '../../unit/imap/packet.js';
import { useServer } from './kit.js';

const { folder } = useServer();

const SPAN = { instrument: 'swapi', startTime: '2026-01-05', endTime: '2026-01-07T23:59:59Z' } as const;
/** Two packets of each kind on the first and the third day. */
const packets = ['2026-01-05', '2026-01-07'].flatMap((day, at) =>
  [1184, 1188].flatMap((apid) =>
    [6, 7].map((hour) => {
      const time = new Date(`${day}T0${hour}:00:00Z`);
      return { apid, time, bytes: packet(apid, at * 10 + hour, time.getTime() / 1000) };
    }),
  ),
);

function scene() {
  const sim = simulateImap({ data: { replace: true, packets } });
  const { apiKey, webpodaToken } = sim.credentials;
  const dataDir = folder();
  const imap = new ImapClient({ baseUrl: sim.baseUrl, fetch: sim.fetch, apiKey, webpodaToken, dataDir, retries: 0 });
  const told: TransferProgress[] = [];
  return { sim, imap, dataDir, told, onProgress: (state: TransferProgress) => void told.push(state) };
}

/** What was told when a file was done: the last of each name. */
const ends = (told: readonly TransferProgress[]) => [...new Map(told.map((state) => [state.name, state])).values()];

describe('the progress of packets', () => {
  it('counts files over the whole call, under their final names', async () => {
    const { imap, onProgress, told } = scene();
    const files = await imap.downloadDailyPackets(SPAN, { onProgress }).toArray();
    expect(files.map(({ status }) => status)).toEqual(['downloaded', 'downloaded']);
    expect(ends(told)).toEqual(
      files.map(({ path, bytes }, at) => ({
        name: path.slice(path.lastIndexOf('/') + 1),
        bytes,
        resumedFromBytes: 0,
        filesDone: at + 1,
        filesTotal: 2,
      })),
    );
    expect(told.every(({ filesTotal }) => filesTotal === 2)).toBe(true);
    const counts = told.map(({ filesDone }) => filesDone);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  it('counts files that were there, and days without a packet', async () => {
    const { imap, onProgress, told } = scene();
    await imap.downloadDailyPackets({ ...SPAN, by: 'sct' }).toArray();
    const files = await imap.downloadDailyPackets({ ...SPAN, by: 'sct' }, { onProgress }).toArray();
    expect(files.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    const there = ends(told).filter(({ bytes }) => bytes > 0);
    expect(there.map(({ filesDone, filesTotal }) => [filesDone, filesTotal])).toEqual([
      [1, 3],
      [3, 3],
    ]);
  });

  it('counts files that fail', async () => {
    const { imap, onProgress, sim, told } = scene();
    sim.faults.add({ route: /apid_1188\.bin/u, times: 1, fault: { kind: 'status', status: 404 } });
    const made = await imap.downloadDailyPackets(SPAN, { onProgress, onFailure: 'yield' }).toArray();
    expect(made.map(({ status }) => status)).toEqual(['failed', 'downloaded']);
    expect(told.at(-1)).toMatchObject({ filesDone: 2, filesTotal: 2 });
  });

  it('counts pointings in the same way', async () => {
    const { imap, dataDir, onProgress, told } = scene();
    const repointingFile = join(dataDir, 'repoint.csv');
    await writeFile(
      repointingFile,
      `repoint_start_sec_sclk,repoint_start_subsec_sclk,repoint_start_utc,repoint_end_sec_sclk,repoint_end_subsec_sclk,repoint_end_utc,repoint_id\n${[
        ['2026-01-04 23:00:00.000', '2026-01-04 23:30:00.000', 1],
        ['2026-01-06 00:00:00.000', '2026-01-06 00:30:00.000', 2],
        ['2026-01-08 00:00:00.000', '2026-01-08 00:30:00.000', 3],
      ]
        .map(([start, end, id]) => `0,0,${start},0,0,${end},${id}`)
        .join('\n')}\n`,
    );
    const files = await imap.downloadRepointingPackets({ ...SPAN, repointingFile }, { onProgress }).toArray();
    expect(files).toHaveLength(2);
    expect(told.at(-1)).toMatchObject({ filesDone: 2, filesTotal: 2 });
  });

  it('ends the call where the listener throws', async () => {
    const { imap, sim } = scene();
    const stop = new Error('stop');
    const call = imap.downloadDailyPackets(SPAN, {
      onProgress: () => {
        throw stop;
      },
    });
    await expect(call.toArray()).rejects.toBe(stop);
    expect(sim.requests.filter(({ path }) => path.endsWith('.bin')).length).toBeLessThanOrEqual(2);
  });
});

it.each(['downloadDailyPackets', 'downloadRepointingPackets'] as const)(
  '%s after close(), and when the client is closed between files, is refused in its own name',
  async (method) => {
    const { imap, dataDir } = scene();
    const repointingFile = join(dataDir, 'none.csv');
    const closed = { code: 'closed', operation: `imap.${method}` };
    const query = { ...SPAN, repointingFile };
    const { repointingFile: _table, ...days } = query;
    const start = () =>
      method === 'downloadDailyPackets'
        ? imap.downloadDailyPackets(days, { onFailure: 'yield' })
        : imap.downloadRepointingPackets(query, { onFailure: 'yield' });
    if (method === 'downloadDailyPackets') {
      const files = start();
      await files.next();
      await imap.close();
      await expect(files.next()).rejects.toMatchObject(closed);
    } else await imap.close();
    await expect(start().toArray()).rejects.toMatchObject(closed);
  },
);
