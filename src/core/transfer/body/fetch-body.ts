import { SdcError, TransferError, UnexpectedResponse, type SdcErrorInit } from '../../../errors.js';
import type { HttpResponse, ResponseHead } from '../../http/response.js';
import { repeat } from '../../retry/repeat.js';
import { truncatedBody, diskFailed, isTransient, misfit, bodyTimeout } from '../failures.js';
import { expectedOf, initOf, onDiskFor, openBody, sourceOf, takeSlot, type Job } from '../job.js';
import type { Part } from '../file/part.js';
import { judgeRange, rangeHeaders, strongValidator, type Verdict } from './range.js';
import { receive } from './receive.js';
import { requireEnd } from './unproved-end.js';
import type { Skipped } from '../target.js';

/** What came of it. */
export interface FetchedBody {
  readonly head: ResponseHead;
  /** Bytes of an earlier download that are part of the file. */
  readonly resumedFromBytes: number;
}

/** The target, where it is known to be what an answer offers; `totalBytes` is the length of the whole file, where it is known. */
export type JudgeOffer = (head: ResponseHead, totalBytes: number | undefined) => Promise<Skipped | undefined>;

/** What others want to know on the way. */
export interface FetchBodyHooks {
  /** Looks at the head of the first good answer; where the target is what it offers, its body is left unread. */
  readonly judgeOffer?: JudgeOffer;
  /** Called before and after a body comes: what goes on otherwise is work of ours. */
  readonly onBody?: (comes: boolean) => void;
  /** A place on the network that is held already; given back with the first body. */
  readonly leaveSlot?: () => void;
}

/** What is asked and told on the way; the first good answer is judged, no other. */
interface Asks {
  judgeOffer: JudgeOffer | undefined;
  leaveSlot: (() => void) | undefined;
  readonly onBody: (comes: boolean) => void;
  readonly onStartOver: () => void;
}

/**
 * Fills a part file: asks, judges, receives, and asks again for the rest where a body broke off. How often is bounded
 * by the client's `retries`; answers that bring the file on do not count.
 *
 * @param first - An answer that is there already, because it had to tell the name.
 * @returns the target, where it stays as it is.
 */
export async function fetchBody<S>(
  job: Job<S>,
  part: Part,
  first: HttpResponse | undefined,
  hooks: FetchBodyHooks = {},
): Promise<FetchedBody | Skipped> {
  let ready = await worthUsing(part, first);
  let resumedFromBytes = part.bytes;
  const asks: Asks = {
    judgeOffer: hooks.judgeOffer,
    leaveSlot: hooks.leaveSlot,
    onBody: hooks.onBody ?? ((): void => undefined),
    onStartOver: () => {
      resumedFromBytes = 0;
    },
  };
  const untilWhole = async (): Promise<FetchedBody | Skipped> => {
    for (;;) {
      const answer = ready;
      ready = undefined;
      const head = await once(job, part, answer, asks);
      if (head !== undefined) return 'kind' in head ? head : { head, resumedFromBytes };
      // Some of the rest came, or the part was dropped: what then comes as the whole ends it or counts as a failure.
    }
  };
  return repeat(untilWhole, {
    budget: job.budget,
    signal: job.signal,
    judge: (error) => (isTransient(error) ? {} : undefined),
    onWait: (waitMs, error) => {
      job.op.log.debug(`${job.op.name}: ${String(error)}; asking for the rest in ${Math.round(waitMs)} ms`);
    },
  });
}

/** The answer that told the name is the whole body: not needed when only the rest of the same file is. */
async function worthUsing(part: Part, first: HttpResponse | undefined): Promise<HttpResponse | undefined> {
  if (first === undefined || part.record === undefined) return first;
  if (strongValidator(first.headers) !== part.record.validator) return first;
  await first.discard();
  return undefined;
}

