import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { isSdcError } from '../../../src/errors.js';
import { HmiClient } from '../../../src/hmi/index.js';
import { rejection } from '../../support/rejection.js';
import { client, row, seen, serve, serveDays, useServer } from './kit.js';

useServer();

describe('discovery', () => {
  it('checklist 9: describe reads the Swagger document', async () => {
    serve('/swagger.json', () => HttpResponse.json({ swagger: '2.0' }));
    expect(await client().describe()).toEqual({ swagger: '2.0' });
    expect(seen).toEqual(['GET /swagger.json']);
  });

  it('checklist 9: a missing document is an answer, not a failure; a page instead of it is one', async () => {
    serve('/swagger.json', () => HttpResponse.json({ title: 'Not Found' }, { status: 404 }));
    expect(await client().describe()).toBeUndefined();
    serve('/swagger.json', () => new HttpResponse('<html>', { headers: { 'content-type': 'text/html' } }));
    expect(isSdcError(await rejection(client().describe()), 'unexpected-response')).toBe(true);
  });

  it('checklist 9: isAlive asks once', async () => {
    serve('/ui/', () => new HttpResponse('<html>'));
    expect(await client({ retries: 3 }).isAlive()).toBe(true);
    serve('/ui/', () => new HttpResponse('', { status: 404 }));
    expect(await client({ retries: 3 }).isAlive()).toBe(true);
    serve('/ui/', () => HttpResponse.error());
    expect(await client({ retries: 3 }).isAlive()).toBe(false);
    serve('/ui/', () => new HttpResponse('', { status: 503 }));
    expect(await client({ retries: 3 }).isAlive()).toBe(false);
    expect(seen).toHaveLength(4);
    const reason = new Error('enough');
    await expect(client().isAlive({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('checklist 2: nearest and latest', () => {
  const rows = [
    row('2015-12-11T10:10:08.8Z', 1, { harpnum: 2, t_rec_index: 10 }),
    row('2015-12-11T10:22:08.799999Z', 2, { harpnum: 1, t_rec_index: 11 }),
    row('2015-12-11T10:22:08.8Z', 3, { harpnum: 2, t_rec_index: 11 }),
    row('2015-12-11T10:34:08.8Z', 4, { harpnum: 2, t_rec_index: 12 }),
  ];

  it('nearest gives all HARPs of the slot closest to a moment', async () => {
    serve('/HMI/hmi.sharp_720s', () => HttpResponse.json(rows));
    const at = (time: string): Promise<unknown[]> =>
      client()
        .nearest('hmi.sharp_720s', time)
        .then((list) => list.map((one) => one.recnum));
    expect(await at('2015-12-11T10:20:00Z')).toEqual([2, 3]);
    expect(await at('2015-12-11T09:00:00Z')).toEqual([1]);
    expect(await at('2015-12-11T12:00:00Z')).toEqual([4]);
    expect(
      (await client().nearest('hmi.sharp_720s', '2015-12-11T10:20:00Z', { harpnum: 2 })).map((one) => one.recnum),
    ).toEqual([3]);
    expect(seen[0]).toContain('start=2015-12-11T04:20:00Z&end=2015-12-11T16:20:01Z');
  });

  it('nearest finds nothing where there is nothing within reach', async () => {
    serveDays({});
    expect(await client().nearest('hmi.sharp_720s', '2015-12-11T10:20:00Z', { withinMs: 3_600_000 })).toEqual([]);
  });

  it('latest looks back day by day', async () => {
    serveDays({ '2015-12-11': rows.map((one) => ({ ...one })) });
    const list = await client().latest('hmi.sharp_720s', { before: '2015-12-14T00:00:00Z' });
    expect(list.map((one) => one.recnum)).toEqual([4]);
    expect(seen).toHaveLength(3);
    expect(await client().latest('hmi.sharp_720s', { before: '2015-12-20', withinMs: 172_800_000 })).toEqual([]);
    expect(seen).toHaveLength(5);
  });
});

describe('options', () => {
  it.each([
    { baseUrl: 'nowhere' },
    { baseUrl: 'ftp://x' },
    { politeDelayMs: -1 },
    { allowedOrigins: ['data.example'] },
    { timeoutMs: 0 },
  ])('%j is a ConfigError', (options) => {
    let error: unknown;
    try {
      new HmiClient(options);
    } catch (thrown) {
      error = thrown;
    }
    expect(isSdcError(error, 'config')).toBe(true);
  });

  it('the base URL comes from the option, HMI_BASE_URL or the tunnel of the tutorial', () => {
    expect(new HmiClient().baseUrl).toBe('http://localhost:8001/');
    process.env.HMI_BASE_URL = 'http://localhost:9999/x';
    try {
      expect(new HmiClient().baseUrl).toBe('http://localhost:9999/x/');
      expect(new HmiClient({ baseUrl: 'http://localhost:7' }).baseUrl).toBe('http://localhost:7/');
    } finally {
      delete process.env.HMI_BASE_URL;
    }
  });
});
