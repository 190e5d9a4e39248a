import { UnexpectedResponse } from '../../errors.js';
import type { Answer } from '../../core/http/call.js';
import { exists, statFile } from '../../core/files/stat-file.js';
import { BodyReader } from '../../core/transfer/body-reader.js';
import { digestOfFile } from '../../core/transfer/file-digest.js';
import { parseContentRange } from '../../core/http/content-range.js';
import { bodyBytes, isEncoded } from '../../core/transfer/range.js';
import { join } from 'node:path';
import type { CallOptions } from '../../types.js';
import type { ImapContext } from '../context.js';
import type { VerifiedFile } from '../types.js';
import { contentCheck, digestOf, isFromStorage } from './content.js';
import { openPresigned } from './presigned.js';
import { directoryOf, downloadUrl, type RemoteFile } from './remote-file.js';

const HEAD_BYTES = 512;

/** What the archive tells of a file without sending it. */
export interface RemoteState {
  readonly bytes: number | undefined;
  readonly md5: string | undefined;
  /** Whether the archive holds it with a content coding, so that length and digest are of other bytes than the file's. */
  readonly isCoded: boolean;
}

/**
 * Asks for length and digest of a file: one byte is asked for, or without ranges the beginning of the whole, since the presigned
 * address is good for GET alone.
 */
export async function remoteState(
  context: ImapContext,
  key: string,
  operation: string,
  { ranges = true, ...options }: CallOptions & { readonly ranges?: boolean },
): Promise<RemoteState> {
  const answer = await openPresigned(context, key, {
    operation,
    url: downloadUrl(key),
    headers: { ...(ranges && { range: 'bytes=0-0' }), 'accept-encoding': 'identity' },
    accept: (status) => status === 200 || status === 206 || status === 416,
    bulk: true,
    ...options,
  });
  try {
    return {
      bytes: await lengthOf(context, answer, { key, operation, signal: options.signal }),
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
async function lengthOf(
  { transport }: ImapContext,
  answer: Answer,
  { key, operation, signal }: { key: string; operation: string; signal: AbortSignal | undefined },
): Promise<number | undefined> {
  const { headers, status, url } = answer;
  const init = { ...transport.init({ operation }), status, url: transport.redactor.url(url) };
  if (status !== 200) {
    const total = parseContentRange(headers.get('content-range'))?.totalBytes;
    // Whoever refuses a range of a file must have the file.
    if (total !== undefined && (status === 206 || isFromStorage(answer))) return isEncoded(headers) ? undefined : total;
    throw new UnexpectedResponse(`the answer (${status}) does not tell the length of the file; call again`, init);
  }
  const link = transport.lifetime.link(operation, signal);
  const bytes = bodyBytes(headers);
  const { idleTimeoutMs } = transport;
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

/** Compares a local file with what the archive tells of its own. */
export async function compareLocal(path: string, remote: RemoteState, operation: string): Promise<VerifiedFile> {
  if (!(await exists(path))) return { path, status: 'missing', digest: false, ...known(remote) };
  const { bytes } = await statFile(path, 'file', operation);
  const base = { path, bytes, ...known(remote) };
  if (remote.bytes !== undefined && remote.bytes !== bytes) {
    return {
      ...base,
      status: 'different',
      digest: false,
      reason: `${bytes} bytes here, ${remote.bytes} in the archive`,
    };
  }
  if (remote.isCoded) return { ...base, status: 'same', digest: false, reason: CODED };
  if (remote.md5 === undefined) return { ...base, status: 'same', digest: false };
  const md5 = await digestOfFile(path, 'md5');
  if (md5 === remote.md5) return { ...base, status: 'same', digest: true };
  return { ...base, status: 'different', digest: true, reason: 'same length, but another digest than in the archive' };
}

/** `ImapClient.verify`: compares the local copy of a file with the archive. */
export async function verifyFile(
  context: ImapContext,
  file: RemoteFile,
  directory: string | undefined,
  options: CallOptions,
  operation: string,
): Promise<VerifiedFile> {
  const path = join(directoryOf(file, context.settings.dataDir, directory), file.name);
  return compareLocal(path, await remoteState(context, file.key, operation, options), operation);
}

const CODED = 'stored with a content coding: neither length nor digest can be compared';

function known(remote: RemoteState): { remoteBytes?: number } {
  return remote.bytes === undefined ? {} : { remoteBytes: remote.bytes };
}
