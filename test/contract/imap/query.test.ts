import { HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { RejectedError, UnexpectedResponse } from '../../../src/errors.js';
import type { ImapQuery } from '../../../src/imap/index.js';
import { rejection } from '../../support/rejection.js';
import { BASE, client, seen, serve, simulated, useServer } from './kit.js';

useServer();

function row(name: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    file_path: `imap/glows/l1a/2026/01/${name}`,
    instrument: 'glows',
    data_level: 'l1a',
    descriptor: 'hist',
    start_date: '20260105',
    repointing: null,
    major_version: 1,
    minor_version: 1,
    version: 'v001.0001',
    extension: 'cdf',
    ingestion_date: '20260107 01:02:03',
    cr: null,
    crid: null,
    released: true,
    ...changes,
  };
}

describe('what is sent (parity 7)', () => {
  it.each<[ImapQuery, string]>([
    [
      {
        instrument: 'swe',
        dataLevel: 'l0',
        descriptor: 'test-description',
        startDate: '20100101',
        endDate: '20100102',
        ingestionStartDate: '20100101',
        ingestionEndDate: '20100102',
        repointing: 'repoint00001',
        version: 'v000.0001',
        extension: 'pkts',
      },
      'table=science&instrument=swe&data_level=l0&descriptor=test-description&start_date=20100101&end_date=20100102&ingestion_start_date=20100101&ingestion_end_date=20100102&repointing=1&version=v000.0001&extension=pkts',
    ],
    [{ instrument: 'swe', dataLevel: 'l0' }, 'table=science&instrument=swe&data_level=l0'],
    [{ repointing: 1 }, 'table=science&repointing=1'],
    [{ repointing: '1' }, 'table=science&repointing=1'],
    [{ descriptor: 'a b&c' }, 'table=science&descriptor=a+b%26c'],
    [
      { startDate: new Date('2026-01-05T23:00:00Z'), released: false },
      'table=science&start_date=20260105&released=false',
    ],
    [{ startDate: '2026-01-05' }, 'table=science&start_date=20260105'],
    [{ version: 'v001' }, 'table=science&version=v001'],
    [
      { majorVersion: 1, minorVersion: '0002', cr: 23, crid: 'x' },
      'table=science&major_version=1&minor_version=2&cr=23&crid=x',
    ],
    [{ table: 'ancillary', version: 'v001', extension: 'xlsx' }, 'table=ancillary&version=v001&extension=xlsx'],
    [{ table: 'quicklook', version: 'v001.0002' }, 'table=quicklook&major_version=1&minor_version=2'],
    [{ table: 'quicklook', version: 'v002', extension: 'png' }, 'table=quicklook&minor_version=2&extension=png'],
  ])('%o', async (query, expected) => {
    serve('get', `${BASE}/query`, () => HttpResponse.json([]));
    await expect(client().query(query)).resolves.toEqual([]);
    expect(seen.map(({ url }) => url)).toEqual([`${BASE}/query?${expected}`]);
    expect(seen[0]?.headers.get('accept')).toBe('application/json');
    expect(seen[0]?.headers.get('user-agent')).toMatch(/^lab-sdc\//);
  });

  it('a bare file name finds its table and its path (pitfall 14)', async () => {
    serve('get', `${BASE}/query`, () => HttpResponse.json([]));
    const names = [
      'imap_mag_l1a_burst_20210101_v001.0001.cdf',
      'imap_mag_l1a_test_20210101_v001.0001.png',
      'imap_mag_test_20210101_v001.csv',
      'imap_hit_release_20260101_v001.txt',
    ];
    for (const filePath of names) await client().query({ filePath });
    expect(seen.map(({ url }) => decodeURIComponent(new URL(url).search))).toEqual([
      `?table=science&file_path=imap/mag/l1a/2021/01/${names[0]}`,
      `?table=quicklook&file_path=imap/quicklook/mag/l1a/2021/01/${names[1]}`,
      `?table=ancillary&file_path=imap/ancillary/mag/${names[2]}`,
      `?table=ancillary&file_path=imap/release/hit/${names[3]}`,
    ]);
    await expect(client().query({ filePath: 'naif0012.tls' })).rejects.toThrow(/spiceQuery/);
    await expect(client().query({ filePath: 'imap_mag_l1a_test_20210101_v001.0001.json' })).rejects.toThrow(TypeError);
  });
});

describe('what is refused before any request', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['nothing (parity 11)', {}, /At least one query parameter/],
    ['latest alone (parity 11)', { version: 'latest' }, /At least one/],
    ['an unknown name (parity 12)', { data_level: 'l0' }, /did you mean "dataLevel"/],
    ['a kernel type (pitfall 55)', { type: 'spin' }, /spiceQuery/],
    [
      'table (parity 13)',
      { table: 'spice', instrument: 'mag' },
      /choose from science, ancillary, quicklook.*spiceQuery/,
    ],
    ['a slip in an instrument (parity 13)', { instrument: 'swapii' }, /did you mean "swapi"\? Known are codice, glows/],
    ['a slip in a level (parity 13)', { dataLevel: 'L1A' }, /did you mean "l1a"/],
    ['a blank in an instrument', { instrument: ' mag' }, /did you mean mag/],
    ['a blank beside a day', { startDate: ' 20210101' }, /Not a valid start date/],
    ['a line end after a day', { endDate: '20210101\n' }, /Not a valid end date/],
    ['a blank after a moment', { ingestionEndDate: '2021-01-01T00:00:00Z ' }, /Not a valid ingestion end date/],
    ['start date (parity 13)', { startDate: '2021111' }, /Not a valid start date, use format 'YYYYMMDD'/],
    ['end date (parity 13)', { endDate: '20230229' }, /Not a valid end date/],
    ['ingestion start (parity 13)', { ingestionStartDate: '202213' }, /Not a valid ingestion start date/],
    ['ingestion end (parity 13)', { ingestionEndDate: 20260101 }, /ingestionEndDate must be a Date or a string/],
    ['repointing (parity 13)', { repointing: 'ten' }, /Not a valid repointing, use format repoint<num>/],
    ['repointing (pitfall 17)', { repointing: ' 7 ' }, /Not a valid repointing/],
    ['repointing (pitfall 17)', { repointing: -4 }, /Not a valid repointing/],
    ['version (parity 13)', { version: 'badInput' }, /Not a valid version, use format 'vMMM.mmmm', 'vXXX'/],
    ['version beside repointing (pitfall 13)', { version: 'garbage', repointing: 1 }, /Not a valid version/],
    ['full version of ancillary (pitfall 13)', { table: 'ancillary', version: 'v001.0001' }, /use format 'vXXX'/],
    ['unicode digits (pitfall 17)', { majorVersion: '²' }, /Not a valid major_version/],
    ['minor version', { minorVersion: 10_000 }, /Not a valid minor_version/],
    [
      'extension (parity 13)',
      { extension: 'png' },
      /Not a valid extension for 'science', please choose from cdf, pkts/,
    ],
    ['extension (parity 13)', { table: 'ancillary', extension: 'pkts' }, /choose from cdf, csv, dat/],
    [
      'a parameter of another table',
      { table: 'ancillary', dataLevel: 'l1a' },
      /dataLevel does not apply to the ancillary/,
    ],
    ['two versions', { version: 'v001', majorVersion: 1 }, /either version, or/],
    ['a blank descriptor', { descriptor: ' ' }, /descriptor/],
    ['a flag as text', { released: 'yes' }, /true or false/],
  ])('%s: %o', async (_what, query, message) => {
    const failure = await rejection(client().query(query));
    expect(failure).toBeInstanceOf(TypeError);
    expect(String(failure)).toMatch(/imap\.query: /);
    expect(String(failure)).toMatch(message);
    expect(seen).toEqual([]);
  });

  it('a start after its end (pitfall 18)', async () => {
    await expect(client().query({ startDate: '20260102', endDate: '20260101' })).rejects.toThrow(RangeError);
    await expect(client().query({ ingestionStartDate: '20260102', ingestionEndDate: '20260101' })).rejects.toThrow(
      RangeError,
    );
    expect(seen).toEqual([]);
  });
});

