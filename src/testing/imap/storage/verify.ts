import type { SimContext } from '../../kit/types.js';
import { MISMATCH, type Refusal } from './errors.js';
import { ACCOUNT, momentOfAmzDate, signatureOf } from './signature.js';

const NEEDED = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
];

/**
 * Checks a presigned request as S3 does; `undefined` means it may pass.
 *
 * @param expected - Values of signed headers that the server chose; `*` is any value.
 */
export function verify(context: SimContext, expected: Readonly<Record<string, string>>): Refusal | undefined {
  const { request, url } = context;
  const query = url.searchParams;
  const presigned = NEEDED.some((name) => query.has(name));
  if (presigned && request.headers.has('authorization')) return TWO_MECHANISMS;
  if (!NEEDED.every((name) => query.has(name))) {
    return {
      status: 403,
      code: 'AccessDenied',
      message: presigned ? 'Query-string authentication is incomplete.' : 'Access Denied',
    };
  }
  if (query.get('X-Amz-Credential')?.startsWith(`${ACCOUNT.accessKey}/`) !== true) {
    const message = 'The AWS Access Key Id you provided does not exist in our records.';
    return { status: 403, code: 'InvalidAccessKeyId', message };
  }
  return expiry(query, context.clock.now()) ?? headersRefused(request, query, expected) ?? signature(context, expected);
}

const TWO_MECHANISMS: Refusal = {
  status: 400,
  code: 'InvalidArgument',
  message:
    'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
  more: { ArgumentName: 'Authorization' },
};

function expiry(query: URLSearchParams, now: number): Refusal | undefined {
  const from = momentOfAmzDate(query.get('X-Amz-Date') ?? '');
  const seconds = Number(query.get('X-Amz-Expires'));
  if (from === undefined || !Number.isInteger(seconds) || seconds < 1 || seconds > 604_800) {
    return { status: 403, code: 'AccessDenied', message: 'Invalid date or lifetime in the query string.' };
  }
  const end = from + seconds * 1000;
  if (now < end) return undefined;
  const more = {
    'X-Amz-Expires': String(seconds),
    Expires: new Date(end).toISOString(),
    ServerTime: new Date(now).toISOString(),
  };
  return { status: 403, code: 'AccessDenied', message: 'Request has expired', more };
}

/** Headers of S3 itself must be signed; signed headers must be there. */
function headersRefused(
  request: Request,
  query: URLSearchParams,
  expected: Readonly<Record<string, string>>,
): Refusal | undefined {
  const signed = (query.get('X-Amz-SignedHeaders') ?? '').split(';');
  const foreign = [...request.headers.keys()].filter((name) => name.startsWith('x-amz-') && !signed.includes(name));
  if (foreign.length > 0) {
    const message = 'There were headers present in the request which were not signed';
    return { status: 403, code: 'AccessDenied', message, more: { HeadersNotSigned: foreign.join(', ') } };
  }
  const wrong = signed.filter((name) => {
    if (name === 'host') return false;
    const wanted = expected[name] ?? '*';
    const value = request.headers.get(name);
    return value === null || (wanted !== '*' && value !== wanted);
  });
  return wrong.length > 0 ? MISMATCH : undefined;
}

function signature({ request, url }: SimContext, expected: Readonly<Record<string, string>>): Refusal | undefined {
  const names = (url.searchParams.get('X-Amz-SignedHeaders') ?? '').split(';');
  const headers = Object.fromEntries(names.map((name) => [name, name === 'host' ? url.host : (expected[name] ?? '*')]));
  const right = signatureOf(request.method, url, headers);
  return url.searchParams.get('X-Amz-Signature') === right ? undefined : MISMATCH;
}
