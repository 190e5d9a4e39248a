// npm run worker: fetches batches of files until SIGTERM. Start as many as you like, on as many hosts as you like.
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { Queue, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import { ImapClient } from '@lab/sdc/imap';
import { fetchBatch, Incomplete, Paused } from './batch.js';
import { run, say, setting } from './environment.js';
import { createMetrics, serveMetrics, type BatchEnd } from './metrics.js';
import { assertReachable, patient } from './redis.js';
import { BATCH_FILES, QUEUE, type Batch, type SdcJob, type SdcQueue, type Tally, type Task } from './tasks.js';

/** How often a worker looks whether the centre has asked another one to wait. */
const LOOK_MS = 500;
/** Longest graceful stop; if Redis does not answer, the locks run out instead. */
const STOP_MS = 10_000;

async function startWorker(): Promise<number> {
  const lockMs = setting('LOCK_MS', 30_000);
  const backoffMs = setting('BACKOFF_MS', 5000);
  const concurrency = setting('CONCURRENCY', 4);
  const filesPerSecond = setting('FILES_PER_SECOND', 0);
  await assertReachable();

  // IMAP_DATA_DIR is a folder that all workers share. The queue repeats what failed, so the client does not.
  const imap = new ImapClient({ retries: 0 });
  const queue: SdcQueue = new Queue(QUEUE, { connection: patient() });
  const metrics = createMetrics(queue);
  const active = new Map<string, AbortController>();
  let isStopping = false;

  /** What is left, not failed, goes back to the others and is not charged an attempt. */
  async function work(job: SdcJob, token?: string): Promise<Tally> {
    if (job.name === 'order') return totalOf(job);
    const ended = metrics.begun();
    let end: BatchEnd = 'failed';
    const leaving = new AbortController();
    active.set(job.id ?? '', leaving);
    const looking = setInterval(() => {
      // So many starts are counted only where a pause was asked for.
      void queue.getRateLimitTtl(Number.MAX_SAFE_INTEGER).then(
        (ms) => ms > 0 && leaving.abort(new Paused(ms)),
        () => undefined,
      );
    }, LOOK_MS);
    try {
      const options = { signal: leaving.signal, concurrency, onFile: metrics.onFile };
      const tally = await fetchBatch(imap, job.data as Batch, options);
      end = 'done';
      return tally;
    } catch (error) {
      if (isStopping) {
        end = 'returned';
        await job.moveToWait(token);
        throw new WaitingError();
      }
      if (error instanceof Paused) {
        end = 'paused';
        // The centre means all of us; where the pause came from another worker, Redis has it already.
        if (error !== leaving.signal.reason) await queue.rateLimit(error.ms);
        throw Worker.RateLimitError();
      }
      const verdict = await judged(job, error);
      if (!(verdict instanceof UnrecoverableError) && job.attemptsMade + 1 < (job.opts.attempts ?? 1)) end = 'retried';
      throw verdict;
    } finally {
      clearInterval(looking);
      active.delete(job.id ?? '');
      ended(end);
    }
  }

  const worker = new Worker<Task, Tally>(QUEUE, work, {
    connection: patient(),
    // Redis keeps it with each batch: `processedBy`.
    name: `${hostname()}-${process.pid}`,
    concurrency: 1,
    // For all workers together, since the centre is shared; without a limiter no pause would be heeded.
    limiter:
      filesPerSecond > 0
        ? { max: 1, duration: Math.ceil((BATCH_FILES / filesPerSecond) * 1000) }
        : { max: 1000, duration: 1000 },
    // A worker that dies stops renewing its lock; after that time another one gets the batch.
    lockDuration: lockMs,
    stalledInterval: lockMs / 2,
    maxStalledCount: 10,
    settings: {
      // doubling up to 120 times, with jitter, so that workers do not come back all at once
      backoffStrategy: (attempts) =>
        Math.round(backoffMs * Math.min(2 ** (attempts - 1), 120) * (0.5 + Math.random() / 2)),
    },
  });
  // Somebody else has the batch by now.
  worker.on('lockRenewalFailed', (ids) => ids.forEach((id) => active.get(id)?.abort(new Error('the lock ran out'))));
  worker.on('failed', (job, error) => say('warning', error.message, { batch: job?.id, attempts: job?.attemptsMade }));
  const troubles = outages();
  worker.on('error', troubles);
  queue.on('error', troubles);
  await worker.waitUntilReady();

  const port = process.env.METRICS_PORT;
  const server =
    port === undefined
      ? undefined
      : await serveMetrics(metrics, queue, Number(port), process.env.METRICS_HOST ?? '127.0.0.1');
  const address = server?.address() as AddressInfo | undefined;
  say('info', 'ready', { dataDir: imap.dataDir, ...(address !== undefined && { metricsPort: address.port }) });

  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    const closed = worker.close();
    // Running transfers end; their part files stay for the worker that gets the batch next.
    for (const leaving of active.values()) leaving.abort(new Error('the worker stops'));
    await closed;
    server?.close();
    server?.closeAllConnections();
    await queue.close();
    await imap.close();
    say('info', 'stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => void stop());
  return 0;
}

/** Our typed errors steer the queue: what would fail again fails for good, everything else may do better. */
async function judged(job: SdcJob, error: unknown): Promise<unknown> {
  if (error instanceof TypeError || error instanceof RangeError) return new UnrecoverableError(error.message);
  if (!(error instanceof Incomplete)) return error;
  await job.clearLogs();
  for (const failure of error.failures) await job.log(JSON.stringify(failure));
  return error.retryable ? error : new UnrecoverableError(error.message);
}

/** All batches of an order are settled: their sum, for dashboards. */
async function totalOf(job: SdcJob): Promise<Tally> {
  const total = { fetched: 0, present: 0, bytes: 0 };
  for (const { fetched, present, bytes } of Object.values(await job.getChildrenValues<Tally>())) {
    total.fetched += fetched;
    total.present += present;
    total.bytes += bytes;
  }
  return total;
}

/** An outage is reported once, not with each attempt to connect. */
function outages(): (error: Error) => void {
  let last = '';
  return ({ message }) => {
    if (message !== last) say('warning', message);
    last = message;
  };
}

await run(startWorker);
