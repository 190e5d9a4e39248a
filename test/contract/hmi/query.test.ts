import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { isSdcError, PageNotAccessible, RejectedError, UnexpectedResponse } from '../../../src/errors.js';
import type { HmiQuery } from '../../../src/hmi/index.js';
import { fixture } from '../../unit/hmi/fixtures.js';
import { rejection } from '../../support/rejection.js';
import { BASE, client, collect, DAY, row, seen, serve, serveDays, server, useServer } from './kit.js';

useServer();

const recnums = async (q: HmiQuery): Promise<unknown[]> =>
  (await client().query('hmi.sharp_720s', q).toArray()).map((one) => one.recnum);

describe('what is sent', () => {
  it('pitfall 12: start and end in whole seconds of UTC with Z, and nothing that was not asked for', async () => {
    serveDays({});
    await client()
      .query('hmi.sharp_720s', { start: '2015-12-11T02:00:00+02:00', end: new Date('2015-12-12T00:00:00.000Z') })
      .toArray();
    expect(seen).toEqual(['GET /HMI/hmi.sharp_720s?start=2015-12-11T00:00:00Z&end=2015-12-12T00:00:00Z']);
  });

  it('the meta flag only when asked for', async () => {
    serveDays({});
    await client()
      .query('hmi.sharp_720s', { ...DAY, meta: true })
      .toArray();
    await client()
      .query('hmi.sharp_720s', { ...DAY, meta: false })
      .toArray();
    expect(seen.map((one) => one.split('&').at(-1))).toEqual(['meta=true', 'meta=false']);
  });

  it('the base URL with its path prefix, and JSON as what is wanted', async () => {
    let accept: string | null = null;
    server.use(
      http.get('https://api.example/hmi/HMI/720', ({ request }) => {
        accept = request.headers.get('accept');
        return HttpResponse.json([]);
      }),
    );
    await client({ baseUrl: 'https://api.example/hmi' }).query('720', DAY).toArray();
    expect(accept).toBe('application/json');
  });
});

describe('checklist 1: all generations give one kind of record', () => {
  it.each([
    ['g1-list.json', 'sharp_720s', 'http://localhost:8001/HMI/sharp_720s/sharp_720s_20151211_182208', 5],
    [
      'g2-list.json',
      'sharp_cea_720s_nrt',
      'http://localhost:8001/HMI/sharp_cea_720s_nrt/1958485_20160119011008_conf_disambig.fits',
      1,
    ],
    ['g3-list.json', 'hmi.sharp_720s', 'http://localhost:8001/HMI/hmi.sharp_720s/5605571/magnetogram.fits', 1],
  ])('%s', async (name, series, url, count) => {
    const list = fixture(name) as object[];
    serve(`/HMI/${series}`, () => HttpResponse.json(list));
    const start = name === 'g2-list.json' ? '2016-01-19' : '2015-12-11';
    const records = await client()
      .query(series, { start, end: `${start}T23:59:59Z` })
      .toArray();
    expect(records).toHaveLength(count);
    expect(records[0]?.files[0]?.url).toBe(url);
    expect(records[0]?.raw).toEqual(list[0]);
  });

  it('a link that cannot be rebased stays as it is in the list and is refused when fetched', async () => {
    serveDays({ '2015-12-11': [row('2015-12-11T01:00:00Z', 1, { urls: ['http://evil.example/x.fits'] })] });
    const [record] = await client().query('hmi.sharp_720s', DAY).toArray();
    expect(record?.files[0]?.url).toBe('http://evil.example/x.fits');
  });
});