describe('latest', () => {
  it('of science is the server’s: rows pass untouched and in order (parity 8, 9)', async () => {
    const rows = [
      row('a', { minor_version: 1 }),
      row('b', { minor_version: 1 }),
      row('c', { minor_version: 2 }),
      row('d', { minor_version: 100 }),
    ];
    serve('get', `${BASE}/query`, () => HttpResponse.json(rows));
    const files = await client().query({
      instrument: 'glows',
      startDate: '20260101',
      endDate: '20260131',
      repointing: 3,
      extension: 'cdf',
      version: 'latest',
    });
    expect(seen[0]?.url).toBe(
      `${BASE}/query?table=science&instrument=glows&start_date=20260101&end_date=20260131&repointing=3&extension=cdf&latest=true`,
    );
    expect(files.map(({ filePath }) => filePath)).toEqual(rows.map(({ file_path }) => file_path));
  });

  it('beside a major version is finished here, Carrington rotations apart (pitfall 41)', async () => {
    serve('get', `${BASE}/query`, () =>
      HttpResponse.json([
        row('a', { minor_version: 9 }),
        row('b', { minor_version: 10 }),
        row('c', { cr: 23, minor_version: 1 }),
        row('d', { cr: 24, minor_version: 2 }),
      ]),
    );
    const files = await client().query({ instrument: 'glows', majorVersion: 1, version: 'latest' });
    expect(files.map(({ minorVersion }) => minorVersion)).toEqual([10, 1, 2]);
    expect(seen[0]?.url).toContain('major_version=1&latest=true');
  });

  const cal = (version: string, start: string, end: string | null): Record<string, unknown> => ({
    file_path: `imap/ancillary/mag/imap_mag_l1b-cal_${start}${end === null ? '' : `_${end}`}_${version}.cdf`,
    instrument: 'mag',
    descriptor: 'l1b-cal',
    start_date: start,
    end_date: end,
    version,
    extension: 'cdf',
    ingestion_date: '20250102 00:00:00',
    released: true,
  });

  it('of ancillary files is found here, and the server is not asked for it (parity 10)', async () => {
    serve('get', `${BASE}/query`, () =>
      HttpResponse.json([cal('v001', '20250101', null), cal('v002', '20250101', null), cal('v001', '20250102', null)]),
    );
    const files = await client().query({ table: 'ancillary', instrument: 'mag', version: 'latest' });
    expect(files.map(({ startDate, version }) => [startDate, version])).toEqual([
      ['20250101', 'v002'],
      ['20250102', 'v001'],
    ]);
    expect(seen[0]?.url).toBe(`${BASE}/query?table=ancillary&instrument=mag`);
  });

  it('keeps files apart that end on different days (pitfall 15)', async () => {
    serve('get', `${BASE}/query`, () =>
      HttpResponse.json([
        cal('v009', '20250101', null),
        cal('v001', '20250101', '20251231'),
        cal('v010', '20250101', null),
      ]),
    );
    const files = await client().query({ table: 'ancillary', instrument: 'mag', version: 'latest' });
    expect(files.map(({ endDate, version }) => [endDate, version])).toEqual([
      [undefined, 'v010'],
      ['20251231', 'v001'],
    ]);
  });

  it('of quicklooks is found here too (pitfall 54)', async () => {
    const { imap } = simulated();
    const query = { table: 'quicklook', instrument: 'swe' } as const;
    expect(await imap.query(query)).toHaveLength(2);
    expect((await imap.query({ ...query, version: 'latest' })).map(({ version }) => version)).toEqual(['v001.0002']);
  });
});

