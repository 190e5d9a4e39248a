import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ImapClient } from '../../../src/imap/index.js';
import { runs } from '../../support/full.js';

/** Any value that JSON can hold, of any type and size, in place of a field. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, '', ' ', '20260230', '00000000', 1e308, -1, 2 ** 53, '9'.repeat(10_000), [[]], {}),
  fc.jsonValue({ maxDepth: 4 }),
);
const nested = '['.repeat(5_000) + ']'.repeat(5_000);

interface Route {
  readonly name: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly ask: (imap: ImapClient) => Promise<{ raw: unknown }[]>;
}

const ROUTES: readonly Route[] = [
  {
    name: 'query',
    key: 'file_path',
    row: {
      file_path: 'imap/mag/l1a/2026/01/imap_mag_l1a_x_20260105_v001.0001.cdf',
      instrument: 'mag',
      data_level: 'l1a',
      descriptor: 'x',
      start_date: '20260105',
      end_date: null,
      repointing: 1,
      cr: 2,
      crid: 'c',
      released: true,
      version: 'v001.0001',
      major_version: 1,
      minor_version: 1,
      extension: 'cdf',
      ingestion_date: '20260110 00:00:00',
    },
    ask: (imap) => imap.query({ instrument: 'mag', majorVersion: 1 }),
  },
  {
    name: 'latest of ancillary',
    key: 'file_path',
    row: {
      file_path: 'imap/ancillary/mag/imap_mag_x_20260105_v001.csv',
      instrument: 'mag',
      descriptor: 'x',
      start_date: '20260105',
      end_date: '20260106',
      version: 'v001',
      extension: 'csv',
      ingestion_date: '20260110 00:00:00',
    },
    ask: (imap) => imap.query({ table: 'ancillary', instrument: 'mag', version: 'v001' }),
  },
  {
    name: 'spiceQuery',
    key: 'file_name',
    row: {
      file_name: 'ck/imap_2025_118_2025_120_009.ah.bc',
      file_root: 'imap_2025_118_2025_120_.ah.bc',
      kernel_type: 'attitude_history',
      version: 9,
      min_date_j2000: 8e8,
      max_date_j2000: 8.1e8,
      file_intervals_j2000: [[8e8, 8.1e8]],
      min_date_datetime: '2025-04-28, 00:00:00',
      max_date_datetime: '2025-04-30, 00:00:00',
      min_date_sclk: '1/0512204570:32482',
      max_date_sclk: '1/0512204571:32482',
      ingestion_date: '2025-05-01, 00:00:00',
      timestamp: 1.7e9,
    },
    ask: (imap) => imap.spiceQuery({ type: 'attitude_history' }),
  },
  {
    name: 'spinTable',
    key: 'file_path',
    row: {
      file_path: 'imap/spice/spin/imap_2025_122_2025_122_01.spin.csv',
      start_date: '2025-05-02, 00:00:00',
      end_date: '2025-05-02, 00:00:00',
      version: '01',
      ingestion_date: '2025-05-03, 00:00:00',
    },
    ask: (imap) => imap.spinTable(),
  },
  {
    name: 'processingJobs',
    key: 'job_log_stream_id',
    row: {
      status: 'FAILED',
      instrument: 'mag',
      data_level: 'l1a',
      descriptor: 'x',
      start_date: '2026-01-05T00:00:00',
      major_version: 1,
      minor_version: 1,
      repointing: null,
      job_log_stream_id: 'job/a',
      started_at: null,
      stopped_at: '2026-01-05T00:00:00+00:00',
    },
    ask: (imap) => imap.processingJobs(),
  },
];

it.each(ROUTES)(
  '$name: a row with any field missing, null, of another type or huge never costs the others',
  async ({ row, key, ask }) => {
    const field = fc.constantFrom(...Object.keys(row));
    const change = fc.oneof(
      fc.tuple(field, odd).map(([name, value]) => ({ ...row, [key]: `${String(row[key])}~`, [name]: value })),
      field.map((name) => Object.fromEntries(Object.entries(row).filter(([one]) => one !== name))),
      odd,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.nat(4),
        fc.boolean(),
        async (oddRows, at, deep) => {
          const all = [
            ...oddRows.slice(0, at).map((one) => JSON.stringify(one)),
            JSON.stringify(row),
            ...oddRows.slice(at).map((one) => JSON.stringify(one)),
            ...(deep ? [nested] : []),
          ];
          const warnings: string[] = [];
          const imap = new ImapClient({
            baseUrl: 'https://api.test.com',
            apiKey: 'key',
            retries: 0,
            fetch: () => Promise.resolve(new Response(`[${all.join()}]`)),
            logger: { warn: (message) => warnings.push(message) },
          });
          const found = await ask(imap);
          expect(found.map(({ raw }) => raw)).toContainEqual(row);
          expect(found.length).toBeLessThanOrEqual(all.length);
          // Whatever is left out is told, once.
          expect(warnings.length).toBeLessThanOrEqual(1);
          if (found.length < all.length) expect(warnings[0]).toMatch(/left out because they cannot be read: \$\[\d+\]/);
        },
      ),
      { numRuns: runs(60) },
    );
  },
);
