// Counts for Prometheus, and the answer to "is it well?", on METRICS_PORT.
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { OnFile } from './batch.js';
import type { SdcQueue } from './tasks.js';

/** How a batch left the worker. */
export type BatchEnd = 'done' | 'retried' | 'failed' | 'paused' | 'returned';

export interface Metrics {
  readonly onFile: OnFile;
  /** A batch has begun; call the result when it ends. */
  begun(): (end: BatchEnd) => void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** Longest wait for Redis when somebody looks. */
const LOOK_MS = 2000;

export function createMetrics(queue: SdcQueue): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const files = new Counter({
    name: 'sdc_queue_files_total',
    help: 'Files, by status.',
    labelNames: ['status'],
    registers,
  });
  const bytes = new Counter({ name: 'sdc_queue_bytes_total', help: 'Bytes that were fetched.', registers });
  const failures = new Counter({
    name: 'sdc_queue_failures_total',
    help: 'Failed attempts for a file, by the code of the error.',
    labelNames: ['code'],
    registers,
  });
  const batches = new Counter({
    name: 'sdc_queue_batches_total',
    help: 'Batches of this worker, by how they ended.',
    labelNames: ['end'],
    registers,
  });
  const active = new Gauge({ name: 'sdc_queue_active_batches', help: 'Batches that this worker is at.', registers });
  const seconds = new Histogram({
    name: 'sdc_queue_batch_duration_seconds',
    help: 'Batches of this worker, until they ended.',
    buckets: [1, 5, 15, 60, 300, 900, 3600],
    registers,
  });
  const up = new Gauge({ name: 'sdc_queue_redis_up', help: 'Whether Redis answers.', registers });
  const jobs = new Gauge({
    name: 'sdc_queue_jobs',
    help: 'Jobs in Redis, by state: the same in all workers.',
    labelNames: ['state'],
    registers,
  });
  return {
    onFile: ({ status, bytes: count, code }) => {
      files.inc({ status });
      bytes.inc(count);
      if (code !== undefined) failures.inc({ code });
    },
    begun: () => {
      active.inc();
      const stop = seconds.startTimer();
      return (end) => {
        active.dec();
        stop();
        batches.inc({ end });
      };
    },
    text: async () => {
      const counts = await within(queue.getJobCounts());
      up.set(counts === undefined ? 0 : 1);
      jobs.reset();
      for (const [state, count] of Object.entries(counts ?? {})) jobs.set({ state }, count);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/** `GET /metrics` and `GET /health`: 503 while Redis does not answer. */
export async function serveMetrics(metrics: Metrics, queue: SdcQueue, port: number, host: string): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (request.url === '/metrics') {
        const text = await metrics.text();
        response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
      } else if (request.url === '/health') {
        const isWell = (await within(queue.getJobCounts('wait'))) !== undefined;
        response.writeHead(isWell ? 200 : 503).end(isWell ? 'ok\n' : 'no answer from Redis\n');
      } else response.writeHead(404).end();
    };
    answer().catch(() => response.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

async function within<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), LOOK_MS);
  });
  try {
    return await Promise.race([work.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