describe('answers', () => {
  it('rows are typed, unknown keys kept, the order of keys is nothing (pitfall 33, 49)', async () => {
    const { imap } = simulated({ rows: { shuffleKeys: true, extra: { future_column: 'kept' } } });
    const [file] = await imap.query({ instrument: 'mag', dataLevel: 'l2', startDate: '20260105', endDate: '20260105' });
    expect(file).toMatchObject({
      filePath: 'imap/mag/l2/2026/01/imap_mag_l2_norm-gse_20260105_v001.0001.cdf',
      table: 'science',
      instrument: 'mag',
      dataLevel: 'l2',
      descriptor: 'norm-gse',
      startDate: '20260105',
      version: 'v001.0001',
      majorVersion: 1,
      minorVersion: 1,
      extension: 'cdf',
      released: true,
      raw: { future_column: 'kept', data_level: 'l2' },
    });
    expect(file?.ingestionDate).toBeInstanceOf(Date);
  });

  it.each([
    ['20260107 01:02:03', '2026-01-07T01:02:03.000Z'],
    ['2026-01-07 01:02:03', '2026-01-07T01:02:03.000Z'],
    ['2026-01-07, 01:02:03', '2026-01-07T01:02:03.000Z'],
    [null, undefined],
  ])('ingestion date %s (pitfall 38)', async (text, expected) => {
    serve('get', `${BASE}/query`, () => HttpResponse.json([row('a', { ingestion_date: text })]));
    const [file] = await client().query({ instrument: 'mag' });
    expect(file?.ingestionDate?.toISOString()).toBe(expected);
  });

  it('an answer that is not a list is refused', async () => {
    serve('get', `${BASE}/query`, () => HttpResponse.json({ message: 'hello' }));
    await expect(client().query({ instrument: 'mag' })).rejects.toThrow(UnexpectedResponse);
    await expect(client().query({ instrument: 'mag' })).rejects.toThrow(/\$ should be an array of rows/);
  });

  it.each<[string, unknown]>([
    ['$[1] should be an object', 'row'],
    ['$[1] should be an object', null],
    ['$[1].file_path should be a string', row('b', { file_path: 3 })],
    ['$[1].start_date should be a day', row('b', { start_date: '20260230' })],
    ['$[1].version should be a version', row('b', { version: 'x', minor_version: null })],
    ['$[1].minor_version should be a version within its range', row('b', { minor_version: 1e308 })],
    ['$[1].instrument should be a string', row('b', { instrument: { deep: [] } })],
  ])('a row that cannot be read costs itself and a warning: %s', async (reason, odd) => {
    serve('get', `${BASE}/query`, () => HttpResponse.json([row('a'), odd, row('c')] as object[]));
    const warn = vi.fn();
    const files = await client({ logger: { warn } }).query({ instrument: 'mag' });
    expect(files.map(({ filePath }) => filePath)).toEqual([row('a').file_path, row('c').file_path]);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(`imap.query: 1 of 3 rows are left out`), {
      rows: 3,
      rowsLeftOut: 1,
      fieldsLeftOut: 0,
    });
    expect(warn.mock.calls[0]?.[0]).toContain(reason);
  });

  it.each<[string, Record<string, unknown>]>([
    ['ingestion_date', { ingestion_date: 'yesterday' }],
    ['end_date', { end_date: 5 }],
  ])('a row without a usable %s is kept without it, with a warning', async (name, fields) => {
    serve('get', `${BASE}/query`, () => HttpResponse.json([row('a', fields)]));
    const warn = vi.fn();
    const [file] = await client({ logger: { warn } }).query({ instrument: 'mag' });
    expect(file).toMatchObject({ filePath: row('a').file_path, raw: fields });
    expect([file?.ingestionDate, file?.endDate]).toContain(undefined);
    expect(warn.mock.calls[0]?.[0]).toContain(`$[0].${name}`);
  });

  it('a row without a usable start day takes it from its name', async () => {
    const path = 'imap/mag/l1a/2026/01/imap_mag_l1a_x_20260105_v001.0001.cdf';
    serve('get', `${BASE}/query`, () => HttpResponse.json([row('a', { file_path: path, start_date: null })]));
    expect(await client().query({ instrument: 'mag' })).toMatchObject([{ filePath: path, startDate: '20260105' }]);
  });

  it('the public sees released files alone, a key sees all (pitfall 29, 42)', async () => {
    const { sim, imap } = simulated();
    const query = {
      instrument: 'mag',
      dataLevel: 'l2',
      startDate: '20260106',
      endDate: '20260106',
      version: 'latest',
    } as const;
    expect((await imap.query(query)).map(({ version }) => version)).toEqual(['v001.0002']);
    const keyed = simulatedClient(sim);
    expect((await keyed.query(query)).map(({ version, released }) => [version, released])).toEqual([
      ['v002.0001', false],
    ]);
    expect((await keyed.query({ ...query, released: true })).map(({ version }) => version)).toEqual(['v001.0002']);
  });

  it('end dates are inclusive (pitfall 19)', async () => {
    const { imap } = simulated();
    const files = await imap.query({
      instrument: 'swapi',
      dataLevel: 'l2',
      startDate: '20260105',
      endDate: '20260107',
      version: 'latest',
    });
    expect(files.map(({ startDate }) => startDate)).toEqual(['20260105', '20260106', '20260107']);
  });
});

