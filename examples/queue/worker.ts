// npm run worker: fetches files for the queue until SIGTERM. Start as many as you like, on as many hosts as you like.
import { relative } from 'node:path';
import { DelayedError, UnrecoverableError, Worker, type Job } from 'bullmq';
import { ImapClient, isSdcError, RateLimited } from '@lab/sdc';
import { connection, QUEUE, type Result, type Task } from './tasks.js';

// IMAP_DATA_DIR is a folder that all workers share. The queue repeats what failed, so the client does not.
const imap = new ImapClient({ retries: 0 });
const stopping = new AbortController();

async function download(job: Job<Task, Result>, token?: string): Promise<Result> {
  try {
    // A file that another worker finished is `skipped`; the part file of one that died is continued where the server can.
    const { path, bytes, status, sha256 } = await imap.download(job.data.file, {
      signal: stopping.signal,
      onProgress: ({ bytes: done, totalBytes }) => void job.updateProgress({ done, totalBytes }).catch(() => undefined),
    });
    return {
      file: job.data.file,
      path: relative(imap.dataDir, path),
      bytes,
      status,
      worker: process.pid,
      ...(sha256 !== undefined && { sha256 }),
    };
  } catch (error) {
    if (stopping.signal.aborted) {
      await job.moveToDelayed(Date.now(), token); // back to the others, and not charged an attempt
      throw new DelayedError();
    }
    throw await verdict(job, error);
  }
}

/** Our typed errors steer the queue. */
async function verdict(job: Job<Task, Result>, error: unknown): Promise<unknown> {
  // What may have been taken is not sent again by a queue: somebody has to look first. Downloads carry no `delivered`, orders do.
  if (isSdcError(error) && error.delivered === 'maybe' && !error.retryable) {
    await job.log(JSON.stringify(error));
    return new UnrecoverableError(`${error.code}: ${error.message}`);
  }
  if (error instanceof RateLimited) {
    // The centre means all of us: every worker pauses, and the job is not charged an attempt.
    await worker.rateLimit(error.retryAfterMs ?? 60_000);
    return Worker.RateLimitError();
  }
  if (isSdcError(error)) {
    await job.log(JSON.stringify(error)); // free of secrets, with code, status and attempts
    // what would fail again at once fails for good; a transfer that broke off may do better
    if (!error.retryable && error.code !== 'transfer') return new UnrecoverableError(`${error.code}: ${error.message}`);
  } else if (error instanceof TypeError || error instanceof RangeError) {
    return new UnrecoverableError(error.message);
  }
  return error;
}

const worker = new Worker<Task, Result>(QUEUE, download, {
  connection: connection(),
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  // For all workers together, since the centre is shared; without it `rateLimit` above has no effect.
  limiter: { max: Number(process.env.FILES_PER_SECOND ?? 10), duration: 1000 },
  // A worker that dies stops renewing its lock; after that time another one gets the job.
  lockDuration: Number(process.env.LOCK_MS ?? 30_000),
  stalledInterval: Number(process.env.LOCK_MS ?? 30_000) / 2,
  maxStalledCount: 5,
  settings: {
    // doubling, with jitter, so that workers do not come back all at once
    backoffStrategy: (attempts) =>
      Math.round(Number(process.env.BACKOFF_MS ?? 5000) * 2 ** (attempts - 1) * (0.5 + Math.random() / 2)),
  },
});
worker.on('error', (error) => console.error(JSON.stringify({ level: 'error', message: error.message })));
worker.on('ready', () => console.log(JSON.stringify({ level: 'info', message: 'ready', worker: process.pid })));

process.once('SIGTERM', () => {
  // Running transfers end; their part files stay for the worker that gets the job next.
  stopping.abort(new Error('the worker stops'));
  void worker.close().then(() => imap.close());
});
