import { UnexpectedResponse, type Centre, type SdcErrorInit } from '../../errors.js';
import type { SafeLogger } from '../log/logger.js';
import type { Lifetime } from '../session/lifetime.js';
import { linkSignals, unlinked, type LinkedSignal } from '../util/signal.js';
import { parseContentRange } from './content-range.js';
import type { HttpRequest } from './request.js';
import type { HttpResponse, ResponseHead } from './response.js';
import { TransientError, safeExcerpt } from './errors.js';
import { Handlers } from './handlers/handlers.js';
import { parseJson } from '../util/json.js';
import { Attempt, type Turn } from './layers/attempt.js';
import { followRedirects } from './layers/redirect.js';
import { withRetries } from './layers/retry.js';
import { requireAccepted } from './layers/status.js';
import type { Redactor } from '../redact/redactor.js';
import { initOf, type TransportSettings } from './settings.js';

/**
 * Sends calls, for every centre: retries around redirects around time limits around a handler that sends, and one mapping of
 * failures to errors.
 */
export class Transport {
  readonly settings: TransportSettings;
  readonly #handlers: Handlers;

  constructor(settings: TransportSettings) {
    this.settings = settings;
    this.#handlers = new Handlers(settings);
  }

  get centre(): Centre {
    return this.settings.centre;
  }

  get baseUrl(): URL {
    return this.settings.baseUrl;
  }

  get log(): SafeLogger {
    return this.settings.log;
  }

  get redactor(): Redactor {
    return this.settings.redactor;
  }

  get lifetime(): Lifetime {
    return this.settings.lifetime;
  }

  get idleTimeoutMs(): number {
    return this.settings.idleTimeoutMs;
  }

  get retries(): number {
    return this.settings.retries;
  }

  /** What every error of a call starts from. */
  init(call: Pick<HttpRequest, 'operation'> & Partial<Pick<HttpRequest, 'url' | 'query'>>): SdcErrorInit {
    return initOf(this.settings, call);
  }

  /**
   * Sends a call and reads its answer; the two are repeated together where that is safe.
   *
   * @throws {@link UnexpectedResponse} for a part of the answer, since none is asked for.
   */
  async send<T>(call: HttpRequest, read: (answer: HttpResponse) => Promise<T>): Promise<T> {
    const linked = this.#begin(call);
    try {
      return await withRetries(this.settings, call, linked.signal, async (attempts, last) => {
        const answer = await this.#attempt(call, linked.signal, { attempts, last, done: () => undefined });
        try {
          this.#requireWhole(call, answer);
          return await read(answer);
        } finally {
          await answer.discard();
        }
      });
    } catch (error) {
      throw this.#outcome(error, call, linked.signal);
    } finally {
      linked.dispose();
    }
  }

  /** Sends a call and leaves the body of the answer to the caller, who reads or discards it. */
  async open(call: HttpRequest): Promise<HttpResponse> {
    const linked = this.#begin(call);
    try {
      return await withRetries(this.settings, call, linked.signal, (attempts, last) =>
        this.#attempt(call, linked.signal, { attempts, last, done: linked.dispose }),
      );
    } catch (error) {
      linked.dispose();
      throw this.#outcome(error, call, linked.signal);
    }
  }

  /** The answer as text. */
  text(call: HttpRequest): Promise<{ readonly text: string; readonly answer: ResponseHead }> {
    return this.send(call, async (answer) => ({ text: await answer.text(), answer }));
  }

  /**
   * The answer as JSON.
   *
   * @throws {@link UnexpectedResponse} when it is something else, such as an HTML page with status 200.
   */
  async json(call: HttpRequest): Promise<unknown> {
    const headers = { accept: 'application/json', ...call.headers };
    const { text, answer } = await this.text({ ...call, headers });
    try {
      return parseJson(text);
    } catch {
      const excerpt = safeExcerpt(text, this.redactor);
      const type = this.redactor.text(answer.contentType ?? 'no content type');
      throw new UnexpectedResponse(
        `expected JSON, but the answer (${type}) begins: ${excerpt.slice(0, 120) || '(empty)'}`,
        {
          ...this.init(call),
          url: this.redactor.url(answer.url),
          status: answer.status,
          bodyExcerpt: excerpt,
        },
      );
    }
  }

  /** Ends the connections of transfers. */
  close(): void {
    this.#handlers.close();
  }

  async #attempt(call: HttpRequest, signal: AbortSignal, turn: Turn): Promise<HttpResponse> {
    const attempt = new Attempt({ settings: this.settings, handlers: this.#handlers }, call, signal, turn);
    return requireAccepted(attempt, await followRedirects(attempt));
  }

  #requireWhole(call: HttpRequest, { status, headers, url }: ResponseHead): void {
    if (status !== 206) return;
    const { start, end, totalBytes } = parseContentRange(headers.get('content-range')) ?? {};
    if (start === 0 && end !== undefined && totalBytes === end + 1) return;
    throw new UnexpectedResponse('the server sent a part of its answer where the whole was asked for; call again', {
      ...this.init(call),
      url: this.redactor.url(url),
      status,
    });
  }

  #begin(call: HttpRequest): Omit<LinkedSignal, 'abort'> {
    requireTimer(call.timeoutMs, 'timeoutMs', call.operation);
    requireTimer(call.idleTimeoutMs, 'idleTimeoutMs', call.operation);
    if (call.afterEnd === true) return linkSignals(call.signal);
    this.lifetime.assertOpen(call.operation);
    call.signal?.throwIfAborted();
    if (call.linked === true && call.signal !== undefined) return unlinked(call.signal);
    return this.lifetime.link(call.operation, call.signal);
  }

  #outcome(error: unknown, call: HttpRequest, signal: AbortSignal): unknown {
    if (call.signal?.aborted === true) return call.signal.reason;
    if (signal.aborted) return signal.reason;
    return error instanceof TransientError ? error.failure : error;
  }
}

const MAX_TIMER_MS = 2_147_483_647;

function requireTimer(value: number | undefined, label: string, operation: string): void {
  if (value === undefined || (value > 0 && value <= MAX_TIMER_MS)) return;
  throw new RangeError(`${operation}: ${label} must be a number of milliseconds above 0 and at most ${MAX_TIMER_MS}`);
}
