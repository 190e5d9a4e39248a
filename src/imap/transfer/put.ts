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
import { digestOfFile } from '../../core/transfer/body/digest.js';

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
  let url = new URL(address);
  let hash: Hash | undefined;
  const body = await fileBody(op.arguments, path, { name, onProgress: options.onProgress });
  try {
    const answer = await op.send(
      {
        method: 'PUT',
        url,
        headers: await signedHeaders(op, url, signed),
        body: digested(body, () => {
          hash = returnsDigest(url) ? createHash('md5') : undefined;
          return hash;
        }),
        anonymous: true,
        delivery,
        // Repeated above, with a fresh address. A file that is there already is taken for this one if it is identical.
        retries: 0,
        safeToRetry: options.existing === 'accept-identical',
        bulk: true,
        // A bucket that was just made sends its first callers to its region: same method, same body, the headers that the new address signs.
        redirect: async (from, location) => {
          url = new URL(checkedAddress(op, location, from.href));
          return { url, headers: await signedHeaders(op, url, signed) };
        },
        mapError: (failed) => {
          waitMs = retryAfterMs(failed.headers.get('retry-after'), now());
          return uploadError(failed, name, delivery);
        },
      },
      ({ status, headers, url: from }) => Promise.resolve({ status, headers, url: from }),
    );
    if (hash !== undefined) checkReceipt(answer, hash.digest('hex'), { ...init, status: answer.status });
  } catch (error) {
    if (!(error instanceof SdcError) || error.code === 'closed') throw error;
    const isTransient = error.status === undefined ? error.retryable : isRetryableStatus(error.status);
    const mayRepeat = (isTransient && error.code !== 'rate-limited') || error.code === 'forbidden';
    throw new NotStored(error, mayRepeat, waitMs);
  }
}

/** Only the storage answers with a digest; elsewhere it would be computed for nothing, at twice the time of the upload. */
function returnsDigest({ searchParams }: URL): boolean {
  return searchParams.has('X-Amz-Signature');
}

/** Digests what is sent, each time from the beginning. */
function digested(body: UploadBody, begin: () => Hash | undefined): UploadBody {
  return {
    bytes: body.bytes,
    async *open() {
      const hash = begin();
      for await (const chunk of body.open()) {
        if (chunk instanceof Uint8Array) hash?.update(chunk);
        yield chunk;
      }
    },
  };
}

/** The storage answers each object that it took with its tag, which holds the digest; a page of a proxy has none. */
function checkReceipt(answer: Pick<ResponseHead, 'url' | 'headers'>, sent: string, init: SdcErrorInit): void {
  if (!answer.headers.has('etag')) {
    throw new UnexpectedResponse(
      'the answer to the upload did not come from the storage, so the file may not be there; send it again',
      init,
    );
  }
  const { md5: stored } = digestOf(answer);
  if (stored === undefined || stored === sent) return;
  throw new TransferError(
    'the storage holds different bytes than were sent; ask imap-sdc@lasp.colorado.edu to remove the file, then send it again',
    { ...init, expected: sent, actual: stored },
  );
}

/** What the headers may have to tell. */
export interface SignedUpload {
  readonly path: string;
  /** Whether the upload was announced as reprocessed by hand. */
  readonly manuallyReprocessed: boolean;
}

/**
 * The headers that a presigned PUT must have, because its signature covers them (`X-Amz-SignedHeaders`). A value that
 * is in the address itself is taken from there. With only `host` signed nothing is added: no content type, no digest.
 *
 * @throws {@link UnexpectedResponse} for a signed header whose value only the server can know.
 */
async function signedHeaders(
  op: ImapOperation,
  { searchParams }: URL,
  upload: SignedUpload,
): Promise<Record<string, string>> {
  const query = new Map([...searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const names = (query.get('x-amz-signedheaders') ?? 'host').split(';').map((name) => name.trim().toLowerCase());
  const headers: Record<string, string> = {};
  for (const name of names) {
    if (name === '' || name === 'host' || name === 'content-length') continue;
    headers[name] = query.get(name) ?? (await valueOf(op, name, upload));
  }
  return headers;
}

async function valueOf(op: ImapOperation, name: string, upload: SignedUpload): Promise<string> {
  switch (name) {
    case 'x-amz-tagging':
      // The server that signs tags signs an empty text for files without any.
      return upload.manuallyReprocessed ? 'manually_reprocessed=true' : '';
    case 'content-type':
      return 'application/octet-stream';
    case 'content-md5':
      return Buffer.from(await digestOfFile(upload.path, 'md5'), 'hex').toString('base64');
    case 'x-amz-content-sha256':
      return 'UNSIGNED-PAYLOAD';
    case 'if-none-match':
      return '*';
    default:
      throw new UnexpectedResponse(
        `the upload address signs the header ${JSON.stringify(name.slice(0, 60))}, whose value this package does not know; it may need an update`,
        op.init(),
      );
  }
}