describe('slices', () => {
  const threeDays = { start: '2015-12-11', end: '2015-12-14' };

  it('nothing is asked for before it is needed, and no more than is needed', async () => {
    serveDays({ '2015-12-11': [row('2015-12-11T01:00:00Z', 1)] });
    const pager = client().query('hmi.sharp_720s', threeDays);
    expect(seen).toEqual([]);
    expect((await pager.first())?.recnum).toBe(1);
    for await (const record of pager) {
      expect(record.recnum).toBe(1);
      break;
    }
    expect(seen).toHaveLength(2);
  });

  it('pitfall 18: a record told by two neighbouring slices is given once', async () => {
    const edge = row('2015-12-12T00:00:00.000000Z', 2);
    const late = row('2015-12-11T23:59:59.900000Z', 3);
    serveDays({
      '2015-12-11': [late, row('2015-12-11T01:00:00Z', 1), edge],
      '2015-12-12': [edge, late, row('2015-12-12T01:00:00Z', 4)],
    });
    expect(await recnums(threeDays)).toEqual([1, 3, 2, 4]);
  });

  it('pitfall 18: generation 1 is told apart by its links', async () => {
    const one = { url: 'http://cluster-r730-1:8001/HMI/720/720_20151212_000000', date_obs: '2015-12-12T00:00:00Z' };
    serveDays({ '2015-12-11': [one], '2015-12-12': [one] }, '720');
    expect(await client().query('720', threeDays).toArray()).toHaveLength(1);
  });

  it('checklist 1: records come in time order, whatever the service does', async () => {
    serveDays({
      '2015-12-11': [row('2015-12-11T20:00:00Z', 2), row('2015-12-12T03:00:00Z', 5), row('2015-12-11T10:00:00Z', 1)],
      '2015-12-12': [row('2015-12-12T04:00:00Z', 6), row('2015-12-12T02:00:00Z', 4), row('2015-12-12T03:00:00Z', 5)],
    });
    expect(await recnums(threeDays)).toEqual([1, 2, 4, 5, 6]);
  });

  it('a service that ignores the range gives each record of the range once', async () => {
    const all = ['2015-12-10', '2015-12-11', '2015-12-12', '2015-12-13', '2015-12-14'].map((day, at) =>
      row(`${day}T12:00:00Z`, at),
    );
    serve('/HMI/hmi.sharp_720s', () => HttpResponse.json(all));
    expect(await recnums(threeDays)).toEqual([1, 2, 3]);
  });

  it('a service that filters by slot loses nothing between two slices', async () => {
    serveDays({ '2015-12-12': [row('2015-12-11T23:58:45Z', 7), row('2015-12-12T00:10:45Z', 8)] });
    expect(await recnums(threeDays)).toEqual([7, 8]);
  });

  it('the end is exclusive; a start with a fraction is kept to', async () => {
    const rows = ['00:00:08.2', '00:00:08.6', '00:00:09'].map((time, at) => row(`2015-12-11T${time}Z`, at));
    serveDays({ '2015-12-11': rows });
    expect(await recnums({ start: '2015-12-11T00:00:08.5Z', end: '2015-12-11T00:00:09Z' })).toEqual([1]);
  });

  it('pages are slices, and byPage goes on from any of them', async () => {
    serveDays({ '2015-12-11': [row('2015-12-11T01:00:00Z', 1)], '2015-12-13': [row('2015-12-13T01:00:00Z', 3)] });
    const pager = client().query('hmi.sharp_720s', threeDays);
    const pages = await collect(pager.byPage());
    expect(pages.map(({ page, pageCount, items }) => [page, pageCount, items.length])).toEqual([
      [1, 3, 1],
      [2, 3, 0],
      [3, 3, 1],
    ]);
    seen.length = 0;
    const rest = await collect(pager.byPage({ from: 3 }));
    expect(rest.map(({ page, items }) => [page, items.map((one) => one.recnum)])).toEqual([[3, [3]]]);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain('start=2015-12-13');
    expect(await collect(pager.byPage({ from: 9 }))).toEqual([]);
    expect(seen).toHaveLength(1);
  });

  it('pitfall 17: a slice that fails is an error, never a hole', async () => {
    serve('/HMI/hmi.sharp_720s', ({ request }) =>
      request.url.includes('start=2015-12-12')
        ? new HttpResponse('<html><title>KeyError // Werkzeug Debugger</title></html>', {
            status: 500,
            headers: { 'content-type': 'text/html' },
          })
        : HttpResponse.json([
            row(`${new URL(request.url).searchParams.get('start')?.slice(0, 10) ?? ''}T01:00:00Z`, 1),
          ]),
    );
    const got: unknown[] = [];
    const failure = await rejection(async () => {
      for await (const record of client().query('hmi.sharp_720s', threeDays)) got.push(record.recnum);
    });
    expect(got).toEqual([1]);
    expect(failure).toBeInstanceOf(PageNotAccessible);
    expect(isSdcError(failure) && decodeURIComponent(failure.url ?? '')).toContain('start=2015-12-12T00:00:00Z');
  });

  it('checklist 12: a pause lies between two slices', async () => {
    const starts: number[] = [];
    serve('/HMI/hmi.sharp_720s', () => {
      starts.push(performance.now());
      return HttpResponse.json([]);
    });
    await client({ politeDelayMs: 400 }).query('hmi.sharp_720s', threeDays).toArray();
    const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(gaps).toHaveLength(2);
    // Only a lower bound: a pause may be longer on a busy machine, never absent.
    for (const gap of gaps) expect(gap).toBeGreaterThan(200);
  });

  it('warnings of a filter stand on their page and in the log', async () => {
    const list = fixture('g1-list.json') as object[];
    serve('/HMI/sharp_720s', () => HttpResponse.json(list));
    const logged: string[] = [];
    const pager = client({ logger: { warn: (message) => logged.push(message) } }).query('sharp_720s', {
      ...DAY,
      harpnum: 6178,
    });
    const [page] = await collect(pager.byPage());
    expect(page?.warnings).toEqual(['5 records have no harpnum, so the harpnum filter left them out']);
    expect(logged.join()).toContain('5 records have no harpnum');
  });
});

