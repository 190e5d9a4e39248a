import { createHash, createHmac } from 'node:crypto';

/** The simulated account: it signs its own URLs, so the secret needs no secrecy. */
export const ACCOUNT = {
  accessKey: 'ASIASIMULATEDSIMULAT',
  secret: 'simulated secret',
  token: 'c2ltdWxhdGVkIHNlc3Npb24gdG9rZW4=',
  region: 'us-west-2',
} as const;

/** The tag of a file that was reprocessed by hand. */
export const REPROCESSED = 'manually_reprocessed=true';

export const BUCKET = 'sds-data-simulated';

/** Percent-encodes as SigV4 wants it: everything but letters, digits, `-._~`. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `20260302T120000Z`. */
export function amzDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '').concat('Z');
}

/** Reads `20260302T120000Z`; `undefined` when it is something else. */
export function momentOfAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** `<day>/<region>/s3/aws4_request`. */
export function scopeOf(stamp: string): string {
  return `${stamp.slice(0, 8)}/${ACCOUNT.region}/s3/aws4_request`;
}

/** The SigV4 signature of a presigned request. `headers` are the signed ones, names in lower case. */
export function signatureOf(method: string, url: URL, headers: Readonly<Record<string, string>>): string {
  const stamp = url.searchParams.get('X-Amz-Date') ?? '';
  const path = url.pathname
    .split('/')
    .map((segment) => encode(decode(segment)))
    .join('/');
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  const request = [method, path, query, lines, names.join(';'), 'UNSIGNED-PAYLOAD'].join('\n');
  const digest = createHash('sha256').update(request).digest('hex');
  const key = [ACCOUNT.region, 's3', 'aws4_request'].reduce(
    (secret, part) => hmac(secret, part),
    hmac(`AWS4${ACCOUNT.secret}`, stamp.slice(0, 8)),
  );
  return hmac(key, ['AWS4-HMAC-SHA256', stamp, scopeOf(stamp), digest].join('\n')).toString('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Decodes a path segment; one that cannot be decoded stays as it is. */
export function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
