import { describe, expect, it } from 'vitest';
import { ImapClient, type SpiceFile } from '../../../src/imap/index.js';
import { limited, queryKernels, type KernelRow } from './archive.js';

const LIMIT = 10;

/** Kernels of some days of coverage each, all of which arrived on day `day` of 2026. */
function dated(count: number, day: (at: number) => number): KernelRow[] {
  return Array.from({ length: count }, (_, at) => {
    const begin = 8.2e8 + at * 86_400;
    return {
      name: `imap_k_${String(at).padStart(3, '0')}.ah.bc`,
      begin,
      end: begin + 80_000,
      day: day(at),
      second: 60,
    };
  });
}

/** Kernels whose coverage the database does not know. */
function undated(count: number, day: number): KernelRow[] {
  return Array.from({ length: count }, (_, at) => ({
    name: `imap_undated_${String(at).padStart(3, '0')}.tf`,
    begin: null,
    end: null,
    day,
    second: 60,
  }));
}

interface Asked {
  readonly found: Promise<SpiceFile[]>;
  readonly warnings: string[];
}

function ask(rows: KernelRow[], query: object = {}, answer?: (query: URLSearchParams) => Response | undefined): Asked {
  const warnings: string[] = [];
  const fetch = (input: string | URL | Request): Promise<Response> => {
    const { searchParams } = new URL(input instanceof Request ? input.url : input);
    return Promise.resolve(answer?.(searchParams) ?? limited(queryKernels(rows, searchParams), LIMIT, 503));
  };
  const imap = new ImapClient({
    baseUrl: 'https://api.test.com',
    fetch,
    retries: 0,
    logger: { warn: (message) => warnings.push(message) },
  });
  return { found: imap.spiceQuery({ type: 'kernels', ...query }), warnings };
}

describe('kernels without a coverage, in a query that is asked in parts', () => {
  it('are found by the days on which they arrived', async () => {
    const rows = [...dated(30, (at) => at), ...undated(3, 9)];
    const { found, warnings } = ask(rows);
    expect((await found).map(({ name }) => name).sort()).toEqual(rows.map(({ name }) => name).sort());
    expect(warnings).toHaveLength(1);
  });

  it('that are too many on one day are an error that says how to narrow the query, never fewer kernels', async () => {
    const rows = [...dated(30, (at) => at), ...undated(LIMIT + 1, 40)];
    await expect(ask(rows).found).rejects.toThrow(
      /for kernels without coverage, ingested 20260210 to 20260211 .*narrow the query with startTime or endTime/,
    );
    expect(await ask(rows, { startTime: '2000-01-01' }).found).toHaveLength(30);
  });

  it('cannot be looked for among more others of that day than fit: these are found, with a warning', async () => {
    const { found, warnings } = ask(dated(40, () => 5));
    expect(await found).toHaveLength(40);
    expect(warnings.at(-1)).toMatch(/kernels without coverage, if there are any, could not be searched for: more of/);
  });

  it('cannot be looked for at an older server, which knows no days of ingestion: a warning says so', async () => {
    const refused = (query: URLSearchParams): Response | undefined =>
      query.has('end_ingest_date') || query.has('start_ingest_date')
        ? Response.json('end_ingest_date is not a valid query parameter.', { status: 400 })
        : undefined;
    const { found, warnings } = ask(
      dated(40, (at) => at),
      {},
      refused,
    );
    expect(await found).toHaveLength(40);
    expect(warnings.at(-1)).toMatch(/could not be searched for: .*end_ingest_date is not a valid/);
  });

  it('a server that goes down while they are looked for is an error, never fewer kernels', async () => {
    let isDown = false;
    const down = (query: URLSearchParams): Response | undefined => {
      isDown ||= query.has('end_ingest_date');
      return isDown ? Response.json({ message: 'Service Unavailable' }, { status: 503 }) : undefined;
    };
    await expect(ask([...dated(40, (at) => at), ...undated(3, 9)], {}, down).found).rejects.toMatchObject({
      status: 503,
    });
  });
});
