import { JOB_STATUSES } from '../centre.js';
import type { ImapOperation } from '../context.js';
import type { ProcessingJob } from '../types.js';
import { readRows, requiredText, timestamp, type RowReader } from './rows.js';

/** Rows of processing jobs. */
export function decodeJobs(op: ImapOperation, answer: unknown): ProcessingJob[] {
  return readRows(op, answer, decodeJob);
}

function decodeJob(reader: RowReader): ProcessingJob {
  const { row } = reader;
  const number = (key: string): number | undefined => {
    const value = row[key];
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  const [startDate, startedAt, stoppedAt] = ['start_date', 'started_at', 'stopped_at'].map((key) =>
    timestamp(reader, key),
  );
  const [majorVersion, minorVersion, repointing] = ['major_version', 'minor_version', 'repointing'].map(number);
  const stream = row.job_log_stream_id;
  return {
    status: JOB_STATUSES.find((status) => status === row.status) ?? 'unknown',
    instrument: requiredText(reader, 'instrument'),
    dataLevel: requiredText(reader, 'data_level'),
    descriptor: requiredText(reader, 'descriptor'),
    ...(startDate && { startDate }),
    ...(majorVersion !== undefined && { majorVersion }),
    ...(minorVersion !== undefined && { minorVersion }),
    ...(repointing !== undefined && { repointing }),
    ...(typeof stream === 'string' && { jobLogStreamId: stream }),
    ...(startedAt && { startedAt }),
    ...(stoppedAt && { stoppedAt }),
    raw: row,
  };
}
