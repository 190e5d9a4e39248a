import { isAmong } from '../names/constants.js';
import { serverDay } from '../names/days.js';
import type { ImapSampleJob } from '../options.js';
import { textResponse } from '../../kit/html.js';
import { json } from './answers.js';
import type { ApiCall } from './call.js';

const NULLABLE = [
  'repointing',
  'dependency_hash',
  'job_definition',
  'job_log_stream_id',
  'container_image',
  'container_image_digest',
  'container_command',
  'started_at',
  'stopped_at',
];
const COLUMNS = [
  'status',
  'instrument',
  'data_level',
  'descriptor',
  'start_date',
  'major_version',
  'minor_version',
  ...NULLABLE,
];

/** `GET /processing-jobs` (section 9.4): the newest 100, or all that match. */
export function processingJobs({ parameters, service }: ApiCall): Response {
  let jobs = service.jobs().map(record);
  if (parameters === undefined) return json(jobs.slice(-100).reverse());
  for (const [name, value] of parameters) {
    if (!isAmong(COLUMNS, name)) return json({ error: `${name} is not a valid query parameter.` }, 400);
    const day = name === 'start_date' ? serverDay(value) : undefined;
    if (name === 'start_date' && day === undefined) return json({ error: `Invalid value for ${name}: ${value}` }, 400);
    const wanted = day === undefined ? value : isoDay(day);
    jobs = jobs.filter((job) => String(job[name]) === wanted);
  }
  return json(jobs);
}

/**
 * `GET /processing-logs/{id}` (section 9.4): the messages of one log stream, a line each, without a content type. The id may
 * stand in the parameter `job_log_stream_id` instead, as an earlier handler has it.
 */
export function processingLogs({ parameters, rest, service }: ApiCall): Response {
  const id = rest === '' ? parameters?.get('job_log_stream_id') : rest;
  if (id === undefined || id === '') return json({ error: 'job_log_stream_id is required.' }, 400, 'none');
  const job = service.jobs().find(({ job_log_stream_id: stream }) => stream === id);
  if (job !== undefined) return textResponse((job.log ?? []).join('\n'), 'text/plain', 200);
  const said = 'An error occurred (ResourceNotFoundException) when calling the GetLogEvents operation';
  return json({ error: `Could not fetch logs: ${said}: The specified log stream does not exist.` }, 500, 'none');
}

function record({ log: _log, ...job }: ImapSampleJob): Record<string, unknown> {
  const nulls = Object.fromEntries(NULLABLE.map((name) => [name, null]));
  const start = isoDay(serverDay(job.start_date) ?? 0);
  return { major_version: 0, minor_version: 1, ...nulls, ...job, start_date: start };
}

/** `2026-01-05T00:00:00`. */
function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}
