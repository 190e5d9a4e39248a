import {
  UnexpectedResponse,
  type SdcError,
  type Centre,
  type CredentialLayer,
  type SdcErrorInit,
} from '../../errors.js';
import type { SafeLogger } from '../log/logger.js';
import type { Lifetime } from '../session/lifetime.js';
import { linkSignals, unlinked, type LinkedSignal } from '../util/signal.js';
import { attempt } from './attempt.js';
import { addressOf } from './body.js';
import { parseContentRange } from './content-range.js';
import type { Answer, AnswerHead, Call, FailedAnswer } from './call.js';
import { RetryableFailure } from './failed-answer.js';
import { safeExcerpt } from './failures.js';
import { parseJson } from './json.js';
import { injectedWire, kyWire } from './fetch-wire.js';
import { lazyNodeWire, type NodeWire } from './lazy-node-wire.js';
import type { Redactor } from './redact.js';
import { withRetries } from './retrying.js';
import type { Wire } from './wire.js';

/** What a client gives its transport. */
export interface TransportSettings {
  readonly centre: Centre;
  readonly baseUrl: URL;
  readonly timeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly retries: number;
  readonly userAgent: string;
  readonly log: SafeLogger;
  readonly redactor: Redactor;
  readonly lifetime: Lifetime;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Which login a bare 401 means. */
  readonly credentialLayer: CredentialLayer;
  /** Adds credentials; called for requests to the base URL's own origin only. */
  readonly authorize?: (headers: Record<string, string>, call: Call) => void;
  /** Puts a cookie jar around a wire; used for the base URL's own origin only. */
  readonly wrapWire?: (wire: Wire) => Promise<Wire>;
  /** Loads what reading the answers needs; before the first request. */
  readonly prepare?: () => Promise<unknown>;
  /** More precise errors for all calls; a call's own `mapError` comes first. */
  readonly mapError?: (failed: FailedAnswer) => SdcError | undefined;
}

/**
 * Sends calls: one retry owner, one redirect loop, one mapping of failures to errors, for every centre.
 *
 * Small calls go through ky and `fetch`, transfers through `node:http(s)`; with an injected `fetch` both go through it.
 */
export class Transport {
  readonly settings: TransportSettings;
  readonly #node: NodeWire;
  readonly #small: Wire;
  readonly #bulk: Wire;
  readonly #wrapped = new Map<Wire, Promise<Wire>>();

  constructor(settings: TransportSettings) {
    this.settings = settings;
    this.#node = lazyNodeWire();
    const injected = settings.fetch === undefined ? undefined : injectedWire(settings.fetch);
    this.#small = injected ?? kyWire();
    this.#bulk = injected ?? this.#node.send;
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
  init(call: Pick<Call, 'operation'> & Partial<Pick<Call, 'url' | 'query'>>): SdcErrorInit {
    const url =
      call.url === undefined
        ? undefined
        : addressOf(
            { operation: call.operation, url: call.url, ...(call.query && { query: call.query }) },
            this.baseUrl,
          );
    return { centre: this.centre, operation: call.operation, ...(url && { url: this.redactor.url(url) }) };
  }

  /**
   * Sends a call and reads its answer; the two are repeated together where that is safe.
   *
   * @throws {@link UnexpectedResponse} for a part of the answer, since none is asked for.
   */
  async send<T>(call: Call, read: (answer: Answer) => Promise<T>): Promise<T> {
    const linked = this.#begin(call);
    try {
      return await withRetries(this.settings, call, linked.signal, async (attempts, last) => {
        const answer = await attempt(this, call, linked.signal, { attempts, last, done: () => undefined });
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
  async open(call: Call): Promise<Answer> {
    const linked = this.#begin(call);
    try {
      return await withRetries(this.settings, call, linked.signal, (attempts, last) =>
        attempt(this, call, linked.signal, { attempts, last, done: linked.dispose }),
      );
    } catch (error) {
      linked.dispose();
      throw this.#outcome(error, call, linked.signal);
    }
  }

  /** The answer as text. */
  text(call: Call): Promise<{ readonly text: string; readonly answer: AnswerHead }> {
    return this.send(call, async (answer) => ({ text: await answer.text(), answer }));
  }

  /**
   * The answer as JSON.
   *
   * @throws {@link UnexpectedResponse} when it is something else, such as an HTML page with status 200.
   */
  async json(call: Call): Promise<unknown> {
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

  /** The wire for one hop. */
  async wireFor(call: Call, ownOrigin: boolean): Promise<Wire> {
    this.#node.load();
    await this.settings.prepare?.();
    // ky and fetch would keep an upload in memory, and do not show whether a request left
    const streamed = call.body !== undefined && 'open' in call.body;
    const wire = call.bulk === true || streamed || call.delivery !== undefined ? this.#bulk : this.#small;
    const { wrapWire } = this.settings;
    if (!ownOrigin || wrapWire === undefined) return wire;
    const wrapped = this.#wrapped.get(wire) ?? wrapWire(wire);
    this.#wrapped.set(wire, wrapped);
    wrapped.catch(() => this.#wrapped.delete(wire));
    return wrapped;
  }

  /** Ends the connections of transfers. */
  close(): void {
    this.#node.close();
  }

  #requireWhole(call: Call, { status, headers, url }: AnswerHead): void {
    if (status !== 206) return;
    const { start, end, totalBytes } = parseContentRange(headers.get('content-range')) ?? {};
    if (start === 0 && end !== undefined && totalBytes === end + 1) return;
    throw new UnexpectedResponse('the server sent a part of its answer where the whole was asked for; call again', {
      ...this.init(call),
      url: this.redactor.url(url),
      status,
    });
  }

  #begin(call: Call): Omit<LinkedSignal, 'abort'> {
    requireTimer(call.timeoutMs, 'timeoutMs', call.operation);
    requireTimer(call.idleTimeoutMs, 'idleTimeoutMs', call.operation);
    if (call.afterEnd === true) return linkSignals(call.signal);
    this.lifetime.assertOpen(call.operation);
    call.signal?.throwIfAborted();
    if (call.linked === true && call.signal !== undefined) return unlinked(call.signal);
    return this.lifetime.link(call.operation, call.signal);
  }

  #outcome(error: unknown, call: Call, signal: AbortSignal): unknown {
    if (call.signal?.aborted === true) return call.signal.reason;
    if (signal.aborted) return signal.reason;
    return error instanceof RetryableFailure ? error.failure : error;
  }
}

const MAX_TIMER_MS = 2_147_483_647;

function requireTimer(value: number | undefined, label: string, operation: string): void {
  if (value === undefined || (value > 0 && value <= MAX_TIMER_MS)) return;
  throw new RangeError(`${operation}: ${label} must be a number of milliseconds above 0 and at most ${MAX_TIMER_MS}`);
}
