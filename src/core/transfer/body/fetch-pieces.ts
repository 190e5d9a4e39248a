import { TransferError } from '../../../errors.js';
import type { HttpResponse } from '../../http/response.js';
import { repeat } from '../../retry/repeat.js';
import { linkSignals } from '../../util/signal.js';
import { isTransient } from '../failures.js';
import type { Part } from '../file/part.js';
import { initOf, onDiskFor, openBody, type Job } from '../job.js';
import type { Piece, Pieces } from './pieces.js';
import { judgePiece, pieceHeaders } from './range.js';
import { receiveBody } from './receive-body.js';

/** All connections together hold about as much in memory as one does. */
const GATHERED_BYTES = 4 * 1024 * 1024;
const LEAST_GATHERED_BYTES = 256 * 1024;
/** The part is digested in order, behind those who write. */
const NO_DIGEST = { update: (): void => undefined };

export interface PiecesToFetch {
  readonly pieces: Pieces;
  /** The first piece, and the answer to it. */
  readonly first: { readonly piece: Piece | undefined; readonly answer: HttpResponse };
  /** What all answers must have, so that they are of one state of the file. */
  readonly validator: string;
  readonly totalBytes: number;
}

/** What ended the work of all connections before its time. */
type Ended = { readonly why: string } | { readonly error: unknown };

/**
 * Fetches the pieces of a file side by side, and digests behind them. Each connection asks again for the rest of its piece where a body
 * breaks off, as often as `retries` says.
 *
 * @returns why the rest cannot come side by side; `undefined` when all is there.
 * @throws what one of the connections could not get over; what came is in the part.
 */
export async function fetchPieces<S>(job: Job<S>, part: Part, wanted: PiecesToFetch): Promise<string | undefined> {
  const group = new Group(job, part, wanted);
  try {
    return await group.run();
  } finally {
    group.dispose();
  }
}

class Group<S> {
  readonly #job: Job<S>;
  readonly #part: Part;
  readonly #wanted: PiecesToFetch;
  readonly #link: ReturnType<typeof linkSignals>;
  #ended: Ended | undefined;
  #digesting: Promise<void> | undefined;
  /** Bytes that are there or on their way to the disk. */
  #bytes: number;

  constructor(job: Job<S>, part: Part, wanted: PiecesToFetch) {
    this.#job = job;
    this.#part = part;
    this.#wanted = wanted;
    this.#link = linkSignals(job.signal);
    this.#bytes = part.there;
  }

  dispose(): void {
    this.#link.dispose();
  }

  async run(): Promise<string | undefined> {
    const job = this.#job;
    const work = Array.from({ length: job.connections }, async (_, number) => this.#work(number === 0));
    await Promise.all(work.map((one) => one.catch((error: unknown) => this.#end({ error }))));
    await this.#digesting;
    job.signal.throwIfAborted();
    const ended = this.#ended;
    if (ended !== undefined && 'error' in ended) throw ended.error;
    if (ended !== undefined) return ended.why;
    await this.#digest(job.signal);
    return undefined;
  }

  /** The first reason counts; the others end because of it. */
  #end(how: Ended): void {
    this.#ended ??= how;
    this.#link.abort(new DOMException('Another range of the file ended the transfer', 'AbortError'));
  }

  /** One connection: piece after piece. */
  async #work(isFirst: boolean): Promise<void> {
    const { pieces, first } = this.#wanted;
    const { signal } = this.#link;
    const job: Job<S> = { ...this.#job, signal, budget: { left: this.#job.budget.left } };
    let ready = isFirst ? first.answer : undefined;
    for (let piece = isFirst ? first.piece : pieces.next(); piece !== undefined; piece = pieces.next()) {
      signal.throwIfAborted();
      const own = piece;
      const untilThere = async (): Promise<void> => {
        while (own.at < own.to) {
          const answer = ready;
          ready = undefined;
          await this.#once(job, own, answer);
        }
      };
      await repeat(untilThere, {
        budget: job.budget,
        signal,
        sleep: job.op.http.settings.sleep,
        judge: (error) => (isTransient(error) ? {} : undefined),
        onWait: (waitMs, error) => {
          job.op.say('debug', `${String(error)}; asking for the rest of the range in ${Math.round(waitMs)} ms`);
        },
      });
      pieces.done(own);
    }
  }

  /** One answer, which brings a piece or the beginning of it. */
  async #once(job: Job<S>, piece: Piece, ready: HttpResponse | undefined): Promise<void> {
    const { validator, totalBytes } = this.#wanted;
    const from = piece.at;
    const asked = { from, to: piece.to, validator, totalBytes };
    const answer = ready ?? (await openBody(job, pieceHeaders(asked)));
    try {
      const verdict = judgePiece(asked, answer);
      if (verdict.kind !== 'piece') {
        this.#end({
          why: verdict.kind === 'whole' ? 'the server sent the whole file instead of a range' : verdict.why,
        });
        job.signal.throwIfAborted();
        return;
      }
      let seen = 0;
      const count = (bytes: number): void => {
        this.#bytes += bytes - seen;
        seen = bytes;
      };
      await receiveBody(job, this.#part, answer, {
        from,
        to: verdict.endBytes,
        totalBytes,
        digest: NO_DIGEST,
        gatherBytes: Math.max(LEAST_GATHERED_BYTES, Math.ceil(GATHERED_BYTES / job.connections)),
        onBytes: (bytes) => {
          count(bytes);
          job.progress.at(this.#bytes);
        },
        onWritten: (bytes) => {
          piece.at = from + bytes;
          this.#part.wrote(from, piece.at);
          this.#digesting ??= this.#digestBehind();
        },
        onEnd: () => undefined,
        onSettled: count,
      });
    } finally {
      await answer.discard();
    }
  }

  /** Digests what is there without a gap, until there is no more of it. */
  async #digestBehind(): Promise<void> {
    const { signal } = this.#link;
    try {
      await this.#digest(signal);
    } catch (error) {
      if (!signal.aborted) this.#end({ error });
    } finally {
      this.#digesting = undefined;
    }
  }

  /** @throws {@link TransferError} where the part cannot be read back. */
  async #digest(signal: AbortSignal): Promise<void> {
    const job = this.#job;
    const { part } = this.#part.paths;
    if (await onDiskFor(job, part, () => this.#part.digestOn(signal))) return;
    const message = `${part} became shorter while it was being written; call again`;
    throw new TransferError(message, { ...initOf(job), retryable: true });
  }
}
