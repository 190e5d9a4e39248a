import { HttpResponse } from 'msw';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, TransferError, UnexpectedResponse, WrongCredentials } from '../../../src/errors.js';
import { PacketScanner } from '../../../src/imap/packets/ccsds.js';
import type { ImapOptions } from '../../../src/imap/index.js';
import { packet } from '../../unit/imap/packet.js';
import { rejection } from '../../support/rejection.js';
import { BASE, client, expectNoSecrets, seen, serve, simulated, STORAGE, useServer } from './kit.js';

const { folder, files } = useServer();

const PODA = 'https://lasp.colorado.edu/ops/imap/poda/dap2/apids/SID1';
const TOKEN = Buffer.from('user:packet-password').toString('base64');
const DAY = { instrument: 'swapi', startTime: '2024-12-01', endTime: '2024-12-01T23:59:59.999Z' } as const;

function scene(options: Parameters<typeof simulated>[0] = {}, more: ImapOptions = {}): ReturnType<typeof simulated> {
  const made = simulated(options);
  const { sim } = made;
  const imap = client({
    baseUrl: sim.baseUrl,
    apiKey: sim.credentials.apiKey,
    webpodaToken: sim.credentials.webpodaToken,
    dataDir: folder(),
    ...more,
  });
  return { sim, imap };
}

/** Seconds of the packets of a file, and that they are in order without doubles. */
async function secondsOf(path: string, apids: number[]): Promise<number[]> {
  const bytes = await readFile(path);
  const seconds: number[] = [];
  const all = new Set<string>();
  for (let at = 0; at < bytes.length;) {
    const length = 7 + bytes.readUInt16BE(at + 4);
    expect(apids).toContain(bytes.readUInt16BE(at) & 0x7ff);
    seconds.push(bytes.readUInt32BE(at + 6));
    all.add(bytes.subarray(at, at + length).toString('hex'));
    at += length;
  }
  expect(all.size).toBe(seconds.length);
  return seconds;
}

