// Counts and durations for Prometheus. The SCC client tells of its requests through its logger: that is the hook.
import type { FastifyBaseLogger } from 'fastify';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Logger } from '@lab/sdc';

const SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** One answer of this service. */
  answered(route: string, status: number, ms: number): void;
  /** Products that are being streamed now. */
  streams(count: number): void;
  /** Bytes of a product that were passed on. */
  streamed(product: string, bytes: number): void;
  /** A logger for the SCC client that counts what it passes on. */
  counting(log: FastifyBaseLogger): Logger;
}

/** Creates separate metrics for each service, so that two services in one process do not mix. */
export function createMetrics(): Metrics {
  const registers = [new Registry()] as const;
  const [registry] = registers;
  const answers = new Histogram({
    name: 'service_request_duration_seconds',
    help: 'Answers of this service, until their last byte.',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers: [...registers],
  });
  const streams = new Gauge({
    name: 'service_streams',
    help: 'Products that are being streamed.',
    registers: [...registers],
  });
  const bytes = new Counter({
    name: 'service_product_bytes_total',
    help: 'Bytes of products that were passed on.',
    labelNames: ['product'],
    registers: [...registers],
  });
  const upstream = new Histogram({
    name: 'scc_request_duration_seconds',
    help: 'Requests to the SCC, until their headers.',
    labelNames: ['status'],
    buckets: SECONDS,
    registers: [...registers],
  });
  const events = new Counter({
    name: 'scc_log_events_total',
    help: 'What the SCC client had to say, by level.',
    labelNames: ['level'],
    registers: [...registers],
  });

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    answered: (route, status, ms) => answers.observe({ route, status }, ms / 1000),
    streams: (count) => streams.set(count),
    streamed: (product, count) => bytes.inc({ product }, count),
    counting: (log) => {
      const at = (level: 'debug' | 'info' | 'warn' | 'error') => {
        return (message: string, fields: Record<string, unknown> = {}): void => {
          events.inc({ level });
          const { status, ms } = fields;
          if (typeof status === 'number' && typeof ms === 'number') upstream.observe({ status }, ms / 1000);
          log[level](fields, message);
        };
      };
      return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
    },
  };
}
