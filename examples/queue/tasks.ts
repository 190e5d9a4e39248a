// What goes through Redis: names of files and counts. Logins never do, each worker has its own; and whether a file is there, the disk says.
import type { FlowProducer, Job, JobsOptions, Queue } from 'bullmq';
import { parseImapFileName } from '@lab/sdc/imap';
import { keyOf } from './records.js';

export const QUEUE = 'sdc-downloads';

/** Files of one job: enough that Redis is hardly asked, few enough that all workers have some. */
export const BATCH_FILES = 100;

/** A job of a worker. */
export interface Batch {
  readonly files: readonly string[];
  /** Those of them that are on the disk, but not as they were fetched. */
  readonly damaged: readonly string[];
}

/** The job that waits for all batches of an order. */
export interface Order {
  readonly files: number;
  readonly batches: number;
}

/** What a batch, or all of an order, came to: what dashboards show. It proves nothing. */
export interface Tally {
  readonly fetched: number;
  readonly present: number;
  readonly bytes: number;
}

export type Task = Batch | Order;
export type SdcQueue = Queue<Task, Tally>;
export type SdcJob = Job<Task, Tally>;

/** Only attempts that may help are used up: see `worker.ts`. Twelve take about an hour. */
const batchOptions = (): JobsOptions => ({
  attempts: Number(process.env.ATTEMPTS ?? 12),
  backoff: { type: 'centre' },
  removeOnComplete: { age: 7 * 24 * 3600 },
  removeOnFail: { age: 30 * 24 * 3600 },
  // The order continues to its end; its report names the files.
  ignoreDependencyOnFailure: true,
});

/**
 * Names as they are ordered: paths in the archive, each once.
 *
 * @throws InvalidImapFileName for anything else, before anything is ordered.
 */
export const canonical = (names: Iterable<string>): string[] => [
  ...new Set(Array.from(names, (name) => parseImapFileName(name, { lax: true }).path())),
];

/** Where an order stands. */
export interface Progress {
  readonly id: string;
  readonly batches: number;
  readonly done: number;
  readonly failed: number;
  readonly open: number;
}

/** One poll: two commands of constant time, however many files the order has. `undefined` if Redis does not know it. */
export async function progressOf(queue: SdcQueue, id: string): Promise<Progress | undefined> {
  const job = await queue.getJob(id);
  if (job === undefined) return undefined;
  const { processed = 0, unprocessed = 0, ignored = 0, failed = 0 } = await job.getDependenciesCount();
  const { batches } = job.data as Order;
  // Redis came back empty between the two commands.
  if (processed + ignored + failed + unprocessed < batches) return undefined;
  return { id, batches, done: processed, failed: ignored + failed, open: unprocessed };
}

/** The round of these files that is not finished, if there is one; else the number of the next round. */
export async function roundOf(queue: SdcQueue, files: readonly string[]): Promise<{ id: string; open: boolean }> {
  for (let round = 1; ; round += 1) {
    const id = `${keyOf(files)}-${round}`;
    const progress = await progressOf(queue, id);
    if (progress === undefined || progress.open > 0) return { id, open: progress !== undefined };
  }
}

/** Orders files under an id, all or none of them. An existing id is left unchanged. */
export async function order(
  flows: FlowProducer,
  id: string,
  files: readonly string[],
  damaged: ReadonlySet<string> = new Set(),
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(files.length / BATCH_FILES) }, (_, index) =>
    files.slice(index * BATCH_FILES, (index + 1) * BATCH_FILES),
  );
  const data: Order = { files: files.length, batches: batches.length };
  await flows.add({
    name: 'order',
    queueName: QUEUE,
    data,
    opts: { jobId: id, removeOnComplete: { age: 7 * 24 * 3600 }, removeOnFail: { age: 30 * 24 * 3600 }, attempts: 3 },
    children: batches.map((batch, index) => ({
      name: 'batch',
      queueName: QUEUE,
      data: { files: batch, damaged: batch.filter((file) => damaged.has(file)) } satisfies Batch,
      opts: { ...batchOptions(), jobId: `${id}-${index + 1}` },
    })),
  });
}

/** Why a file is not there. */
export interface Failure {
  readonly file: string;
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** Why files of an order failed, by file; asked once, at the end. */
export async function failuresOf(queue: SdcQueue, id: string): Promise<Map<string, Failure>> {
  const failures = new Map<string, Failure>();
  const job = await queue.getJob(id);
  for (const [key, reason] of Object.entries((await job?.getIgnoredChildrenFailures()) ?? {})) {
    const child = key.slice(key.lastIndexOf(':') + 1);
    for (const file of ((await queue.getJob(child))?.data as Batch | undefined)?.files ?? [])
      failures.set(file, { file, code: 'worker', message: reason, retryable: true });
    for (const line of (await queue.getJobLogs(child)).logs) {
      const failure = JSON.parse(line) as Failure;
      failures.set(failure.file, failure);
    }
  }
  return failures;
}