describe('what is asked of the packet service', () => {
  it('can be read in the messages of errors: no part of these addresses is secret', async () => {
    const { sim, imap } = scene();
    const span = { ...DAY, by: 'ert' } as const;
    sim.faults.add({ route: /\.txt/u, fault: { kind: 'status', status: 404 } });
    const refused = await rejection(imap.downloadDailyPackets(span).toArray());
    expect(refused).toMatchObject({
      url: expect.stringMatching(
        /\?ert%3E=2024-12-01T00%3A00%3A00.000000&ert%3C2024-12-01T23%3A59%3A59.999000&project\(time\)&formatTime\(/u,
      ),
    });
    sim.faults.clear();
    sim.faults.add({ route: /\.bin/u, fault: { kind: 'status', status: 404 } });
    const missing = await rejection(imap.downloadDailyPackets({ ...span, by: 'sct' }).toArray());
    expect(missing).toMatchObject({
      url: expect.stringMatching(
        /\?time%3E=2024-11-30T23%3A[0-9A-Z%.]+&time%3C2024-12-02T00%3A[0-9A-Z%.]+&project\(packet\)$/u,
      ),
    });
    expect(`${String(refused)} ${String(missing)}`).not.toContain('***');
  });

  it('times by ERT, then packets by spacecraft time, with the Basic credential and no other (parity 55, 56, 57; pitfall 11)', async () => {
    serve('get', `${PODA}/apid_1184.txt`, () => new HttpResponse('2024-12-01T00:00:00\r\n\r\n2024-12-01T10:00:00  \n'));
    serve('get', `${PODA}/apid_1188.txt`, () => new HttpResponse(''));
    serve('get', `${BASE}/api-key/query`, () => HttpResponse.json([]));
    serve('get', `${PODA}/apid_1184.bin`, () => new HttpResponse(packet(1184, 1, 5)));
    serve('get', `${PODA}/apid_1188.bin`, () => new HttpResponse(packet(1188, 1, 4)));
    const imap = client({
      apiKey: 'secret-api-key',
      accessToken: 'secret-token',
      webpodaToken: TOKEN,
      dataDir: folder(),
    });
    const made = await imap.downloadDailyPackets(DAY, { concurrency: 1 }).toArray();
    const poda = seen.filter(({ url }) => url.startsWith('https://lasp'));
    const wire = (url: string): string => decodeURIComponent(url.slice(PODA.length));
    expect(poda.map(({ url }) => wire(url))).toEqual([
      ...['1184', '1188'].map(
        (apid) =>
          `/apid_${apid}.txt?ert>=2024-12-01T00:00:00.000000&ert<2024-12-01T23:59:59.999000&project(time)&formatTime("yyyy-MM-dd'T'HH:mm:ss")`,
      ),
      ...['1184', '1188'].map(
        (apid) => `/apid_${apid}.bin?time>=2024-11-30T23:59:00.000000&time<2024-12-02T00:01:00.000000&project(packet)`,
      ),
    ]);
    expect(poda.map(({ headers }) => headers.get('authorization'))).toEqual(poda.map(() => `Basic ${TOKEN}`));
    for (const { url, headers } of poda) expect(url + [...headers].flat().join()).not.toMatch(/secret-/);
    for (const { url, headers } of seen.filter((one) => !poda.includes(one)))
      expect(url + [...headers].flat().join()).not.toContain(TOKEN);
    expect(made).toMatchObject([
      {
        status: 'downloaded',
        bytes: 22,
        source: { instrument: 'swapi', day: '20241201' },
        path: join(folder(), 'imap/swapi/l0/2024/12/imap_swapi_l0_raw_20241201_v001.0001.pkts'),
      },
    ]);
    expect(await secondsOf(made[0]?.path ?? '', [1184, 1188])).toEqual([4, 5]);
    expect(await files()).toEqual(['imap/swapi/l0/2024/12/imap_swapi_l0_raw_20241201_v001.0001.pkts']);
  });

  it('a missing token names its setting, before any request (parity 55)', async () => {
    const failure = client({ apiKey: 'k', dataDir: folder() }).downloadDailyPackets(DAY).toArray();
    await expect(failure).rejects.toThrow(ConfigError);
    await expect(failure).rejects.toThrow(/The IMAP_WEBPODA_TOKEN environment variable/);
    expect(seen).toEqual([]);
  });

  it('bad arguments are refused at the call, before any request (pitfall 56)', async () => {
    const imap = client({ webpodaToken: TOKEN, dataDir: folder() });
    expect(() => imap.downloadDailyPackets({ ...DAY, instrument: 'l1const' })).toThrow(/codice, glows/);
    expect(() => imap.downloadDailyPackets({ ...DAY, startTime: '2025-01-01' })).toThrow(RangeError);
    expect(() => imap.downloadDailyPackets({ ...DAY, by: 'met' as 'ert' })).toThrow(/ert, sct/);
    await expect(
      imap.downloadRepointingPackets({ ...DAY, repointingFile: join(folder(), 'x.csv') }).toArray(),
    ).rejects.toThrow(TypeError);
    expect(seen).toEqual([]);
  });

  it('a refused token and an answer that is no list of times are told', async () => {
    const { sim } = scene();
    const refused = client({ baseUrl: sim.baseUrl, webpodaToken: TOKEN, dataDir: folder() }).downloadDailyPackets(DAY);
    await expect(refused.toArray()).rejects.toThrow(WrongCredentials);
    serve('get', `${PODA}/apid_1184.txt`, () => HttpResponse.html('<html>login</html>'));
    serve('get', `${PODA}/apid_1188.txt`, () => new HttpResponse(''));
    const odd = client({ webpodaToken: TOKEN, dataDir: folder() }).downloadDailyPackets(DAY);
    await expect(odd.toArray()).rejects.toThrow(UnexpectedResponse);
  });
});

describe('daily packets', () => {
  const span = { instrument: 'swapi', startTime: '2026-01-05', endTime: '2026-01-08' } as const;

  it('by ERT: each day that was heard of, in time order, without doubles (parity 58; pitfall 32)', async () => {
    const { sim, imap } = scene();
    const made = await imap.downloadDailyPackets(span).toArray();
    expect(made.map(({ source }) => source.day)).toEqual(['20260105', '20260106', '20260107']);
    for (const { path } of made) {
      const seconds = await secondsOf(path, [1184, 1188]);
      expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
    }
    const again = await imap.downloadDailyPackets(span).toArray();
    expect(again.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'skipped']);
    expect(sim.requests.filter(({ path }) => path.endsWith('.bin'))).toHaveLength(6);
    expectNoSecrets(
      sim.requests.filter(({ service }) => service === 'storage'),
      Object.values(sim.credentials),
    );
  });

  it('packets that are listed but do not come are no empty file, nor one without them', async () => {
    const { sim, imap } = scene();
    const repointingFile = join(folder(), 'repoint.csv');
    await writeFile(
      repointingFile,
      'repoint_end_utc,repoint_id\n2026-01-05 00:30:00.000000,42\n2026-01-05 23:30:00.000000,43\n',
    );
    const calls = [
      (): Promise<unknown> => imap.downloadDailyPackets(span).toArray(),
      (): Promise<unknown> => imap.downloadRepointingPackets({ ...span, repointingFile }).toArray(),
    ];
    for (const call of calls) {
      sim.faults.add({ route: '*apid_1188.bin', fault: { kind: 'status', status: 200 } });
      await expect(call()).rejects.toMatchObject({
        code: 'transfer',
        retryable: true,
        message: expect.stringMatching(/id 1188, but sent none/u),
      });
      expect(await files()).toEqual(['repoint.csv']);
    }
    expect(await calls[1]?.()).toHaveLength(1);
  });

  it('as the service sends them, on request: kind after kind, doubles and all', async () => {
    const { imap } = scene();
    const [, sorted] = await imap.downloadDailyPackets({ ...span }).toArray();
    const other = client({
      baseUrl: 'https://api.imap.simulated',
      dataDir: join(folder(), 'other'),
      webpodaToken: scene().sim.credentials.webpodaToken,
    });
    const [, raw] = await other.downloadDailyPackets(span, { order: 'service' }).toArray();
    expect(raw?.bytes).toBeGreaterThan(sorted?.bytes ?? 0);
    const scanner = new PacketScanner(0, 1184);
    expect(scanner.push(await readFile(raw?.path ?? ''))).toContain('no packet of application id 1184');
  });

  it('by spacecraft time: days without packets make no file (pitfall 32)', async () => {
    const { imap } = scene();
    const made = await imap
      .downloadDailyPackets({ instrument: 'glows', startTime: '2026-01-04', endTime: '2026-01-09', by: 'sct' })
      .toArray();
    expect(made.map(({ source }) => source.day)).toEqual(['20260105', '20260106', '20260107']);
    expect(await files()).toHaveLength(3);
    expect(
      await imap
        .downloadDailyPackets({ instrument: 'idex', startTime: '2026-01-05', endTime: '2026-01-06', by: 'sct' })
        .toArray(),
    ).toEqual([]);
  });

  it('numbers go on after the highest, and what is uploaded can be found (parity 58, 60; pitfall 45)', async () => {
    const { sim, imap } = scene({
      data: { files: [1, 2].map((minor) => ({ name: `imap_swapi_l0_raw_20260105_v001.000${minor}.pkts` })) },
    });
    const one = { ...span, endTime: '2026-01-05T20:00:00Z', upload: true } as const;
    const made = await imap.downloadDailyPackets(one).toArray();
    expect(made).toMatchObject([{ uploaded: true }]);
    expect(made[0]?.path).toMatch(/imap_swapi_l0_raw_20260105_v001\.0003\.pkts$/);
    expect(sim.read('imap/swapi/l0/2026/01/imap_swapi_l0_raw_20260105_v001.0003.pkts')).toEqual(
      new Uint8Array(await readFile(made[0]?.path ?? '')),
    );
  });

  it('a number that was taken meanwhile is replaced by the next (pitfall 45)', async () => {
    serve(
      'get',
      `${PODA}/*`,
      ({ request }) => new HttpResponse(request.url.includes('.txt') ? '2024-12-01T00:00:00\n' : packet(1184, 1, 5)),
    );
    serve('get', `${PODA}/apid_1188.txt`, () => new HttpResponse(''));
    serve('get', `${PODA}/apid_1188.bin`, () => new HttpResponse(''));
    serve('get', `${BASE}/api-key/query`, () => HttpResponse.json([]));
    serve(
      'head',
      `${BASE}/api-key/download/*`,
      ({ request }) =>
        new HttpResponse(null, { status: request.url.includes('.0001.') ? 302 : 404, headers: { location: STORAGE } }),
    );
    serve('get', `${BASE}/api-key/upload/*`, ({ request }) =>
      request.url.includes('.0002.')
        ? HttpResponse.json({ error: 'FileAlreadyExists', message: 'exists' }, { status: 409 })
        : HttpResponse.json(`${STORAGE}/k`),
    );
    serve('put', `${STORAGE}/k`, () => new HttpResponse(null));
    const imap = client({ apiKey: 'k', webpodaToken: TOKEN, dataDir: folder() });
    const made = await imap.downloadDailyPackets({ ...DAY, upload: true }).toArray();
    expect(made).toMatchObject([{ uploaded: true, bytes: 11 }]);
    expect(await files()).toEqual(['imap/swapi/l0/2024/12/imap_swapi_l0_raw_20241201_v001.0003.pkts']);
  });

  it('an upload that fails is told and ends nothing (parity 58)', async () => {
    const { sim } = scene();
    const imap = client({
      baseUrl: sim.baseUrl,
      apiKey: sim.readOnlyApiKey,
      webpodaToken: sim.credentials.webpodaToken,
      dataDir: folder(),
    });
    const made = await imap.downloadDailyPackets({ ...span, upload: true }).toArray();
    expect(made.map(({ uploaded, uploadError }) => [uploaded, uploadError?.code])).toEqual(
      made.map(() => [false, 'forbidden']),
    );
    expect(made).toHaveLength(3);
    const again = await imap.downloadDailyPackets({ ...span, upload: true }).toArray();
    expect(again.map(({ status, uploaded }) => [status, uploaded])).toEqual(made.map(() => ['skipped', false]));
  });

  it('damaged packets are no file; other bytes are kept as they came', async () => {
    serve(
      'get',
      `${PODA}/*`,
      ({ request }) => new HttpResponse(request.url.includes('.txt') ? '2024-12-01T00:00:00\n' : ''),
    );
    serve('get', `${PODA}/apid_1188.txt`, () => new HttpResponse(''));
    serve('get', `${BASE}/query`, () => HttpResponse.json([]));
    let body: Uint8Array<ArrayBuffer> | string = packet(1184, 1, 5).slice(0, 9);
    serve('get', `${PODA}/apid_1184.bin`, () => new HttpResponse(body));
    const imap = client({ webpodaToken: TOKEN, dataDir: folder() });
    await expect(imap.downloadDailyPackets(DAY).toArray()).rejects.toThrow(TransferError);
    expect(await files()).toEqual([]);
    const failed = await imap.downloadDailyPackets(DAY, { onFailure: 'yield' }).toArray();
    expect(failed).toMatchObject([{ status: 'failed', source: { day: '20241201' }, error: { code: 'transfer' } }]);
    const [{ path = '' } = {}] = failed;
    body = 'Mock file content';
    const made = await imap.downloadDailyPackets(DAY).toArray();
    expect(await readFile(made[0]?.path ?? '', 'utf8')).toBe(body);
    expect(path).toBe(made[0]?.path);
  });
});

