import { defined } from '../../core/util/defined.js';
import { JOB_STATUSES } from '../centre.js';
import type { ImapOperation } from '../context.js';
import type { ProcessingJob, JobLogEvent, ProcessingLog } from '../types.js';
import { readRows, requiredText, textOf, timestamp, type RowReader } from './rows.js';
import { isRecord } from '../../core/util/records.js';

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
  return defined({
    status: JOB_STATUSES.find((status) => status === row.status) ?? 'unknown',
    instrument: requiredText(reader, 'instrument'),
    dataLevel: requiredText(reader, 'data_level'),
    descriptor: requiredText(reader, 'descriptor'),
    startDate,
    majorVersion,
    minorVersion,
    repointing,
    jobLogStreamId: textOf(row.job_log_stream_id),
    startedAt,
    stoppedAt,
    raw: row,
  });
}

/** Lines are the rule; JSON is a text in quotes, a list of events, or an object that holds one of them. */
export function decodeLog(body: string): ProcessingLog {
  const value = parsed(body);
  if (typeof value === 'string') return { text: value };
  const list = isRecord(value) ? (value.events ?? value.logs) : value;
  if (typeof list === 'string') return { text: list };
  if (!Array.isArray(list)) return { text: body };
  const events = list.flatMap(eventOf);
  return { text: events.map(({ message }) => message).join('\n'), events };
}

function eventOf(entry: unknown): JobLogEvent[] {
  if (typeof entry === 'string') return [{ message: entry, raw: entry }];
  if (typeof entry !== 'object' || entry === null) return [];
  const message: unknown = Reflect.get(entry, 'message');
  const ms: unknown = Reflect.get(entry, 'timestamp');
  const time = typeof ms === 'number' && Math.abs(ms) <= 8.64e15 ? { time: new Date(ms) } : {};
  return typeof message === 'string' ? [{ message, ...time, raw: entry }] : [];
}

/** A log whose lines happen to be JSON each is not JSON as a whole. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
