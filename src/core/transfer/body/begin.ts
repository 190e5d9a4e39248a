import { TransferError } from '../../../errors.js';
import type { HttpResponse } from '../../http/response.js';
import type { Part } from '../file/part.js';
import { expectedOf, initOf, onDiskFor, sourceOf, type Job } from '../job.js';
import { strongValidator } from './range.js';

/**
 * Begins a new body in a part.
 *
 * @throws {@link TransferError} when it has not the length that the file should have.
 */
export async function begin<S>(
  job: Job<S>,
  part: Part,
  answer: HttpResponse,
  totalBytes: number | undefined,
): Promise<void> {
  const { bytes, md5 } = expectedOf(job, answer);
  if (bytes !== undefined && totalBytes !== undefined && bytes !== totalBytes) {
    throw new TransferError(
      `the server offers ${totalBytes} bytes, but the file should have ${bytes}; ask the centre which is right`,
      { ...initOf(job, answer), expected: bytes, actual: totalBytes },
    );
  }
  // Without a record nothing can be continued, so that the next attempt asks for the whole again.
  const validator = job.resume ? strongValidator(answer.headers) : undefined;
  const record = validator === undefined ? undefined : { source: sourceOf(job), validator, totalBytes };
  await onDiskFor(job, part.paths.part, () => part.startOver(record, md5 !== undefined));
}
