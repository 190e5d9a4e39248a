import { defined } from '../util/defined.js';
import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import type { CallOptions, OpenedFile } from '../../types.js';
import type { HttpResponse } from '../http/response.js';
import type { Operation } from '../operation/operation.js';
import { BodyReader } from './body/body-reader.js';
import { endWatch, type EndWatch } from './body/end-watch.js';
import { misfit } from './failures.js';
import { safeFileName } from './file/file-name.js';
import { initOf, openBody, type Job } from './job.js';
import { Progress } from './progress.js';
import { bodyBytes, judgeRange } from './body/range.js';
import type { TransferRequest } from './types.js';

export type OpenRequest = Pick<TransferRequest<unknown>, 'call' | 'name' | 'check' | 'expected' | 'open'>;

const HEAD_BYTES = 512;

/**
 * Opens a remote file as a stream: judged by its first bytes, its silence bounded, its length checked at the end; where the
 * answer tells no length, the stream ends with an error when its digest or its format, in gzip too, shows that it was cut.
 * Cancelling the stream or an abort ends the connection.
 *
 * @throws {@link TransferError} when its first bytes are not of the expected kind.
 */
export async function openRemote(
  op: Operation,
  request: OpenRequest,
  options: CallOptions & { readonly idleTimeoutMs?: number } = {},
): Promise<OpenedFile> {
  const { call } = request;
  const { signal = op.signal } = options;
  op.assertOpen();
  const link = op.lifetime.link(op, signal, call.signal);
  try {
    link.signal.throwIfAborted();
    const job: Job<undefined> = {
      op,
      request: { ...request, source: undefined, directory: '' },
      overwrite: 'skip',
      resume: false,
      connections: 1,
      sha256: undefined,
      idleTimeoutMs: options.idleTimeoutMs ?? call.idleTimeoutMs ?? op.idleTimeoutMs,
      timeoutMs: options.timeoutMs ?? op.timeoutMs ?? call.timeoutMs,
      signal: link.signal,
      progress: new Progress(undefined, { done: 0 }),
      slots: undefined,
      unnamed: undefined,
      onTarget: undefined,
      budget: { left: options.retries ?? op.retries },
      attempts: 0,
      mismatched: false,
    };
    return await opened(job, await openBody(job, {}), link.dispose);
  } catch (error) {
    link.dispose();
    link.signal.throwIfAborted();
    throw error;
  }
}

async function opened(job: Job<undefined>, answer: HttpResponse, done: () => void): Promise<OpenedFile> {
  const { request, op, idleTimeoutMs, signal } = job;
  const { check } = request;
  const init = initOf(job, answer);
  const bytes = bodyBytes(answer.headers);
  const reader = new BodyReader(answer.stream(), { init, bytes, idleTimeoutMs, signal, done });
  try {
    requireWhole(answer, init);
    const first = await reader.atLeast(HEAD_BYTES);
    const complaint = check?.head(first.subarray(0, HEAD_BYTES), answer);
    if (check !== undefined && complaint !== undefined) throw misfit(init, check.expected, complaint);
    const name = typeof request.name === 'string' ? request.name : request.name(answer);
    return defined({
      stream: webStream(reader, first, endWatch(job, answer, first)),
      name: safeFileName(name, 'download'),
      url: op.redactor.url(answer.url),
      bytes,
      contentType: answer.contentType,
    });
  } catch (error) {
    reader.close();
    throw error;
  }
}

/** @throws {@link UnexpectedResponse} for a part of the file: none was asked for. */
function requireWhole(answer: HttpResponse, init: SdcErrorInit): void {
  const verdict = judgeRange({ fromBytes: 0 }, answer);
  if (verdict.kind === 'whole') return;
  throw new UnexpectedResponse(`the server sent ${'why' in verdict ? verdict.why : 'a part of the file'}`, init);
}

function webStream(reader: BodyReader, first: Uint8Array, watch: EndWatch | undefined): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        await watch?.push(first);
        if (first.byteLength > 0) controller.enqueue(first);
      },
      async pull(controller) {
        try {
          const chunk = await reader.next();
          if (chunk === undefined) {
            await watch?.finish();
            controller.close();
          } else {
            // Before its reader has it: it may change what it gets.
            await watch?.push(chunk);
            controller.enqueue(chunk);
          }
        } catch (error) {
          watch?.close();
          throw error;
        }
      },
      cancel() {
        watch?.close();
        reader.close();
      },
    },
    { highWaterMark: 0 },
  );
}
