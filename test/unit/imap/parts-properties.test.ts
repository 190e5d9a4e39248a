import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImapClient, type ImapQuery, type SpiceFile, type SpiceQuery } from '../../../src/imap/index.js';
import {
  limited,
  queryKernels,
  queryScience,
  scienceRecord,
  type Failure,
  type KernelRow,
  type ScienceRow,
} from './archive.js';
import { runs } from '../../support/full.js';

/** A client of a server that answers each request by this function. */
function clientOf(answer: (url: URL) => Response, warn: (message: string) => void = () => undefined): ImapClient {
  const fetch = (input: string | URL | Request): Promise<Response> =>
    Promise.resolve(answer(new URL(input instanceof Request ? input.url : input)));
  return new ImapClient({
    baseUrl: 'https://api.test.com',
    fetch,
    retries: 0,
    apiKey: 'key',
    accessToken: '',
    logger: { warn },
  });
}

const failure = fc.constantFrom<Failure>(500, 502, 503, 504, 413, 'cut');
const dayIn = (first: string, last: string): fc.Arbitrary<string> =>
  fc
    .integer({ min: Date.parse(first) / 86_400_000, max: Date.parse(last) / 86_400_000 })
    .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''));
/** Most files are of the mission; some lie long before or after it. */
const day = fc.oneof(
  { weight: 6, arbitrary: dayIn('2026-01-01', '2026-02-20') },
  { weight: 1, arbitrary: dayIn('1600-01-01', '2025-12-31') },
  { weight: 1, arbitrary: dayIn('2026-02-21', '9999-12-31') },
);
const row: fc.Arbitrary<ScienceRow> = fc.record({
  instrument: fc.constantFrom('mag', 'swe', 'newinst'),
  level: fc.constantFrom('l1a', 'l2-pre', 'l9'),
  descriptor: fc.constantFrom('x', 'norm-mago'),
  day,
  major: fc.integer({ min: 0, max: 2 }),
  minor: fc.integer({ min: 0, max: 3 }),
  ingested: dayIn('2026-01-01', '2026-03-31'),
});
const archive = fc
  .array(row, { maxLength: 60 })
  .map((rows) => [...new Map(rows.map((one) => [String(scienceRecord(one).file_path), one])).values()]);
const bounds = fc.tuple(fc.option(day), fc.option(day)).map(([a, b]) => {
  const [first, last] = a !== null && b !== null && a > b ? [b, a] : [a, b];
  return { ...(first !== null && { startDate: first }), ...(last !== null && { endDate: last }) };
});
const ingestion = fc
  .option(dayIn('2026-01-01', '2026-03-31'))
  .map((from) => (from === null ? {} : { ingestionStartDate: from }));
const query: fc.Arbitrary<ImapQuery> = fc
  .tuple(
    bounds,
    ingestion,
    fc.constantFrom<ImapQuery>(
      { descriptor: 'x' },
      { instrument: 'newinst' },
      { dataLevel: 'l2-pre' },
      { instrument: 'mag', dataLevel: 'l1a' },
    ),
    fc.constantFrom<ImapQuery>({}, { version: 'latest' }, { majorVersion: 1 }),
  )
  .map((parts) => Object.assign({}, ...parts) as ImapQuery);

const hasCoverage = ({ minDateJ2000 }: SpiceFile): boolean => minDateJ2000 !== undefined;

