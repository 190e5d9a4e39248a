import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

import { EVIL_DISPOSITIONS } from '../../../src/testing/hmi/disposition.js';
import type { HmiSimulatorOptions } from '../../../src/testing/hmi/options.js';
import { simulateHmi } from '../../../src/testing/hmi/simulate.js';
import { exampleFile } from '../../support/example-file.js';
import { EVERY_GENERATION } from '../../support/generations.js';
import { below, get, rows } from './support.js';

const MAGNETOGRAM = 'HMI/hmi.sharp_720s/5605571/magnetogram.fits';

describe('files of the simulated HMI service', () => {
  it.each(EVERY_GENERATION)(
    'generation %i: every URL of a list leads to a FITS file with a name',
    async (generation) => {
      const sim = simulateHmi({ generation });
      const found = await rows(sim, 'sharp_720s', '2015-12-11T23:30:00Z', '2015-12-12T00:00:00Z');
      const urls = found.flatMap((row) => (generation === 1 ? [String(row.url)] : row.urls));
      expect(urls.length).toBeGreaterThan(2);
      const bodies = new Set<string>();
      for (const url of urls) {
        const response = await get(sim, below(url));
        const body = Buffer.from(await response.arrayBuffer());
        expect(response.status).toBe(200);
        expect(body.toString('latin1', 0, 9)).toBe('SIMPLE  =');
        expect(body.length % 2880).toBe(0);
        expect(response.headers.get('content-length')).toBe(String(body.length));
        expect(response.headers.get('content-disposition')).toBe(`attachment; filename=${url.split('/').at(-1) ?? ''}`);
        bodies.add(body.toString('base64'));
      }
      expect(bodies.size).toBe(urls.length);
    },
  );

  it('has the bare segment as name from the third generation on: it collides for every record', async () => {
    const sim = simulateHmi();
    const names = await Promise.all(
      ['5605571', '5601499'].map(async (recnum) =>
        (await get(sim, `HMI/hmi.sharp_720s/${recnum}/magnetogram.fits`)).headers.get('content-disposition'),
      ),
    );
    expect(names).toEqual(['attachment; filename=magnetogram.fits', 'attachment; filename=magnetogram.fits']);
  });

  it('has the media type of the extension; the first generation has no extension', async () => {
    const type = async (options: HmiSimulatorOptions, path: string): Promise<string | null> =>
      (await get(simulateHmi(options), path)).headers.get('content-type');
    expect(await type({}, MAGNETOGRAM)).toBe('image/fits');
    expect(await type({ fileType: 'application/octet-stream' }, MAGNETOGRAM)).toBe('application/octet-stream');
    expect(await type({ generation: 1 }, 'HMI/sharp_720s/sharp_720s_20151211_182208')).toBe('application/octet-stream');
  });

  it('has the headers of Flask, and validators unless switched off', async () => {
    const { headers } = await get(simulateHmi(), MAGNETOGRAM);
    expect(headers.get('cache-control')).toBe('public, max-age=43200');
    expect(headers.get('expires')).toBe('Fri, 27 May 2016 20:00:00 GMT');
    expect(headers.get('etag')).toMatch(/^"flask-.*"$/);
    expect(headers.get('last-modified')).toBe('Fri, 11 Dec 2015 23:34:08 GMT');
    const bare = await get(simulateHmi({ validators: false }), MAGNETOGRAM);
    expect(bare.headers.get('etag') ?? bare.headers.get('last-modified')).toBeNull();
  });

  it.each([
    ['quoted', 'attachment; filename="SDO HMI magnetogram.fits"; size=3'],
    ['star', `attachment; filename="magnetogram.fits"; filename*=UTF-8''%E2%98%89%20magnetogram.fits`],
    ['missing', null],
  ] as const)('names files in the form %s (pitfall 3)', async (contentDisposition, expected) => {
    const response = await get(simulateHmi({ contentDisposition }), MAGNETOGRAM);
    expect(response.headers.get('content-disposition')).toBe(expected);
  });

  it('quotes a name that is no token', async () => {
    const records = [{ series: 'my.series', recnum: 7, tRecIndex: 1005598, segments: ['a "b" c'] }];
    const response = await get(simulateHmi({ data: { records } }), 'HMI/my.series/7/a%20%22b%22%20c.fits');
    expect(response.headers.get('content-disposition')).toBe(String.raw`attachment; filename="a \"b\" c.fits"`);
  });

  it('holds every trap for a name in the files of one record (pitfall 4)', async () => {
    const sim = simulateHmi({ contentDisposition: 'evil' });
    const [row] = (await rows(sim, 'hmi.sharp_720s', '2015-12-11', '2015-12-12')).filter(
      ({ urls }) => urls.length === 31,
    );
    const seen = new Set<string | null>();
    for (const url of row?.urls ?? []) seen.add((await get(sim, below(url))).headers.get('content-disposition'));
    expect(seen).toEqual(new Set(EVIL_DISPOSITIONS));
  });

  it('sends evil names over a real socket as well', async () => {
    await using server = await simulateHmi({ contentDisposition: 'evil' }).listen();
    for (const segment of ['magnetogram', 'bitmap']) {
      const response = await fetch(`${server.url}HMI/hmi.sharp_720s/5605571/${segment}.fits`);
      expect(EVIL_DISPOSITIONS).toContain(response.headers.get('content-disposition'));
      await response.arrayBuffer();
    }
  });

  it('lets a function name the file', async () => {
    const sim = simulateHmi({
      contentDisposition: ({ harpnum, segment }) => `attachment; filename=${String(harpnum)}.${segment}.fits`,
    });
    expect((await get(sim, MAGNETOGRAM)).headers.get('content-disposition')).toBe(
      'attachment; filename=6178.magnetogram.fits',
    );
  });

  it('ignores Range by default (pitfall 25)', async () => {
    const response = await get(simulateHmi(), MAGNETOGRAM, { headers: { range: 'bytes=100-' } });
    expect(response.status).toBe(200);
    expect(response.headers.has('accept-ranges')).toBe(false);
    expect((await response.arrayBuffer()).byteLength).toBe(5760);
  });

  it('serves ranges by switch, and the whole file when it is another one', async () => {
    const sim = simulateHmi({ ranges: true });
    const whole = await get(sim, MAGNETOGRAM);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const etag = whole.headers.get('etag') ?? '';
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    const part = await get(sim, MAGNETOGRAM, { headers: { range: 'bytes=3000-', 'if-range': etag } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 3000-5759/5760');
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(3000))).toBe(true);
    expect((await get(sim, MAGNETOGRAM, { headers: { range: 'bytes=3000-', 'if-range': '"other"' } })).status).toBe(
      200,
    );
    expect((await get(sim, MAGNETOGRAM, { headers: { range: 'bytes=5760-' } })).status).toBe(416);
  });

  it('serves a given body: the real magnetogram', async () => {
    const body = await readFile(exampleFile('hmi-magnetogram.fits'));
    const response = await get(simulateHmi({ body }), MAGNETOGRAM);
    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
  });

  it('asks a function for the body of each file', async () => {
    const sim = simulateHmi({ body: ({ segment }) => new TextEncoder().encode(segment) });
    expect(await (await get(sim, MAGNETOGRAM)).text()).toBe('magnetogram');
  });

  it('makes large files while they are read', async () => {
    const sim = simulateHmi({ fileBytes: 3 * 2 ** 30 });
    const response = await get(sim, MAGNETOGRAM);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThanOrEqual(3 * 2 ** 30);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString('latin1', 0, 9)).toBe('SIMPLE  =');
    await reader?.cancel();
  });

  it.each([
    ['a wrong case', 'HMI/hmi.sharp_720s/5605571/Magnetogram.fits'],
    ['an unknown segment', 'HMI/hmi.sharp_720s/5605571/Br.fits'],
    ['an unknown record', 'HMI/hmi.sharp_720s/1/magnetogram.fits'],
    ['a record of another series', 'HMI/hmi.sharp_720s/1958485/magnetogram.fits'],
    ['an unknown series', 'HMI/hmi.sharp_1s/5605571/magnetogram.fits'],
    ['the route of another generation', 'HMI/sharp_720s/sharp_720s_20151211_182208'],
  ])('has no file for %s (pitfall 28)', async (_what, path) => {
    expect((await get(simulateHmi(), path)).status).toBe(404);
  });

  it.each([
    [1, 'HMI/sharp_720s/sharp_720s_20151211_182209'],
    [1, 'HMI/sharp_720s/magnetogram.fits'],
    [1, 'HMI/sharp_720s/other_20151211_182208'],
    [2, 'HMI/sharp_cea_720s_nrt/1958485_20160119011009_Br.fits'],
    [2, 'HMI/sharp_cea_720s_nrt/1958485_20160119011008_br.fits'],
    [2, 'HMI/hmi.sharp_720s/5605571/magnetogram.fits'],
  ] as const)('generation %i has no file %s', async (generation, path) => {
    expect((await get(simulateHmi({ generation }), path)).status).toBe(404);
  });

  it.each([
    ['message', 200, 'application/json', /^\{"message":"No such file: x\.fits"\}$/],
    ['html', 200, 'text/html; charset=utf-8', /<p>No such file: x\.fits<\/p>/],
    ['error', 500, 'text/html; charset=utf-8', /IOError: No such file: x\.fits/],
    ['not-found', 404, 'application/problem+json', /"status":404/],
  ] as const)('answers %s for a missing file by switch (pitfall 23)', async (missingFile, status, type, body) => {
    const response = await get(simulateHmi({ missingFile }), 'HMI/hmi.sharp_720s/5605571/x.fits');
    expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
    expect(await response.text()).toMatch(body);
  });
});
