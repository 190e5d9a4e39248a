import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';

import {
  simulateScc,
  type DownloadMode,
  type SccSimulatorOptions,
  type SimDownload,
} from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { loggedIn, type Browser } from './browser.js';

const DONE = '20210601aky0000';
const directory = tempDir();

/** Names and contents of a zip, read by another implementation than the one that wrote it. */
async function members(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const path = join(directory, `${Math.random()}.zip`);
  await writeFile(path, bytes);
  const zip = await openPromise(path);
  const found = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part);
    found.set(entry.fileName, Buffer.concat(parts));
  }
  return found;
}
const path = (product: string, id = DONE) => `data_processing/measurements/${id}/download-${product}/`;
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

/** What the files of each product are called (14.6, 14.7). */
const MEMBERS: Readonly<Record<SimDownload, RegExp>> = {
  raw: /^20210601aky0000\/20210601aky0000\.nc$/,
  hirelpp: /^20210601aky0000\/aky_009_\d{7}_202106010000_202106010100_20210601aky0000_hirelpp_v5\.2\.7\.nc$/,
  cloudmask: /^20210601aky0000\/aky_202106010000_202106010100_20210601aky0000_cloudscreen_v5\.2\.7\.nc$/,
  preprocessed: /^20210601aky0000\/aky_\d{3}_\d{7}_\d{12}_\d{12}_20210601aky0000_elpp_v5\.2\.7\.nc$/,
  optical: /^20210601aky0000\/aky_\d{3}_\d{4}_\d{7}_\d{12}_\d{12}_20210601aky0000_elda_v5\.2\.7\.nc$/,
  plots: /^20210601aky0000\/.*\.png$/,
  elic: /_elic_v5\.2\.7\.nc$/,
  elquick: /_elquick_v5\.2\.7\.nc$/,
};

describe('simulated SCC: products', () => {
  it.each(Object.entries(MEMBERS))(
    '%s: a zip with the id as top folder and the names of the data rules (14.6, 14.7)',
    async (product, name) => {
      const browser = await loggedIn(simulateScc());
      const response = await browser.send(path(product));
      const bytes = await bytesOf(response);
      expect(response.headers.get('content-length')).toBe(String(bytes.length));
      const files = await members(bytes);
      expect(files.size).toBeGreaterThan(0);
      for (const [file, data] of files) {
        expect(file).toMatch(name);
        expect(data.length).toBeGreaterThan(50);
      }
    },
  );

  it('of a calibration are ELDEC files under the optical URL', async () => {
    const browser = await loggedIn(simulateScc());
    const files = await members(await bytesOf(await browser.send(path('optical', '20210605aky2335'))));
    expect([...files.keys()]).toEqual([expect.stringMatching(/^20210605aky2335\/aky_006_0532_.*_eldec_v5\.2\.7\.nc$/)]);
  });

  it('are 404 where the module did not run, or as configured', async () => {
    const data = { measurements: [{ id: '20210601aky2200', statuses: { elic: 0 } }] };
    const missing = async (options: SccSimulatorOptions) =>
      (await loggedIn(simulateScc({ data, ...options }))).send(path('elic', '20210601aky2200'));
    const stock = await missing({});
    expect([stock.status, await stock.text()]).toEqual([404, expect.stringContaining('<h1>Not Found</h1>')]);
    expect((await missing({ missingProduct: 'html' })).status).toBe(200);
    expect((await missing({ missingProduct: 'redirect' })).status).toBe(302);
  });

  it('can be there although the status says failed', async () => {
    const data = {
      measurements: [{ id: '20210601aky2200', statuses: { elda: -127 }, filesDespite: ['optical' as const] }],
    };
    const browser = await loggedIn(simulateScc({ data }));
    expect((await members(await bytesOf(await browser.send(path('optical', '20210601aky2200'))))).size).toBe(3);
  });

  it('are the uploaded bytes for raw', async () => {
    const raw = new Uint8Array(Buffer.from('CDF\x01 and so on'));
    const browser = await loggedIn(simulateScc({ data: { measurements: [{ id: '20210601aky2200', raw }] } }));
    const files = await members(await bytesOf(await browser.send(path('raw', '20210601aky2200'))));
    expect(new Uint8Array(files.get('20210601aky2200/20210601aky2200.nc') ?? [])).toEqual(raw);
  });

  it.each<[DownloadMode, (browser: Browser) => Promise<void>]>([
    [
      'empty',
      async (browser) => expect((await members(await bytesOf(await browser.send(path('optical'))))).size).toBe(0),
    ],
    ['404', async (browser) => expect((await browser.send(path('optical'))).status).toBe(404)],
    [
      'html',
      async (browser) => {
        const response = await browser.send(path('optical'));
        expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      },
    ],
    [
      'truncated',
      async (browser) => expect(members(await bytesOf(await browser.send(path('optical'))))).rejects.toThrow(),
    ],
    [
      'corrupt',
      async (browser) => expect(members(await bytesOf(await browser.send(path('optical'))))).rejects.toThrow(),
    ],
    [
      'gzip',
      async (browser) => {
        const response = await browser.send(path('optical'));
        expect(response.headers.get('content-encoding')).toBe('gzip');
        const bytes = await bytesOf(response);
        expect(Number(response.headers.get('content-length'))).not.toBe(bytes.length);
        expect((await members(bytes)).size).toBe(3);
      },
    ],
    [
      'slow',
      async (browser) => expect((await members(await bytesOf(await browser.send(path('optical'))))).size).toBe(3),
    ],
    [
      'bare',
      async (browser) => {
        const bytes = await bytesOf(await browser.send(path('optical')));
        expect(Buffer.from(bytes.subarray(0, 3)).toString()).toBe('CDF');
      },
    ],
    [
      'no-length',
      async (browser) => expect((await browser.send(path('optical'))).headers.get('content-length')).toBeNull(),
    ],
    ['login', async (browser) => expect((await browser.get(path('optical'))).url.pathname).toBe('/accounts/login/')],
  ])('can be broken: %s', async (mode, look) => {
    await look(await loggedIn(simulateScc({ downloads: { '*/optical': mode } })));
  });

  it('know ranges only where that is asked for', async () => {
    const plain = await (await loggedIn(simulateScc())).send(path('optical'), { headers: { range: 'bytes=10-' } });
    expect([plain.status, plain.headers.get('etag')]).toEqual([200, null]);
    const browser = await loggedIn(simulateScc({ downloadRanges: true }));
    expect((await browser.send(path('optical'), { headers: { range: 'bytes=10-' } })).status).toBe(206);
  });
});

