import { requireInteger, requireOneOf, requireText } from '../../core/validate/arguments.js';
import type { Call } from '../../core/http/call.js';
import type { SdcErrorInit } from '../../errors.js';
import type { CallOptions } from '../../types.js';
import { DATA_LEVELS, INSTRUMENTS } from '../constants.js';
import type { ImapContext } from '../context.js';
import { toDay } from '../names/days.js';
import type { ProcessingJob, ProcessingJobQuery } from '../types.js';
import { checkKeys } from './parameters.js';
import { parseTimestamp } from './ingestion.js';
import { misfit, rowsOf } from './rows.js';

const OPERATION = 'imap.processingJobs';
const STATUSES = ['INPROGRESS', 'SUCCEEDED', 'FAILED'] as const;
const KEYS = [
  'status',
  'instrument',
  'dataLevel',
  'descriptor',
  'startDate',
  'repointing',
  'majorVersion',
  'minorVersion',
  'jobLogStreamId',
];

/** `ImapClient.processingJobs`. */
export async function queryJobs(
  context: ImapContext,
  query: ProcessingJobQuery = {},
  options: CallOptions = {},
): Promise<ProcessingJob[]> {
  checkKeys(query, KEYS, OPERATION);
  const call: Call = { operation: OPERATION, url: 'processing-jobs', query: pairsOf(query), ...options };
  const init = context.transport.init(call);
  return rowsOf(await context.transport.json(call), init).map((row, index) => decodeJob(row, `$[${index}]`, init));
}

/** `ImapClient.processingLog`: as the server sends it, since its shape is not documented. */
export function readJobLog(context: ImapContext, jobLogStreamId: string, options: CallOptions = {}): Promise<unknown> {
  const operation = 'imap.processingLog';
  const id = requireText(jobLogStreamId, 'jobLogStreamId', operation).split('/').map(encodeURIComponent).join('/');
  return context.transport.json({ operation, url: `processing-logs/${id}`, ...options });
}

function pairsOf(query: ProcessingJobQuery): [string, string][] {
  const pairs: [string, string][] = [];
  const add = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) pairs.push([name, String(value)]);
  };
  const number = (value: number | undefined, label: string): number | undefined =>
    value === undefined ? undefined : requireInteger(value, label, OPERATION, { min: 0 });
  const { status, instrument, dataLevel, descriptor, startDate, jobLogStreamId } = query;
  add('status', status && requireOneOf(status, STATUSES, 'status', OPERATION));
  add('instrument', instrument && requireOneOf(instrument, INSTRUMENTS, 'instrument', OPERATION));
  add('data_level', dataLevel && requireOneOf(dataLevel, DATA_LEVELS, 'dataLevel', OPERATION));
  add('descriptor', descriptor && requireText(descriptor, 'descriptor', OPERATION));
  add('start_date', startDate === undefined ? undefined : toDay(startDate, `${OPERATION}: startDate`));
  add('major_version', number(query.majorVersion, 'majorVersion'));
  add('minor_version', number(query.minorVersion, 'minorVersion'));
  add('repointing', number(query.repointing, 'repointing'));
  add('job_log_stream_id', jobLogStreamId && requireText(jobLogStreamId, 'jobLogStreamId', OPERATION));
  return pairs;
}

function decodeJob(row: Readonly<Record<string, unknown>>, path: string, init: SdcErrorInit): ProcessingJob {
  const text = (key: string): string => {
    const value = row[key];
    if (typeof value !== 'string') throw misfit(`${path}.${key}`, 'a text', value, init);
    return value;
  };
  const number = (key: string): number | undefined => {
    const value = row[key];
    return typeof value === 'number' ? value : undefined;
  };
  const date = (key: string): Date | undefined => {
    const value = row[key];
    if (value === undefined || value === null) return undefined;
    const ms = typeof value === 'string' ? parseTimestamp(value) : undefined;
    if (ms === undefined) throw misfit(`${path}.${key}`, 'an ISO timestamp', value, init);
    return new Date(ms);
  };
  const [startDate, startedAt, stoppedAt] = [date('start_date'), date('started_at'), date('stopped_at')];
  const [majorVersion, minorVersion, repointing] = [
    number('major_version'),
    number('minor_version'),
    number('repointing'),
  ];
  const stream = row.job_log_stream_id;
  return {
    status: STATUSES.find((status) => status === row.status) ?? 'unknown',
    instrument: text('instrument'),
    dataLevel: text('data_level'),
    descriptor: text('descriptor'),
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
