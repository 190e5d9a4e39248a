import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { isSdcError, NotFoundError } from '../../../src/errors.js';
import { fixture } from '../../unit/hmi/fixtures.js';
import { rejection } from '../../support/rejection.js';
import { client, row, seen, serve, useServer } from './kit.js';

useServer();

const ROUTE = '/HMI/hmi.sharp_720s/meta/:recnums';
const answerFor = (recnums: string[]): Record<string, unknown> =>
  Object.fromEntries(
    recnums.map((one) => [
      one,
      row('2015-12-11T23:34:08.800000Z', Number(one), { meta: { area: Number(one) / 2 }, urls: [] }),
    ]),
  );

/** Takes any number of records; knows those above 100. */
function batchService(): void {
  serve(ROUTE, ({ params }) =>
    HttpResponse.json(
      answerFor(
        String(params.recnums)
          .split(',')
          .filter((one) => Number(one) > 100),
      ),
    ),
  );
}

/** Takes one record at a time. */
function singleService(refusal: () => Response): void {
  serve(ROUTE, ({ params }) => {
    const recnums = String(params.recnums);
    if (recnums.includes(',')) return refusal();
    return Number(recnums) > 100
      ? HttpResponse.json(answerFor([recnums]))
      : HttpResponse.json({ title: 'Not Found', detail: 'no such record' }, { status: 404 });
  });
}

