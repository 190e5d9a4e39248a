import { describe, expect, it } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { rejection } from '../../support/rejection.js';
import { bench } from './bench.js';

const day = { startDate: '20250101', endDate: '20250102' } as const;

describe('limits of one call win over those of its client', () => {
  it.each([0, 1, 3])('retries: %i', async (retries) => {
    const server = await bench.serve((_request, response) => response.writeHead(503, { 'retry-after': '0' }).end());
    const hmi = new HmiClient({ baseUrl: server.url, retries: 2 });
    expect(await rejection(hmi.describe({ retries }))).toMatchObject({ status: 503, attempts: retries + 1 });
    expect(server.seen).toHaveLength(retries + 1);
    await hmi.close();
  });

  it('retries of a listing, unless the call that reads it has its own', async () => {
    const server = await bench.serve((_request, response) => response.writeHead(503, { 'retry-after': '0' }).end());
    const hmi = new HmiClient({ baseUrl: server.url, retries: 0 });
    const records = hmi.query('hmi.sharp_720s', { start: '2015-12-11', end: '2015-12-12' }, { retries: 1 });
    await rejection(records.toArray());
    expect(server.seen).toHaveLength(2);
    await rejection(records.toArray({ retries: 2 }));
    expect(server.seen).toHaveLength(5);
    await hmi.close();
  });

  it('idleTimeoutMs', async () => {
    const server = await bench.serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('[');
    });
    const imap = new ImapClient({ baseUrl: server.url, apiKey: 'k', retries: 0 });
    expect(await rejection(imap.query(day, { idleTimeoutMs: 150 }))).toMatchObject({ name: 'TimeoutError' });
    await imap.close();
  });

  it.each([
    [{ retries: -1 }, RangeError],
    [{ retries: 1.5 }, TypeError],
    [{ retries: '2' }, TypeError],
    [{ idleTimeoutMs: 0 }, RangeError],
    [{ idleTimeoutMs: '1' }, TypeError],
  ])('%o is refused before any request', async (options, kind) => {
    const server = await bench.serve((_request, response) => response.end('[]'));
    const imap = new ImapClient({ baseUrl: server.url, apiKey: 'k' });
    expect(await rejection(imap.query(day, options as never))).toBeInstanceOf(kind);
    expect(server.seen).toEqual([]);
    await imap.close();
  });
});
