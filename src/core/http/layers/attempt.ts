import type { SdcErrorInit } from '../../../errors.js';
import type { ChangingRequest } from '../../operation/delivery.js';
import type { HttpRequest } from '../request.js';
import type { Handlers } from '../handlers/handlers.js';
import { now } from '../../util/time.js';
import type { ResponseHead } from '../response.js';
import { initOf, type TransportSettings } from '../settings.js';

export interface Turn {
  /** From 1. */
  readonly attempts: number;
  /** No other follows once it has left. */
  readonly last: boolean;
  /** Called when the body of the returned response has ended. */
  readonly done: () => void;
}

export interface Sender {
  readonly settings: TransportSettings;
  readonly handlers: Handlers;
}

/** The last request of an attempt. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly answer?: Pick<ResponseHead, 'status' | 'headers'>;
  /** Since the beginning of the attempt. */
  readonly ms: number;
}

/** One attempt of a call: what its layers share. */
export class Attempt {
  readonly settings: TransportSettings;
  readonly handlers: Handlers;
  readonly call: HttpRequest;
  readonly signal: AbortSignal;
  readonly turn: Turn;
  /** Whether it changes something, and may have been taken. */
  readonly changing: ChangingRequest | undefined;
  readonly #began = now();
  #sent: (Omit<Exchange, 'ms'> & { readonly endedAt?: number }) | undefined;
  #handedOver = false;

  constructor({ settings, handlers }: Sender, call: HttpRequest, signal: AbortSignal, turn: Turn) {
    this.settings = settings;
    this.handlers = handlers;
    this.call = call;
    this.signal = signal;
    this.turn = turn;
    this.changing = call.delivery?.begin(call.safeToRetry === true);
  }

  /** Its last request so far; `undefined` before the first. */
  get exchange(): Exchange | undefined {
    if (this.#sent === undefined) return undefined;
    const { endedAt = now(), ...sent } = this.#sent;
    return { ...sent, ms: endedAt - this.#began };
  }

  /** A request is sent, or was answered. */
  exchanges(method: string, url: URL, answer?: Exchange['answer']): void {
    this.#sent = { method, url, ...(answer && { answer, endedAt: now() }) };
  }

  get timeoutMs(): number {
    return this.call.timeoutMs ?? this.settings.timeoutMs;
  }

  get idleTimeoutMs(): number {
    return this.call.idleTimeoutMs ?? this.settings.idleTimeoutMs;
  }

  /** The host of an address for messages, and the proxy that it is reached through. */
  where(url: URL): string {
    return `${url.host}${this.via(url)}`;
  }

  /** The proxy that an address is reached through, in brackets; empty where there is none. */
  via(url: URL): string {
    const proxy = this.settings.proxyFor?.(url);
    return proxy === undefined ? '' : ` (through the proxy ${proxy.host})`;
  }

  init(url: URL): SdcErrorInit {
    return {
      ...initOf(this.settings, this.call),
      url: this.settings.redactor.url(url),
      attempts: this.turn.attempts,
    };
  }

  /** What to do about a failure: the usual advice, unless the request may have been taken. */
  advice(usual: string): string {
    return this.changing === undefined ? usual : this.changing.advice(usual);
  }

  /** From here on the answer is the caller's. */
  handOver(): void {
    this.#handedOver = true;
  }

  /** The body of a response has ended. */
  bodyOver(): void {
    if (this.#handedOver) this.turn.done();
  }
}
