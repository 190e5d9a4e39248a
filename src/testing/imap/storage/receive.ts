import { createHash } from 'node:crypto';

import { objectOf, objectWithoutContent, type StoredObject } from '../archive/objects.js';
import type { Refusal } from './errors.js';

/** How an upload is kept. */
export interface ReceiveOptions {
  readonly key: string;
  readonly at: number;
  readonly keepBytes: number;
  readonly viaSocket: boolean;
}

const MAX_PUT_BYTES = 5 * 1024 ** 3;

/** Takes the body of a PUT: counted and digested on the way, kept when it is small enough. */
export async function receive(request: Request, options: ReceiveOptions): Promise<StoredObject | Refusal> {
  const announced = request.headers.get('content-length');
  const early = refuseEarly(request, announced, options.viaSocket);
  if (early !== undefined) return early;
  const digest = createHash('md5');
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body !== null) {
    const reader = request.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const chunk = Buffer.from(next.value);
      digest.update(chunk);
      size += chunk.length;
      if (size <= options.keepBytes) chunks.push(chunk);
      else chunks.length = 0;
    }
  }
  if (announced !== null && Number(announced) !== size) {
    const message = 'You did not provide the number of bytes specified by the Content-Length HTTP header.';
    return { status: 400, code: 'IncompleteBody', message };
  }
  const sum = digest.digest();
  const claimed = request.headers.get('content-md5');
  if (claimed !== null && claimed !== sum.toString('base64')) {
    const message = 'The Content-MD5 you specified did not match what we received.';
    return { status: 400, code: 'BadDigest', message };
  }
  const object = { key: options.key, modified: options.at, tags: request.headers.get('x-amz-tagging') ?? undefined };
  if (size > options.keepBytes) return objectWithoutContent(size, sum.toString('hex'), object);
  return objectOf(new Uint8Array(Buffer.concat(chunks)), object);
}

/** S3 wants a length and no chunks; without a socket there is no framing to judge. */
function refuseEarly(request: Request, announced: string | null, viaSocket: boolean): Refusal | undefined {
  if (request.headers.has('transfer-encoding')) {
    const message = 'A header you provided implies functionality that is not implemented';
    return { status: 501, code: 'NotImplemented', message, more: { Header: 'Transfer-Encoding' } };
  }
  if (viaSocket && announced === null) {
    return { status: 411, code: 'MissingContentLength', message: 'You must provide the Content-Length HTTP header.' };
  }
  if (Number(announced) <= MAX_PUT_BYTES) return undefined;
  return {
    status: 400,
    code: 'EntityTooLarge',
    message: 'Your proposed upload exceeds the maximum allowed object size.',
  };
}