describe('checklist 3: metadata', () => {
  it('of one record, as published', async () => {
    serve(ROUTE, () => HttpResponse.json(fixture('g4-meta.json') as object));
    const meta = await client().meta('hmi.sharp_720s', [5_601_499], ['area', 'CMASK', 'distcoef']);
    expect(seen).toEqual(['GET /HMI/hmi.sharp_720s/meta/5601499?fields=area,cmask,distcoef']);
    expect(meta.get(5_601_499)).toEqual({
      area: 3507.3125,
      cmask: 6423,
      distcoef: expect.stringContaining('/home/jsoc') as string,
    });
    expect(meta.missing).toEqual([]);
    expect(meta).toEqual(new Map([[5_601_499, meta.get(5_601_499)]]));
  });

  it('pitfall 26: comes in batches, in order, duplicates once; unknown numbers are reported', async () => {
    batchService();
    const wanted = [101, 102, 103, 102, 7, 104, 105];
    const meta = await client().meta('hmi.sharp_720s', wanted, ['area'], { batchSize: 2 });
    expect(seen.map((one) => one.replace(/.*meta\/(.*)\?.*/u, '$1'))).toEqual(['101,102', '103,7', '104,105']);
    expect([...meta.keys()]).toEqual([101, 102, 103, 104, 105]);
    expect(meta.get(103)).toEqual({ area: 51.5 });
    expect(meta.missing).toEqual([7]);
  });

  it('asks 100 at a time by default', async () => {
    batchService();
    await client().meta(
      'hmi.sharp_720s',
      Array.from({ length: 250 }, (_, at) => 1000 + at),
      ['area'],
    );
    expect(seen.map((one) => one.split(',').length)).toEqual([100, 100, 50]);
  });

  it.each<[string, () => Response]>([
    ['404', () => HttpResponse.json({ title: 'Not Found' }, { status: 404 })],
    ['400', () => HttpResponse.json({ title: 'Bad Request' }, { status: 400 })],
    ['a 500 page', () => new HttpResponse('<html>ValueError</html>', { status: 500 })],
    ['{message} with 200', () => HttpResponse.json({ message: 'invalid literal for int()' })],
    ['an empty object', () => HttpResponse.json({})],
    ['the first record only', () => HttpResponse.json(answerFor(['101']))],
  ])('falls back to one record a request when batches are refused with %s', async (_name, refusal) => {
    singleService(refusal);
    const meta = await client().meta('hmi.sharp_720s', [101, 102, 7, 103], ['area'], { batchSize: 3 });
    expect([...meta.keys()]).toEqual([101, 102, 103]);
    expect(meta.missing).toEqual([7]);
    expect(seen.filter((one) => one.split('?')[0]?.includes(','))).toHaveLength(1);
  });

  it('a service without the route is told as such, not by thousands of requests', async () => {
    serve(ROUTE, () => HttpResponse.json({ title: 'Not Found' }, { status: 404 }));
    const numbers = Array.from({ length: 1000 }, (_one, at) => at);
    const error = await rejection(client().meta('hmi.sharp_720s', numbers, ['area'], { batchSize: 2 }));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(seen).toHaveLength(101);
  });

  it.each([1, 2, 3, 100])('unknown records do not hide known ones, %d at a time', async (batchSize) => {
    serve(ROUTE, ({ params }) => {
      const known = String(params.recnums)
        .split(',')
        .filter((one) => one === '103');
      return known.length === 0
        ? HttpResponse.json({ title: 'Not Found' }, { status: 404 })
        : HttpResponse.json(answerFor(known));
    });
    const meta = await client().meta('hmi.sharp_720s', [7, 8, 9, 103, 10], ['area'], { batchSize });
    expect([...meta.keys()]).toEqual([103]);
    expect(meta.missing).toEqual([7, 8, 9, 10]);
  });

  const unknownAnswers: [string, () => Response][] = [
    ['404', () => HttpResponse.json({ title: 'Not Found' }, { status: 404 })],
    ['{message} with 200', () => HttpResponse.json({ message: 'No such record' })],
  ];
  describe.each(unknownAnswers)('%s for whatever is unknown', (_name, unknown) => {
    it.each([1, 2, 3, 100])('hides no known record and fails no call, %d at a time', async (batchSize) => {
      serve(ROUTE, ({ params }) => {
        const numbers = String(params.recnums).split(',');
        return numbers.every((one) => Number(one) > 100) ? HttpResponse.json(answerFor(numbers)) : unknown();
      });
      const meta = await client().meta('hmi.sharp_720s', [101, 102, 103, 7, 8, 9, 104, 10, 105], ['area'], {
        batchSize,
      });
      expect([...meta.keys()]).toEqual([101, 102, 103, 104, 105]);
      expect(meta.missing).toEqual([7, 8, 9, 10]);
    });

    it('is the answer for a single number as well', async () => {
      serve(ROUTE, unknown);
      expect((await client().meta('hmi.sharp_720s', [7], ['area'])).missing).toEqual([7]);
    });
  });

  it('a failure that is none of the record is an error', async () => {
    serve(ROUTE, () => new HttpResponse('<html>boom</html>', { status: 500 }));
    expect(isSdcError(await rejection(client().meta('hmi.sharp_720s', [101], ['area'])), 'server')).toBe(true);
  });

  it('once batches are proven, a refused one is an error, not a reason for single requests', async () => {
    let asked = 0;
    serve(ROUTE, ({ params }) => {
      asked += 1;
      return asked === 1
        ? HttpResponse.json(answerFor(String(params.recnums).split(',')))
        : new HttpResponse('', { status: 500 });
    });
    const error = await rejection(client().meta('hmi.sharp_720s', [101, 102, 103, 104], ['area'], { batchSize: 2 }));
    expect(isSdcError(error, 'server')).toBe(true);
    expect(asked).toBe(2);
  });

  it('a record of another shape counts as missing, and the others are there', async () => {
    serve(ROUTE, () =>
      HttpResponse.json({ 101: 'x', 102: { META: { AREA: 1, QUALITY: '0x00000400' } }, 103: { meta: 5 } }),
    );
    const warnings: string[] = [];
    const logger = { warn: (message: string) => void warnings.push(message) };
    const meta = await client({ logger }).meta('hmi.sharp_720s', [101, 102, 103], ['area']);
    expect([...meta]).toEqual([[102, { area: 1, quality: 1024 }]]);
    expect(meta.missing).toEqual([101, 103]);
    expect(warnings).toEqual(
      expect.arrayContaining([expect.stringContaining('record 101'), expect.stringContaining('record 103')]),
    );
  });

  it('no fields ask for all of them', async () => {
    batchService();
    await client().meta('hmi.sharp_720s', [101], []);
    expect(seen).toEqual(['GET /HMI/hmi.sharp_720s/meta/101']);
  });

  it.each<[unknown[], unknown, object]>([
    [['x'], ['area'], {}],
    [[-1], ['area'], {}],
    [[1], ['a,b'], {}],
    [[1], 'area', {}],
    [[1], ['area'], { batchSize: 501 }],
    [[1], ['area'], { batchSize: 0 }],
  ])('%j, %j, %j are refused before any request', async (recnums, fields, options) => {
    const error = await rejection(client().meta('hmi.sharp_720s', recnums as number[], fields as string[], options));
    expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
    expect(String(error)).toContain('hmi.meta: ');
    expect(seen).toEqual([]);
  });
});