describe('answers that are none', () => {
  const failure = async (answer: () => Response): Promise<unknown> => {
    serve('/HMI/hmi.sharp_720s', answer);
    return client()
      .query('hmi.sharp_720s', DAY)
      .toArray()
      .catch((error: unknown) => error);
  };

  it('pitfall 1: the status is judged first', async () => {
    const error = await failure(() =>
      HttpResponse.json(fixture('problem.json') as object, {
        status: 400,
        headers: { 'content-type': 'application/problem+json' },
      }),
    );
    expect(error).toBeInstanceOf(RejectedError);
    expect(error).toMatchObject({
      code: 'rejected',
      centre: 'hmi',
      operation: 'hmi.query',
      status: 400,
      messages: ["Missing query parameter 'start'"],
    });
  });

  it('pitfall 2: a problem object is not gone through like a list', async () => {
    const error = await failure(() => HttpResponse.json(fixture('problem.json') as object));
    expect(error).toBeInstanceOf(UnexpectedResponse);
    expect(String(error)).toContain("Missing query parameter 'start'");
  });

  it('pitfall 23: {message} with 200 is an error that repeats it', async () => {
    const error = await failure(() => HttpResponse.json({ message: 'no such series' }));
    expect(isSdcError(error, 'unexpected-response')).toBe(true);
    expect(String(error)).toContain('no such series');
  });

  it('pitfall 23: JSON that is labelled as HTML is read; HTML with 200 is not', async () => {
    const words = await failure(
      () =>
        new HttpResponse('{"message": "index out of range"}', {
          status: 500,
          headers: { 'content-type': 'text/html' },
        }),
    );
    expect(words).toMatchObject({ code: 'server', status: 500 });
    expect(String(words)).toContain('index out of range');
    server.resetHandlers();
    const page = await failure(
      () => new HttpResponse('<html><body>Welcome</body></html>', { headers: { 'content-type': 'text/html' } }),
    );
    expect(isSdcError(page, 'unexpected-response')).toBe(true);
    expect(String(page)).toContain('Welcome');
  });

  it('one record that cannot be read is a warning of its page, and the others are there', async () => {
    const lists = [
      [
        row('2015-12-11T01:00:00Z', 1),
        { ...row('2015-12-11T02:00:00Z', 2), date__obs: null },
        row('2015-12-11T03:00:00Z', 3),
      ],
      [null, row('2015-12-11T01:00:00Z', 1), row('2015-12-11T03:00:00Z', 3)],
    ];
    for (const [list, words] of [
      [lists[0], 'record $[1] (recnum 2, harpnum 6178): date__obs is not a time: null; it is left out'],
      [lists[1], '$[0] is not a record; it is left out'],
    ] as const) {
      serve('/HMI/hmi.sharp_720s', () => HttpResponse.json(list ?? []));
      const pages = await collect(client().query('hmi.sharp_720s', DAY).byPage());
      expect(pages.flatMap(({ items }) => items.map(({ recnum }) => recnum))).toEqual([1, 3]);
      expect(pages[0]?.warnings).toEqual([expect.stringContaining(words)]);
      server.resetHandlers();
    }
  });

  it('a bare NaN or Infinity counts as absent', async () => {
    const text = JSON.stringify([
      { ...row('2015-12-11T01:00:00Z', 1), exptime: 'E', quality: 'Q', note: 'a NaN "here"' },
    ]);
    serve('/HMI/hmi.sharp_720s', () => new HttpResponse(text.replace('"E"', '-Infinity').replace('"Q"', 'NaN')));
    const [record] = await client().query('hmi.sharp_720s', DAY).toArray();
    expect(record).not.toHaveProperty('quality');
    expect(record?.raw).toMatchObject({ exptime: null, note: 'a NaN "here"' });
  });

  it('null is no list, an empty list is one', async () => {
    expect(String(await failure(() => HttpResponse.json(null)))).toContain('$ is null');
    server.resetHandlers();
    expect(await failure(() => HttpResponse.json([]))).toEqual([]);
  });

  it('a redirect to another host is not followed, one within the service is', async () => {
    serve('/HMI/elsewhere', () => HttpResponse.json([row('2015-12-11T01:00:00Z', 1)]));
    expect(
      await failure(
        () =>
          new HttpResponse(null, { status: 302, headers: { location: 'http://cluster-r730-1:8001/HMI/elsewhere' } }),
      ),
    ).toHaveLength(1);
    for (const location of ['http://evil.example/', undefined, `${BASE}/HMI/hmi.sharp_720s`]) {
      server.resetHandlers();
      const error = await failure(
        () => new HttpResponse(null, { status: 302, headers: location === undefined ? {} : { location } }),
      );
      expect(isSdcError(error, 'unexpected-response')).toBe(true);
    }
  });
});

