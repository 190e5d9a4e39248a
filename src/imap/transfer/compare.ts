import { createHash } from 'node:crypto';
import { UnexpectedResponse } from '../../errors.js';
import { type HttpResponse, parseContentRange } from '../../core/http/response.js';
import { exists, statFile } from '../../core/files/stat-file.js';
import { BodyReader } from '../../core/transfer/body/body-reader.js';
import { digestOfFile } from '../../core/transfer/body/digest.js';
import { bodyBytes, isEncoded } from '../../core/transfer/body/range.js';
import type { ImapOperation } from '../context.js';
import { downloadRoute } from '../routes.js';
import type { VerifiedFile } from '../types.js';
import { contentCheck, digestOf, isFromStorage } from './content.js';
import { openFile } from './file-request.js';
import { openPresigned } from './presigned.js';
import type { RemoteFile } from './remote-file.js';

const HEAD_BYTES = 512;

/** What the archive says about a file without sending it. */
interface RemoteState {
  readonly bytes: number | undefined;
  readonly md5: string | undefined;
  /** Whether the archive holds it with a content coding, so that length and digest are of other bytes than the file's. */
  readonly isCoded: boolean;
}

/**
 * Asks for length and digest of a file: one byte is asked for, or without ranges the beginning of the whole, since the presigned
 * address is good for GET alone.
 */
async function remoteState(op: ImapOperation, key: string, ranges: boolean): Promise<RemoteState> {
  const request = op.request({
    url: downloadRoute(key),
    headers: { ...(ranges && { range: 'bytes=0-0' }), 'accept-encoding': 'identity' },
    accept: (status) => status === 200 || status === 206 || status === 416,
    bulk: true,
  });
  const answer = await openPresigned(op, key, request);
  try {
    return {
      bytes: await lengthOf(op, answer, key),
      md5: digestOf(answer).md5,
      isCoded: isEncoded(answer.headers),
    };
  } finally {
    await answer.discard();
  }
}

/**
 * The length of the whole file.
 *
 * @throws {@link UnexpectedResponse} for an answer that is not about the file, such as a page of maintenance.
 */
async function lengthOf(op: ImapOperation, answer: HttpResponse, key: string): Promise<number | undefined> {
  const { headers, status } = answer;
  const init = op.initAt(answer);
  if (status !== 200) {
    const total = parseContentRange(headers.get('content-range'))?.totalBytes;
    // A server that refuses a range of a file must have the file.
    if (total !== undefined && (status === 206 || isFromStorage(answer))) return isEncoded(headers) ? undefined : total;
    throw new UnexpectedResponse(`the answer (${status}) does not give the length of the file; call again`, init);
  }
  const link = op.lifetime.link(op, op.signal);
  const bytes = bodyBytes(headers);
  const { idleTimeoutMs } = op;
  const reader = new BodyReader(answer.stream(), {
    init,
    bytes,
    idleTimeoutMs,
    signal: link.signal,
    done: link.dispose,
  });
  try {
    const check = contentCheck(key, false);
    const complaint = check.head(await reader.atLeast(HEAD_BYTES), answer);
    if (complaint === undefined) return bytes;
    throw new UnexpectedResponse(`the answer is not ${check.expected}: ${complaint}; call again`, init);
  } finally {
    reader.close();
  }
}

/**
 * Compares a local file with the one in the archive, by length and digest. Where the archive holds it with a content coding
 * these are of other bytes than the file's, so the file is read from there, decoded, and compared by its content.
 */
export async function compareWithArchive(
  op: ImapOperation,
  file: RemoteFile,
  path: string,
  { ranges = true }: { readonly ranges?: boolean } = {},
): Promise<VerifiedFile> {
  const state = await remoteState(op, file.key, ranges);
  if (!(await exists(path))) return { path, status: 'missing', digest: false, ...known(state) };
  const remote = state.isCoded ? await contentOf(op, file) : state;
  const { bytes } = await statFile(path, 'file', op.arguments);
  const base = { path, bytes, ...known(remote) };
  if (remote.bytes !== undefined && remote.bytes !== bytes) {
    return {
      ...base,
      status: 'different',
      digest: false,
      reason: `${bytes} bytes here, ${remote.bytes} in the archive`,
    };
  }
  if (remote.md5 === undefined) return { ...base, status: 'same', digest: false };
  const md5 = await digestOfFile(path, 'md5', op.signal);
  if (md5 === remote.md5) return { ...base, status: 'same', digest: true };
  return {
    ...base,
    status: 'different',
    digest: true,
    reason: 'same length as in the archive, but a different digest',
  };
}

/** Length and digest of the decoded file, which is read for it and kept nowhere. */
async function contentOf(op: ImapOperation, file: RemoteFile): Promise<Pick<RemoteState, 'bytes' | 'md5'>> {
  const { stream } = await openFile(op, file);
  const hash = createHash('md5');
  let bytes = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    bytes += chunk.byteLength;
  }
  return { bytes, md5: hash.digest('hex') };
}

function known({ bytes }: Pick<RemoteState, 'bytes'>): { remoteBytes?: number } {
  return bytes === undefined ? {} : { remoteBytes: bytes };
}
