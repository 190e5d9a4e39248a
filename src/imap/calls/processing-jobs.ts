import type { Arguments } from '../../core/operation/arguments.js';
import { DATA_LEVELS, INSTRUMENTS, JOB_STATUSES } from '../centre.js';
import type { ImapOperation } from '../context.js';
import { toDay } from '../names/days.js';
import { PROCESSING_JOBS } from '../routes.js';
import type { ProcessingJob, ProcessingJobQuery } from '../types.js';
import { decodeJobs } from '../decode/jobs.js';
import { askRoute } from '../query/ask-route.js';
import { requireWord } from '../query/words.js';

export async function processingJobs(op: ImapOperation, query: ProcessingJobQuery): Promise<ProcessingJob[]> {
  const request = { query: pairsOf(op.arguments, query) };
  const answer = await askRoute(op, request, PROCESSING_JOBS, (each) => op.json(each));
  return decodeJobs(op, answer);
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
  add('status', status && args.oneOf(status, 'status', JOB_STATUSES));
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