describe('simulated SCC: API', () => {
  it('pages lists, and names the next page by its path (3.2)', async () => {
    const browser = await loggedIn(simulateScc());
    const first = await browser.json('api/v1/measurements/?id__startswith=202106');
    expect(first.meta).toEqual({
      limit: 20,
      offset: 0,
      total_count: 185,
      next: '/api/v1/measurements/?id__startswith=202106&limit=20&offset=20',
      previous: null,
    });
    expect(first.objects).toHaveLength(20);
    const last = await browser.json('api/v1/measurements/?limit=20&offset=180');
    expect([last.objects.length, last.meta.next]).toEqual([5, null]);
    const all = await browser.json('api/v1/measurements/?limit=0');
    expect([all.objects.length, 'next' in all.meta]).toEqual([185, false]);
  });

  it('takes id__exact, and refuses other filters and limits', async () => {
    const browser = await loggedIn(simulateScc());
    expect((await browser.json(`api/v1/measurements/?id__exact=${DONE}`)).objects).toHaveLength(1);
    for (const query of ['station=aky', 'limit=x']) {
      const response = await browser.send(`api/v1/measurements/?${query}`);
      expect([response.status, await response.json()]).toEqual([400, { error: expect.any(String) }]);
    }
  });

  it('redirects without the slash, and answers an unknown id with an empty 404', async () => {
    const browser = await loggedIn(simulateScc());
    const response = await browser.send('api/v1/measurements?id__startswith=2021');
    expect([response.status, response.headers.get('location')]).toEqual([
      301,
      '/api/v1/measurements/?id__startswith=2021',
    ]);
    const absent = await browser.send('api/v1/measurements/20200101xyz0000/');
    expect([absent.status, await absent.text()]).toEqual([404, '']);
  });

  it('fails where the client takes HTML only', async () => {
    const browser = await loggedIn(simulateScc());
    expect((await browser.send('api/v1/measurements/', { headers: { accept: 'text/html' } })).status).toBe(400);
    expect((await browser.send('api/v1/measurements/?format=json', { headers: { accept: 'text/html' } })).status).toBe(
      200,
    );
  });

  it.each([
    ['is_being_processed', ['is_being_processed', 'is_queued'], ['is_running']],
    ['is_running', ['is_running', 'is_queued'], ['is_being_processed']],
    ['v4', ['is_running', 'pre_processing', 'processing'], ['is_being_processed', 'is_queued', 'elpp']],
  ] as const)('has the field names of %s', async (apiNames, present, absent) => {
    const browser = await loggedIn(simulateScc({ apiNames }));
    const measurement = await browser.json(`api/v1/measurements/${DONE}/`);
    expect(present.filter((name) => name in measurement)).toEqual(present);
    expect(absent.filter((name) => name in measurement)).toEqual([]);
  });

  it('knows ancillary files, the missing ones too', async () => {
    const browser = await loggedIn(simulateScc());
    const status = async (resource: string, name: string) =>
      (await browser.json(`api/v1/${resource}/?filename=${name}`)).objects.map(({ status }) => status);
    expect(await status('sounding_files', 'rs_20210601aky00.nc')).toEqual(['available']);
    expect(await status('overlap_files', 'ov_20210601gra01.nc')).toEqual(['missing']);
    expect(await status('lidarratio_files', 'nowhere.nc')).toEqual([]);
  });

  it('describes itself', async () => {
    const browser = await loggedIn(simulateScc());
    expect(Object.keys(await browser.json('api/v1/'))).toEqual([
      'measurements',
      'sounding_files',
      'overlap_files',
      'lidarratio_files',
    ]);
    expect(Object.keys((await browser.json('api/v1/measurements/schema/')).fields)).toContain('elpp_exit_code');
  });
});

