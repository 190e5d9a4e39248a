import { ACCOUNT, BUCKET, amzDate, encode, scopeOf, signatureOf } from './signature.js';

/** What to presign. */
export interface PresignRequest {
  readonly method: 'GET' | 'PUT';
  /** Origin of the storage service as the client sees it. */
  readonly origin: string;
  readonly key: string;
  readonly at: number;
  readonly seconds: number;
  /** Headers that the client must send; `*` stands for any value. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes a presigned URL: SigV4 in the query string, path-style address. */
export function presign(request: PresignRequest): string {
  const path = request.key.split('/').map(encode).join('/');
  const url = new URL(`${request.origin}/${BUCKET}/${path}`);
  const signed: Record<string, string> = { host: url.host };
  for (const [name, value] of Object.entries(request.headers ?? {})) signed[name.toLowerCase()] = value;
  const stamp = amzDate(request.at);
  const parameters = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${ACCOUNT.accessKey}/${scopeOf(stamp)}`,
    'X-Amz-Date': stamp,
    'X-Amz-Expires': String(request.seconds),
    'X-Amz-SignedHeaders': Object.keys(signed).sort().join(';'),
    'X-Amz-Security-Token': ACCOUNT.token,
  };
  url.search = Object.entries(parameters)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
  const signature = signatureOf(request.method, url, signed);
  return `${url.href}&X-Amz-Signature=${signature}`;
}