function simulatedClient(sim: ReturnType<typeof simulated>['sim']): ReturnType<typeof client> {
  return client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
}

describe('the server of 2024', () => {
  it('is recognised and asked in its own way, with everything that it lacks done here', async () => {
    const { sim, imap } = simulated({ generation: '2024' });
    const files = await imap.query({ instrument: 'mag', version: 'latest' });
    expect(files.length).toBeGreaterThan(0);
    expect(sim.requests.map(({ query }) => [...query.keys()].join())).toEqual([
      'table,instrument,latest',
      'instrument',
    ]);
    const all = await imap.query({ instrument: 'mag' });
    expect(sim.requests).toHaveLength(3);
    expect(all.length).toBeGreaterThanOrEqual(files.length);
    const [one] = all;
    expect(one?.majorVersion).toBeUndefined();
    const day = one?.ingestionDate?.toISOString().slice(0, 10) ?? '';
    const ingested = await imap.query({ ingestionStartDate: day, ingestionEndDate: day });
    expect(ingested.length).toBeGreaterThan(0);
    expect(ingested.every(({ ingestionDate }) => ingestionDate?.toISOString().startsWith(day))).toBe(true);
    expect((await imap.query({ instrument: 'mag', version: 'v001' })).every(({ version }) => version === 'v001')).toBe(
      true,
    );
  });

  it('cannot know what came later', async () => {
    const { imap } = simulated({ generation: '2024' });
    await expect(imap.query({ table: 'ancillary', instrument: 'mag' })).rejects.toThrow(/2024 generation.*ancillary/);
    await expect(imap.query({ instrument: 'mag', majorVersion: 1 })).rejects.toThrow(RejectedError);
  });
});