describe('simulated SCC: sample data', () => {
  it('holds a month of six stations in all states, on more than three pages', async () => {
    const sim = simulateScc({ clock: { perRequestMs: 0 } });
    const all = sim.measurementIds.flatMap((id) => sim.measurement(id) ?? []);
    expect(new Set(all.map(({ station }) => station))).toEqual(new Set(['aky', 'fik', 'cvo', 'gra', 'brc', 'pot']));
    expect(all.length).toBeGreaterThan(150);
    expect(all.every(({ id }) => /^202106\d\d[a-z]{2,3}\d{2,4}$/.test(id))).toBe(true);
    expect(all.some(({ isCalibration, statuses }) => isCalibration && statuses.eldec === 127)).toBe(true);
    expect(all.some(({ isDelayed }) => isDelayed)).toBe(true);
    expect(all.some(({ isProcessing }) => isProcessing)).toBe(true);
    expect(all.some(({ run }) => (run?.waitsFor.length ?? 0) > 0)).toBe(true);
    for (const module of ['elpp', 'elda'] as const) {
      expect(new Set(all.map(({ statuses }) => statuses[module])).size).toBeGreaterThanOrEqual(3);
    }
    sim.clock.advance(2000);
    expect(sim.measurement('20210630fik0400')?.isQueued).toBe(true);
  });

  it('gives way to data of the user, and comes back on reset', async () => {
    const sim = simulateScc({ data: { replace: true, measurements: [{ id: '20220516aky0100' }] } });
    sim.addMeasurement({ id: '20220516aky0200', start: null });
    expect(sim.measurementIds).toEqual(['20220516aky0100', '20220516aky0200']);
    expect(sim.measurement('20220516aky0200')?.start).toBeUndefined();
    sim.reset();
    expect(sim.measurementIds).toEqual(['20220516aky0100']);
  });

  it('lives under a path prefix', async () => {
    const browser = await loggedIn(simulateScc({ basePath: '/scc/' }));
    expect(browser.sim.baseUrl).toBe('https://scc.simulated/scc/');
    const { page } = await browser.get('admin/database/measurements/?station_id=aky');
    expect(page.querySelector('th.field-station_id a')?.getAttribute('href')).toMatch(/^\/scc\/admin\/database/);
    expect((await browser.json(`api/v1/measurements/${DONE}/`)).resource_uri).toBe(`/scc/api/v1/measurements/${DONE}/`);
  });

  it('is served over real sockets as well', async () => {
    const sim = simulateScc();
    await using server = await sim.listen();
    const { httpAuthUser, httpAuthPassword } = sim.credentials;
    const authorization = `Basic ${Buffer.from(`${httpAuthUser}:${httpAuthPassword}`).toString('base64')}`;
    const response = await fetch(`${server.url}accounts/login/`, { headers: { authorization } });
    expect(response.headers.getSetCookie()).toHaveLength(1);
    expect(await response.text()).toContain('name="username"');
  });
});
