// Spans of calls with their requests as children, and durations by route, for the OpenTelemetry SDK that your program sets up.
import { subscribe } from 'node:diagnostics_channel';
import { context, metrics, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { ImapClient, isSdcError, type CallMessage, type RequestMessage } from '@lab/sdc';

const tracer = trace.getTracer('@lab/sdc');
const durations = metrics.getMeter('@lab/sdc').createHistogram('sdc.request.duration', { unit: 'ms' });
const spans = new WeakMap<CallMessage, Span>();

const CALL = 'tracing:@lab/sdc:operation';
subscribe(`${CALL}:start`, (message) => {
  const call = message as CallMessage;
  spans.set(call, tracer.startSpan(call.operation, { attributes: { 'sdc.centre': call.centre } }));
});
subscribe(`${CALL}:error`, (message) => fail(spans.get(message as CallMessage), (message as CallMessage).error));
subscribe(`${CALL}:asyncEnd`, (message) => spans.get(message as CallMessage)?.end());

subscribe('@lab/sdc:request', (message) => {
  const { operation, method, url, status, ms, attempt, publicCall, error } = message as RequestMessage;
  const { pathname, host } = new URL(url);
  // Names and dates would make a route of each file.
  const route = pathname.replace(/[^/]*\d[^/]*/gu, '{}');
  const attributes = {
    'http.request.method': method,
    'server.address': host,
    'url.full': url,
    'url.template': route,
    'http.request.resend_count': attempt - 1,
    ...(status !== undefined && { 'http.response.status_code': status }),
  };
  const parent = spans.get(publicCall);
  const within = parent === undefined ? context.active() : trace.setSpan(context.active(), parent);
  const startTime = Date.now() - ms;
  const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.CLIENT, startTime, attributes }, within);
  if (error !== undefined) fail(span, error);
  span.end();
  durations.record(ms, { operation, method, route, status: status ?? 0 });
});

function fail(span: Span | undefined, error: unknown): void {
  span?.setAttribute('error.type', isSdcError(error) ? error.code : 'other');
  span?.setStatus({ code: SpanStatusCode.ERROR, ...(error instanceof Error && { message: error.message }) });
}

await using imap = new ImapClient();
const [file] = await imap.query({ instrument: 'mag' });
if (file !== undefined) await imap.download(file);