describe('queries that are too large (pitfall 30)', () => {
  it('are asked in parts by start days, merged and put in order', async () => {
    const { sim, imap } = simulated({ maxAnswerBytes: 20_000 });
    const files = await imap.query({ startDate: '20260105', endDate: '20260107' });
    const whole = await simulated().imap.query({ startDate: '20260105', endDate: '20260107' });
    expect(files).toEqual(whole);
    expect(sim.requests.some(({ query }) => query.has('instrument') || query.has('data_level'))).toBe(false);
    expect(new Set(files.map(({ filePath }) => filePath)).size).toBe(files.length);
  });

  it.each([
    ['a start alone', { startDate: '20260106' }],
    ['an end alone', { endDate: '20260106' }],
    ['no dates', {}],
    ['days of ingestion', { ingestionStartDate: '20260101', ingestionEndDate: '20261231' }],
    ['the newest', { version: 'latest' }],
    ['a major version', { majorVersion: 1 }],
  ] as const)('with %s', async (_what, query) => {
    const whole = await simulated().imap.query({ instrument: 'mag', ...query });
    expect(whole.length).toBeGreaterThan(8);
    expect(await simulated({ maxAnswerBytes: 4_000 }).imap.query({ instrument: 'mag', ...query })).toEqual(whole);
  });

  it('of ancillary files, whose ends are open or not', async () => {
    const query = { table: 'ancillary', ingestionStartDate: '20200101' } as const;
    const whole = await simulated().imap.query(query);
    expect(whole.some(({ endDate }) => endDate === undefined)).toBe(true);
    expect(await simulated({ maxAnswerBytes: 700 }).imap.query(query)).toEqual(whole);
  });

  it('of the server of 2024', async () => {
    const old = { generation: '2024' } as const;
    const query = { version: 'latest', ingestionStartDate: '20000101' } as const;
    const whole = await simulated(old).imap.query(query);
    const { sim } = simulated(old);
    const limited = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const answer = await sim.fetch(input, init);
      const rows: unknown = await answer.clone().json();
      return Array.isArray(rows) && rows.length > 4 ? Response.json({}, { status: 502 }) : answer;
    };
    const imap = client({ baseUrl: sim.baseUrl, fetch: limited });
    expect(whole.length).toBeGreaterThan(4);
    expect(await imap.query(query)).toEqual(whole);
  });

  it('a server that is down costs one more request, and the first error stands (pitfall 39)', async () => {
    serve('get', `${BASE}/query`, () => HttpResponse.json({ message: 'Internal Server Error' }, { status: 500 }));
    const failure = client().query({ instrument: 'mag', dataLevel: 'l2', startDate: '20260101', endDate: '20260102' });
    await expect(failure).rejects.toMatchObject({ code: 'server', status: 500 });
    expect(seen).toHaveLength(2);
  });

  it('one day that is too much is an error that says how to narrow it, never fewer files', async () => {
    serve('get', `${BASE}/query`, ({ request }) => {
      const { searchParams } = new URL(request.url);
      const holds =
        (searchParams.get('start_date') ?? '0') <= '20260105' && (searchParams.get('end_date') ?? '9') >= '20260105';
      return holds ? HttpResponse.json({ message: 'Service Unavailable' }, { status: 503 }) : HttpResponse.json([]);
    });
    await expect(client().query({ instrument: 'mag' })).rejects.toThrow(
      /for 20260105 .*narrow the query with instrument/,
    );
    await expect(client().query({ startDate: '20260105', endDate: '20260105' })).rejects.toThrow(/for 20260105 /);
  });

  it('a word that neither side may know is named', async () => {
    serve('get', `${BASE}/query`, () => HttpResponse.json({ message: 'Internal Server Error' }, { status: 500 }));
    await expect(client().query({ instrument: 'newinst', dataLevel: 'l1a' })).rejects.toThrow(
      /does not know instrument "newinst", and the server may not either/,
    );
  });
});
