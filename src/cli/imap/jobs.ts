import type { ProcessingJob } from '../../imap/index.js';
import { defined } from '../command/defined.js';
import type { CommandSpec } from '../command/spec.js';
import type { Column } from '../output/columns.js';
import { withImap } from './open.js';
import { INSTRUMENTS } from './words.js';

const STATES = ['INPROGRESS', 'SUCCEEDED', 'FAILED'] as const;
const COUNT = { min: 0, whole: true } as const;
const COLUMNS: readonly Column<ProcessingJob>[] = [
  { name: 'status', title: 'Status', value: ({ status }) => status },
  { name: 'instrument', title: 'Instrument', value: ({ instrument }) => instrument },
  { name: 'data_level', title: 'Data Level', value: ({ dataLevel }) => dataLevel },
  { name: 'descriptor', title: 'Descriptor', value: ({ descriptor }) => descriptor },
  { name: 'start_date', title: 'Start Date', value: ({ startDate }) => startDate },
  { name: 'repointing', title: 'Repointing', value: ({ repointing }) => repointing },
  { name: 'started_at', title: 'Started', value: ({ startedAt }) => startedAt },
  { name: 'stopped_at', title: 'Stopped', value: ({ stoppedAt }) => stoppedAt },
  { name: 'job_log_stream_id', title: 'Log', value: ({ jobLogStreamId }) => jobLogStreamId },
];

/** `sdc imap processing-jobs`. */
export const processingJobs: CommandSpec = {
  name: 'processing-jobs',
  summary: 'list the processing jobs of the Science Data Center',
  details: 'Without options, the newest 100.',
  options: [
    { flags: '--status <state>', text: 'state', choices: STATES },
    { flags: '--instrument <name>', text: 'instrument', suggestions: INSTRUMENTS },
    { flags: '--data-level <level>', text: 'l0, l1a, …' },
    { flags: '--descriptor <text>', text: 'descriptor of the product' },
    { flags: '--start-date <date>', text: 'YYYYMMDD' },
    { flags: '--repointing <number>', text: 'number of the repointing', number: COUNT },
    { flags: '--major-version <number>', text: 'the part before the point', number: COUNT },
    { flags: '--minor-version <number>', text: 'the part after the point', number: COUNT },
    { flags: '--job-log-stream-id <id>', text: 'the job that this log belongs to' },
  ],
  examples: [['sdc imap processing-jobs --status FAILED --instrument mag', 'jobs that failed']],
  run: async (context) => {
    const { input, signal } = context;
    const query = defined({
      status: input.choice('status', STATES),
      instrument: input.text('instrument'),
      dataLevel: input.text('dataLevel'),
      descriptor: input.text('descriptor'),
      startDate: input.text('startDate'),
      repointing: input.number('repointing'),
      majorVersion: input.number('majorVersion'),
      minorVersion: input.number('minorVersion'),
      jobLogStreamId: input.text('jobLogStreamId'),
    });
    const found = await withImap(context, (imap) => imap.processingJobs(query, { signal }));
    await context.rows(COLUMNS, found);
    if (found.length === 0) context.note('no jobs found');
  },
};

/** `sdc imap processing-logs`. */
export const processingLogs: CommandSpec = {
  name: 'processing-logs',
  summary: 'print the log of a processing job',
  arguments: [{ flags: '<id>', text: 'log id of the job, as processing-jobs shows it' }],
  examples: [['sdc imap processing-logs job/default/0123456789abcdef', 'the log of one job']],
  run: async (context) => {
    const { input, signal, terminal } = context;
    const log = await withImap(context, (imap) => imap.processingLog(input.argument('id'), { signal }));
    if (context.format === 'table') terminal.out(log.text.endsWith('\n') ? log.text : `${log.text}\n`);
    else context.document(log);
  },
};
