import { TransferError } from '../../../errors.js';
import type { HttpResponse } from '../../http/response.js';
import { Digest } from './digest.js';
import { complaintOf, type EndJudge } from './ends/end-judge.js';
import { GzipJudge, isGzip } from './ends/gzip.js';
import { StreamJudge } from './ends/judge-stream.js';
import { knownEnd } from './ends/known-end.js';
import { expectedOf, initOf, type Job } from '../job.js';
import { endProof } from './range.js';
import type { ExpectedFile } from '../types.js';
import { fits } from './verify.js';

/** Listens to a body whose answer does not prove its end. */
export interface EndWatch {
  /** The next bytes of the body, the first ones included; to be awaited, so that none pile up. */
  readonly push: (chunk: Uint8Array) => Promise<void> | void;
  /** @throws {@link TransferError} when digest or format show that it was cut. */
  readonly finish: () => Promise<void>;
  /** The body is not wanted any more. */
  readonly close: () => void;
}

/**
 * The watch over a body; `undefined` where its answer proves the end.
 *
 * @param first - The first bytes of the body, which tell whether it is in gzip.
 */
export function endWatch(job: Job<undefined>, answer: HttpResponse, first: Uint8Array): EndWatch | undefined {
  const proof = endProof(answer);
  if (proof === 'length') return undefined;
  const end = proof === 'some' ? knownEnd : (job.request.check?.end ?? knownEnd);
  const { push, complaint, close } =
    digestWatch(expectedOf(job, answer)) ?? (isGzip(first) ? gzipWatch(end, job.signal) : formatWatch(end));
  return {
    push,
    finish: async () => {
      const why = await complaint();
      if (why === undefined) return;
      const message = `the connection ended, and the body, whose length the server did not announce, is incomplete: ${why}; call again`;
      throw new TransferError(message, { ...initOf(job, answer), retryable: true });
    },
    close: () => close?.(),
  };
}

interface Listener extends Pick<EndWatch, 'push'> {
  readonly complaint: () => Promise<string | undefined> | string | undefined;
  readonly close?: () => void;
}

function digestWatch(expected: ExpectedFile): Listener | undefined {
  if (expected.md5 === undefined && expected.sha256 === undefined) return undefined;
  const digest = new Digest(expected.md5 !== undefined);
  return {
    push: (chunk) => {
      digest.update(chunk);
    },
    complaint: () => (fits(expected, digest) ? undefined : 'its digest is not the expected one'),
  };
}

function formatWatch(end: EndJudge): Listener {
  const judge = new StreamJudge(end);
  return {
    push: (chunk) => {
      judge.push(chunk);
    },
    complaint: () => judge.finish(),
  };
}

/** Of a body in gzip: its own end must have come, and that of what is in it. */
function gzipWatch(end: EndJudge, signal: AbortSignal): Listener {
  const judge = new GzipJudge(end, signal);
  return {
    push: (chunk) => judge.push(chunk),
    complaint: async () => {
      const { end: found, bytes } = await judge.finish();
      return found.kind === 'unknown' ? undefined : complaintOf(found, bytes);
    },
    close: () => {
      judge.close();
    },
  };
}
