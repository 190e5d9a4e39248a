import { advance, complaintOf, type End, type EndJudge, type Piece, type Wanted } from './end-judge.js';

/** Listens to a stream for a judge: holds no more of it than the judge asks for next. */
export class StreamJudge {
  readonly #steps: ReturnType<EndJudge>;
  #next: Wanted | End;
  /** The last bytes that came, as far as the judge may want them. */
  #held: Uint8Array = new Uint8Array();
  #received = 0;

  constructor(judge: EndJudge) {
    this.#steps = judge();
    this.#next = advance(this.#steps);
  }

  push(chunk: Uint8Array): void {
    this.#received += chunk.byteLength;
    if ('kind' in this.#next) return;
    this.#held = Buffer.concat([this.#held, chunk]);
    for (let next = this.#next; isThere(next, this.#received); next = this.#next) this.#give(next);
    this.#forget();
  }

  /** The verdict, once it no longer depends on what comes. */
  get known(): End | undefined {
    return 'kind' in this.#next ? this.#next : undefined;
  }

  /** The stream has ended: what its format says about its end. */
  end(): End {
    let next = this.#next;
    for (; !('kind' in next); next = this.#next) this.#give(next);
    return next;
  }

  /** The stream has ended: the complaint of its format; `undefined` when nothing is missing, or its format does not say. */
  finish(): string | undefined {
    const end = this.end();
    return end.kind === 'unknown' ? undefined : complaintOf(end, this.#received);
  }

  #give(wanted: Wanted): void {
    const at = 'last' in wanted ? Math.max(0, this.#received - wanted.last) : wanted.at;
    const from = at - (this.#received - this.#held.byteLength);
    const to = 'last' in wanted ? this.#held.byteLength : from + wanted.bytes;
    const piece: Piece = { at, bytes: from < 0 ? new Uint8Array() : this.#held.subarray(from, to) };
    this.#next = advance(this.#steps, { wanted, piece });
  }

  #forget(): void {
    const next = this.#next;
    if ('kind' in next) {
      this.#held = new Uint8Array();
      return;
    }
    const from = 'last' in next ? this.#received - next.last : next.at;
    const cut = from - (this.#received - this.#held.byteLength);
    if (cut > 0) this.#held = this.#held.subarray(cut);
  }
}

function isThere(next: Wanted | End, received: number): next is Extract<Wanted, { at: number }> {
  return 'at' in next && next.at + next.bytes <= received;
}
