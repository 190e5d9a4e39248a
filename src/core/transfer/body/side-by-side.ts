import type { HttpResponse, ResponseHead } from '../../http/response.js';
import { gapsIn } from '../file/extents.js';
import type { Part } from '../file/part.js';
import { onDiskFor, openBody, type Job } from '../job.js';
import type { Skipped } from '../target.js';
import { begin } from './begin.js';
import { fetchPieces } from './fetch-pieces.js';
import { FIRST_PIECE_BYTES, Pieces } from './pieces.js';
import { judgePiece, pieceHeaders, type AskedPiece } from './range.js';

/** How a download by several connections went. */
export type SideBySide =
  | Skipped
  /** All bytes are in the part, and digested. */
  | { readonly kind: 'complete'; readonly head: ResponseHead }
  /** The beginning that the part has is to be continued by one connection; `answer` holds the whole file already. */
  | { readonly kind: 'alone'; readonly answer?: HttpResponse };

export interface SideBySideHooks {
  /** Reads the head of the first good response; where the target is already what it offers, its body is left unread. */
  readonly judgeOffer: ((head: ResponseHead, totalBytes: number) => Promise<Skipped | undefined>) | undefined;
  /** Called before and after bodies arrive. */
  readonly onBody: (comes: boolean) => void;
}

/**
 * Fills a part by ranges that come side by side, each over a connection of its own and pinned to one state of the file. The first
 * request asks for a range too, so that a small file comes with one request. Where the storage does not serve ranges that prove to be
 * of one file, nothing is lost but what lies behind the first gap.
 */
export async function fetchSideBySide<S>(job: Job<S>, part: Part, hooks: SideBySideHooks): Promise<SideBySide> {
  const outcome = await fetchRanges(job, part, hooks);
  // From now on, once and for all: a file that changes all the time must not be begun again and again.
  if (outcome.kind === 'alone') job.connections = 1;
  return outcome;
}

async function fetchRanges<S>(job: Job<S>, part: Part, hooks: SideBySideHooks): Promise<SideBySide> {
  const alone = (why: string): SideBySide => {
    job.op.say('debug', `${why}; going on with one connection`);
    return { kind: 'alone' };
  };
  const asked = firstPiece(part);
  if (asked === undefined) return { kind: 'alone' };
  const answer = await openBody(job, pieceHeaders(asked));
  let inUse = false;
  try {
    const verdict = judgePiece(asked, answer);
    if (verdict.kind === 'whole') {
      inUse = true;
      return { kind: 'alone', answer };
    }
    if (verdict.kind === 'other') return alone(verdict.why);
    const { totalBytes, endBytes, validator } = verdict;
    const there = await hooks.judgeOffer?.(answer, totalBytes);
    if (there !== undefined) return there;
    if (asked.validator === undefined) await begin(job, part, answer, totalBytes);
    await onDiskFor(job, part.paths.part, () => part.scatter());
    const pieces = new Pieces(part.written, totalBytes, job.connections);
    const first = { piece: pieces.upTo(endBytes), answer };
    job.progress.totalBytes = totalBytes;
    hooks.onBody(true);
    const why = await fetchPieces(job, part, { pieces, first, validator, totalBytes });
    return why === undefined ? { kind: 'complete', head: answer } : alone(why);
  } finally {
    hooks.onBody(false);
    if (!inUse) await answer.discard();
  }
}

/** What is asked for first; `undefined` where it is not known what is missing. */
function firstPiece(part: Part): AskedPiece | undefined {
  if (part.record === undefined) return { from: 0, to: FIRST_PIECE_BYTES };
  const { validator, totalBytes } = part.record;
  const [gap] = totalBytes === undefined ? [] : gapsIn(part.written, totalBytes);
  if (gap === undefined) return undefined;
  const [from, end] = gap;
  return { from, to: Math.min(end, from + FIRST_PIECE_BYTES), validator, totalBytes };
}