/** One answer. The head when the file is whole; `undefined` when more must be asked for. */
async function once<S>(
  job: Job<S>,
  part: Part,
  ready: HttpResponse | undefined,
  asks: Asks,
): Promise<ResponseHead | Skipped | undefined> {
  const leave = asks.leaveSlot ?? (await takeSlot(job));
  asks.leaveSlot = undefined;
  try {
    const asked = ready === undefined ? part.asked : { fromBytes: 0 };
    const answer = ready ?? (await openBody(job, rangeHeaders(asked)));
    try {
      const verdict = judgeRange(asked, answer);
      if (verdict.kind === 'senseless')
        throw new UnexpectedResponse(`the server sent ${verdict.why}`, initOf(job, answer));
      if (verdict.kind === 'complete') return answer;
      if (verdict.kind === 'restart') {
        job.op.log.debug(`${job.op.name}: ${verdict.why}; starting over`);
        await onDiskFor(job, part.paths.part, () => part.startOver(undefined));
        asks.onStartOver();
        return undefined;
      }
      const { judgeOffer } = asks;
      asks.judgeOffer = undefined;
      const there = await judgeOffer?.(answer, verdict.totalBytes);
      if (there !== undefined) return there;
      if (verdict.kind === 'whole') {
        asks.onStartOver();
        await begin(job, part, answer, verdict.totalBytes);
      }
      asks.onBody(true);
      return await body(job, part, answer, verdict, leave);
    } finally {
      asks.onBody(false);
      await answer.discard();
    }
  } finally {
    leave();
  }
}

async function begin<S>(job: Job<S>, part: Part, answer: HttpResponse, totalBytes: number | undefined): Promise<void> {
  const { bytes, md5 } = expectedOf(job, answer);
  if (bytes !== undefined && totalBytes !== undefined && bytes !== totalBytes) {
    throw new TransferError(
      `the server offers ${totalBytes} bytes, but the file should have ${bytes}; ask the centre which is right`,
      { ...initOf(job, answer), expected: bytes, actual: totalBytes },
    );
  }
  // Without a record nothing can be continued, so that the next attempt asks for the whole again.
  const validator = job.resume ? strongValidator(answer.headers) : undefined;
  const record =
    validator === undefined
      ? undefined
      : { source: sourceOf(job), validator, ...(totalBytes !== undefined && { totalBytes }) };
  await onDiskFor(job, part.paths.part, () => part.startOver(record, md5 !== undefined));
}

async function body<S>(
  job: Job<S>,
  part: Part,
  answer: HttpResponse,
  verdict: Extract<Verdict, { kind: 'whole' | 'rest' }>,
  leave: () => void,
): Promise<ResponseHead | undefined> {
  const init = (): SdcErrorInit => initOf(job, answer);
  const { check } = job.request;
  const start = part.bytes;
  const end = verdict.kind === 'rest' ? verdict.endBytes : verdict.totalBytes;
  const { totalBytes } = verdict;
  const { progress } = job;
  progress.totalBytes = totalBytes ?? expectedOf(job, answer).bytes;
  progress.resumedFromBytes = start > 0 ? progress.resumedFromBytes : 0;
  let theirs: { readonly error: unknown } | undefined;
  const source = answer.stream();
  progress.whenThrown((error) => {
    theirs = { error };
    source.destroy();
  });
  const received = await receive(source, {
    handle: part.handle,
    position: start,
    digest: part.digest,
    idleTimeoutMs: job.idleTimeoutMs,
    signal: job.signal,
    maxBytes: end === undefined ? undefined : end - start,
    tooLong: () =>
      new TransferError('the body is longer than the server said', {
        ...init(),
        expected: end,
        actual: `more than ${String(end)}`,
      }),
    head:
      check === undefined || start > 0
        ? undefined
        : (bytes) => {
            const complaint = check.head(bytes, answer);
            return complaint === undefined ? undefined : misfit(init(), check.expected, complaint);
          },
    onBytes: (bytes) => {
      try {
        progress.at(start + bytes);
      } catch (error) {
        theirs = { error };
        throw error;
      }
    },
    onEnd: leave,
    silent: () => bodyTimeout(init(), job.idleTimeoutMs, part.bytes),
  });
  progress.whenThrown(undefined);
  part.bytes = start + received.bytes;
  const { failure } = received;
  if (failure?.disk === true) throw diskFailed(init(), part.paths.part, failure.error);
  job.signal.throwIfAborted();
  if (theirs !== undefined) throw theirs.error;
  if (failure?.error instanceof SdcError) throw failure.error;
  if (failure !== undefined || (end !== undefined && part.bytes < end))
    throw truncatedBody(init(), failure?.error, part.bytes, totalBytes ?? end);
  if (totalBytes !== undefined) return part.bytes < totalBytes ? undefined : answer;
  await requireEnd(job, part, answer);
  return answer;
}