describe('a query in parts is the whole', () => {
  it('files: any archive, any limit, any failure, words and days of whatever kind', async () => {
    await fc.assert(
      fc.asyncProperty(archive, query, fc.integer({ min: 0, max: 25 }), failure, async (rows, asked, limit, how) => {
        const whole = await clientOf(({ searchParams }) =>
          limited(queryScience(rows, searchParams), Infinity, how),
        ).query(asked);
        const imap = clientOf(({ searchParams }) => limited(queryScience(rows, searchParams), limit, how));
        const days = new Map<string, number>();
        for (const { startDate } of whole) days.set(startDate, (days.get(startDate) ?? 0) + 1);
        const found = await imap.query(asked).catch((error: unknown) => error as Error);
        if (Array.isArray(found)) expect(found).toEqual(whole);
        else {
          // Only a single day may be too much, and then the error says what to do.
          expect(Math.max(...days.values())).toBeGreaterThan(limit);
          expect(found.message).toMatch(/narrow the query with instrument/);
        }
      }),
      { numRuns: runs(100) },
    );
  });

  it('kernels: by coverage, each once, also those of the whole mission, of an instant and without a coverage', async () => {
    const second = fc.integer({ min: 8.2e8, max: 8.25e8 });
    const kernel: fc.Arbitrary<KernelRow> = fc
      .record({
        span: fc.oneof(
          { weight: 8, arbitrary: fc.tuple(second, fc.integer({ min: 0, max: 700_000 })) },
          { weight: 1, arbitrary: fc.constant([315576066, 4260211203] as [number, number]) },
          { weight: 1, arbitrary: fc.tuple(fc.integer({ min: -1e10, max: 1e10 }), fc.constant(86_400)) },
          { weight: 1, arbitrary: fc.constant(null) },
        ),
        day: fc.oneof(
          { weight: 3, arbitrary: fc.integer({ min: 0, max: 40 }) },
          { weight: 1, arbitrary: fc.constant(7) },
        ),
        second: fc.constantFrom(0, 1, 43_200, 86_399),
      })
      .map(({ span, ...rest }) => {
        const [begin, end] = span === null ? [null, null] : [span[0], span[0] + span[1]];
        return { name: '', begin, end, ...rest };
      });
    const kernels = fc
      .array(kernel, { maxLength: 40 })
      .map((all) => all.map((one, at) => ({ ...one, name: `imap_k_${String(at).padStart(3, '0')}.ah.bc` })));
    const asked = fc.constantFrom<SpiceQuery>(
      { type: 'star_tracker' },
      { type: 'attitude_history', startTime: '2026-01-05' },
      { type: 'attitude_history', endTime: '2026-02-05T12:00:00Z' },
      {
        type: 'attitude_history',
        startTime: '2026-01-01',
        endTime: '2026-02-05T00:00:00Z',
        ingestionEndDate: '20260120',
      },
    );
    await fc.assert(
      fc.asyncProperty(kernels, asked, fc.integer({ min: 1, max: 12 }), failure, async (rows, question, limit, how) => {
        const warnings: string[] = [];
        const ask = (most: number): Promise<SpiceFile[] | Error> =>
          clientOf(
            ({ searchParams }) => limited(queryKernels(rows, searchParams), most, how),
            (message) => warnings.push(message),
          )
            .spiceQuery(question)
            .catch((error: unknown) => error as Error);
        const [whole, found] = [await ask(Infinity), await ask(limit)];
        if (found instanceof Error) expect(found.message).toMatch(/narrow the query with startTime/);
        else if (warnings.some((message) => message.includes('could not be searched for'))) {
          // More kernels with a coverage than fit arrived on one day, which hide any without that may be among them.
          const dated = (all: typeof whole): unknown => Array.isArray(all) && all.filter((one) => hasCoverage(one));
          expect(dated(found)).toEqual(dated(whole));
        } else expect(found).toEqual(whole);
      }),
      { numRuns: runs(80) },
    );
  });

  it('kernels: more of the whole mission than the server can send are found by their days of ingestion', async () => {
    const rows = Array.from({ length: 60 }, (_, at): KernelRow => {
      const begin = at % 2 === 0 ? 315576066 : 8.2e8 + at * 1000;
      return { name: `imap_k_${String(at).padStart(3, '0')}.tpc`, begin, end: 4575787269, day: at * 3, second: 60 };
    });
    let requests = 0;
    const imap = clientOf(({ searchParams }) => {
      requests += 1;
      // Without this bound it would go on for as long as there are days to ask about.
      if (requests > 300) return new Response('', { status: 401 });
      return limited(queryKernels(rows, searchParams), 20, 503);
    });
    const found = await imap.spiceQuery({ type: 'planetary_constants' });
    expect(found.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
  });
});
