import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import type { Lifetime } from '../session/lifetime.js';
import { linkSignals, unlinked, type LinkedSignal } from '../util/signal.js';
import { parseContentRange, type HttpResponse, type ResponseHead } from './response.js';
import type { HttpRequest } from './request.js';
import { TransientError, safeExcerpt } from './errors.js';
import { Handlers } from './handlers/handlers.js';
import { parseJson } from '../util/json.js';
import { Attempt, type Turn } from './layers/attempt.js';
import { followRedirects } from './layers/redirect.js';
import { report } from './layers/report.js';
import { withRetries } from './layers/retry.js';
import { requireAccepted } from './layers/status.js';
import { initOf, type SharingSettings, type TransportSettings } from './settings.js';
import { MAX_TIMER_MS } from '../util/time.js';

/**
 * Sends calls, for every centre: retries around redirects around time limits around a handler that sends, and one mapping of
 * failures to errors.
 */
export class Transport {
  readonly settings: TransportSettings;
  readonly #handlers: Handlers;
  readonly #sharesHandlers: boolean;

  /** @param handlers - Those of the transport that this one shares its connections with. */
  constructor(settings: TransportSettings, handlers?: Handlers) {
    this.settings = settings;
    this.#handlers = handlers ?? new Handlers(settings);
    this.#sharesHandlers = handlers !== undefined;
  }

  /** One that sends through the same handlers with other settings. */
  with(settings: SharingSettings): Transport {
    return new Transport({ ...this.settings, ...settings }, this.#handlers);
  }

  get baseUrl(): URL {
    return this.settings.baseUrl;
  }

  get lifetime(): Lifetime {
    return this.settings.lifetime;
  }

  init(call: Pick<HttpRequest, 'op'> & Partial<Pick<HttpRequest, 'url' | 'query'>>): SdcErrorInit {
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
      const excerpt = safeExcerpt(text, this.settings.redactor);
      const type = this.settings.redactor.text(answer.contentType ?? 'no content type');
      throw new UnexpectedResponse(
        `expected JSON, but the answer (${type}) begins: ${excerpt.slice(0, 120) || '(empty)'}`,
        {
          ...this.init(call),
          url: this.settings.redactor.url(answer.url),
          status: answer.status,
          bodyExcerpt: excerpt,
        },
      );
    }
  }

  /** Ends the connections of transfers, unless they are those of another one. */
  close(): void {
    if (!this.#sharesHandlers) this.#handlers.close();
  }

  async #attempt(call: HttpRequest, signal: AbortSignal, turn: Turn): Promise<HttpResponse> {
    const leave =
      call.uncounted === true || call.afterEnd === true
        ? undefined
        : await this.settings.places.acquire(signal, call.op.publicCall ?? call.op.name);
    const done = (): void => {
      leave?.();
      turn.done();
    };
    const sender = { settings: this.settings, handlers: this.#handlers };
    const attempt = new Attempt(sender, call, signal, { ...turn, done });
    try {
      const answer = await requireAccepted(attempt, await followRedirects(attempt));
      report(attempt);
      return answer;
    } catch (error) {
      leave?.();
      report(attempt, error);
      throw error;
    }
  }

  #requireWhole(call: HttpRequest, { status, headers, url }: ResponseHead): void {
    if (status !== 206) return;
    const { start, end, totalBytes } = parseContentRange(headers.get('content-range')) ?? {};
    if (start === 0 && end !== undefined && totalBytes === end + 1) return;
    throw new UnexpectedResponse('the server sent only part of its answer; call again', {
      ...this.init(call),
      url: this.settings.redactor.url(url),
      status,
    });
  }

  #begin(call: HttpRequest): Omit<LinkedSignal, 'abort'> {
    requireTimer(call, 'timeoutMs');
    requireTimer(call, 'idleTimeoutMs');
    if (call.afterEnd === true) return linkSignals(call.signal);
    this.lifetime.assertOpen(call.op);
    call.signal?.throwIfAborted();
    if (call.linked === true && call.signal !== undefined) return unlinked(call.signal);
    return this.lifetime.link(call.op, call.signal);
  }

  #outcome(error: unknown, call: HttpRequest, signal: AbortSignal): unknown {
    if (call.signal?.aborted === true) return call.signal.reason;
    if (signal.aborted) return signal.reason;
    return error instanceof TransientError ? error.failure : error;
  }
}

function requireTimer(call: HttpRequest, label: 'timeoutMs' | 'idleTimeoutMs'): void {
  const value = call[label];
  if (value === undefined || (value > 0 && value <= MAX_TIMER_MS)) return;
  throw new RangeError(
    `${call.op.name}: ${label} must be a number of milliseconds above 0 and at most ${MAX_TIMER_MS}`,
  );
}
