import { TransferError } from '../../../errors.js';
import type { ResponseHead } from '../../http/response.js';
import type { Digest } from './digest.js';
import { complaintOf } from './ends/end-judge.js';
import { endOfFile } from './ends/judge-file.js';
import { knownEnd } from './ends/known-end.js';
import { expectedOf, initOf, onDiskFor, type Job } from '../job.js';
import type { Part } from '../file/part.js';
import { endProof } from './range.js';
import type { ExpectedFile } from '../types.js';

/**
 * Asks for a proof that a body came whole where its answer gives none: a digest of the centre, or what the format says
 * of its own end. Where the answer proves something, if not all, the body is refused only when its format contradicts.
 *
 * @throws {@link TransferError}, retryable, when the body was cut, or when nothing tells.
 */
export async function requireEnd<S>(job: Job<S>, part: Part, head: ResponseHead): Promise<void> {
  const proof = endProof(head);
  // The check of the whole, which comes next, leaves nothing to ask.
  if (proof === 'length' || (proof === 'some' && job.request.check?.provesEnd === true)) return;
  const expected = expectedOf(job, head);
  if (expected.md5 !== undefined || expected.sha256 !== undefined) {
    if (proof === 'some' || fits(expected, part.digest)) return;
    throw cut(job, part, head, 'its digest is not the one that it should have');
  }
  const complaint = await complain(job, part, proof);
  if (complaint !== undefined) throw cut(job, part, head, complaint);
}

async function complain<S>(job: Job<S>, part: Part, proof: 'some' | 'none'): Promise<string | undefined> {
  const { check } = job.request;
  const path = part.paths.part;
  const { bytes } = part;
  return onDiskFor(job, path, async () => {
    // What a name promises may be something else; what its first bytes say does not err.
    const judge = proof === 'some' ? knownEnd : (check?.end ?? knownEnd);
    const end = await endOfFile(judge, path, bytes, job.signal);
    if (end.kind !== 'unknown') return complaintOf(end, bytes);
    if (proof === 'some') return undefined;
    if (check?.provesEnd === true) return check.whole?.(path, bytes, job.signal);
    return bytes === 0 ? 'it is empty' : complaintOf(end, bytes);
  });
}

/** Whether what came has the digests that it should have, as far as they are known. */
export function fits({ md5, sha256 }: ExpectedFile, digest: Digest): boolean {
  const now = digest.soFar();
  if (sha256 !== undefined && sha256.toLowerCase() !== now.sha256) return false;
  // A digest that was told too late to be computed on the way is compared in the end.
  return md5 === undefined || now.md5 === undefined || md5.toLowerCase() === now.md5;
}

function cut<S>(job: Job<S>, part: Part, head: ResponseHead, why: string): TransferError {
  const message = `the connection ended after ${part.bytes} bytes without a word on the length of the body, and nothing shows that it is whole: ${why}; call again`;
  return new TransferError(message, { ...initOf(job, head), retryable: true, actual: part.bytes });
}
