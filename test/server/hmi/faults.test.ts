import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSdcError, TimeoutError, TransferError } from '../../../src/errors.js';
import { rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { serve } from '../../support/server.js';
import { exampleFile } from '../../support/example-file.js';
import { fits, HALF_HOUR, SERIES, useBench, type Sim, type SimOptions } from './kit.js';
import type { HmiClient, HmiOptions, HmiRecord } from '../../../src/hmi/index.js';

const bench = useBench();

/** A service of large files, and the link of one. */
async function oneFile(
  options: SimOptions = {},
  client: HmiOptions = {},
): Promise<{ sim: Sim; hmi: HmiClient; link: string }> {
  const { sim, hmi } = await bench().service({ fileBytes: 2880 * 200, ...options }, client);
  const [record] = await hmi.query(SERIES, { ...HALF_HOUR, segments: ['magnetogram'] }).toArray();
  sim.requests.length = 0;
  return { sim, hmi, link: record?.files[0]?.url ?? '' };
}
const FILES = 'GET /HMI/*/magnetogram.fits';
const ranges = (sim: Sim): (string | null)[] => sim.requests.map((one) => one.headers.get('range'));

describe('bodies that are not the file', () => {
  it.each([
    ['pitfall 16: an HTML page with 200', { kind: 'html' as const }],
    [
      'pitfall 23: {message} with 200',
      { kind: 'status' as const, status: 200, body: '{"message":"no such file"}', contentType: 'application/json' },
    ],
    ['an empty body', { kind: 'status' as const, status: 200, body: '' }],
  ])('%s is a TransferError, and nothing is left under the final name', async (_name, fault) => {
    const { sim, hmi, link } = await oneFile();
    sim.faults.add({ route: FILES, times: Infinity, fault });
    const error = await rejection(hmi.downloadFile(link, bench().folder));
    expect(error).toBeInstanceOf(TransferError);
    expect(String(error)).toContain('a FITS file');
    expect(await bench().files()).toEqual([]);
  });

  it('pitfall 1: an error status is told as such, although no name came with it', async () => {
    const { sim, hmi, link } = await oneFile();
    sim.faults.add({
      route: FILES,
      fault: { kind: 'status', status: 500, body: '{"message":"disk is gone"}', contentType: 'text/html' },
    });
    const error = await rejection(hmi.downloadFile(link, bench().folder, { fileName: 'server' }));
    expect(error).toMatchObject({ code: 'server', status: 500 });
    expect(String(error)).toContain('disk is gone');
    expect(await bench().files()).toEqual([]);
  });
});

describe('bodies that break off', () => {
  it('pitfalls 6 and 24: without Content-Length, a cut at a block border never gets the final name', async () => {
    for (const blocks of [1, 2, 150]) {
      const { sim, hmi, link } = await oneFile({ http10: true });
      sim.faults.add({
        route: FILES,
        times: Infinity,
        fault: { kind: 'replace', response: () => new Response(new Uint8Array(cutFits(blocks))) },
      });
      const error = await rejection(hmi.downloadFile(link, bench().folder, { resume: false }));
      expect(error).toBeInstanceOf(TransferError);
      expect((await bench().files()).filter((name) => name.endsWith('.fits'))).toEqual([]);
    }
  });

  it('pitfall 24: a whole body without Content-Length is fine', async () => {
    const { hmi, link } = await oneFile({ http10: true });
    expect(await hmi.downloadFile(link, bench().folder)).toMatchObject({ status: 'downloaded', bytes: 576_000 });
  });

  it('pitfall 7: a Content-Length that is not kept is noticed', async () => {
    const { sim, hmi, link } = await oneFile();
    sim.faults.add({ route: FILES, times: Infinity, fault: { kind: 'length', delta: 2880 } });
    const error = await rejection(hmi.downloadFile(link, bench().folder, { idleTimeoutMs: 1000 }));
    expect(isSdcError(error, 'transfer') || isSdcError(error, 'timeout')).toBe(true);
    expect((await bench().files()).filter((name) => name.endsWith('.fits'))).toEqual([]);
  });

  it('pitfall 25: goes on where it broke off when the server can', async () => {
    const { sim, hmi, link } = await oneFile({ ranges: true });
    sim.faults.add({ route: FILES, times: Infinity, fault: { kind: 'drop', afterBytes: 300_000 } });
    const error = await rejection(hmi.downloadFile(link, bench().folder));
    expect(error).toBeInstanceOf(TransferError);
    expect((await bench().files()).filter((name) => name.endsWith('.fits'))).toEqual([]);
    sim.faults.clear();
    sim.requests.length = 0;
    expect(await hmi.downloadFile(link, bench().folder)).toMatchObject({ status: 'resumed', bytes: 576_000 });
    expect(ranges(sim)).toEqual([expect.stringMatching(/^bytes=[1-9]\d*-$/u)]);
    expect(sim.requests[0]?.headers.get('if-range')).not.toBeNull();
    expect((await bench().files()).filter((name) => name.endsWith('.fits'))).toHaveLength(1);
  });

  it.each([
    ['cannot', false, undefined],
    ['answers with the whole', true, 'ignore' as const],
    ['starts elsewhere', true, 'wrong-start' as const],
  ])('pitfall 25: starts over when the server %s', async (_name, able, mode) => {
    const { sim, hmi, link } = await oneFile({ ranges: able });
    const { sha256 } = await hmi.downloadFile(link, join(bench().folder, 'whole'));
    sim.faults.add({ route: FILES, times: Infinity, fault: { kind: 'drop', afterBytes: 300_000 } });
    expect(await rejection(hmi.downloadFile(link, bench().folder))).toBeInstanceOf(TransferError);
    sim.faults.clear();
    if (mode !== undefined) sim.faults.add({ route: FILES, times: 1, fault: { kind: 'range', mode } });
    expect(await hmi.downloadFile(link, bench().folder)).toMatchObject({ status: 'downloaded', sha256 });
  });

  it('checklist 6, pitfall 10: silence is a TimeoutError', async () => {
    const { sim, hmi, link } = await oneFile();
    sim.faults.add({ route: FILES, times: Infinity, fault: { kind: 'stall', afterBytes: 5000 } });
    expect(await rejection(hmi.downloadFile(link, bench().folder, { idleTimeoutMs: 200 }))).toBeInstanceOf(
      TimeoutError,
    );
    sim.faults.clear();
    sim.faults.add({ route: FILES, times: Infinity, fault: { kind: 'stall' } });
    expect(await rejection(hmi.downloadFile(link, bench().folder, { timeoutMs: 200 }))).toBeInstanceOf(TimeoutError);
  });

  it('pitfall 24: a list that breaks off is asked for again, and is an error in the end', async () => {
    const { sim, hmi } = await bench().service({ http10: true, gzip: false }, { retries: 1 });
    const whole = await hmi.query(SERIES, HALF_HOUR).toArray();
    sim.faults.add({
      route: `GET /HMI/${SERIES}`,
      fault: { kind: 'replace', response: () => new Response('[{"date__obs":"2015-12') },
    });
    expect(await hmi.query(SERIES, HALF_HOUR).toArray()).toHaveLength(whole.length);
    sim.faults.add({
      route: `GET /HMI/${SERIES}`,
      times: Infinity,
      fault: { kind: 'replace', response: () => new Response('[{"date__obs":"2015-12') },
    });
    expect(isSdcError(await rejection(hmi.query(SERIES, HALF_HOUR).toArray()), 'network')).toBe(true);
  });

  it('pitfall 7: the real magnetogram is whole, and its beginning is not', async () => {
    const body = new Uint8Array(await readFile(exampleFile('hmi-magnetogram.fits')));
    const { sim, hmi, link } = await oneFile({ body, http10: true });
    expect(await hmi.downloadFile(link, bench().folder)).toMatchObject({ bytes: 89_280 });
    sim.faults.add({
      route: FILES,
      times: Infinity,
      fault: { kind: 'replace', response: () => new Response(body.slice(0, 2880 * 30)) },
    });
    expect(await rejection(hmi.downloadFile(link, join(bench().folder, 'cut')))).toBeInstanceOf(TransferError);
  });

  it('checklist 5, pitfall 10: what may pass is repeated, Retry-After included', async () => {
    const { sim, hmi, link } = await oneFile({}, { retries: 2 });
    sim.faults.add({ route: FILES, fault: { kind: 'status', status: 503, retryAfter: 0 } });
    sim.faults.add({ route: FILES, skip: 1, fault: { kind: 'reset' } });
    expect(await hmi.downloadFile(link, bench().folder)).toMatchObject({ status: 'downloaded' });
    sim.faults.clear();
    sim.faults.add({ route: 'GET /HMI/*', fault: { kind: 'status', status: 429, retryAfter: 300 } });
    const error = await rejection(hmi.query(SERIES, HALF_HOUR).toArray());
    expect(error).toMatchObject({ code: 'rate-limited', retryAfterMs: 300_000 });
  });
});

describe('leaving', () => {
  it('pitfall 10: connections of failed requests do not stay open', async () => {
    const { url, sockets } = await serve((_request, response) => {
      response.statusCode = 404;
      response.end('x'.repeat(200_000));
    });
    const { hmi } = await bench().service({}, { baseUrl: url });
    for (let at = 0; at < 20; at += 1) await rejection(hmi.downloadFile(`${url}HMI/s/${at}/a.fits`, bench().folder));
    expect(sockets.size).toBeLessThanOrEqual(4);
  });

  it('break and abort end what is in flight; nothing half stays under a final name', async () => {
    const { sim, hmi } = await bench().service({ fileBytes: 2880 * 50 });
    const records = await hmi.query(SERIES, { start: '2015-12-11T20:00:00Z', end: '2015-12-11T22:00:00Z' }).toArray();
    sim.requests.length = 0;
    for await (const file of hmi.download(records, bench().folder, { segments: ['magnetogram'], concurrency: 2 })) {
      expect(file.bytes).toBe(144_000);
      break;
    }
    expect(sim.requests.length).toBeLessThan(records.length);
    for (const name of (await bench().files()).filter((one) => one.endsWith('.fits')))
      expect((await readFile(join(bench().folder, name))).length).toBe(144_000);

    const control = new AbortController();
    const reason = new Error('enough');
    const work = hmi
      .download(records, join(bench().folder, 'again'), {
        signal: control.signal,
        onProgress: () => control.abort(reason),
      })
      .toArray();
    expect(await rejection(work)).toBe(reason);
  });

  it('an abort ends a download that still waits for its listing', async () => {
    const { sim, hmi } = await bench().service();
    sim.faults.add({ route: `GET /HMI/${SERIES}`, times: Infinity, fault: { kind: 'stall' } });
    const control = new AbortController();
    const reason = new Error('enough');
    const work = rejection(
      hmi.download(hmi.query(SERIES, HALF_HOUR), bench().folder, { signal: control.signal }).toArray(),
    );
    await until(() => sim.requests.length > 0);
    control.abort(reason);
    expect(await work).toBe(reason);
  });

  it('a listing that fails ends the download with its error; leaving the download closes the listing', async () => {
    const { sim, hmi } = await bench().service();
    let closed = false;
    async function* records(): AsyncGenerator<HmiRecord> {
      try {
        yield* hmi.query(SERIES, HALF_HOUR);
      } finally {
        closed = true;
      }
    }
    for await (const file of hmi.download(records(), bench().folder, { segments: ['magnetogram'], concurrency: 1 })) {
      expect(file.status).toBe('downloaded');
      break;
    }
    expect(closed).toBe(true);
    sim.faults.add({ route: `GET /HMI/${SERIES}`, times: Infinity, fault: { kind: 'status', status: 400 } });
    expect(isSdcError(await rejection(hmi.download(records(), bench().folder).toArray()), 'rejected')).toBe(true);
  });

  it('closing the client ends a listing and a download', async () => {
    const { sim, hmi, link } = await oneFile();
    sim.faults.add({ route: FILES, times: Infinity, fault: { kind: 'stall', afterBytes: 10_000 } });
    const work = rejection(hmi.downloadFile(link, bench().folder));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await hmi.close();
    expect(isSdcError(await work, 'closed')).toBe(true);
    expect(isSdcError(await rejection(hmi.downloadFile(link, bench().folder)), 'closed')).toBe(true);
  });
});

describe('hosts', () => {
  it('pitfall 13: links of a foreign host are fetched through the tunnel, and that host is never asked', async () => {
    const foreign = await serve((_request, response) => response.end(fits()));
    const { hmi } = await bench().service({ fixedHost: foreign.origin, basePath: '/tunnel/' });
    const [record] = await hmi.query(SERIES, { ...HALF_HOUR, segments: ['magnetogram'] }).toArray();
    expect(JSON.stringify(record?.raw)).toContain(foreign.origin);
    if (record === undefined) throw new Error('no record');
    expect(await hmi.download(record, bench().folder).toArray()).toHaveLength(1);
    const raw = `${foreign.origin}/HMI/${SERIES}/${record.recnum ?? ''}/bitmap.fits`;
    expect(await hmi.downloadFile(raw, bench().folder)).toMatchObject({ status: 'downloaded' });
    expect(foreign.requests).toEqual([]);
  });

  it('pitfall 13: with rebasing off a foreign host is refused, unless it is allowed', async () => {
    const foreign = await serve((_request, response) => response.end(fits()));
    const { hmi, url } = await bench().service({ fixedHost: foreign.origin }, { rebaseUrls: false });
    const records = await hmi.query(SERIES, { ...HALF_HOUR, segments: ['magnetogram'], harpnum: 6178 }).toArray();
    const results = await hmi.download(records, bench().folder, { onFailure: 'yield' }).toArray();
    expect(results.map((one) => one.status === 'failed' && one.error.code)).toEqual(
      records.map(() => 'unexpected-response'),
    );
    expect(foreign.requests).toEqual([]);
    const { hmi: open } = await bench().service(
      {},
      { baseUrl: url, rebaseUrls: false, allowedOrigins: [foreign.origin] },
    );
    expect(await open.download(records, bench().folder).toArray()).toHaveLength(records.length);
    expect(foreign.requests).toHaveLength(records.length);
  });

  it('pitfall 13: a redirect to a foreign host is not followed', async () => {
    const foreign = await serve((_request, response) => response.end(fits()));
    const { sim, hmi, link } = await oneFile();
    sim.faults.add({ route: FILES, fault: { kind: 'redirect', location: `${foreign.origin}/x.fits` } });
    expect(isSdcError(await rejection(hmi.downloadFile(link, bench().folder)), 'unexpected-response')).toBe(true);
    sim.faults.add({
      route: FILES,
      fault: { kind: 'redirect', location: link.replace(/^http:\/\/[^/]*/u, 'http://cluster-r730-1:8001') },
    });
    expect(await hmi.downloadFile(link, bench().folder)).toMatchObject({ status: 'downloaded' });
    sim.faults.add({ route: FILES, times: Infinity, fault: { kind: 'redirect-loop' } });
    expect(isSdcError(await rejection(hmi.downloadFile(link, join(bench().folder, 'b'))), 'unexpected-response')).toBe(
      true,
    );
    expect(foreign.requests).toEqual([]);
  });
});

/** The first blocks of a file of 200. */
function cutFits(blocks: number): Buffer {
  return fits(2880 * 199).subarray(0, 2880 * blocks);
}
