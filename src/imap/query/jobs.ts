import type { Arguments } from '../../core/operation/arguments.js';
import { DATA_LEVELS, INSTRUMENTS } from '../constants.js';
import type { ImapOperation } from '../context.js';
import { toDay } from '../names/days.js';
import type { ProcessingJob, ProcessingJobQuery } from '../types.js';
import { readRows, requiredText, timestamp, type RowReader } from './odd-rows.js';
import { askRoute } from './routes.js';
import { requireWord } from './words.js';

const STATUSES = ['INPROGRESS', 'SUCCEEDED', 'FAILED'] as const;

/** `ImapClient.processingJobs`. */
export async function processingJobs(op: ImapOperation, query: ProcessingJobQuery): Promise<ProcessingJob[]> {
  const request = { query: pairsOf(op.arguments, query) };
  const answer = await askRoute(op, request, ['processing-jobs'], (each) => op.json(each));
  return readRows(op, answer, decodeJob);
}

function pairsOf(args: Arguments, query: ProcessingJobQuery): [string, string][] {
  const pairs: [string, string][] = [];
  const add = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) pairs.push([name, String(value)]);
  };
  const number = (value: number | undefined, label: string): number | undefined =>
    value === undefined ? undefined : args.integer(value, label, { min: 0 });
  const word = (value: string, name: string, known: readonly string[]): string =>
    requireWord(args, value, { name, known });
  const { status, instrument, dataLevel, descriptor, startDate, jobLogStreamId } = query;
  add('status', status && args.oneOf(status, 'status', STATUSES));
  add('instrument', instrument && word(instrument, 'instrument', INSTRUMENTS));
  add('data_level', dataLevel && word(dataLevel, 'dataLevel', DATA_LEVELS));
  add('descriptor', descriptor && args.text(descriptor, 'descriptor'));
  add('start_date', startDate === undefined ? undefined : toDay(startDate, args.label('startDate')));
  add('major_version', number(query.majorVersion, 'majorVersion'));
  add('minor_version', number(query.minorVersion, 'minorVersion'));
  add('repointing', number(query.repointing, 'repointing'));
  add('job_log_stream_id', jobLogStreamId && args.text(jobLogStreamId, 'jobLogStreamId'));
  return pairs;
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
    status: STATUSES.find((status) => status === row.status) ?? 'unknown',
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