describe('packets of pointings', () => {
  const header =
    'repoint_start_sec_sclk,repoint_start_subsec_sclk,repoint_end_sec_sclk,repoint_end_subsec_sclk,repoint_start_utc,repoint_end_utc,repoint_id';

  it('each pointing with packets makes a file, named by its repointing (parity 59)', async () => {
    const { imap } = scene();
    const table = join(folder(), 'table.csv');
    const ends = [
      '2026-01-05 00:00:00.000000',
      '2026-01-06 00:00:00.000000',
      'nan',
      '2026-01-06 12:00:00.000000',
      '2026-01-07 12:00:00.000000',
      '2026-02-01 00:00:00',
      '2026-02-02 00:00:00',
    ];
    await writeFile(
      table,
      [header, ...ends.map((end, id) => `0,0,0,0,2026-01-01 00:00:00,${end},${id + 1}`)].join('\n'),
    );
    const made = await imap
      .downloadRepointingPackets({
        instrument: 'glows',
        startTime: '2026-01-05',
        endTime: '2026-01-09',
        repointingFile: table,
      })
      .toArray();
    expect(made.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))).toEqual([
      'imap_glows_l0_raw_20260105-repoint00001_v001.0001.pkts',
      'imap_glows_l0_raw_20260106-repoint00004_v001.0001.pkts',
      'imap_glows_l0_raw_20260107-repoint00005_v001.0001.pkts',
    ]);
    const [first] = made;
    expect(first?.source).toMatchObject({
      from: '2026-01-05T00:00:00.000000',
      to: '2026-01-06T00:00:00.000000',
      repointing: 1,
    });
    const none = imap.downloadRepointingPackets({
      instrument: 'glows',
      startTime: '2025-01-05',
      endTime: '2025-01-09',
      repointingFile: table,
    });
    expect(await none.toArray()).toEqual([]);
  });
});
