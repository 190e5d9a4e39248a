import type { TransferRequest } from '../transfer/types.js';

/** What the engine fills in: where the file goes, and what to record of it. */
type OfTheEngine = 'source' | 'directory' | 'name' | 'exactName' | 'onFetched';

/** How a file is fetched. */
export type CandidateRequest = Omit<TransferRequest<unknown>, OfTheEngine>;

/** A file at the centre that the mirror should have. */
export interface Candidate {
  /** Below the directory of the mirror, with slashes; judged by the engine. */
  readonly path: string;
  /** What was asked for, as the manifest keeps it: enough to ask for it again. */
  readonly file: unknown;
  /** What changes with the content; absent where the centre tells nothing, so that a file of the name stays. */
  readonly version?: string | undefined;
  /** The length, where the listing tells. */
  readonly bytes?: number | undefined;
  /** When the centre dates it. */
  readonly datedAt?: Date | undefined;
  /** How it is fetched; made when its turn comes. */
  readonly request: () => CandidateRequest;
  /** Listed in good faith, but it may not be there: then it is left out, and not asked for again until its version changes or a week is over. */
  readonly mayBeMissing?: boolean;
}

/** One query of a mirror. */
export interface MirrorSource {
  /** All that tells this query from another one: whose files they are. */
  readonly query: object;
  /**
   * How far the dates of the centre are trusted: a run asks again for so much before the end of the last one. Absent: every run lists
   * everything.
   */
  readonly overlapMs?: number;
  /** Where the query begins on the axis of those dates, if it does. */
  readonly from?: Date;
  /** Whether a file of the mirror is one that the query as it is now asks for; default: all of its files are. */
  readonly covers?: (file: unknown) => boolean;
  /** What the centre has, from a moment on or all of it. */
  readonly list: (since: Date | undefined) => AsyncIterable<Candidate>;
}

/** What a room mirrors. */
export interface MirrorPlan {
  /** Absolute. */
  readonly directory: string;
  readonly sources: readonly MirrorSource[];
  /** Asks the centre about one file; `false` only where it certainly does not have it any more. */
  readonly isThere: (file: unknown, signal: AbortSignal) => Promise<boolean>;
}
