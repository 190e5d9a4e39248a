import { HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { RejectedError, UnexpectedResponse } from '../../../src/errors.js';
import { tdbSeconds } from '../../../src/imap/query/tdb.js';
import type { SpiceQuery } from '../../../src/imap/index.js';
import { BASE, client, seen, serve, simulated, useServer } from './kit.js';

useServer();

describe('kernel queries', () => {
  it.each<[SpiceQuery, string]>([
    [{ type: 'ephemeris_predicted' }, 'type=ephemeris_predicted'],
    [{ type: 'ephemeris_predicted', version: 'latest' }, 'type=ephemeris_predicted&latest=true'],
    [{ type: 'ephemeris_predicted', latest: true }, 'type=ephemeris_predicted&latest=true'],
    [
      { type: 'spin', ingestionStartDate: '20260101', ingestionEndDate: '20260131' },
      'type=spin&start_ingest_date=20260101&end_ingest_date=20260201',
    ],
    [
      {
        type: 'attitude_history',
        startTime: '2010-01-01',
        endTime: '2145-01-01T00:00:00Z',
        fileName: 'ck/imap_2026_004_2026_005_01.ah.bc',
        latest: true,
        ingestionStartDate: '20260101',
      },
      'start_time=315576066&end_time=4575787270&type=attitude_history&file_name=imap_2026_004_2026_005_01.ah.bc&latest=true&start_ingest_date=20260101',
    ],
    [
      { type: 'spin', fileName: 'imap_2026_004_2026_005_01.spin.csv' },
      'type=spin&file_name=imap%2Fspice%2Fspin%2Fimap_2026_004_2026_005_01.spin.csv',
    ],
  ])('%o (parity 14, pitfall 16, 40, 52)', async (query, expected) => {
    serve('get', `${BASE}/spice-query`, () => HttpResponse.json([]));
    expect(await client().spiceQuery(query)).toEqual([]);
    expect(seen.map(({ url }) => url)).toEqual([`${BASE}/spice-query?${expected}`]);
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ fileName: 'naif0012.tls' }, /The 'type' parameter is required.*leapseconds/],
    [{ type: 'leapsecond' }, /did you mean "leapseconds"\? Known are kernels, leapseconds/],
    [{ type: 'spin', startTime: '20260101\n' }, /startTime/],
    [{ type: 'spin', start_date: '20260101' }, /unknown option "start_date"/],
    [{ type: 'spin', start_time: '20260101' }, /did you mean "startTime"/],
    [{ type: 'spin', version: 'newest' }, /version must be 'latest' or a number/],
    [{ type: 'spin', startTime: 'x' }, /startTime/],
  ])('%o is refused before any request (parity 15)', async (query, message) => {
    const failure = client().spiceQuery(query as unknown as SpiceQuery);
    await expect(failure).rejects.toThrow(TypeError);
    await expect(failure).rejects.toThrow(message);
    expect(seen).toEqual([]);
  });

  it('spans are checked (pitfall 18)', async () => {
    await expect(client().spiceQuery({ type: 'spin', startTime: '2026-02-01', endTime: '2026-01-01' })).rejects.toThrow(
      RangeError,
    );
    await expect(
      client().spiceQuery({ type: 'spin', ingestionStartDate: '20260201', ingestionEndDate: '20260101' }),
    ).rejects.toThrow(RangeError);
  });

  it('rows become kernels that can be downloaded (pitfall 52)', async () => {
    const { imap } = simulated();
    const kernels = await imap.spiceQuery({ type: 'attitude_history', fileName: 'imap_2026_005_2026_006_02.ah.bc' });
    expect(kernels).toHaveLength(1);
    expect(kernels[0]).toMatchObject({
      fileName: 'ck/imap_2026_005_2026_006_02.ah.bc',
      name: 'imap_2026_005_2026_006_02.ah.bc',
      filePath: 'imap/spice/ck/imap_2026_005_2026_006_02.ah.bc',
      kernelType: 'attitude_history',
      version: 2,
    });
    expect(kernels[0]?.minDate).toBeInstanceOf(Date);
    expect(kernels[0]?.minDateJ2000).toBeCloseTo(tdbSeconds(kernels[0]?.minDate?.getTime() ?? 0), 2);
    expect(kernels[0]?.intervalsJ2000?.[0]).toHaveLength(2);
  });

  it('coverage, version and the whole last day of ingestion select (pitfall 16, 40)', async () => {
    const { imap } = simulated();
    const names = async (query: SpiceQuery): Promise<string[]> =>
      (await imap.spiceQuery(query)).map(({ name }) => name).sort();
    const type = 'attitude_history';
    expect(await names({ type, startTime: '2026-01-06T12:00:00Z', endTime: '2026-01-06T13:00:00Z' })).toEqual(
      expect.arrayContaining(['imap_2026_005_2026_006_02.ah.bc', 'imap_2026_006_2026_007_01.ah.bc']),
    );
    expect(await names({ type, version: 2 })).toEqual(['imap_2026_005_2026_006_02.ah.bc']);
    // It was ingested at 16:45 of that day, which the server alone would leave out.
    expect(await names({ type, ingestionStartDate: '20260109', ingestionEndDate: '20260109' })).toEqual([
      'imap_2026_005_2026_006_02.ah.bc',
    ]);
    expect((await names({ type: 'kernels', latest: true })).length).toBeGreaterThan(5);
  });

  it('a file of the midnight after the last day is left out (pitfall 40)', async () => {
    const ingested = (time: string): object => ({
      file_name: `ck/${time}`,
      kernel_type: 'x',
      version: 1,
      ingestion_date: `2026-01-${time}`,
    });
    serve('get', `${BASE}/spice-query`, () => HttpResponse.json([ingested('09, 23:59:59'), ingested('10, 00:00:00')]));
    expect(await client().spiceQuery({ type: 'kernels', ingestionEndDate: '20260109' })).toHaveLength(1);
  });

  it('table kinds work, their latest is found here (pitfall 51)', async () => {
    const { sim, imap } = simulated();
    const all = await imap.spiceQuery({ type: 'spin' });
    const latest = await imap.spiceQuery({ type: 'spin', latest: true });
    expect(latest.length).toBeLessThan(all.length);
    expect(latest.map(({ name }) => name)).toContain('imap_2026_005_2026_006_02.spin.csv');
    expect(latest.map(({ name }) => name)).not.toContain('imap_2026_005_2026_006_01.spin.csv');
    expect(latest[0]).toMatchObject({ kernelType: 'spin' });
    expect(sim.requests.every(({ query }) => !query.has('latest'))).toBe(true);
    const found = await imap.spiceQuery({ type: 'spin', fileName: 'imap_2026_005_2026_006_02.spin.csv' });
    expect(found).toHaveLength(1);
  });

  it('an older server has them for the public only: the key is not sent there', async () => {
    const { sim } = simulated({ spicePrefixes: 'public' });
    const keyed = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
    expect((await keyed.spiceQuery({ type: 'leapseconds' })).map(({ name }) => name)).toEqual(['naif0012.tls']);
    expect(sim.requests.map(({ path, headers }) => [path, headers.has('x-api-key')])).toEqual([
      ['/api-key/spice-query', true],
      ['/spice-query', false],
    ]);
  });

  it('a row that cannot be read costs itself and a warning', async () => {
    const warn = vi.fn();
    serve('get', `${BASE}/spice-query`, () =>
      HttpResponse.json([{ file_name: 7 }, { file_name: 'ck/a.bc', min_date_datetime: 12, ingestion_date: null }]),
    );
    expect(await client({ logger: { warn } }).spiceQuery({ type: 'kernels' })).toMatchObject([{ name: 'a.bc' }]);
    expect(warn.mock.calls[0]?.[0]).toMatch(/imap\.spiceQuery: 1 of 2 rows are left out.*\$\[0\]\.file_name/);
    serve('get', `${BASE}/spice-query`, () => HttpResponse.json({ message: 'no list' }));
    await expect(client().spiceQuery({ type: 'kernels' })).rejects.toThrow(UnexpectedResponse);
  });

  it('a kind that this version does not know is asked for', async () => {
    serve('get', `${BASE}/spice-query`, () => HttpResponse.json([]));
    expect(await client().spiceQuery({ type: 'star_tracker' })).toEqual([]);
    expect(seen[0]?.url).toContain('type=star_tracker');
  });

  it('an end that is a day is that whole day; an older server reads whole seconds alone', async () => {
    const type = 'attitude_history';
    const data = {
      replace: true,
      files: [
        { name: 'imap_2024_001_2024_001_01.ah.bc', coverage: ['2024-01-01T06:00:00Z', '2024-01-01T23:00:00Z'] },
        { name: 'imap_2024_002_2024_002_01.ah.bc', coverage: ['2024-01-02T00:00:00Z', '2024-01-02T23:00:00Z'] },
      ],
    } as const;
    const { imap } = simulated({ data, kernelTimes: 'whole' });
    for (const endTime of ['20240101', '2024-01-01']) {
      const found = await imap.spiceQuery({ type, startTime: '20240101', endTime });
      expect(found.map(({ name }) => name)).toEqual(['imap_2024_001_2024_001_01.ah.bc']);
    }
    expect(await imap.spiceQuery({ type, endTime: '2024-01-01T05:59:59Z' })).toEqual([]);
    expect(await imap.spiceQuery({ type, startTime: '20240101', endTime: new Date('2024-01-02') })).toHaveLength(2);
    expect(await imap.metakernel({ startTime: '20240101', endTime: '20240101', listFiles: true })).toContain(
      'ck/imap_2024_001_2024_001_01.ah.bc',
    );
  });

  it('too many for one answer are asked for in parts, each kernel once, in the order of the server', async () => {
    const files = Array.from({ length: 400 }, (_unused, at) => {
      const begin = new Date(Date.UTC(2025, 9, 1 + at));
      const name = (ms: number): string => {
        const year = new Date(ms).getUTCFullYear();
        const ordinal = Math.floor((ms - Date.UTC(year, 0, 1)) / 86_400_000) + 1;
        return `${year}_${String(ordinal).padStart(3, '0')}`;
      };
      const end = begin.getTime() + 3 * 86_400_000;
      return {
        name: `imap_${name(begin.getTime())}_${name(end)}_01.ah.bc`,
        ingestedAt: new Date(end + (at % 7) * 60_000),
      };
    });
    const data = { replace: true, files: [...files, { name: 'naif0012.tls' }, { name: 'de440.bsp' }] };
    for (const query of [{ type: 'kernels' }, { type: 'attitude_history', startTime: '2026-01-01' }] as SpiceQuery[]) {
      const whole = await simulated({ data }).imap.spiceQuery(query);
      expect(await simulated({ data, maxAnswerBytes: 40_000 }).imap.spiceQuery(query)).toEqual(whole);
    }
  });
});

