import { createHash, type Hash } from 'node:crypto';
import { SdcError, TransferError, UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import type { UploadBody } from '../../core/http/request.js';
import type { ResponseHead } from '../../core/http/response.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { isRetryableStatus, retryAfterMs } from '../../core/retry/retry-timing.js';
import { fileBody } from '../../core/transfer/upload.js';
import { now } from '../../core/util/time.js';
import type { ImapOperation } from '../context.js';
import { uploadError } from '../errors.js';
import type { ImapUploadOptions } from '../types.js';
import { digestOf } from './content.js';
import { checkedAddress } from './presigned.js';
import { signedHeaders } from './signed-headers.js';

/** An upload under way. */
export interface PutRequest {
  readonly path: string;
  readonly name: string;
  readonly options: ImapUploadOptions;
  /** Where it is recorded whether the storage may hold the file although an attempt failed. */
  readonly delivery: Delivery;
}

/** An attempt whose file did not arrive; never leaves this folder. */
export class NotStored extends Error {
  constructor(
    readonly failure: SdcError,
    /** Whether another attempt, with a fresh address, makes sense. */
    readonly mayRepeat: boolean,
    readonly waitMs: number | undefined,
  ) {
    super(failure.message);
  }
}

const MAX_REDIRECTS = 3;

/**
 * One attempt to send a file to a presigned address: from disk, with exact length, with no credential and no header that is not
 * signed. The digest that the storage answers is compared with the one of the bytes that went.
 *
 * @throws {@link NotStored} when the file is not there, or may not be.
 */
export async function putFile(op: ImapOperation, address: string, request: PutRequest): Promise<void> {
  const { path, name, options, delivery } = request;
  const init = op.init();
  const signed = { path, manuallyReprocessed: options.manuallyReprocessed ?? false };
  let waitMs: number | undefined;
  try {
    let url = address;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const hash = tellsDigest(url) ? createHash('md5') : undefined;
      const body = await fileBody(op.arguments, path, { name, onProgress: options.onProgress });
      const answer = await op.send(
        {
          method: 'PUT',
          url,
          headers: await signedHeaders(op, url, signed),
          body: hash === undefined ? body : digested(body, hash),
          anonymous: true,
          delivery,
          // Repeated above, with a fresh address. A file that is there already is taken for this one if it is identical.
          retries: 0,
          safeToRetry: options.existing === 'accept-identical',
          bulk: true,
          redirect: 'manual',
          accept: (status) => (status >= 200 && status < 300) || status === 307 || status === 308,
          mapError: (failed) => {
            waitMs = retryAfterMs(failed.headers.get('retry-after'), now());
            return uploadError(failed, name, delivery);
          },
        },
        ({ status, headers, url: from }) => Promise.resolve({ status, headers, url: from }),
      );
      if (answer.status < 300) {
        if (hash !== undefined) checkReceipt(answer, hash.digest('hex'), { ...init, status: answer.status });
        return;
      }
      // A bucket that was just made sends its first callers to its region: same method, same body.
      url = checkedAddress(op, answer.headers.get('location'), url);
    }
    throw new TransferError(`the storage redirects more than ${MAX_REDIRECTS} times`, init);
  } catch (error) {
    if (!(error instanceof SdcError) || error.code === 'closed') throw error;
    const isTransient = error.status === undefined ? error.retryable : isRetryableStatus(error.status);
    const mayRepeat = (isTransient && error.code !== 'rate-limited') || error.code === 'forbidden';
    throw new NotStored(error, mayRepeat, waitMs);
  }
}

/** Only the storage answers with a digest; elsewhere it would be computed for nothing, at twice the time of the upload. */
function tellsDigest(address: string): boolean {
  return new URL(address).searchParams.has('X-Amz-Signature');
}

function digested(body: UploadBody, hash: Hash): UploadBody {
  return {
    bytes: body.bytes,
    async *open() {
      for await (const chunk of body.open()) {
        if (chunk instanceof Uint8Array) hash.update(chunk);
        yield chunk;
      }
    },
  };
}

/** The storage answers each object that it took with its tag, which holds the digest; a page of a proxy has none. */
function checkReceipt(answer: Pick<ResponseHead, 'url' | 'headers'>, sent: string, init: SdcErrorInit): void {
  if (!answer.headers.has('etag')) {
    throw new UnexpectedResponse(
      'the answer to the upload is none of the storage, so the file may not be there; send it again',
      init,
    );
  }
  const { md5: stored } = digestOf(answer);
  if (stored === undefined || stored === sent) return;
  throw new TransferError(
    'the storage holds other bytes than were sent; ask imap-sdc@lasp.colorado.edu to remove the file, and send it again',
    { ...init, expected: sent, actual: stored },
  );
}
