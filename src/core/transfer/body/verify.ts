import { TransferError, type SdcErrorInit } from '../../../errors.js';
import type { ResponseHead } from '../../http/response.js';
import { untilAborted } from '../../util/signal.js';
import { type Digests, digestOfFile, type Digest } from './digest.js';
import { misfit } from '../failures.js';
import { expectedOf, initOf, onDiskFor, type Job } from '../job.js';
import type { Part } from '../file/part.js';
import { complaintOf } from './ends/end-judge.js';
import { endOfFile } from './ends/judge-file.js';
import { knownEnd } from './ends/known-end.js';
import { endProof } from './range.js';
import type { ExpectedFile } from '../types.js';

/**
 * Checks a part that has come to its end: length, digests, and whether the whole is what it should be. The part file
 * is closed afterwards, whatever comes of it.
 */
export async function verify<S>(job: Job<S>, part: Part, head: ResponseHead): Promise<Digests> {
  const init = (): SdcErrorInit => initOf(job, head);
  const { check } = job.request;
  const path = part.paths.part;
  const expected = expectedOf(job, head);
  const digests = part.digest.finish();
  compare(init, 'length in bytes', expected.bytes, part.bytes);
  if (job.sha256 !== undefined && job.sha256 !== digests.sha256) throw unwanted(init(), job.sha256, digests.sha256);
  compare(init, 'sha256 digest', expected.sha256?.toLowerCase(), digests.sha256);
  await onDiskFor(job, path, () => part.seal());
  if (expected.md5 !== undefined) {
    compare(init, 'md5 digest', expected.md5.toLowerCase(), digests.md5 ?? (await digestOfFile(path, 'md5')));
  }
  // A check that ignores the signal must not delay a caller who aborts.
  const whole = async (): Promise<string | undefined> => check?.whole?.(path, part.bytes, job.signal);
  const complaint = await onDiskFor(job, path, () => untilAborted(whole(), job.signal));
  if (complaint !== undefined) throw misfit(init(), check?.expected ?? 'as expected', complaint);
  return digests;
}

/** What came is whole, so that another request brings the same. */
function unwanted(init: SdcErrorInit, expected: string, actual: string): TransferError {
  return new TransferError(
    `the sha256 digest is ${actual}, but the option sha256 asks for ${expected}; nothing was kept: the centre has a different file`,
    { ...init, expected, actual },
  );
}

function compare(
  init: () => SdcErrorInit,
  what: string,
  expected: number | string | undefined,
  actual: number | string,
): void {
  if (expected === undefined || expected === actual) return;
  throw new TransferError(`the ${what} is ${actual}, but should be ${expected}; nothing was kept; call again`, {
    ...init(),
    retryable: true,
    expected,
    actual,
  });
}

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
    throw cut(job, part, head, 'its digest is not the expected one');
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
  // A digest that was announced too late to be computed on the way is compared at the end.
  return md5 === undefined || now.md5 === undefined || md5.toLowerCase() === now.md5;
}

function cut<S>(job: Job<S>, part: Part, head: ResponseHead, why: string): TransferError {
  const message = `the connection ended after ${part.bytes} bytes; the server did not announce the length of the body, and nothing shows that it is complete: ${why}; call again`;
  return new TransferError(message, { ...initOf(job, head), retryable: true, actual: part.bytes });
}
