import { isAmong } from '../names/constants.js';
import { serverDay } from '../names/days.js';
import type { ImapSampleJob } from '../options.js';
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

function record(job: ImapSampleJob): Record<string, unknown> {
  const nulls = Object.fromEntries(NULLABLE.map((name) => [name, null]));
  const start = isoDay(serverDay(job.start_date) ?? 0);
  return { major_version: 0, minor_version: 1, ...nulls, ...job, start_date: start };
}

/** `2026-01-05T00:00:00`. */
function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}
