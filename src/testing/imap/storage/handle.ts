import { serveBytes } from '../../kit/files.js';
import type { SimContext } from '../../kit/types.js';
import type { Archive } from '../archive/archive.js';
import { baseName } from '../names/classify.js';
import { condition } from './conditions.js';
import { SLOW_DOWN, refuse, type Refusal } from './errors.js';
import { receive } from './receive.js';
import { BUCKET, REPROCESSED, decode } from './signature.js';
import { verify } from './verify.js';

/** What the storage service knows. */
export interface StorageService {
  readonly archive: Archive;
  readonly signedHeaders: Readonly<Record<string, string>>;
  readonly indexingDelayMs: number;
  readonly keepBytes: number;
  /** Takes one of the armed 503s for this method. */
  takeSlowDown(method: string): boolean;
  requestId(): string;
}

/** Answers a request to the bucket: presigned GET, HEAD and PUT (sections 5.3, 6.3, 16.1). */
export async function handleStorage(context: SimContext, service: StorageService): Promise<Response> {
  const { request, path } = context;
  const id = service.requestId();
  const answer = service.takeSlowDown(request.method) ? SLOW_DOWN : await proceed(context, service);
  if (!(answer instanceof Response)) {
    // As S3 does it, an upload is refused without reading its body.
    return refuse({ more: { Key: decode(path).slice(BUCKET.length + 2) }, ...answer }, id, request.method === 'HEAD');
  }
  answer.headers.set('x-amz-request-id', id);
  return answer;
}

async function proceed(context: SimContext, service: StorageService): Promise<Response | Refusal> {
  const { request, path } = context;
  const refusal = request.method === 'PUT' ? verifyPut(context, service.signedHeaders) : verify(context, {});
  if (refusal !== undefined) return refusal;
  const prefix = `/${BUCKET}/`;
  if (!path.startsWith(prefix))
    return { status: 404, code: 'NoSuchBucket', message: 'The specified bucket does not exist' };
  const key = decode(path.slice(prefix.length));
  if (request.method === 'PUT') return put(context, key, service);
  if (request.method === 'GET' || request.method === 'HEAD') return get(request, key, service);
  return {
    status: 405,
    code: 'MethodNotAllowed',
    message: 'The specified method is not allowed against this resource.',
  };
}

/** Where the tags of other files are signed as an empty text, those of one that was reprocessed are signed as they are. */
function verifyPut(context: SimContext, signed: Readonly<Record<string, string>>): Refusal | undefined {
  const refusal = verify(context, signed);
  if (refusal === undefined || signed['x-amz-tagging'] !== '') return refusal;
  return verify(context, { ...signed, 'x-amz-tagging': REPROCESSED }) === undefined ? undefined : refusal;
}

async function put(context: SimContext, key: string, service: StorageService): Promise<Response | Refusal> {
  const { request, viaSocket } = context;
  const { archive, keepBytes, indexingDelayMs } = service;
  if (request.headers.get('if-none-match') === '*' && archive.objects.has(key)) return PRECONDITION;
  const received = await receive(request, { key, at: archive.now(), keepBytes, viaSocket });
  if ('code' in received) return received;
  archive.objects.set(key, received);
  if (archive.keyFor(baseName(key)) === key) archive.index(baseName(key), archive.now() + indexingDelayMs);
  return new Response(null, { status: 200, headers: { etag: received.etag, 'content-length': '0' } });
}

function get(request: Request, key: string, service: StorageService): Response | Refusal {
  const object = service.archive.objects.get(key);
  if (object === undefined) return { status: 404, code: 'NoSuchKey', message: 'The specified key does not exist.' };
  const { etag, modified } = object;
  const outcome = condition(request, object);
  if (outcome === 304) return new Response(null, { status: 304, headers: { etag } });
  if (outcome === 412) return PRECONDITION;
  const content = object.content();
  if (content === undefined) {
    return { status: 500, code: 'InternalError', message: 'The simulator did not keep so large an upload.' };
  }
  const served = serveBytes(request, content, { etag, lastModified: new Date(modified), type: 'binary/octet-stream' });
  if (served.status !== 416) return served;
  const more = { RangeRequested: request.headers.get('range') ?? '', ActualObjectSize: String(object.size) };
  return { status: 416, code: 'InvalidRange', message: 'The requested range is not satisfiable', more };
}

const PRECONDITION: Refusal = {
  status: 412,
  code: 'PreconditionFailed',
  message: 'At least one of the pre-conditions you specified did not hold',
};
