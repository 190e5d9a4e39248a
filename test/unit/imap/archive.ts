/** A model of the Science Data Center's query handlers: filters, ranking and limits as its own source has them. */

export interface ScienceRow {
  readonly instrument: string;
  readonly level: string;
  readonly descriptor: string;
  /** `YYYYMMDD`. */
  readonly day: string;
  readonly major: number;
  readonly minor: number;
  /** `YYYYMMDD`. */
  readonly ingested: string;
}

export interface KernelRow {
  readonly name: string;
  /** Coverage; `null` where the database has none, which no span of coverage matches. */
  readonly begin: number | null;
  readonly end: number | null;
  /** Day of ingestion, counted from 2026-01-01, and second of that day. */
  readonly day: number;
  readonly second: number;
}

/** How a server fails that has more rows than it can send. */
export type Failure = 500 | 502 | 503 | 504 | 413 | 'cut';

const json = (value: unknown, status = 200): Response =>
  new Response(typeof value === 'string' ? value : JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json' },
  });

/** At most so many rows, else a failure. */
export function limited(rows: readonly object[], limit: number, failure: Failure): Response {
  if (rows.length <= limit) return json(rows);
  if (failure === 'cut') return json(JSON.stringify(rows).slice(0, -5));
  return json({ message: failure === 413 ? 'Request Too Long' : 'Service Unavailable' }, failure);
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

export function scienceRecord(row: ScienceRow): Record<string, unknown> {
  const version = `v${pad(row.major, 3)}.${pad(row.minor, 4)}`;
  const name = `imap_${row.instrument}_${row.level}_${row.descriptor}_${row.day}_${version}.cdf`;
  return {
    file_path: `imap/${row.instrument}/${row.level}/${row.day.slice(0, 4)}/${row.day.slice(4, 6)}/${name}`,
    instrument: row.instrument,
    data_level: row.level,
    descriptor: row.descriptor,
    start_date: row.day,
    repointing: null,
    major_version: row.major,
    minor_version: row.minor,
    version,
    extension: 'cdf',
    ingestion_date: `${row.ingested} 12:00:00`,
    released: true,
  };
}

/** `/query`: dates inclusive, `end_date` looks at the start, ranking after all filters, by ascending path. */
export function queryScience(archive: readonly ScienceRow[], query: URLSearchParams): Record<string, unknown>[] {
  const within = (value: string, from: string, to: string): boolean =>
    value >= (query.get(from) ?? '00000000') && value <= (query.get(to) ?? '99999999');
  const found = archive.filter(
    (row) =>
      [undefined, null, row.instrument].includes(query.get('instrument')) &&
      [undefined, null, row.level].includes(query.get('data_level')) &&
      within(row.day, 'start_date', 'end_date') &&
      within(row.ingested, 'ingestion_start_date', 'ingestion_end_date'),
  );
  const series = (row: ScienceRow): string => [row.instrument, row.level, row.descriptor, row.day].join();
  const rank = (row: ScienceRow): number => row.major * 10_000 + (query.get('latest') === 'true' ? row.minor : 0);
  const isAsked = query.has('major_version');
  const kept = found.filter((row) =>
    isAsked
      ? row.major === Number(query.get('major_version'))
      : found.every((other) => series(other) !== series(row) || rank(other) <= rank(row)),
  );
  return kept.map(scienceRecord).sort((a, b) => (String(a.file_path) < String(b.file_path) ? -1 : 1));
}

const stamp = ({ day, second }: KernelRow): string =>
  new Date(Date.UTC(2026, 0, 1 + day, 0, 0, second)).toISOString().slice(0, 19).replace('T', ', ');

/** `/spice-query`: kernels whose coverage touches the span, days of ingestion as midnights, in order of arrival. */
export function queryKernels(archive: readonly KernelRow[], query: URLSearchParams): Record<string, unknown>[] {
  const midnight = (name: string, other: number): number => {
    const text = query.get(name);
    if (text === null) return other;
    return Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
  };
  const arrived = (row: KernelRow): number => Date.UTC(2026, 0, 1 + row.day, 0, 0, row.second);
  const [start, end] = [query.get('start_time'), query.get('end_time')];
  return archive
    .filter(
      (row) =>
        (start === null || (row.end !== null && row.end >= Number(start))) &&
        (end === null || (row.begin !== null && row.begin <= Number(end))) &&
        arrived(row) >= midnight('start_ingest_date', -Infinity) &&
        arrived(row) <= midnight('end_ingest_date', Infinity),
    )
    .sort((a, b) => arrived(a) - arrived(b) || (a.name < b.name ? -1 : 1))
    .map((row) => ({
      file_name: `ck/${row.name}`,
      kernel_type: 'attitude_history',
      version: 1,
      min_date_j2000: row.begin,
      max_date_j2000: row.end,
      ingestion_date: stamp(row),
    }));
}
