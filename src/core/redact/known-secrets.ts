import { encodingsOf, needlesOf } from './encodings.js';

/** A pattern for each piece of a long secret: one for all of a token of 8 KiB would be refused, and compiled for seconds. */
const PIECE_CHARACTERS = 256;
const NEEDLE_CHARACTERS = 6;

/** A piece of a secret; its pattern is compiled for the first text that may hold it. */
class Piece {
  readonly needles: readonly string[] | undefined;
  readonly #text: string;
  #pattern: RegExp | undefined;

  constructor(text: string) {
    this.#text = text;
    this.needles = needlesOf(text, NEEDLE_CHARACTERS);
  }

  get pattern(): RegExp {
    return (this.#pattern ??= encodingsOf(this.#text));
  }
}

/**
 * Secrets, and the patterns that find them. Each address of the storage brings new ones, and each result shows an address: so a text is
 * looked through once for a few characters of all of them, and the patterns are only for those that may be in it.
 */
export class KnownSecrets {
  readonly #most: number;
  /** With the pieces of those that a text was looked through for. */
  readonly #pieces = new Map<string, readonly Piece[] | undefined>();
  readonly #fresh = new Set<string>();
  readonly #byNeedle = new Map<string, Set<Piece>>();
  /** Too short, or too odd, to be found by a few of their characters. */
  readonly #always = new Set<Piece>();

  /** @param most - So many are kept, the newest ones. */
  constructor(most = Infinity) {
    this.#most = most;
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#pieces.keys();
  }

  /** Remembers one, as the newest. */
  add(secret: string): void {
    const pieces = this.#pieces.get(secret);
    this.#pieces.delete(secret);
    this.#pieces.set(secret, pieces);
    if (pieces === undefined) this.#fresh.add(secret);
    if (this.#pieces.size <= this.#most) return;
    const [oldest] = this.#pieces.keys();
    if (oldest !== undefined) this.#forget(oldest);
  }

  /** The patterns of the secrets that a text may hold. */
  patternsFor(text: string): RegExp[] {
    this.#index();
    const pieces = new Set(this.#always);
    if (this.#byNeedle.size > 0)
      for (let at = 0; at + NEEDLE_CHARACTERS <= text.length; at += 1)
        for (const piece of this.#byNeedle.get(text.slice(at, at + NEEDLE_CHARACTERS)) ?? []) pieces.add(piece);
    return Array.from(pieces, ({ pattern }) => pattern);
  }

  #index(): void {
    for (const secret of this.#fresh) {
      const pieces = piecesOf(secret);
      this.#pieces.set(secret, pieces);
      for (const piece of pieces) {
        if (piece.needles === undefined) this.#always.add(piece);
        for (const needle of piece.needles ?? []) {
          const known = this.#byNeedle.get(needle) ?? new Set();
          this.#byNeedle.set(needle, known.add(piece));
        }
      }
    }
    this.#fresh.clear();
  }

  #forget(secret: string): void {
    for (const piece of this.#pieces.get(secret) ?? []) {
      this.#always.delete(piece);
      for (const needle of piece.needles ?? []) {
        const known = this.#byNeedle.get(needle);
        known?.delete(piece);
        if (known?.size === 0) this.#byNeedle.delete(needle);
      }
    }
    this.#pieces.delete(secret);
    this.#fresh.delete(secret);
  }
}

function piecesOf(secret: string): Piece[] {
  const characters = Array.from(secret);
  const pieces = Math.ceil(characters.length / PIECE_CHARACTERS);
  const size = Math.ceil(characters.length / pieces);
  return Array.from({ length: pieces }, (_, at) => new Piece(characters.slice(at * size, (at + 1) * size).join('')));
}
