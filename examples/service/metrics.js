import { Counter, Gauge, Histogram, Registry } from 'prom-client';
const SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];
/** Makes metrics of their own for one service, so that two services in one process do not mix. */
export function createMetrics() {
    const registers = [new Registry()];
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
            const at = (level) => {
                return (message, fields = {}) => {
                    events.inc({ level });
                    const { status, ms } = fields;
                    if (typeof status === 'number' && typeof ms === 'number')
                        upstream.observe({ status }, ms / 1000);
                    log[level](fields, message);
                };
            };
            return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
        },
    };
}
