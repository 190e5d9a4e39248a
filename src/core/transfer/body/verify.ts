import { TransferError, type SdcErrorInit } from '../../../errors.js';
import type { ResponseHead } from '../../http/response.js';
import { untilAborted } from '../../util/signal.js';
import type { Digests } from './digest.js';
import { misfit } from '../failures.js';
import { expectedOf, initOf, onDiskFor, type Job } from '../job.js';
import { digestOfFile } from './file-digest.js';
import type { Part } from '../file/part.js';

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
  // A check that does not mind the signal must not hold up who gives up.
  const whole = async (): Promise<string | undefined> => check?.whole?.(path, part.bytes, job.signal);
  const complaint = await onDiskFor(job, path, () => untilAborted(whole(), job.signal));
  if (complaint !== undefined) throw misfit(init(), check?.expected ?? 'as expected', complaint);
  return digests;
}

/** What came is whole, so that another request brings the same. */
function unwanted(init: SdcErrorInit, expected: string, actual: string): TransferError {
  return new TransferError(
    `the sha256 digest is ${actual}, but the option sha256 asks for ${expected}; nothing was kept; the centre has another file`,
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
  throw new TransferError(`the ${what} is ${actual}, but should be ${expected}; nothing was kept, call again`, {
    ...init(),
    retryable: true,
    expected,
    actual,
  });
}