describe('arguments', () => {
  it.each<[string, Partial<HmiQuery>]>([
    ['', {}],
    ['a/b', {}],
    ['..', {}],
    ['hmi.sharp_720s', { start: 'soon' }],
    ['hmi.sharp_720s', { end: '2015-12-10' }],
    ['hmi.sharp_720s', { harpnum: 1.5 }],
    ['hmi.sharp_720s', { cadenceMinutes: 7 }],
    ['hmi.sharp_720s', { sliceMs: 1 }],
    ['hmi.sharp_720s', { meta: 'yes' as unknown as boolean }],
  ])('series %j with %j is refused before any request', (series, q) => {
    expect(() => client().query(series, { ...DAY, ...q })).toThrow(/^hmi\.query: /u);
    expect(seen).toEqual([]);
  });

  it('an aborted listing rejects with the reason of the signal', async () => {
    const reason = new Error('enough');
    await expect(
      client()
        .query('hmi.sharp_720s', DAY, { signal: AbortSignal.abort(reason) })
        .toArray(),
    ).rejects.toBe(reason);
    expect(seen).toEqual([]);
  });

  it('a closed client refuses', async () => {
    const hmi = client();
    await hmi.close();
    await hmi[Symbol.asyncDispose]();
    const error = await rejection(hmi.query('hmi.sharp_720s', DAY).toArray());
    expect(isSdcError(error, 'closed')).toBe(true);
  });
});
