// What goes through Redis: plain data only. Logins never do, each worker has its own.
import { createHash } from 'node:crypto';
import type { ConnectionOptions, JobsOptions, Queue } from 'bullmq';

export const QUEUE = 'sdc-downloads';

/** One file to fetch. */
export interface Task {
  /** Path in the archive, such as `imap/mag/l0/…`. */
  readonly file: string;
}

/** What a worker leaves behind in Redis when a file is there. */
export interface Result {
  readonly file: string;
  /** Where it is, relative to the shared data directory. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256?: string;
  readonly status: 'downloaded' | 'resumed' | 'updated' | 'skipped';
  /** Process that finished it. */
  readonly worker: number;
}

/** Only attempts that may help are used up: see `worker.ts`. */
export const JOB: JobsOptions = {
  attempts: 6,
  backoff: { type: 'centre' },
  removeOnComplete: { age: 7 * 24 * 3600 },
  removeOnFail: { age: 30 * 24 * 3600 },
};

/** REDIS_URL, default the local server. */
export function connection(): ConnectionOptions {
  const url = new URL(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
  return { host: url.hostname, port: Number(url.port || 6379), maxRetriesPerRequest: null };
}

/** The same file ordered twice is one job. */
export const idOf = (file: string): string => createHash('sha256').update(file).digest('hex').slice(0, 24);

/** Orders files; those that are ordered already, or done, stay as they are. */
export async function order(queue: Queue<Task, Result>, files: readonly string[]): Promise<void> {
  await queue.addBulk(files.map((file) => ({ name: 'download', data: { file }, opts: { ...JOB, jobId: idOf(file) } })));
}
