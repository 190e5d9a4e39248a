import { sleep } from '../../../core/util/time.js';
import { htmlResponse, page } from '../../kit/html.js';
import type { SimContext } from '../../kit/types.js';
import { decode } from '../storage/signature.js';
import { json, noRoute } from './answers.js';
import { readParameters, type ApiCall, type ApiService, type Prefix } from './call.js';
import { download } from './download.js';
import { processingJobs, processingLogs } from './jobs.js';
import { metakernel } from './metakernel.js';
import { query } from './query.js';
import { release } from './release.js';
import { reprocess } from './reprocess.js';
import { spiceQuery } from './spice-query.js';
import { tableFiles } from './table-files.js';
import { upload } from './upload.js';

interface Route {
  readonly methods: readonly string[];
  /** Whether path segments may follow. */
  readonly deep?: boolean;
  /** Who has the route; default: all. `keyed`: production has it below `/api-key` only. */
  readonly where?: 'keyed' | 'api-key' | 'spice';
  handle(call: ApiCall): Response;
}

const GET = ['GET'];

/** The routes of 2026 (section 9.1). */
const ROUTES: Readonly<Record<string, Route>> = {
  query: { methods: GET, deep: true, handle: query },
  'spice-query': { methods: GET, where: 'spice', handle: spiceQuery },
  metakernel: { methods: GET, where: 'spice', handle: metakernel },
  download: { methods: ['GET', 'HEAD'], deep: true, handle: download },
  upload: { methods: GET, deep: true, where: 'keyed', handle: upload },
  release: { methods: GET, where: 'api-key', handle: release },
  reprocess: { methods: ['POST'], where: 'keyed', handle: reprocess },
  'spin-table': { methods: GET, where: 'spice', handle: (call) => tableFiles(call, 'spin') },
  'repoint-table': { methods: GET, where: 'spice', handle: (call) => tableFiles(call, 'repoint') },
  'small-forces-table': { methods: GET, where: 'spice', handle: (call) => tableFiles(call, 'thruster') },
  'processing-jobs': { methods: GET, handle: processingJobs },
  'processing-logs': { methods: GET, deep: true, handle: processingLogs },
};

const GATEWAY_LIMIT_MS = 30_000;

/** Answers a request to the HTTP API of 2026: route, credential, handler. */
export async function handleGateway(context: SimContext, service: ApiService): Promise<Response> {
  const { latencyMs = 0 } = service.options;
  if (latencyMs > 0) await sleep(Math.min(latencyMs, GATEWAY_LIMIT_MS), context.request.signal);
  const answer =
    latencyMs >= GATEWAY_LIMIT_MS ? json({ message: 'Service Unavailable' }, 503) : route(context, service);
  answer.headers.set('apigw-requestid', service.requestId());
  // A HEAD has the same headers and no body.
  return context.request.method === 'HEAD' ? new Response(null, answer) : answer;
}

function route(context: SimContext, service: ApiService): Response {
  const { request, url, path } = context;
  if (path === '/') return landing(request.method);
  const match = /^(?:\/(authorized|api-key))?\/([a-z-]+)(?:\/(.*))?$/s.exec(path);
  const [, given, name = '', rest] = match ?? [];
  const prefix: Prefix = given === 'authorized' || given === 'api-key' ? given : 'public';
  const found = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  if (found === undefined || !exists(found, prefix, service) || !found.methods.includes(request.method))
    return noRoute();
  if (rest !== undefined && found.deep !== true) return noRoute();
  const refusal = authorise(request, prefix, service);
  if (refusal !== undefined) return refusal;
  const scope = prefix === 'api-key' ? service.keys.get(request.headers.get('x-api-key') ?? '') : undefined;
  const { archive } = service;
  return found.handle({
    context,
    service,
    archive,
    prefix,
    scope,
    rest: decode(rest ?? ''),
    parameters: readParameters(url),
  });
}

function exists({ where }: Route, prefix: Prefix, { options }: ApiService): boolean {
  if (where === 'api-key') return prefix === 'api-key';
  if (where === 'keyed') return prefix === 'api-key' || options.stage === 'dev';
  return where !== 'spice' || prefix === 'public' || options.spicePrefixes !== 'public';
}

/** What the authorisers say (section 2.6); the handler never sees such a request. */
function authorise(request: Request, prefix: Prefix, { keys, tokens }: ApiService): Response | undefined {
  if (prefix === 'public') return undefined;
  if (prefix === 'authorized') {
    const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
    return token !== undefined && tokens.includes(token) ? undefined : json({ message: 'Unauthorized' }, 401);
  }
  const key = request.headers.get('x-api-key');
  if (key === null || key === '') return json({ message: 'Unauthorized' }, 401);
  return keys.has(key) ? undefined : json({ message: 'Forbidden' }, 403);
}

function landing(method: string): Response {
  if (method !== 'GET') return noRoute();
  return htmlResponse(page('IMAP SDC', '<h1>IMAP Science Data Center</h1><p>This is a simulation.</p>'));
}
