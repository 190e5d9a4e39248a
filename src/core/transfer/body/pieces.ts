import { gapsIn, type Extents } from '../file/extents.js';

const MIB = 1024 * 1024;
/** What is asked for first, before the length is known: a file that is no longer comes with one request. */
export const FIRST_PIECE_BYTES = 8 * MIB;
/** A piece costs a request: 20 MB/s bring this much in 200 ms, and a request takes some 40 ms. */
const SMALLEST_BYTES = 4 * MIB;
/** What is received is digested in order, so that pieces which are far apart leave much to be digested at the end. */
const LARGEST_BYTES = 64 * MIB;

/** A range that one connection fetches. */
export interface Piece {
  /** The first byte that is still missing; moves as they come. */
  at: number;
  /** The byte after the last one. */
  readonly to: number;
}

/**
 * Deals out what is missing of a file, in order. Each piece is at most an equal share of all that is still to come, so that the
 * connections end at about the same time.
 */
export class Pieces {
  readonly #gaps: Piece[];
  readonly #connections: number;
  readonly #fetching = new Set<Piece>();

  constructor(there: Extents, totalBytes: number, connections: number) {
    this.#gaps = gapsIn(there, totalBytes).map(([at, to]) => ({ at, to }));
    this.#connections = connections;
  }

  /** The next piece; `undefined` when all are dealt out. */
  next(): Piece | undefined {
    const [gap] = this.#gaps;
    if (gap === undefined) return undefined;
    const share = Math.ceil(this.#missing() / this.#connections);
    const bytes = Math.min(LARGEST_BYTES, Math.max(SMALLEST_BYTES, share));
    // A small rest is not worth a request of its own.
    return this.upTo(gap.to - gap.at < bytes + SMALLEST_BYTES / 2 ? gap.to : gap.at + bytes);
  }

  /** What is missing first, up to a place in the same gap. */
  upTo(end: number): Piece | undefined {
    const [gap] = this.#gaps;
    if (gap === undefined) return undefined;
    const piece = { at: gap.at, to: Math.min(end, gap.to) };
    gap.at = piece.to;
    if (gap.at >= gap.to) this.#gaps.shift();
    this.#fetching.add(piece);
    return piece;
  }

  /** A piece has come. */
  done(piece: Piece): void {
    this.#fetching.delete(piece);
  }

  #missing(): number {
    return [...this.#gaps, ...this.#fetching].reduce((sum, { at, to }) => sum + to - at, 0);
  }
}