describe('tables of spins, repointings and small forces', () => {
  it('rows are typed; latest is found here, since the server crashes on it (pitfall 51)', async () => {
    const { sim, imap } = simulated();
    const spins = await imap.spinTable();
    expect(spins[0]).toMatchObject({ filePath: expect.stringMatching(/^imap\/spice\/spin\//), version: '01' });
    expect(spins[0]?.startDate).toBeInstanceOf(Date);
    const latest = await imap.spinTable({ latest: true });
    expect(latest.length).toBe(spins.length - 1);
    const repoints = await imap.repointTable({ latest: true });
    expect(repoints.map(({ filePath }) => filePath)).toContain('imap/spice/repoint/imap_2026_007_02.repoint.csv');
    expect(repoints.map(({ filePath }) => filePath)).not.toContain('imap/spice/repoint/imap_2026_007_01.repoint.csv');
    expect(repoints[0]?.startDate).toBeUndefined();
    expect(await imap.smallForcesTable()).toEqual(expect.any(Array));
    expect(sim.requests.every(({ query }) => !query.has('latest'))).toBe(true);
  });

  it('filters travel, the last day of ingestion is a whole one (pitfall 40)', async () => {
    serve('get', `${BASE}/spin-table`, () => HttpResponse.json([]));
    await client().spinTable({
      filePath: 'imap_2026_005_2026_006_02.spin.csv',
      startDate: '2026-01-05',
      endDate: '20260107',
      ingestionStartDate: '20260101',
      ingestionEndDate: '20261231',
    });
    expect(decodeURIComponent(seen[0]?.url ?? '')).toBe(
      `${BASE}/spin-table?file_path=imap/spice/spin/imap_2026_005_2026_006_02.spin.csv&start_date=20260105&end_date=20260108&start_ingest_date=20260101&end_ingest_date=20270101`,
    );
    await expect(client().spinTable({ startDate: '20260107', endDate: '20260105' })).rejects.toThrow(RangeError);
    await expect(client().spinTable({ version: 1 } as object)).rejects.toThrow(TypeError);
  });

  it('an older server calls small forces thrusters', async () => {
    serve('get', `${BASE}/small-forces-table`, () => HttpResponse.json({ message: 'Not Found' }, { status: 404 }));
    serve('get', `${BASE}/thruster-table`, () =>
      HttpResponse.json([
        {
          file_path: 'imap/spice/activities/x.sff',
          end_date: '2026-01-05, 00:00:00',
          version: '02',
          ingestion_date: '2026-01-06, 00:00:00',
        },
      ]),
    );
    expect(await client().smallForcesTable()).toMatchObject([{ version: '02', endDate: new Date('2026-01-05') }]);
  });
});

describe('metakernels', () => {
  const span = { startTime: '2026-01-05T00:00:00Z', endTime: '2026-01-06T00:00:00Z' };

  it('as text, and as names', async () => {
    const { sim, imap } = simulated();
    const text = await imap.metakernel({ ...span, spicePath: '/kernels' });
    expect(text).toContain('KERNELS_TO_LOAD');
    const names = await imap.metakernel({ ...span, listFiles: true, fileTypes: ['leapseconds'] });
    expect(names).toEqual([expect.stringContaining('naif0012.tls')]);
    expect(sim.requests[1]?.query.get('file_types')).toBe('leapseconds');
  });

  it('gaps are told, bad arguments refused', async () => {
    const { imap } = simulated();
    const far = { startTime: '2026-01-05', endTime: '2026-01-25', requireCoverage: true };
    await expect(imap.metakernel(far)).rejects.toThrow(RejectedError);
    await expect(imap.metakernel({ startTime: '20260101' } as typeof span)).rejects.toThrow(TypeError);
    await expect(imap.metakernel({ ...span, fileTypes: ['leapsecond'] })).rejects.toThrow(TypeError);
    await expect(imap.metakernel({ startTime: '20260102', endTime: '20260101' })).rejects.toThrow(RangeError);
  });
});

describe('processing jobs', () => {
  it('are typed, filtered, and an unknown status is unknown', async () => {
    const { imap } = simulated();
    const jobs = await imap.processingJobs();
    expect(jobs.length).toBeGreaterThan(0);
    const failed = await imap.processingJobs({ status: 'FAILED' });
    expect(failed.every(({ status }) => status === 'FAILED')).toBe(true);
    serve('get', `${BASE}/processing-jobs`, () =>
      HttpResponse.json([
        {
          status: 'DANCING',
          instrument: 'mag',
          data_level: 'l1a',
          descriptor: 'x',
          start_date: '2026-01-05T00:00:00',
          job_log_stream_id: 'a/b',
        },
      ]),
    );
    const query = {
      instrument: 'mag',
      dataLevel: 'l1a',
      descriptor: 'x',
      startDate: '2026-01-05',
      majorVersion: 1,
      minorVersion: 2,
      repointing: 3,
    } as const;
    expect(await client().processingJobs(query)).toMatchObject([
      { status: 'unknown', startDate: new Date('2026-01-05'), jobLogStreamId: 'a/b' },
    ]);
    expect(seen[0]?.url).toBe(
      `${BASE}/processing-jobs?instrument=mag&data_level=l1a&descriptor=x&start_date=20260105&major_version=1&minor_version=2&repointing=3`,
    );
    await expect(client().processingJobs({ instrument: 'swapii' })).rejects.toThrow(TypeError);
  });
});

describe('logs of jobs', () => {
  const text = '2026-01-01 INFO start\n2026-01-01 INFO done';

  it('are lines of text, as the simulated service has them', async () => {
    const { imap } = simulated();
    const [job] = await imap.processingJobs({ status: 'FAILED' });
    const log = await imap.processingLog(job?.jobLogStreamId ?? '');
    expect(log).toEqual({ text: expect.stringMatching(/INFO processing swe.*\n.*ERROR no input files$/) });
    await expect(imap.processingLog('job/default/none')).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each<[string, string, object]>([
    ['text', text, { text }],
    ['an empty log', '', { text: '' }],
    ['a JSON text', JSON.stringify(text), { text }],
    ['a line that is a number', '42', { text: '42' }],
    ['a list of lines', '["a","b"]', { text: 'a\nb', events: [{ message: 'a' }, { message: 'b' }] }],
    [
      'events',
      '{"events":[{"timestamp":1767225600000,"message":"a"},{"message":7}]}',
      { text: 'a', events: [{ message: 'a', time: new Date('2026-01-01') }] },
    ],
  ])('%s', async (_what, body, expected) => {
    serve('get', `${BASE}/processing-logs/a/b%20c`, () => HttpResponse.text(body));
    expect(await client().processingLog('a/b c')).toMatchObject(expected);
  });

  it('a server that wants the id in a parameter gets it there', async () => {
    serve('get', `${BASE}/processing-logs/a/b`, () => HttpResponse.json({ message: 'Not Found' }, { status: 404 }));
    serve('get', `${BASE}/processing-logs`, ({ request }) =>
      HttpResponse.text(new URL(request.url).searchParams.get('job_log_stream_id') ?? ''),
    );
    expect(await client().processingLog('a/b')).toEqual({ text: 'a/b' });
  });
});

describe('routes that a server has for the public only', () => {
  it('are found with a key too, which is not sent there', async () => {
    const { sim } = simulated({ spicePrefixes: 'public' });
    const keyed = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
    expect(await keyed.metakernel({ startTime: '2026-01-05', endTime: '2026-01-06' })).toContain('KERNELS_TO_LOAD');
    for (const table of ['spinTable', 'repointTable', 'smallForcesTable'] as const) await keyed[table]();
    expect(sim.requests.every(({ path, headers }) => path.startsWith('/api-key') === headers.has('x-api-key'))).toBe(
      true,
    );
  });
});

describe('tables that are too large for one answer', () => {
  it('are asked for by days of ingestion: a file across a boundary of days is not lost', async () => {
    const files = Array.from({ length: 120 }, (_unused, at) => ({
      name: `imap_2026_${String(at + 1).padStart(3, '0')}_2026_${String(at + 9).padStart(3, '0')}_01.spin.csv`,
      ingestedAt: new Date(Date.UTC(2026, 0, 10 + at, at % 24)),
    }));
    const data = { replace: true, files };
    const small = { data, maxAnswerBytes: 3_000, clock: { start: '2026-12-01' } };
    const whole = await simulated({ ...small, maxAnswerBytes: Infinity }).imap.spinTable();
    expect(whole).toHaveLength(120);
    expect(await simulated(small).imap.spinTable()).toEqual(whole);
    const asKernels = await simulated(small).imap.spiceQuery({ type: 'spin', startTime: '2026-01-01' });
    expect(asKernels.map(({ filePath }) => filePath)).toEqual(whole.map(({ filePath }) => filePath));
    expect(await simulated(small).imap.spinTable({ latest: true })).toHaveLength(120);
  });

  it.each(['spinTable', 'repointTable', 'smallForcesTable'] as const)(
    'the newest of %s are the newest of all parts: versions of a span arrive far apart',
    async (table) => {
      const day = (at: number): string => String(at + 1).padStart(3, '0');
      const nameOf = (at: number, version: number): string =>
        ({
          spinTable: `imap_2026_${day(at)}_2026_${day(at + 1)}_0${version}.spin.csv`,
          repointTable: `imap_2026_${day(at)}_0${version}.repoint.csv`,
          smallForcesTable: `imap_2026_${day(at)}_2026_${day(at + 1)}_hist_0${version}.sff`,
        })[table];
      const spans = Array.from({ length: 30 }, (_unused, at) => at);
      // Of every third span the highest version came first.
      const arrival = (at: number, version: number): number => 60 * (at % 3 === 0 ? 4 - version : version) + at;
      const files = spans.flatMap((at) =>
        [1, 2, 3].map((version) => ({
          name: nameOf(at, version),
          ingestedAt: new Date(Date.UTC(2026, 0, 1 + arrival(at, version), 12)),
        })),
      );
      const small = { data: { replace: true, files }, maxAnswerBytes: 3_000, clock: { start: '2026-12-01' } };
      const whole = await simulated({ ...small, maxAnswerBytes: Infinity }).imap[table]();
      expect(whole).toHaveLength(90);
      const { sim, imap } = simulated(small);
      const newest = await imap[table]({ latest: true });
      expect(sim.requests.length).toBeGreaterThan(3);
      expect(newest.map(({ version }) => version)).toEqual(spans.map(() => '03'));
      expect(await simulated({ ...small, maxAnswerBytes: Infinity }).imap[table]({ latest: true })).toEqual(newest);
    },
  );
});
