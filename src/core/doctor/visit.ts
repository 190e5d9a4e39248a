import { isSdcError, type SdcError } from '../../errors.js';
import type { ClientContext, Operation, OwnRequest } from '../operation/operation.js';
import type { HttpResponse } from '../http/response.js';
import { addressOf } from '../http/request.js';
import { readAnswer, type DoctorAnswer } from './answer.js';

/** Longer bodies are read up to here; what is looked for stands at their beginning. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Answers of a centre that is busy or being restarted say nothing of its protocol. */
const BUSY = new Set([429, 502, 503, 504]);

interface Question {
  readonly request: OwnRequest;
  /** How much of the body is read; default 4 MiB. */
  readonly maxBytes?: number;
  /** How it is sent, where that is not the room's plain way. */
  readonly send?: (request: OwnRequest) => Promise<HttpResponse>;
}

/** An answer with its question, as it is kept. */
export interface Exchange {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly answer: DoctorAnswer;
}

/**
 * One polite visit to a centre: each question is asked once, however many points look at its answer, and one after the other.
 * A centre that gave no first answer, or says that it is busy, is asked no further.
 */
export class Visit<C extends ClientContext> {
  readonly op: Operation<C>;
  readonly exchanges: Exchange[] = [];
  readonly #answers = new Map<string, DoctorAnswer>();
  readonly #failures = new Map<string, SdcError>();
  #stopped: SdcError | undefined;

  constructor(op: Operation<C>) {
    this.op = op;
  }

  /** The answer to a question, asked at the first time. Every status is an answer, apart from those of a busy centre. */
  async ask(name: string, question: Question | OwnRequest): Promise<DoctorAnswer> {
    const known = this.#answers.get(name);
    if (known !== undefined) return known;
    const { request, maxBytes = MAX_BYTES, send } = 'request' in question ? question : { request: question };
    return this.once(name, async () => {
      const asked: OwnRequest = { safeToRetry: true, ...request, accept: (status) => !BUSY.has(status) };
      const answer = await readAnswer(this.op, await (send ?? ((own) => this.op.open(own)))(asked), maxBytes);
      const url = addressOf({ ...asked, op: this.op }, this.op.http.baseUrl).href;
      this.exchanges.push({ name, method: asked.method ?? 'GET', url, answer });
      this.#answers.set(name, answer);
      return answer;
    });
  }

  /** Does what needs the centre, unless that failed before or the visit is over. */
  async once<T>(name: string, work: () => Promise<T>): Promise<T> {
    const failure = this.#failures.get(name) ?? this.#stopped;
    if (failure !== undefined) throw failure;
    try {
      return await work();
    } catch (error) {
      if (isSdcError(error)) {
        this.#failures.set(name, error);
        if (this.exchanges.length === 0 || BUSY.has(error.status ?? 0)) this.#stopped = error;
      }
      throw error;
    }
  }
}
