import { SdcError, TransferError, type SdcErrorInit } from '../../../errors.js';
import type { HttpResponse } from '../../http/response.js';
import { bodyTimeout, diskFailed, misfit, truncatedBody } from '../failures.js';
import type { Part } from '../file/part.js';
import { initOf, type Job } from '../job.js';
import { receive } from './receive.js';
import type { WriteBufferSettings } from './write-buffer.js';

/** Where the body of an answer belongs, and who is told of it. */
export interface Span extends Pick<WriteBufferSettings, 'digest' | 'onBytes' | 'onWritten' | 'gatherBytes'> {
  /** The first byte, in the file. */
  readonly from: number;
  /** The byte after the last one, where the answer tells. */
  readonly to: number | undefined;
  readonly totalBytes: number | undefined;
  /** Called when all has come; some of it may still be on its way to the disk. */
  readonly onEnd: () => void;
  /** Called with the count of bytes that are in the file, whatever ended the body. */
  readonly onSettled: (bytes: number) => void;
}

/**
 * Receives the body of an answer into a part.
 *
 * @throws {@link TransferError} or {@link TimeoutError} when less came than was announced, or more, or when the disk failed, and what the
 * listener for the progress throws.
 */
export async function receiveBody<S>(job: Job<S>, part: Part, answer: HttpResponse, span: Span): Promise<void> {
  const init = (): SdcErrorInit => initOf(job, answer);
  const { check } = job.request;
  const { from, to, totalBytes, onBytes } = span;
  let theirs: { readonly error: unknown } | undefined;
  const source = answer.stream();
  const release = job.progress.onListenerError((error) => {
    theirs = { error };
    source.destroy();
  });
  const received = await receive(source, {
    ...span,
    handle: part.handle,
    position: from,
    idleTimeoutMs: job.idleTimeoutMs,
    signal: job.signal,
    maxBytes: to === undefined ? undefined : to - from,
    tooLong: () =>
      new TransferError('the body is longer than the server said', {
        ...init(),
        expected: to,
        actual: `more than ${String(to)}`,
      }),
    head:
      check === undefined || from > 0
        ? undefined
        : (bytes) => {
            const complaint = check.head(bytes, answer);
            return complaint === undefined ? undefined : misfit(init(), check.expected, complaint);
          },
    onBytes: (bytes) => {
      try {
        onBytes(bytes);
      } catch (error) {
        theirs = { error };
        throw error;
      }
    },
    silent: () => bodyTimeout(init(), job.idleTimeoutMs, from),
  });
  release();
  span.onSettled(received.bytes);
  const { failure } = received;
  if (failure?.disk === true) throw diskFailed(init(), part.paths.part, failure.error);
  job.signal.throwIfAborted();
  if (theirs !== undefined) throw theirs.error;
  if (failure?.error instanceof SdcError) throw failure.error;
  const end = from + received.bytes;
  if (failure !== undefined || (to !== undefined && end < to))
    throw truncatedBody(init(), failure?.error, end, totalBytes ?? to);
}
