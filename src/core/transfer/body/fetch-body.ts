import { UnexpectedResponse } from '../../../errors.js';
import type { HttpResponse, ResponseHead } from '../../http/response.js';
import { repeat } from '../../retry/repeat.js';
import { isTransient } from '../failures.js';
import { expectedOf, initOf, onDiskFor, openBody, takeSlot, type Job } from '../job.js';
import type { Part } from '../file/part.js';
import { begin } from './begin.js';
import { judgeRange, rangeHeaders, strongValidator, type Verdict } from './range.js';
import { receiveBody } from './receive-body.js';
import { fetchSideBySide, type SideBySide } from './side-by-side.js';
import { requireEnd } from './verify.js';
import type { Skipped } from '../target.js';

export interface FetchedBody {
  readonly head: ResponseHead;
  /** Bytes of an earlier download that are part of the file. */
  readonly resumedFromBytes: number;
}

/** The target, where it is known to be what an answer offers; `totalBytes` is the length of the whole file, where it is known. */
export type JudgeOffer = (head: ResponseHead, totalBytes: number | undefined) => Promise<Skipped | undefined>;

export interface FetchBodyHooks {
  /** Reads the head of the first good response; where the target is already what it offers, its body is left unread. */
  readonly judgeOffer?: JudgeOffer;
  /** Called before and after a body arrives: outside of that, the time is spent on our own work. */
  readonly onBody?: (comes: boolean) => void;
  /** A network slot that is held already; released with the first body. */
  readonly leaveSlot?: (() => void) | undefined;
}

/** What is asked and reported on the way; only the first good response is judged. */
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
  let resumedFromBytes = part.there;
  const asks: Asks = {
    judgeOffer: hooks.judgeOffer,
    leaveSlot: hooks.leaveSlot,
    onBody: hooks.onBody ?? ((): void => undefined),
    onStartOver: () => {
      resumedFromBytes = 0;
    },
  };
  const fetched = await sideBySide(job, part, first, asks);
  if (fetched?.kind === 'skipped') return fetched;
  if (fetched?.kind === 'complete') return { head: fetched.head, resumedFromBytes };
  let ready = fetched?.answer ?? (await worthUsing(part, first));
  // What lies behind a gap cannot be continued by one connection.
  if (ready === undefined) await onDiskFor(job, part.paths.part, () => part.gather());
  resumedFromBytes = Math.min(resumedFromBytes, part.bytes);
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
    sleep: job.op.http.settings.sleep,
    judge: (error) => (isTransient(error) ? {} : undefined),
    onWait: (waitMs, error) => {
      job.op.say('debug', `${String(error)}; asking for the rest in ${Math.round(waitMs)} ms`);
    },
  });
}

/** The file by several connections; `undefined` where it is to come by one. */
async function sideBySide<S>(
  job: Job<S>,
  part: Part,
  first: HttpResponse | undefined,
  asks: Asks,
): Promise<SideBySide | undefined> {
  if (job.connections === 1 || !job.resume || first !== undefined) return undefined;
  const leave = asks.leaveSlot ?? (await takeSlot(job));
  asks.leaveSlot = leave;
  let isDone = true;
  try {
    const { judgeOffer, onBody } = asks;
    const fetched = await fetchSideBySide(job, part, { judgeOffer, onBody });
    isDone = fetched.kind !== 'alone';
    return fetched;
  } finally {
    if (isDone) leave();
  }
}

/** The response that gave the name holds the whole body: it is not needed when only the rest of the same file is missing. */
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
      if (verdict.kind === 'invalid')
        throw new UnexpectedResponse(`the server sent ${verdict.why}`, initOf(job, answer));
      if (verdict.kind === 'complete') return answer;
      if (verdict.kind === 'restart') {
        job.op.say('debug', `${verdict.why}; starting over`);
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
      return await append(job, part, answer, verdict, leave);
    } finally {
      asks.onBody(false);
      await answer.discard();
    }
  } finally {
    leave();
  }
}

async function append<S>(
  job: Job<S>,
  part: Part,
  answer: HttpResponse,
  verdict: Extract<Verdict, { kind: 'whole' | 'rest' }>,
  leave: () => void,
): Promise<ResponseHead | undefined> {
  const { progress } = job;
  const { totalBytes } = verdict;
  const from = part.bytes;
  progress.totalBytes = totalBytes ?? expectedOf(job, answer).bytes;
  progress.resumedFromBytes = from > 0 ? Math.min(progress.resumedFromBytes, from) : 0;
  await receiveBody(job, part, answer, {
    from,
    to: verdict.kind === 'rest' ? verdict.endBytes : totalBytes,
    totalBytes,
    digest: part.digest,
    onBytes: (bytes) => {
      progress.at(from + bytes);
    },
    onEnd: leave,
    onSettled: (bytes) => {
      part.bytes = from + bytes;
    },
  });
  if (totalBytes !== undefined) return part.bytes < totalBytes ? undefined : answer;
  await requireEnd(job, part, answer);
  return answer;
}
